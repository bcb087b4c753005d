"""Facets: the number of events for each value of a parameter, under the other filters."""

from collections import Counter
from collections.abc import Sequence
from itertools import accumulate
from typing import Any

from sqlalchemy import ColumnElement, Connection, FromClause, Select, exists, extract, func, select

from app.documents.counting import Facet, FacetCounts, Facets, most_frequent
from app.domain.dates import OPEN_END, OPEN_START
from app.domain.vocabulary import EntityKind
from app.reading.filters import Condition, event_conditions, manner_conditions
from app.reading.houses import house_key
from app.reading.parameters.common import Certainty
from app.reading.parameters.events import EventFilters
from app.reading.wholes import enclosures
from app.tables import core as t

MAX_FACET_VALUES = 100

# Facets of which an event has one value: the column, in its row or in one that it refers to.
_OF_EVENT: dict[Facet, tuple[ColumnElement[Any], FromClause]] = {
    Facet.TYPE: (t.event.c.type, t.event),
    Facet.SUBTYPE: (t.event.c.subtype, t.event),
    Facet.STATUS: (t.event.c.status, t.event),
    Facet.CONFIDENCE: (t.event.c.confidence, t.event),
    Facet.TREATY: (t.treaty.c.slug, t.event.join(t.treaty)),
}
_PLACES = t.event_place.join(t.place)
_SOURCES = t.citation.join(t.source)
# Facets with several values per event: the column, its table, and the column with the event's key.
_OF_ROWS: dict[Facet, tuple[ColumnElement[Any], FromClause, ColumnElement[int]]] = {
    Facet.PARTICIPANT: (
        t.participant.c.slug,
        t.participation.join(t.participant),
        t.participation.c.event_id,
    ),
    Facet.PLACE: (t.place.c.slug, _PLACES, t.event_place.c.event_id),
    Facet.COUNTRY: (t.place.c.country, _PLACES, t.event_place.c.event_id),
    Facet.TAG: (t.event_tag.c.tag, t.event_tag, t.event_tag.c.event_id),
    Facet.PUBLISHER: (
        t.publisher.c.slug,
        _SOURCES.join(t.publisher, t.publisher.c.id == t.source.c.publisher_id),
        t.citation.c.event_id,
    ),
    Facet.AGENCY: (
        t.publisher.c.slug,
        _SOURCES.join(t.publisher, t.publisher.c.id == t.source.c.agency_id),
        t.citation.c.event_id,
    ),
    Facet.HOUSE: (
        t.publisher.c.slug,
        _SOURCES.join(t.publisher, t.publisher.c.id == house_key()),
        t.citation.c.event_id,
    ),
}
# Facets of the manner of a participation.
_OF_MANNER = (Facet.ROLE, Facet.SIDE, Facet.OFFICE, Facet.RANK)
# The years that represent an open start and an open end.
_OPEN_YEARS = (OPEN_START.year, OPEN_END.year)
# The first and the last year, and how many events span them.
_YearSpan = tuple[int, int, int]


def count_facets(connection: Connection, filters: EventFilters, facets: Sequence[Facet]) -> Facets:
    """Return the counts of each facet: one statement per facet, which reads every matching event."""
    return {facet: _count(connection, filters, facet) for facet in dict.fromkeys(facets)}


def _count(connection: Connection, filters: EventFilters, facet: Facet) -> FacetCounts:
    if facet is Facet.YEAR:
        counts = _count_years(connection, filters.model_copy(update={"date": ""}))
    else:
        others = filters.model_copy(update={facet.value: []})
        rows = connection.execute(_statement(others, facet))
        counts = {row[0]: row[1] for row in rows}
    return FacetCounts(values=most_frequent(counts, MAX_FACET_VALUES), distinct=len(counts))


def _statement(filters: EventFilters, facet: Facet) -> Select[Any]:
    if facet in _OF_MANNER:
        return _by_manner(filters, facet)
    if facet is Facet.PLACE and filters.within:
        return _by_enclosing_place(filters)
    if facet is Facet.TAG and filters.within:
        return _by_broader_tag(filters)
    if facet in _OF_EVENT:
        value, rows = _OF_EVENT[facet]
        counted = select(value, func.count()).select_from(rows)
        return counted.where(*event_conditions(filters)).group_by(value)
    value, rows, event = _OF_ROWS[facet]
    counted = select(value, func.count(event.distinct())).select_from(rows)
    conditions = _among(event, filters)
    if facet is Facet.PARTICIPANT:
        conditions += _took_part(t.participation, filters)
    return counted.where(*conditions).group_by(value)


