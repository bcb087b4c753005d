"""Tombstones: what became of entities that are no longer there, from the change log."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, select

from app.domain.vocabulary import ChangeOp, EntityKind
from app.tables import core as t
from app.tables.rows import batches

_ENDS = (ChangeOp.WITHDRAW, ChangeOp.MERGE)


class Tombstone(NamedTuple):
    """An entity's last change; one with a survivor was merged into it, others were withdrawn."""

    kind: EntityKind
    slug: str
    at: datetime
    reason: str | None
    survivor: str | None

    def __str__(self) -> str:
        became = f"merged into {self.survivor!r}" if self.survivor else "withdrawn"
        reason = f": {self.reason}" if self.reason else ""
        return f"the {self.kind} {self.slug!r} was {became} on {self.at:%Y-%m-%d}{reason}"


def find_tombstones(
    connection: Connection, ids: Iterable[tuple[EntityKind, str]]
) -> dict[tuple[EntityKind, str], Tombstone]:
    """The tombstones of those of the ids that have one: one statement for 500 ids of a kind.

    An id that has one is never given again, so there is no need to ask for the newest change.
    """
    slugs: dict[EntityKind, list[str]] = defaultdict(list)
    for kind, slug in dict.fromkeys(ids):
        slugs[kind].append(slug)
    change = t.change.c
    return {
        (kind, row.slug): Tombstone(*row)
        for kind in slugs
        for batch in batches(slugs[kind])
        for row in connection.execute(
            select(change.kind, change.slug, change.at, change.reason, change.survivor).where(
                change.kind == kind, change.slug.in_(batch), change.op.in_(_ENDS)
            )
        )
    }


def follow_tombstones(connection: Connection, kind: EntityKind, slug: str) -> list[Tombstone]:
    """What became of an entity, then of what it was merged into, and so on; empty if it never was.

    The last one has a survivor, which is there, or was withdrawn.
    """
    followed: list[Tombstone] = []
    wanted: str | None = slug
    while wanted and (found := find_tombstones(connection, [(kind, wanted)])):
        followed.append(found[kind, wanted])
        wanted = followed[-1].survivor
    return followed
