"""References between entities: ids in a record, their primary keys, and an entity's referrers."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from sqlalchemy import Column, Connection, select

from app.domain.vocabulary import EntityKind
from app.records.models import Plain
from app.tables import core as t
from app.tables.rows import batches

# The primary keys of entities, by kind and id.
EntityKeys = dict[tuple[EntityKind, str], int]


class Reference(NamedTuple):
    """An id in a record, and the JSON pointer to it."""

    pointer: str
    kind: EntityKind
    slug: str


class Referrer(NamedTuple):
    """An entity that refers to another, and the role in which it names the other."""

    kind: EntityKind
    slug: str
    role: str


class _Naming(NamedTuple):
    """A column that names an entity, and the column with the key of the entity that names it."""

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
    EntityKind.PLACE: (
        _Naming(EntityKind.EVENT, "the place", _EVENT.id, _EVENT.place_id),
        _Naming(
            EntityKind.PLACE,
            "the place within which it lies",
            t.place_part.c.place_id,
            t.place_part.c.whole_id,
        ),
    ),
    EntityKind.SOURCE: (
        _Naming(EntityKind.EVENT, "a source", _CITATION.event_id, _CITATION.source_id),
    ),
    EntityKind.TREATY: (_Naming(EntityKind.EVENT, "the treaty", _EVENT.id, _EVENT.treaty_id),),
    EntityKind.EVENT: (
        _Naming(EntityKind.EVENT, "a related event", _RELATION.event_id, _RELATION.target_id),
    ),
}


def references(kind: EntityKind, record: Plain) -> Iterator[Reference]:
    """Yield every reference of the record, in its order."""
    if kind is EntityKind.PARTICIPANT:
        for i, position in enumerate(record["positions"]):
            if position["organisation"] is not None:
                pointer = f"/positions/{i}/organisation"
                yield Reference(pointer, EntityKind.PARTICIPANT, position["organisation"])
    elif kind is EntityKind.PLACE and record["part_of"] is not None:
        yield Reference("/part_of", EntityKind.PLACE, record["part_of"])
    elif kind is EntityKind.EVENT:
        yield from _event_references(record)


def _event_references(event: Plain) -> Iterator[Reference]:
    if event["place"] is not None:
        yield Reference("/place", EntityKind.PLACE, event["place"])
    for i, participant in enumerate(event["participants"]):
        yield Reference(f"/participants/{i}/id", EntityKind.PARTICIPANT, participant["id"])
    if event["treaty"] is not None:
        yield Reference("/treaty", EntityKind.TREATY, event["treaty"])
    for i, relation in enumerate(event["relations"]):
        yield Reference(f"/relations/{i}/event", EntityKind.EVENT, relation["event"])
    for i, citation in enumerate(event["sources"]):
        yield Reference(f"/sources/{i}", EntityKind.SOURCE, citation["source"])


def find_keys(connection: Connection, ids: Iterable[tuple[EntityKind, str]]) -> EntityKeys:
    """Return the primary keys of the entities that exist: one statement for 500 ids of a kind."""
    slugs: dict[EntityKind, list[str]] = defaultdict(list)
    for kind, slug in dict.fromkeys(ids):
        slugs[kind].append(slug)
    return {
        (kind, row.slug): row.id
        for kind in slugs
        for batch in batches(slugs[kind])
        for row in connection.execute(
            select(t.ENTITIES[kind].c.slug, t.ENTITIES[kind].c.id).where(
                t.ENTITIES[kind].c.slug.in_(batch)
            )
        )
    }


def find_referrers(
    connection: Connection, kind: EntityKind, key: int, at_most: int | None = None
) -> Iterator[Referrer]:
    """Yield the other entities that refer to this one: by id, and at most so many in each role."""
    for naming in _NAMING[kind]:
        owner = t.ENTITIES[naming.kind].c
        names = owner.id.in_(select(naming.owner).where(naming.reference == key))
        others = names if naming.kind is not kind else names & (owner.id != key)
        statement = select(owner.slug).where(others).order_by(owner.slug).limit(at_most)
        for slug in connection.scalars(statement):
            yield Referrer(naming.kind, slug, naming.role)
