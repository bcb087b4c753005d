"""Keys made, revoked and marked as used."""

from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, func, insert, update
from sqlalchemy.exc import DatabaseError, IntegrityError

from app.domain.api_keys import new_key, read_key
from app.domain.vocabulary import Scope
from app.tables import core as t
from app.tables.base import utc_now
from app.tables.database import BusyError, Database, current_instant

# A use is noted no more often than this, so that not every request writes.
_NOTED_EVERY = timedelta(minutes=1)


class NameTakenError(ValueError):
    """A key has this name already; names are never given again, as they stand in the change log."""


def create_key(
    connection: Connection, name: str, scope: Scope, expires_at: datetime | None = None
) -> str:
    """A new key. It is told here only; what is stored proves it, and cannot give it back."""
    key = new_key()
    values = {
        **read_key(key)._asdict(),
        "name": name,
        "scope": scope,
        "created_at": current_instant(connection),
        "expires_at": expires_at,
    }
    try:
        connection.execute(insert(t.api_key).values(values))
    except IntegrityError as error:
        raise NameTakenError(f"there is a key named {name!r} already") from error
    return key


def revoke_key(connection: Connection, name: str) -> bool:
    """Whether there was such a key; from now on it opens nothing."""
    key = t.api_key.c
    now = current_instant(connection)
    revoke = update(t.api_key).where(key.name == name)
    revoked = connection.execute(revoke.values(revoked_at=func.coalesce(key.revoked_at, now)))
    return revoked.rowcount > 0


def note_use(database: Database, row: Row[Any]) -> None:
    """Keep when the key of this row was last used, to the minute.

    It neither waits nor fails: while something else writes, it is left to the next use.
    """
    key = t.api_key.c
    now = utc_now()
    if row.last_used_at is not None and row.last_used_at > now - _NOTED_EVERY:
        return
    note = update(t.api_key).where(key.prefix == row.prefix).values(last_used_at=now)
    with suppress(BusyError, DatabaseError), database.write_aside() as connection:
        connection.execute(note)
