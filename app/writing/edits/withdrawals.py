"""Entities taken away: their rows go, their ids and their history stay."""

from collections.abc import Sequence

from sqlalchemy import Connection, delete, select

from app.domain.vocabulary import ChangeOp, EntityKind
from app.tables import core as t
from app.writing.changes import LoggedChange, Stamp, log_changes
from app.writing.documents import materialise
from app.writing.references import Referrer, find_referrers
from app.writing.rows import delete_children

# Whoever reads the error needs no more to begin with.
_MAX_NAMED = 20


class ReferredError(Exception):
    """The entity is still named by others; `referrers` has the first 20."""

    def __init__(self, kind: EntityKind, slug: str, referrers: Sequence[Referrer]) -> None:
        self.referrers = referrers[:_MAX_NAMED]
        more = "" if len(referrers) <= _MAX_NAMED else "more than "
        count = f"{more}{len(self.referrers)} time{'s' if len(self.referrers) > 1 else ''}"
        super().__init__(f"the {kind} {slug!r} is still referred to, {count}")


def withdraw(connection: Connection, kind: EntityKind, slug: str, stamp: Stamp) -> None:
    """Withdraw the entity, which is there; raises ReferredError while another names it."""
    key = find_key(connection, kind, slug)
    if referrers := [*find_referrers(connection, kind, key, _MAX_NAMED + 1)]:
        raise ReferredError(kind, slug, referrers)
    remove(connection, kind, key, stamp)


def find_key(connection: Connection, kind: EntityKind, slug: str) -> int:
    """The integer key of an entity that is there."""
    table = t.ENTITIES[kind].c
    key: int = connection.execute(select(table.id).where(table.slug == slug)).scalar_one()
    return key


def remove(
    connection: Connection, kind: EntityKind, key: int, stamp: Stamp, survivor: str | None = None
) -> None:
    """Delete the rows of an entity that nothing names any more, and log its end.

    The treaty of which an event was a stage is made again first: at no number of the log does it
    have a stage that is gone. The search row of an event goes with it, by the database.
    """
    table = t.ENTITIES[kind]
    row = connection.execute(select(table).where(table.c.id == key)).one()
    delete_children(connection, kind, [key])
    connection.execute(delete(table).where(table.c.id == key))
    if kind is EntityKind.EVENT and row.treaty_id is not None:
        materialise(connection, EntityKind.TREATY, [row.treaty_id], stamp)
    op = ChangeOp.WITHDRAW if survivor is None else ChangeOp.MERGE
    log_changes(
        connection, kind, [LoggedChange(op, row.slug, row.revision + 1, None, survivor)], stamp
    )
