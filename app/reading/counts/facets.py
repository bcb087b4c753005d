"""Facets: the number of events for each value of a parameter, under the other filters."""

from collections.abc import Collection, Mapping, Sequence
from itertools import chain
from typing import Any

from pyroaring import BitMap
from sqlalchemy import ColumnElement, Connection, FromClause, Select, exists, func, select

from app.documents.counting import Facet, FacetCounts, Facets, LabelledCount, most_frequent
from app.domain.names.folding import fold, without_ligatures
from app.domain.names.look_alikes import in_one_script
from app.domain.values import LanguageMap
from app.reading.counts.date_facets import count_days, count_years, day_rows, year_rows
from app.reading.counts.facet_labels import label_values
from app.reading.counts.values import OF_EVENT, OF_MANNER, facet_pairs
from app.reading.filters.events import event_conditions, manner_conditions
from app.reading.filters.shared import Condition
from app.reading.parameters.events import EventFilters, EventView
from app.reading.sets.event_sets import EventSets
from app.reading.sets.matching import count_both, count_values, find_matches, is_decided
from app.tables import core as t
from app.tables.at_once import refuse_at_once

_OF_DATE = (Facet.YEAR, Facet.DECADE)


def count_facets(
    connection: Connection,
    filters: EventFilters,
    view: EventView,
    sets: EventSets | None = None,
    *,
    in_list: Collection[Facet] = (),
) -> Facets:
    """Return the counts of each facet of the view, without its own filter unless it is `in_list`.

    With sets, statements are few and read no event. Otherwise one per facet reads every matching
    event, and one reads the names of entities.
    """
    counting = _Counting(connection, filters, sets, in_list)
    return {facet: _count(counting, facet, view) for facet in dict.fromkeys(view.facets)}


class _Counting:
    """Counts the values of facets in a state, with sets or without."""

    def __init__(
        self,
        connection: Connection,
        filters: EventFilters,
        sets: EventSets | None,
        in_list: Collection[Facet],
    ) -> None:
        self._connection = connection
        self._filters = filters
        self._sets = sets
        self._in_list = in_list
        self._matches: dict[str, BitMap | None] = {}

    def count(self, facet: Facet) -> dict[str, int]:
        """Return how many events have each value, with all filters except its own, if so counted."""
        name = "date" if facet in _OF_DATE else facet.value
        is_sent = facet not in self._in_list and bool(getattr(self._filters, name))
        others = self._filters.model_copy(update={name: []}) if is_sent else self._filters
        if self._sets is None or not is_decided(others, facet):
            return self._count_rows(others, facet)
        # Facets without a filter of their name have the same matches.
        removed = name if is_sent else ""
        if removed not in self._matches:
            self._matches[removed] = find_matches(self._sets, self._connection, others)
        return self._count_sets(self._sets, facet, self._matches[removed])

    def labels(self, facet: Facet, values: Collection[str]) -> Mapping[str, LanguageMap]:
        """Return the labels of these values, and perhaps of others."""
        if self._sets is None:
            return label_values(self._connection, facet, values)
        return self._sets.labels(self._connection, facet, values)

    def _count_rows(self, others: EventFilters, facet: Facet) -> dict[str, int]:
        refuse_at_once()
        if facet in _OF_DATE:
            return count_years(year_rows(self._connection, others), facet)
        if facet is Facet.MONTH_DAY:
            return count_days(day_rows(self._connection, others))
        rows = self._connection.execute(_statement(others, facet))
        return {row[0]: row[1] for row in rows}

    def _count_sets(self, sets: EventSets, facet: Facet, matching: BitMap | None) -> dict[str, int]:
        certainty, within = self._filters.certainty, self._filters.within
        if facet not in (*_OF_DATE, Facet.MONTH_DAY):
            return count_values(sets.of_facet(self._connection, facet, within=within), matching)
        years = sets.of_years(self._connection, certainty)
        if facet in _OF_DATE:
            spans = ((*each, count_both(of.events, matching)) for each, of in years.items())
            return count_years(spans, facet)
        days = chain.from_iterable(of.days for of in years.values())
        return count_days((first, last, count_both(of, matching)) for first, last, of in days)


def _count(counting: _Counting, facet: Facet, view: EventView) -> FacetCounts:
    counts = counting.count(facet)
    if wanted := _plain(in_one_script(view.facet_q)):
        labels = counting.labels(facet, counts)
        counts = {value: n for value, n in counts.items() if _matches(wanted, value, labels[value])}
    shown = most_frequent(counts, view.facet_limit)
    labels = counting.labels(facet, [each["value"] for each in shown])
    # To validate hundreds of values takes a tenth of an answer.
    return FacetCounts.model_construct(
        values=[
            LabelledCount(value=each["value"], count=each["count"], label=labels[each["value"]])
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
    return any(wanted in _plain(text) for text in texts)


def _plain(text: str) -> str:
    return without_ligatures(fold(text))


def _statement(filters: EventFilters, facet: Facet) -> Select[Any]:
    if facet in OF_MANNER:
        return _by_manner(filters, facet)
    (value,), event, rows = facet_pairs(facet, within=filters.within)
    if facet in OF_EVENT:
        counted = select(value, func.count()).where(*event_conditions(filters))
    else:
        counted = select(value, func.count(event.distinct())).where(*_among(event, filters))
    if facet is Facet.PARTICIPANT:
        counted = counted.where(*_took_part(t.participation, filters))
    return counted.select_from(rows).group_by(value)


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
        update={name: [] for name in ("participant", "participant_all", *OF_MANNER)}
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
