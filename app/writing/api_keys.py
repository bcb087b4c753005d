"""API keys: create, revoke, and record their use."""

from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, func, insert, update
from sqlalchemy.exc import DatabaseError, IntegrityError

from app.domain.api_keys import new_key, read_key
from app.domain.vocabulary import Scope
from app.tables import core as t
from app.tables.base import utc_now
from app.tables.clock import current_instant
from app.tables.database import BusyError, Database, ReadOnlyError
from app.tables.files.database_file import UnusableFileError

# A use is recorded at most this often, so that most requests write nothing.
_RECORDED_EVERY = timedelta(minutes=1)


class NameTakenError(ValueError):
    """Another key has this name; names are never reused, because the change log contains them."""


def create_key(
    connection: Connection, name: str, scope: Scope, expires_at: datetime | None = None
) -> str:
    """Create a key, and return its text, which cannot be shown again: only a hash is stored."""
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
        raise NameTakenError(f"a key named {name!r} already exists") from error
    return key


def revoke_key(connection: Connection, name: str) -> bool:
    """Revoke the key, and return whether it exists; from now on it authorises nothing."""
    key = t.api_key.c
    now = current_instant(connection)
    revoke = update(t.api_key).where(key.name == name)
    revoked = connection.execute(revoke.values(revoked_at=func.coalesce(key.revoked_at, now)))
    return revoked.rowcount > 0


def note_use(database: Database, row: Row[Any]) -> None:
    """Record the last use of this row's key, to the minute.

    Neither waits nor fails: while another transaction writes, the next use is recorded instead.
    """
    key = t.api_key.c
    now = utc_now()
    if row.last_used_at is not None and row.last_used_at > now - _RECORDED_EVERY:
        return
    note = update(t.api_key).where(key.prefix == row.prefix).values(last_used_at=now)
    with (
        suppress(BusyError, DatabaseError, ReadOnlyError, UnusableFileError),
        database.write_aside() as connection,
    ):
        connection.execute(note)
