"""Withdrawals: delete an entity's rows, and keep its id and history."""

from collections.abc import Sequence

from sqlalchemy import Connection, delete, select

from app.domain.plural import counted
from app.domain.vocabulary import ChangeOp, EntityKind
from app.tables import core as t
from app.writing.changes import Cause, LoggedChange, Stamp, log_changes
from app.writing.documents import materialise
from app.writing.references import Referrer, find_referrers
from app.writing.rows import delete_children

# An error lists at most this many referrers.
_MAX_NAMED = 20


class ReferredError(Exception):
    """Other entities still refer to the entity; `referrers` has the first 20."""

    def __init__(self, kind: EntityKind, slug: str, referrers: Sequence[Referrer]) -> None:
        self.referrers = referrers[:_MAX_NAMED]
        more = "" if len(referrers) <= _MAX_NAMED else "more than "
        count = f"{more}{counted(len(self.referrers), 'record')}"
        super().__init__(f"the {kind} {slug!r} is still referred to by {count}")


def withdraw(connection: Connection, kind: EntityKind, slug: str, stamp: Stamp) -> None:
    """Withdraw an existing entity; raises ReferredError while another refers to it."""
    key = find_primary_key(connection, kind, slug)
    if referrers := [*find_referrers(connection, kind, key, _MAX_NAMED + 1)]:
        raise ReferredError(kind, slug, referrers)
    remove(connection, kind, key, stamp)


def find_primary_key(connection: Connection, kind: EntityKind, slug: str) -> int:
    """Return the primary key of an existing entity."""
    table = t.ENTITIES[kind].c
    key: int = connection.execute(select(table.id).where(table.slug == slug)).scalar_one()
    return key


def remove(
    connection: Connection, kind: EntityKind, key: int, stamp: Stamp, survivor: str | None = None
) -> None:
    """Delete the rows of an entity to which nothing refers any more, and log its end.

    If an event was a stage of a treaty, the treaty is rebuilt first: at no point of the log does a
    treaty have a deleted stage. The database deletes the event's search row.
    """
    table = t.ENTITIES[kind]
    row = connection.execute(select(table).where(table.c.id == key)).one()
    delete_children(connection, kind, [key])
    connection.execute(delete(table).where(table.c.id == key))
    if kind is EntityKind.EVENT and row.treaty_id is not None:
        causes = {row.treaty_id: Cause(kind, row.slug)}
        materialise(connection, EntityKind.TREATY, [row.treaty_id], stamp, causes)
    op = ChangeOp.WITHDRAW if survivor is None else ChangeOp.MERGE
    log_changes(
        connection, kind, [LoggedChange(op, row.slug, row.revision + 1, None, survivor)], stamp
    )
