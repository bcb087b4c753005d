"""References between entities: ids in a record, their primary keys, and an entity's referrers."""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from sqlalchemy import Column, Connection, select

from app.domain.vocabulary import EntityKind, KindAndSlug
from app.records.models import Plain
from app.tables import core as t
from app.tables.rows import batches_of_kinds
from app.tables.wholes import WHOLES

# The primary keys of entities, by kind and id.
EntityKeys = dict[KindAndSlug, int]


# Python 3.11 takes long to find a member of an enum in its class.
_PARTICIPANT, _PLACE, _OFFICE = EntityKind.PARTICIPANT, EntityKind.PLACE, EntityKind.OFFICE
_SOURCE, _TREATY, _TAG, _EVENT = (
    EntityKind.SOURCE,
    EntityKind.TREATY,
    EntityKind.TAG,
    EntityKind.EVENT,
)


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
    # The column of the named entity that `reference` holds.
    names: str = "id"


_PART, _POSITION, _EVENTS = t.participation.c, t.position.c, t.event.c
_CITATION, _RELATION, _SOURCES = t.citation.c, t.relation.c, t.source.c
_OFFICES = t.office.c


def _parts(kind: EntityKind) -> _Naming:
    whole = WHOLES[kind]
    return _Naming(kind, whole.relation, whole.part, whole.whole)


_NAMING: dict[EntityKind, tuple[_Naming, ...]] = {
    EntityKind.PARTICIPANT: (
        _Naming(EntityKind.EVENT, "a participant", _PART.event_id, _PART.participant_id),
        _Naming(
            EntityKind.PARTICIPANT,
            "the organisation of a position",
            _POSITION.participant_id,
            _POSITION.organisation_id,
        ),
        _Naming(
            EntityKind.OFFICE,
            "the organisation of an office",
            _OFFICES.id,
            _OFFICES.organisation_id,
        ),
    ),
    EntityKind.PLACE: (
        _Naming(EntityKind.EVENT, "a place", t.event_place.c.event_id, t.event_place.c.place_id),
        _parts(EntityKind.PLACE),
    ),
    EntityKind.OFFICE: (
        _Naming(EntityKind.EVENT, "the office of a participant", _PART.event_id, _PART.office_id),
        _Naming(
            EntityKind.PARTICIPANT,
            "the office of a position",
            _POSITION.participant_id,
            _POSITION.office_id,
        ),
    ),
    EntityKind.PUBLISHER: (
        _Naming(EntityKind.SOURCE, "the publisher", _SOURCES.id, _SOURCES.publisher_id),
        _Naming(EntityKind.SOURCE, "the agency", _SOURCES.id, _SOURCES.agency_id),
        _parts(EntityKind.PUBLISHER),
    ),
    EntityKind.SOURCE: (
        _Naming(EntityKind.EVENT, "a source", _CITATION.event_id, _CITATION.source_id),
    ),
    EntityKind.TREATY: (_Naming(EntityKind.EVENT, "the treaty", _EVENTS.id, _EVENTS.treaty_id),),
    EntityKind.TAG: (
        _Naming(EntityKind.EVENT, "a tag", t.event_tag.c.event_id, t.event_tag.c.tag, "slug"),
        _parts(EntityKind.TAG),
    ),
    EntityKind.EVENT: (
        _Naming(EntityKind.EVENT, "a related event", _RELATION.event_id, _RELATION.target_id),
    ),
}


def references(kind: EntityKind, record: Plain) -> Iterator[Reference]:
    """Yield every reference of the record, in its order."""
    match kind:
        case EntityKind.PARTICIPANT:
            for i, position in enumerate(record["positions"]):
                yield from _named(position, f"/positions/{i}", office=EntityKind.OFFICE)
                yield from _named(position, f"/positions/{i}", organisation=EntityKind.PARTICIPANT)
        case EntityKind.OFFICE:
            yield from _named(record, "", organisation=EntityKind.PARTICIPANT)
        case EntityKind.SOURCE:
            yield from _named(
                record, "", publisher=EntityKind.PUBLISHER, agency=EntityKind.PUBLISHER
            )
        case EntityKind.EVENT:
            yield from _event_references(record)
        case EntityKind.PLACE | EntityKind.PUBLISHER | EntityKind.TAG:
            yield from _named(record, "", **{WHOLES[kind].field: kind})


