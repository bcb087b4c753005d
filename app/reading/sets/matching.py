"""The events that meet filters, as a set in memory."""

from collections.abc import Collection, Iterator, Sequence
from itertools import chain

from pyroaring import BitMap
from sqlalchemy import Connection

from app.documents.counting import Facet
from app.domain.dates import parse_range
from app.domain.days_of_year import day_of_year, parse_days
from app.domain.search.query import parse_query
from app.reading.counts.date_facets import days_between
from app.reading.counts.values import OF_MANNER
from app.reading.filters.events import event_conditions
from app.reading.parameters.common import Certainty
from app.reading.parameters.events import MAX_SOURCES, UNSET, EventFilters
from app.reading.sets.event_sets import EventSets, Sets, read_keys
from app.tables import core as t
from app.tables.at_once import refuse_at_once
from app.tables.search import event_search, matches

# One participation must meet all of these together, which sets of events cannot tell.
_PARTICIPANTS = ("participant", "participant_all")
_MANNER = tuple(facet.value for facet in OF_MANNER)
# Facets whose filter the sets of their values decide by themselves.
_ALONE = (
    Facet.TYPE,
    Facet.SUBTYPE,
    Facet.STATUS,
    Facet.CONFIDENCE,
    Facet.PLACE,
    Facet.COUNTRY,
    Facet.TREATY,
    Facet.TAG,
    Facet.PUBLISHER,
    Facet.AGENCY,
    Facet.HOUSE,
)


def find_matches(sets: EventSets, connection: Connection, filters: EventFilters) -> BitMap | None:
    """Return the events that meet the filters; None without filters, which all events meet.

    Statements: one for `q`, and one for all filters that no sets decide.
    """
    found = [*_by_sets(sets, connection, filters), *_by_statements(connection, filters)]
    return BitMap.intersection(*sorted(found, key=len)) if found else None


def count_matches(sets: EventSets, connection: Connection, filters: EventFilters) -> int:
    """Return the number of events that meet the filters; statements as for `find_matches`."""
    matching = find_matches(sets, connection, filters)
    return len(_everything(sets, connection) if matching is None else matching)


def count_values(values: Sets, matching: BitMap | None) -> dict[str, int]:
    """Return how many of the matching events have each value, without zeros."""
    if matching is None:
        return {value: len(events) for value, events in values.items() if events}
    return {
        v: n for v, events in values.items() if (n := events.intersection_cardinality(matching))
    }


def count_both(events: BitMap, matching: BitMap | None) -> int:
    """Return the number of events in both sets; None is every event."""
    return len(events) if matching is None else events.intersection_cardinality(matching)


def is_decided(filters: EventFilters, facet: Facet) -> bool:
    """Whether sets can count a facet: role, side, office and rank only without each other."""
    manner, participants = (_sent(filters, names) for names in (_MANNER, _PARTICIPANTS))
    if facet is Facet.PARTICIPANT:
        return not manner
    return facet not in OF_MANNER or not (manner or participants)


def is_walked(filters: EventFilters) -> bool:
    """Whether statements page through these events as fast as sets: of all, or of a range of dates.

    Sets do not decide all filters, and a list of hits of `q` is short.
    """
    decided = _decided(filters)
    return decided in ([], ["date"]) or bool(_rest(filters, decided))


def _sent(filters: EventFilters, names: Sequence[str]) -> list[str]:
    return [name for name in names if getattr(filters, name)]


def _decided(filters: EventFilters) -> list[str]:
    """Return the names of the filters that sets decide."""
    manner, participants = (_sent(filters, names) for names in (_MANNER, _PARTICIPANTS))
    together = len(manner) > 1 or (manner and participants)
    return [
        *_sent(filters, _ALONE),
        *_sent(filters, ("date", "month_day", "company", "top")),
        *(["min_sources"] if filters.min_sources > 1 else []),
        *(["max_sources"] if filters.max_sources < MAX_SOURCES else []),
        *([] if together else manner + participants),
    ]


def _rest(filters: EventFilters, decided: Collection[str]) -> list[str]:
    """Return the names of the filters that are sent beside these."""
    return [*filters.sent() - {*decided}]


def _by_sets(sets: EventSets, connection: Connection, filters: EventFilters) -> Iterator[BitMap]:
    for name in _decided(filters):
        sent = getattr(filters, name)
        if name == "date":
            yield _between(sets, connection, sent, filters.certainty)
        elif name == "month_day":
            yield _recurring(sets, connection, sent, filters.certainty)
        elif name in ("participant_all", "company"):
            people = sets.of_facet(connection, Facet.PARTICIPANT, within=False)
            yield from (people.get(each, BitMap()) for each in sent)
        elif name == "top":
            yield _everything(sets, connection) - sets.of_parts(connection)
        elif name in ("min_sources", "max_sources"):
            numbers = range(filters.min_sources, filters.max_sources + 1)
            yield _any_of(sets.of_sources(connection), numbers)
        else:
            yield _any_of(sets.of_facet(connection, Facet(name), within=filters.within), sent)


def _by_statements(connection: Connection, filters: EventFilters) -> Iterator[BitMap]:
    if filters.q:
        hits = matches(parse_query(filters.q))
        yield read_keys(connection, event_search.c.rowid, hits)
    decided = ["q", *_decided(filters)]
    # Making no conditions takes longer than counting.
    if _rest(filters, decided):
        refuse_at_once()
        rest = filters.model_copy(update={name: UNSET[name] for name in decided})
        yield read_keys(connection, t.event.c.id, *event_conditions(rest))


def _any_of(values: Sets, sent: Sequence[str | int]) -> BitMap:
    """Return the events with any of these values."""
    return BitMap.union(BitMap(), *(values[each] for each in sent if each in values))


def _everything(sets: EventSets, connection: Connection) -> BitMap:
    """Return every event: each has a type."""
    return BitMap.union(BitMap(), *sets.of_facet(connection, Facet.TYPE, within=False).values())


def _between(
    sets: EventSets, connection: Connection, dates: Sequence[str], certainty: Certainty
) -> BitMap:
    """Return the events that overlap one of the ranges, day by day only in years at its ends."""
    found = [BitMap()]
    for first, last in map(parse_range, dates):
        for (start_year, end_year), span in sets.of_years(connection, certainty).items():
            if start_year < last.year and end_year > first.year:
                found.append(span.events)
            elif start_year <= last.year and end_year >= first.year:
                found += (each for start, end, each in span.days if start <= last and end >= first)
    return BitMap.union(*found)


def _recurring(
    sets: EventSets, connection: Connection, days: Sequence[str], certainty: Certainty
) -> BitMap:
    """Return the events that overlap one of the days of a year, in any year."""
    # It looks at each span of days for each of these days.
    refuse_at_once()
    ranges = [*map(parse_days, days)]
    parts = [part for each in ranges for part in each.parts]
    crossing = [each for each in ranges if each.crosses]
    spans = chain.from_iterable(of.days for of in sets.of_years(connection, certainty).values())
    found = (
        events
        for start, end, events in spans
        if any(
            span.first <= last and span.last >= first
            for span in days_between(start, end, len(events))
            for first, last in parts
        )
        or (
            # It must have been on days of both years, of which one range has all.
            start.year == end.year + 1
            and any(
                day_of_year(start) <= each.last and day_of_year(end) >= each.first
                for each in crossing
            )
        )
    )
    return BitMap.union(BitMap(), *found)
