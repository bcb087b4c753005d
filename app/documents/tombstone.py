"""Tombstones of withdrawn and merged entities, from the change log."""

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
    """The last change of an entity: a merge if it has a survivor, otherwise a withdrawal."""

    kind: EntityKind
    slug: str
    at: datetime
    reason: str | None
    survivor: str | None

    def __str__(self) -> str:
        fate = f"merged into {self.survivor!r}" if self.survivor else "withdrawn"
        reason = f": {self.reason}" if self.reason else ""
        return f"the {self.kind} {self.slug!r} was {fate} on {self.at:%Y-%m-%d}{reason}"


def find_tombstones(
    connection: Connection, ids: Iterable[tuple[EntityKind, str]]
) -> dict[tuple[EntityKind, str], Tombstone]:
    """Return the tombstones of the ids that have one, with one statement per 500 ids of a kind.

    Ids of deleted entities are never reused, so the query need not look for the newest change.
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
    """Return the tombstones of the entity, of the entity that it was merged into, and so on.

    The last one has an existing survivor, or was withdrawn. The list is empty without a tombstone.
    """
    chain: list[Tombstone] = []
    next_slug: str | None = slug
    while next_slug and (tombstones := find_tombstones(connection, [(kind, next_slug)])):
        chain.append(tombstones[kind, next_slug])
        next_slug = chain[-1].survivor
    return chain
