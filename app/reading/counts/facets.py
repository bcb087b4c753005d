"""Facets: the number of events for each value of a parameter, under the other filters."""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import accumulate
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, FromClause, Select, exists, extract, func, select

from app.documents.counting import Facet, FacetCounts, Facets, LabelledCount, most_frequent
from app.domain.dates import OPEN_END, OPEN_START
from app.domain.days_of_year import DAYS_OF_YEAR, day_of_year
from app.domain.names.folding import fold
from app.domain.names.look_alikes import in_one_script
from app.domain.values import LanguageMap
from app.domain.vocabulary import EntityKind
from app.reading.counts.facet_labels import label_values
from app.reading.filters.events import event_conditions, manner_conditions, span_columns
from app.reading.filters.shared import Condition
from app.reading.houses import join_houses
from app.reading.parameters.events import EventFilters, EventView
from app.tables import core as t
from app.tables.wholes import enclosures

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
        join_houses(_SOURCES),
        t.citation.c.event_id,
    ),
}
# Facets of the manner of a participation.
_OF_MANNER = (Facet.ROLE, Facet.SIDE, Facet.OFFICE, Facet.RANK)
_OF_DATE = (Facet.YEAR, Facet.DECADE)
# The years that represent an open start and an open end.
_OPEN_YEARS = (OPEN_START.year, OPEN_END.year)


class _NumberSpan(NamedTuple):
    """The first and the last number, such as a year, and how many events span them."""

    first: int
    last: int
    events: int


def count_facets(connection: Connection, filters: EventFilters, view: EventView) -> Facets:
    """Return the counts of each facet of the view.

    One statement per facet, which reads every matching event, and one for the names of entities.
    """
    return {facet: _count(connection, filters, facet, view) for facet in dict.fromkeys(view.facets)}


def _count(
    connection: Connection, filters: EventFilters, facet: Facet, view: EventView
) -> FacetCounts:
    counts = _count_values(connection, filters, facet)
    if wanted := fold(in_one_script(view.facet_q)):
        labels = label_values(connection, facet, counts)
        counts = {value: n for value, n in counts.items() if _matches(wanted, value, labels[value])}
    shown = most_frequent(counts, view.facet_limit)
    labels = label_values(connection, facet, [each.value for each in shown])
    return FacetCounts(
        values=[
            LabelledCount(value=each.value, count=each.count, label=labels[each.value])
            for each in shown
        ],
        distinct=len(counts),
    )


def count_by_place(connection: Connection, filters: EventFilters) -> dict[str, int]:
    """Return the number of events at each place that has any, by its id: one statement.

    Unless `within` is false, an event counts for the place in which its own lies too.
    """
    rows = connection.execute(_statement(filters, Facet.PLACE))
    return {row[0]: row[1] for row in rows}


def _matches(wanted: str, value: str, label: LanguageMap) -> bool:
    texts = (value, *label.model_dump().values())
    return any(wanted in fold(text) for text in texts)


def _count_values(connection: Connection, filters: EventFilters, facet: Facet) -> dict[str, int]:
    name = "date" if facet in _OF_DATE else facet.value
    others = filters.model_copy(update={name: []})
    if facet in _OF_DATE:
        return _count_years(connection, others, facet)
    if facet is Facet.MONTH_DAY:
        return _count_days(connection, others)
    rows = connection.execute(_statement(others, facet))
    return {row[0]: row[1] for row in rows}


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


def _count_years(connection: Connection, filters: EventFilters, facet: Facet) -> dict[str, int]:
    """Return how many events each year or decade would match as `date`: one statement.

    An open end extends to the years that other events name; years without events are absent.
    """
    start, end = span_columns(filters.certainty)
    first, last = extract("year", start), extract("year", end)
    counted = select(first, last, func.count()).where(*event_conditions(filters))
    rows = connection.execute(counted.group_by(first, last))
    # PostgreSQL extracts decimals.
    spans = [_NumberSpan(int(first), int(last), n) for first, last, n in rows]
    named = {year for span in spans for year in span[:2]}.difference(_OPEN_YEARS)
    if not named:
        return {}
    in_decades = facet is Facet.DECADE
    years = range(min(named), max(named) + 1)
    if in_decades:
        # An event that is certain to be in a decade need not be certain to be in one of its years.
        years = range(years[0] // 10, years[-1] // 10 + 1)
        spans = [_NumberSpan(first // 10, last // 10, n) for first, last, n in spans]
    counts = _spread(spans, years)
    return {f"{number:03}X" if in_decades else f"{number:04}": n for number, n in counts.items()}


def _spread(spans: Iterable[_NumberSpan], numbers: Sequence[int]) -> dict[int, int]:
    """Return how many spans include each of these ascending numbers, without zeros."""
    changes: Counter[int] = Counter()
    for first, last, n in spans:
        # None is certain to be in the span of an event that may end before it is sure to begin.
        if first <= last:
            changes[bisect_left(numbers, first)] += n
            changes[bisect_right(numbers, last)] -= n
    running = accumulate(changes[index] for index in range(len(numbers)))
    return {number: n for number, n in zip(numbers, running, strict=True) if n}


def _count_days(connection: Connection, filters: EventFilters) -> dict[str, int]:
    """Return how many events each day of the year would match as `month_day`: one statement."""
    start, end = span_columns(filters.certainty)
    counted = select(start, end, func.count()).where(*event_conditions(filters))
    rows = connection.execute(counted.group_by(start, end))
    spans = (span for first, last, n in rows for span in _days_between(first, last, n))
    counts = _spread(spans, DAYS_OF_YEAR)
    return {f"{day // 100:02}-{day % 100:02}": n for day, n in counts.items()}


def _days_between(first: date, last: date, n: int) -> Iterator[_NumberSpan]:
    """Yield the days of the year from a first to a last date, as spans without repeats."""
    begin, end = day_of_year(first), day_of_year(last)
    years = last.year - first.year
    if years == 0:
        yield _NumberSpan(begin, end, n)
    elif years > 1 or (years == 1 and end >= begin):
        yield _NumberSpan(DAYS_OF_YEAR[0], DAYS_OF_YEAR[-1], n)
    elif years == 1:
        yield _NumberSpan(begin, DAYS_OF_YEAR[-1], n)
        yield _NumberSpan(DAYS_OF_YEAR[0], end, n)
