"""Whether an entity has the properties that a row of a table gives it."""

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection, select

from app.documents.reconciliation.properties import (
    NAMES,
    REFERRED,
    PropertyId,
    PropertyValues,
    values_of,
)
from app.documents.reconciliation.types import EntityId, read_id
from app.documents.tombstone import find_survivors
from app.domain.dates import DateError, parse_edtf, parse_range
from app.domain.labels.countries import country_names
from app.domain.labels.schemes import SCHEMES, read_identifier
from app.domain.labels.vocabularies import read_labels
from app.domain.names.around.countries import country_named
from app.domain.names.folding import fold
from app.domain.names.matching import WHOLE
from app.domain.vocabulary import EntityKind, PlacePrecision, Rank, TreatyKind
from app.reading.counts.activity import find_activity
from app.reading.names.activity import in_office, took_part
from app.reading.names.things import entities_named
from app.reading.parameters.names import NamedKind, is_name
from app.reading.parameters.reconciliation import PropertyQuery
from app.reading.reconciling.entities import KnownEntity
from app.tables import core as t
from app.tables.wholes import enclosures

_P = PropertyId
# No source records every office and every event, so another value contradicts nothing.
_OPEN: Final = frozenset(
    {
        *(*NAMES, _P.ALIAS, _P.OFFICE, _P.POSITION, _P.ORGANISATION, _P.ACTIVE_ON),
        *(_P.EVENTS, _P.FIRST_EVENT, _P.LAST_EVENT, _P.STAGE_DATE, _P.LATITUDE, _P.LONGITUDE),
    }
)
_DATES: Final = frozenset(
    {
        *(_P.FIRST_EVENT, _P.LAST_EVENT, _P.STAGE_DATE, _P.SIGNED, _P.FOUNDED, _P.ABOLISHED),
        *(_P.IN_FORCE_FROM, _P.IN_FORCE_TO),
    }
)
_VOCABULARIES: Final = {_P.RANK: Rank, _P.KIND: TreatyKind, _P.PRECISION: PlacePrecision}
_ACTIVITY: Final = frozenset({_P.EVENTS, _P.FIRST_EVENT, _P.LAST_EVENT})
# Digits of any script, as cells have them.
_NUMBER: Final = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)")
# By property: whether an entity has one of the values. A property of which nothing is known is absent.
Evidence = Mapping[PropertyId, bool]
# Whether an entity agrees with each meaning of a row; None if that is not known.
Verdicts = Sequence[bool | None]
_Agrees = Callable[[PropertyValues], bool]


class AskedProperty(NamedTuple):
    """What the values of one property of a row mean."""

    property: PropertyId
    # None for the dates of `active_on`, which no document decides.
    agrees: _Agrees | None
    dates: Sequence[str] = ()


def find_meanings(
    connection: Connection, properties: Sequence[PropertyQuery]
) -> list[AskedProperty]:
    """Return what a row says, without values that mean nothing here, such as an unknown country.

    A name of an office, an organisation or a place takes the statements of `entities_named`, and an id of an
    organisation one, or two if it was merged.
    """
    meanings = (_meaning(connection, each) for each in properties)
    return [each for each in meanings if each is not None]


def find_verdicts(
    connection: Connection, compared: Sequence[KnownEntity], meanings: Sequence[AskedProperty]
) -> list[Verdicts]:
    """Return whether each entity agrees with each meaning, both in their order; None if that is not known.

    One statement for offices, one for places around places, one for each kind with an activity, and three for `active_on`.
    """
    asked = {each.property for each in meanings}
    more = _more_values(connection, [each.id for each in compared], asked) if asked else {}
    active = {
        each.dates: _active(connection, compared, each.dates) for each in meanings if each.dates
    }
    return [
        [_agreement(meaning, each, more.get(each.id, {}), active) for meaning in meanings]
        for each in compared
    ]


def evidence_of(meanings: Sequence[AskedProperty], verdicts: Verdicts) -> Evidence:
    """Return the evidence for an entity. A row may have two columns of one property: both must agree."""
    evidence: dict[PropertyId, bool] = {}
    for meaning, agrees in zip(meanings, verdicts, strict=True):
        if agrees is not None:
            evidence[meaning.property] = evidence.get(meaning.property, True) and agrees
    return evidence


