"""The properties of entities that other programs compare or fetch: their ids, and values of documents."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Any, Final, NamedTuple

from app.documents.reconciliation.types import BROADER, KINDS, EntityId, EntityType
from app.domain.dates import beginning_key
from app.domain.vocabulary import EntityKind, EventSubtype


class PropertyId(StrEnum):
    """A property of entities of some kinds."""

    NAME_EN = "name_en"
    NAME_FR = "name_fr"
    NAME_RU = "name_ru"
    NAME_KO = "name_ko"
    ALIAS = "alias"
    COUNTRY = "country"
    OFFICE = "office"
    POSITION = "position"
    ORGANISATION = "organisation"
    ACTIVE_ON = "active_on"
    EVENTS = "events"
    FIRST_EVENT = "first_event"
    LAST_EVENT = "last_event"
    WIKIDATA = "wikidata"
    VIAF = "viaf"
    ISNI = "isni"
    RANK = "rank"
    FOUNDED = "from"
    ABOLISHED = "to"
    PART_OF = "part_of"
    LATITUDE = "latitude"
    LONGITUDE = "longitude"
    PRECISION = "precision"
    KIND = "kind"
    PARTY = "party"
    REGISTRATION = "registration"
    SIGNED = "signed"
    STAGE_DATE = "stage_date"
    IN_FORCE_FROM = "in_force_from"
    IN_FORCE_TO = "in_force_to"


_P = PropertyId
NAMES: Final = (_P.NAME_EN, _P.NAME_FR, _P.NAME_RU, _P.NAME_KO)
_ACTIVITY: Final = (_P.EVENTS, _P.FIRST_EVENT, _P.LAST_EVENT)
_IDENTIFIERS: Final = (_P.WIKIDATA, _P.VIAF, _P.ISNI)
# The properties of each kind. Nobody can fetch the last one of participants: it is a question.
PROPERTIES: Final[Mapping[EntityKind, Sequence[PropertyId]]] = {
    EntityKind.PARTICIPANT: (
        *(*NAMES, _P.ALIAS, _P.COUNTRY, _P.OFFICE, _P.POSITION, _P.ORGANISATION),
        *(*_ACTIVITY, *_IDENTIFIERS, _P.ACTIVE_ON),
    ),
    EntityKind.OFFICE: (
        *(*NAMES, _P.ALIAS, _P.COUNTRY, _P.RANK, _P.ORGANISATION, _P.FOUNDED, _P.ABOLISHED),
    ),
    EntityKind.PLACE: (
        *(*NAMES, _P.ALIAS, _P.COUNTRY, _P.PART_OF, _P.LATITUDE, _P.LONGITUDE, _P.PRECISION),
        *(*_ACTIVITY, *_IDENTIFIERS),
    ),
    EntityKind.TREATY: (
        *(*NAMES, _P.ALIAS, _P.KIND, _P.PARTY, _P.REGISTRATION, _P.SIGNED, _P.STAGE_DATE),
        *(_P.IN_FORCE_FROM, _P.IN_FORCE_TO),
    ),
}
FETCHED: Final = frozenset(PropertyId) - {_P.ACTIVE_ON}
# The kind of the entities that are the values of a property.
REFERRED: Final[Mapping[PropertyId, EntityKind]] = {
    _P.OFFICE: EntityKind.OFFICE,
    _P.ORGANISATION: EntityKind.PARTICIPANT,
    _P.PART_OF: EntityKind.PLACE,
}


class PropertyValues(NamedTuple):
    """The values of one property of an entity."""

    texts: Sequence[str] = ()
    numbers: Sequence[float] = ()
    entities: Sequence[EntityId] = ()

    def __bool__(self) -> bool:
        return bool(self.texts or self.numbers or self.entities)


def properties_of(type_: EntityType | None) -> list[PropertyId]:
    """Return the properties of a type, or without one of all types, in one order."""
    kinds = PROPERTIES if type_ is None else [KINDS[BROADER.get(type_, type_)]]
    wanted = {each for kind in kinds for each in PROPERTIES[kind]}
    return [each for each in PropertyId if each in wanted]


def values_of(kind: EntityKind, document: Mapping[str, Any]) -> Mapping[PropertyId, PropertyValues]:
    """Return what a document says about its entity, without properties that have no value."""
    return {name: values for name, values in _values(kind, document) if values}


def _values(
    kind: EntityKind, document: Mapping[str, Any]
) -> Iterator[tuple[PropertyId, PropertyValues]]:
    for name in NAMES:
        yield name, _text(document["names"].get(name.removeprefix("name_")))
    yield _P.ALIAS, PropertyValues(document["aliases"])
    if kind is not EntityKind.TREATY:
        yield _P.COUNTRY, _text(document["country"])
    yield from _OWN[kind](document)


def _of_participant(document: Mapping[str, Any]) -> Iterator[tuple[PropertyId, PropertyValues]]:
    positions = sorted(document["positions"], key=_begin, reverse=True)
    yield _P.POSITION, PropertyValues([each["title"] for each in positions])
    yield _P.OFFICE, _entities(_P.OFFICE, *(each.get("office") for each in positions))
    yield _P.ORGANISATION, _entities(_P.ORGANISATION, *(each["organisation"] for each in positions))
    yield from _identifiers(document)


def _begin(position: Mapping[str, Any]) -> tuple[date, str]:
    """Return the key by which the newest position comes first, as clients that take one value expect."""
    return beginning_key(position["from"] or position["to"])


def _identifiers(document: Mapping[str, Any]) -> Iterator[tuple[PropertyId, PropertyValues]]:
    for scheme in _IDENTIFIERS:
        yield scheme, _text(document["identifiers"].get(scheme))


def _of_office(document: Mapping[str, Any]) -> Iterator[tuple[PropertyId, PropertyValues]]:
    yield _P.RANK, _text(document["rank"])
    yield _P.ORGANISATION, _entities(_P.ORGANISATION, document["organisation"])
    yield _P.FOUNDED, _text(document["from"])
    yield _P.ABOLISHED, _text(document["to"])


def _of_place(document: Mapping[str, Any]) -> Iterator[tuple[PropertyId, PropertyValues]]:
    yield _P.PART_OF, _entities(_P.PART_OF, document["part_of"])
    yield _P.LATITUDE, PropertyValues(numbers=[document["latitude"]])
    yield _P.LONGITUDE, PropertyValues(numbers=[document["longitude"]])
    yield _P.PRECISION, _text(document["precision"])
    yield from _identifiers(document)


def _of_treaty(document: Mapping[str, Any]) -> Iterator[tuple[PropertyId, PropertyValues]]:
    stages = document["stages"]
    signed = [each["date"] for each in stages if each["stage"] == EventSubtype.SIGNED]
    yield _P.KIND, _text(document["kind"])
    yield _P.PARTY, PropertyValues(document["parties"])
    yield _P.REGISTRATION, _text(document["registration"])
    yield _P.SIGNED, PropertyValues(signed)
    yield _P.STAGE_DATE, PropertyValues([each["date"] for each in stages])
    yield _P.IN_FORCE_FROM, _text(document["in_force"]["from"])
    yield _P.IN_FORCE_TO, _text(document["in_force"]["to"])


_OWN: Final = {
    EntityKind.PARTICIPANT: _of_participant,
    EntityKind.OFFICE: _of_office,
    EntityKind.PLACE: _of_place,
    EntityKind.TREATY: _of_treaty,
}


def _text(value: str | None) -> PropertyValues:
    return PropertyValues([] if value is None else [value])


def _entities(name: PropertyId, *slugs: str | None) -> PropertyValues:
    """Return the entities with these ids, each once."""
    known = dict.fromkeys(slug for slug in slugs if slug is not None)
    return PropertyValues(entities=[EntityId(REFERRED[name], slug) for slug in known])