def _by_enclosing_place(filters: EventFilters) -> Select[Any]:
    """Count an event for its place, and for each place within which that lies."""
    pairs, of = enclosures(EntityKind.PLACE), t.event_place.c
    counted = select(t.place.c.slug, func.count(of.event_id.distinct())).select_from(
        t.event_place.join(pairs, pairs.c.part_id == of.place_id).join(
            t.place, t.place.c.id == pairs.c.whole_id
        )
    )
    return counted.where(*_among(of.event_id, filters)).group_by(t.place.c.slug)


def _by_broader_tag(filters: EventFilters) -> Select[Any]:
    """Count an event for each of its tags, and for each broader tag of these."""
    pairs, of, tag = enclosures(EntityKind.TAG), t.event_tag.c, t.tag.alias("narrower")
    broader = t.tag.c.slug
    # A past state may have a tag without a row, from before tags were entities.
    value: ColumnElement[Any] = func.coalesce(broader, of.tag)
    counted = select(value, func.count(of.event_id.distinct())).select_from(
        t.event_tag.outerjoin(tag, tag.c.slug == of.tag)
        .outerjoin(pairs, pairs.c.part_id == tag.c.id)
        .outerjoin(t.tag, t.tag.c.id == pairs.c.whole_id)
    )
    return counted.where(*_among(of.event_id, filters)).group_by(value)


def _among(event: ColumnElement[int], filters: EventFilters) -> list[Condition]:
    """Require the key of an event that meets the filters; nothing without filters."""
    conditions = event_conditions(filters)
    return [event.in_(select(t.event.c.id).where(*conditions))] if conditions else []


def _took_part(
    part: FromClause, filters: EventFilters, participants: Sequence[str] = ()
) -> list[Condition]:
    """Require a participation in the filters' manner, by one of these participants."""
    keys = select(t.participant.c.id).where(t.participant.c.slug.in_(participants))
    return [
        *manner_conditions(part, filters),
        *([part.c.participant_id.in_(keys)] if participants else []),
    ]


def _by_manner(filters: EventFilters, facet: Facet) -> Select[Any]:
    """Count by role, side, office or rank: as in the list, every participant in the filters has it.

    One participation supplies the value; each further participant must have another with the same.
    """
    named = [filters.participant] if filters.participant else []
    first, *others = named + [[each] for each in filters.participant_all] or [[]]
    one, other = t.participation.alias("one"), t.participation.alias("other")
    value, rows = _manner(one, facet)
    its_value, its_rows = _manner(other, facet)
    same = (other.c.event_id == one.c.event_id) & (its_value == value)
    another = exists().select_from(its_rows).where(same)
    rest = filters.model_copy(
        update={name: [] for name in ("participant", "participant_all", *_OF_MANNER)}
    )
    return (
        select(value, func.count(one.c.event_id.distinct()))
        .select_from(rows)
        .where(*_took_part(one, filters, first))
        .where(*(another.where(*_took_part(other, filters, each)) for each in others))
        .where(*_among(one.c.event_id, rest))
        .group_by(value)
    )


def _manner(part: FromClause, facet: Facet) -> tuple[ColumnElement[Any], FromClause]:
    """Return the column with a participation's value, and the rows in which it is."""
    if facet in (Facet.ROLE, Facet.SIDE):
        return part.c[facet.value], part
    office = t.office.alias()
    value = office.c.slug if facet is Facet.OFFICE else office.c.rank
    return value, part.join(office, office.c.id == part.c.office_id)


def _count_years(connection: Connection, filters: EventFilters) -> dict[str, int]:
    """Return how many events each year would match as `date`: one statement.

    An open end extends to the years that other events name; years without events are absent.
    """
    event = t.event.c
    certain = filters.certainty is Certainty.CERTAIN
    first = extract("year", event.start_latest if certain else event.start_earliest)
    last = extract("year", event.end_earliest if certain else event.end_latest)
    counted = select(first, last, func.count()).where(*event_conditions(filters))
    rows = connection.execute(counted.group_by(first, last))
    # PostgreSQL extracts decimals.
    return _spread([(int(first), int(last), n) for first, last, n in rows])


def _spread(spans: Sequence[_YearSpan]) -> dict[str, int]:
    named = {year for first, last, _ in spans for year in (first, last)}.difference(_OPEN_YEARS)
    if not named:
        return {}
    lowest, highest = min(named), max(named)
    changes: Counter[int] = Counter()
    for first, last, n in spans:
        if first <= last:  # Otherwise no year is certain to overlap the event.
            changes[max(first, lowest)] += n
            changes[min(last, highest) + 1] -= n
    years = range(lowest, highest + 1)
    running = accumulate(changes[year] for year in years)
    return {f"{year:04}": n for year, n in zip(years, running, strict=True) if n}