def _agreement(
    meaning: AskedProperty,
    each: KnownEntity,
    more: Mapping[PropertyId, PropertyValues],
    active: Mapping[Sequence[str], set[EntityId]],
) -> bool | None:
    """Return whether the entity agrees; None if that is not known."""
    if meaning.agrees is None:
        return True if each.id in active[meaning.dates] else None
    known = {**values_of(each.id.kind, each.document)}
    for name, values in more.items():
        own = known.get(name, PropertyValues())
        known[name] = PropertyValues(
            [*own.texts, *values.texts],
            [*own.numbers, *values.numbers],
            [*own.entities, *values.entities],
        )
    if meaning.property not in known:
        return None
    agrees = meaning.agrees(known[meaning.property])
    return None if not agrees and meaning.property in _OPEN else agrees


def _meaning(connection: Connection, query: PropertyQuery) -> AskedProperty | None:
    name, texts = query.pid, query.texts
    if name is _P.ACTIVE_ON:
        dates = tuple(text for text in texts if _range(text))
        return AskedProperty(name, None, dates) if dates else None
    agrees = _test(connection, name, texts)
    return None if agrees is None else AskedProperty(name, agrees)


def _test(connection: Connection, name: PropertyId, texts: Sequence[str]) -> _Agrees | None:
    """Return the test of the values of an entity; None if the texts mean nothing."""
    if name in REFERRED:
        meant = {each for text in texts for each in _entities(connection, REFERRED[name], text)}
        return (lambda values: not meant.isdisjoint(values.entities)) if meant else None
    if name in _DATES:
        ranges = [found for text in texts if (found := _range(text))]
        return (lambda values: _overlap(values.texts, ranges)) if ranges else None
    if name in (_P.LATITUDE, _P.LONGITUDE, _P.EVENTS):
        numbers = [text for text in texts if _is_number(text)]
        return (lambda values: _equal(values.numbers, numbers)) if numbers else None
    words = {word for text in texts for word in _words(name, text)}
    return (lambda values: any(fold(each) in words for each in values.texts)) if words else None


def _words(name: PropertyId, text: str) -> set[str]:
    """Return the folded words that a text means: a code of a country, an identifier, a term of a vocabulary, itself."""
    if name in (_P.COUNTRY, _P.PARTY):
        code = _country(text)
        return {fold(code)} if code else set()
    if name in SCHEMES:
        identifier = read_identifier(name, text)
        return {fold(identifier)} if identifier else set()
    folded = fold(text)
    if name in _VOCABULARIES:
        labels = read_labels()[_VOCABULARIES[name]]
        terms = {
            fold(term)
            for term, label in labels.items()
            if folded in {fold(term), *map(fold, label.label.model_dump().values())}
        }
        return terms
    return {folded} if folded else set()


def _country(text: str) -> str | None:
    """Return the code of a country that a text names in any language, or as its code."""
    return _codes().get(fold(text)) or country_named(text)


@cache
def _codes() -> Mapping[str, str]:
    """Return the code of each country by its folded names, and by itself."""
    names = {
        fold(name): code
        for code, named in country_names().items()
        for name in named.model_dump().values()
    }
    return names | {fold(code): code for code in country_names()}


def _entities(connection: Connection, kind: EntityKind, text: str) -> set[EntityId]:
    """Return the entity with this id, or the one that took its place, or those with this as a whole name."""
    named = read_id(text)
    if named is not None:
        survivor = find_survivors(connection, [named]).get(named)
        return {named if survivor is None else EntityId(named.kind, survivor)}
    if not is_name(text):
        return set()
    found = entities_named(connection, text, [NamedKind(kind)])
    return {EntityId(each.kind, each.slug) for each in found if each.match.kind in WHOLE}


def _more_values(
    connection: Connection, ids: Sequence[EntityId], asked: set[PropertyId]
) -> Mapping[EntityId, Mapping[PropertyId, PropertyValues]]:
    """Return the values that documents lack: activity, offices held in events, and all places around a place."""
    more: dict[EntityId, dict[PropertyId, PropertyValues]] = defaultdict(dict)
    if not asked.isdisjoint(_ACTIVITY):
        for id_, values in activity_values(connection, ids).items():
            more[id_].update(values)
    if PropertyId.OFFICE in asked:
        for id_, offices in _offices_in_events(connection, ids).items():
            more[id_][_P.OFFICE] = PropertyValues(entities=offices)
    if PropertyId.PART_OF in asked:
        for id_, wholes in _places_around(connection, ids).items():
            more[id_][_P.PART_OF] = PropertyValues(entities=wholes)
    return more


