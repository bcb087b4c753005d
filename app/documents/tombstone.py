"""Tombstones of withdrawn and merged entities, from the change log."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, exists, select

from app.domain.vocabulary import MERGEABLE, ChangeOp, EntityKind, KindAndSlug
from app.tables import core as t
from app.tables.rows import batches_of_kinds

_ENDS = (ChangeOp.WITHDRAW, ChangeOp.MERGE)
# The ids of merged entities, each with the id of the existing entity that took its place.
Survivors = Mapping[KindAndSlug, str]
_change = t.change.c
_later = t.change.alias()
# Each request with ids in its filters sends it, so it is made once.
_TOMBSTONES = select(
    _change.kind, _change.slug, _change.at, _change.reason, _change.survivor, _change.revision
).where(
    _change.kind == bindparam("of_kind"),
    _change.slug.in_(bindparam("slugs", expanding=True)),
    _change.op.in_(_ENDS),
    # A withdrawn entity may have been restored since.
    ~exists().where(
        _later.c.kind == _change.kind,
        _later.c.slug == _change.slug,
        _later.c.revision > _change.revision,
    ),
)


class Tombstone(NamedTuple):
    """The last change of an entity: a merge if it has a survivor, otherwise a withdrawal."""

    kind: EntityKind
    slug: str
    at: datetime
    reason: str | None
    survivor: str | None
    revision: int

    def __str__(self) -> str:
        fate = f"merged into {self.survivor!r}" if self.survivor else "withdrawn"
        reason = f": {self.reason}" if self.reason else ""
        return f"the {self.kind} {self.slug!r} was {fate} on {self.at:%Y-%m-%d}{reason}"


@dataclass(frozen=True)
class Fate:
    """The tombstone of an entity, of the entity that it was merged into, and so on.

    As text it names the last survivor, or tells how the last one was withdrawn.
    """

    tombstones: Sequence[Tombstone]

    @property
    def survivor(self) -> str | None:
        """The id of the existing entity at the end of the merges; None if that was withdrawn."""
        return self.tombstones[-1].survivor

    def __str__(self) -> str:
        if self.survivor:
            return str(self.tombstones[0]._replace(survivor=self.survivor))
        return "; ".join(map(str, self.tombstones))


def find_ended_ids(connection: Connection, kinds: Collection[EntityKind]) -> set[str]:
    """Return the ids that were ever withdrawn or merged: one statement. No new entity may get one."""
    ended = select(_change.slug).where(_change.kind.in_(kinds), _change.op.in_(_ENDS))
    return {*connection.scalars(ended)}


def find_fates(connection: Connection, ids: Iterable[KindAndSlug]) -> dict[KindAndSlug, Fate]:
    """Return the fates of the ids whose entity is gone.

    One statement for 500 ids of a kind; and as many again for each step of the merges.
    """
    chains = {each: [stone] for each, stone in _find_tombstones(connection, ids).items()}
    merged = list(chains.values())
    while merged := [chain for chain in merged if chain[-1].survivor]:
        following = _find_tombstones(connection, map(_survivor_of, merged))
        merged = [chain for chain in merged if _survivor_of(chain) in following]
        for chain in merged:
            chain.append(following[_survivor_of(chain)])
    return {each: Fate(chain) for each, chain in chains.items()}


def find_survivors(connection: Connection, ids: Iterable[KindAndSlug]) -> dict[KindAndSlug, str]:
    """Return the survivors of the merged ids among these, in order of kind and id.

    Kinds that never merge cost no statement.
    """
    fates = find_fates(connection, (each for each in ids if each[0] in MERGEABLE))
    return {each: fate.survivor for each, fate in sorted(fates.items()) if fate.survivor}


def _survivor_of(chain: Sequence[Tombstone]) -> KindAndSlug:
    return chain[-1].kind, chain[-1].survivor or ""


def _find_tombstones(
    connection: Connection, ids: Iterable[KindAndSlug]
) -> dict[KindAndSlug, Tombstone]:
    """Return the tombstones of the ids that have one, with one statement for 500 ids of a kind."""
    return {
        (kind, row.slug): Tombstone(*row)
        for kind, batch in batches_of_kinds(ids)
        for row in connection.execute(_TOMBSTONES, {"of_kind": kind, "slugs": batch})
    }