def named_ids(kind: EntityKind, record: Plain) -> list[KindAndSlug]:
    """Return the kind and id of every reference of the record; an event has many, so in a fast way."""
    if kind is not EntityKind.EVENT:
        return [(reference.kind, reference.slug) for reference in references(kind, record)]
    parts = record["participants"]
    places = [record["place"]] if record["place"] else []
    return [
        *((_PLACE, place) for place in (*places, *record["further_places"])),
        *((_PARTICIPANT, part["id"]) for part in parts),
        *((_OFFICE, part["office"]) for part in parts if part["office"]),
        *([(_TREATY, record["treaty"])] if record["treaty"] else []),
        *((_EVENT, relation["event"]) for relation in record["relations"]),
        *((_SOURCE, citation["source"]) for citation in record["sources"]),
        *((_TAG, tag) for tag in record["tags"]),
    ]


def _named(part: Plain, pointer: str, **kinds: EntityKind) -> Iterator[Reference]:
    """Yield the references in these fields, of these kinds; a field may be null."""
    for name, kind in kinds.items():
        if part[name] is not None:
            yield Reference(f"{pointer}/{name}", kind, part[name])


def _event_references(event: Plain) -> Iterator[Reference]:
    yield from _named(event, "", place=EntityKind.PLACE)
    for i, place in enumerate(event["further_places"]):
        yield Reference(f"/further_places/{i}", EntityKind.PLACE, place)
    for i, participant in enumerate(event["participants"]):
        yield Reference(f"/participants/{i}/id", EntityKind.PARTICIPANT, participant["id"])
        yield from _named(participant, f"/participants/{i}", office=EntityKind.OFFICE)
    yield from _named(event, "", treaty=EntityKind.TREATY)
    for i, relation in enumerate(event["relations"]):
        yield Reference(f"/relations/{i}/event", EntityKind.EVENT, relation["event"])
    for i, citation in enumerate(event["sources"]):
        yield Reference(f"/sources/{i}", EntityKind.SOURCE, citation["source"])
    for i, tag in enumerate(event["tags"]):
        yield Reference(f"/tags/{i}", EntityKind.TAG, tag)


class KnownKeys:
    """The primary keys of the entities that a write refers to, each found once.

    Keys of events are not kept: few refer to the same event. A write changes no key.
    """

    _MOST = 20_000

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._kept: EntityKeys = {}

    def find(self, ids: Iterable[KindAndSlug]) -> EntityKeys:
        """Return the keys of these entities, as far as they exist, and perhaps those of others."""
        wanted = {*ids}
        found = find_keys(self._connection, wanted - self._kept.keys())
        if len(self._kept) > self._MOST:
            self._kept = {id: key for id, key in self._kept.items() if id in wanted}
        self._kept |= {id: key for id, key in found.items() if id[0] is not EntityKind.EVENT}
        return self._kept | found


def find_keys(connection: Connection, ids: Iterable[KindAndSlug]) -> EntityKeys:
    """Return the primary keys of the entities that exist: one statement for 500 ids of a kind."""
    return {
        (kind, row.slug): row.id
        for kind, batch in batches_of_kinds(ids)
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
    named = t.ENTITIES[kind].c
    for naming in _NAMING[kind]:
        owner = t.ENTITIES[naming.kind].c
        # Most references hold the primary key, so no subquery finds it.
        held = select(named[naming.names]).where(named.id == key).scalar_subquery()
        value = key if naming.names == "id" else held
        names = owner.id.in_(select(naming.owner).where(naming.reference == value))
        others = names if naming.kind is not kind else names & (owner.id != key)
        statement = select(owner.slug).where(others).order_by(owner.slug).limit(at_most)
        for slug in connection.scalars(statement):
            yield Referrer(naming.kind, slug, naming.role)
