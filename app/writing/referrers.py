"""What names an entity, so that it cannot go, or has to name another instead."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from sqlalchemy import Column, Connection, select

from app.domain.vocabulary import EntityKind
from app.tables import core as t


class Referrer(NamedTuple):
    """What names an entity, and as what."""

    kind: EntityKind
    slug: str
    role: str


class _Naming(NamedTuple):
    kind: EntityKind
    role: str
    owner: Column[Any]
    reference: Column[Any]


_PART, _POSITION, _EVENT = t.participation.c, t.position.c, t.event.c
_CITATION, _RELATION = t.citation.c, t.relation.c
_NAMING: dict[EntityKind, tuple[_Naming, ...]] = {
    EntityKind.PARTICIPANT: (
        _Naming(EntityKind.EVENT, "a participant", _PART.event_id, _PART.participant_id),
        _Naming(
            EntityKind.PARTICIPANT,
            "the organisation of a position",
            _POSITION.participant_id,
            _POSITION.organisation_id,
        ),
    ),
    EntityKind.PLACE: (_Naming(EntityKind.EVENT, "the place", _EVENT.id, _EVENT.place_id),),
    EntityKind.SOURCE: (
        _Naming(EntityKind.EVENT, "a source", _CITATION.event_id, _CITATION.source_id),
    ),
    EntityKind.TREATY: (_Naming(EntityKind.EVENT, "the treaty", _EVENT.id, _EVENT.treaty_id),),
    EntityKind.EVENT: (
        _Naming(EntityKind.EVENT, "a related event", _RELATION.event_id, _RELATION.target_id),
    ),
}


def find_referrers(
    connection: Connection, kind: EntityKind, key: int, at_most: int | None = None
) -> Iterator[Referrer]:
    """What names the entity with this key, itself left out, by id; at most so many in each role."""
    for naming in _NAMING[kind]:
        owner = t.ENTITIES[naming.kind].c
        names = owner.id.in_(select(naming.owner).where(naming.reference == key))
        others = names if naming.kind is not kind else names & (owner.id != key)
        statement = select(owner.slug).where(others).order_by(owner.slug).limit(at_most)
        for slug in connection.scalars(statement):
            yield Referrer(naming.kind, slug, naming.role)