def activity_values(
    connection: Connection, ids: Sequence[EntityId]
) -> Mapping[EntityId, Mapping[PropertyId, PropertyValues]]:
    """Return the number of events, and the first and the last: one statement for each kind."""
    return {
        EntityId(kind, each.id): {
            _P.EVENTS: PropertyValues(numbers=[each.events]),
            _P.FIRST_EVENT: PropertyValues([each.first] if each.first else []),
            _P.LAST_EVENT: PropertyValues([each.last] if each.last else []),
        }
        for kind in (EntityKind.PARTICIPANT, EntityKind.PLACE)
        for each in find_activity(connection, kind, [id_.slug for id_ in ids if id_.kind is kind])
    }


def _offices_in_events(
    connection: Connection, ids: Sequence[EntityId]
) -> Mapping[EntityId, Sequence[EntityId]]:
    part, participant, office = t.participation.c, t.participant.c, t.office.c
    slugs = [id_.slug for id_ in ids if id_.kind is EntityKind.PARTICIPANT]
    held = (
        select(participant.slug, office.slug.label("office"))
        .join_from(t.participation, t.participant, participant.id == part.participant_id)
        .join(t.office, office.id == part.office_id)
        .where(participant.slug.in_(slugs))
        .distinct()
    )
    offices: dict[EntityId, list[EntityId]] = defaultdict(list)
    for row in connection.execute(held) if slugs else ():
        owner = EntityId(EntityKind.PARTICIPANT, row.slug)
        offices[owner].append(EntityId(EntityKind.OFFICE, row.office))
    return offices


def _places_around(
    connection: Connection, ids: Sequence[EntityId]
) -> Mapping[EntityId, Sequence[EntityId]]:
    slugs = [id_.slug for id_ in ids if id_.kind is EntityKind.PLACE]
    pairs, place, whole = enclosures(EntityKind.PLACE), t.place.c, t.place.alias()
    around = (
        select(place.slug, whole.c.slug.label("whole"))
        .join(pairs, pairs.c.part_id == place.id)
        .join(whole, whole.c.id == pairs.c.whole_id)
        .where(place.slug.in_(slugs), pairs.c.whole_id != place.id)
    )
    wholes: dict[EntityId, list[EntityId]] = defaultdict(list)
    for row in connection.execute(around) if slugs else ():
        part = EntityId(EntityKind.PLACE, row.slug)
        wholes[part].append(EntityId(EntityKind.PLACE, row.whole))
    return wholes


def _active(
    connection: Connection, compared: Sequence[KnownEntity], dates: Sequence[str]
) -> set[EntityId]:
    """Return the participants who took part in an event or held an office within a year of a date."""
    slugs = [each.id.slug for each in compared if each.id.kind is EntityKind.PARTICIPANT]
    participant = t.participant.c
    rows = connection.execute(
        select(participant.id, participant.slug).where(participant.slug.in_(slugs))
    )
    known = {row.id: EntityId(EntityKind.PARTICIPANT, row.slug) for row in rows}
    keys = [*known]
    return {
        known[key]
        for on in dates
        for key in took_part(connection, keys, on) | in_office(connection, keys, on)
    }


def _range(text: str) -> tuple[Any, Any] | None:
    """Return the first and the last day of a date in EDTF; None for any other text."""
    try:
        return parse_range(text)
    except DateError:
        return None


def _overlap(dates: Sequence[str], ranges: Sequence[tuple[Any, Any]]) -> bool:
    bounds = [parse_edtf(each) for each in dates]
    return any(
        known.start_earliest <= last and known.end_latest >= first
        for known in bounds
        for first, last in ranges
    )


def _is_number(text: str) -> bool:
    return len(text) < 20 and _NUMBER.fullmatch(text) is not None


def _equal(numbers: Sequence[float], texts: Sequence[str]) -> bool:
    """Return whether a number equals one of the texts, to as many decimals as that has."""
    return any(
        round(number, len(text.partition(".")[2])) == float(text)
        for number in numbers
        for text in texts
    )
