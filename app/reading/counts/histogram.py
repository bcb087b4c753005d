"""The histogram: events over time, each counted once."""

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, extract, func, select

from app.documents.counting import (
    Bucket,
    Facet,
    GroupBy,
    Histogram,
    Interval,
    UncertainBucket,
    most_frequent,
)
from app.reading.filters.events import event_conditions
from app.reading.names.unknown import find_unknown
from app.reading.parameters.events import EventFilters, HistogramRequest
from app.reading.sets.event_sets import EventSets
from app.reading.sets.matching import count_values, find_matches
from app.tables import core as t

# The parts of a day that decide its bucket. Only these, so that the database returns few rows.
_COLUMNS: dict[Interval, Callable[[ColumnElement[date]], list[ColumnElement[Any]]]] = {
    Interval.DECADE: lambda day: [extract("year", day)],
    Interval.YEAR: lambda day: [extract("year", day)],
    Interval.MONTH: lambda day: [extract("year", day), extract("month", day)],
    Interval.DAY: lambda day: [day],
}
# The same parts of a day in memory.
_PARTS: dict[Interval, Callable[[date], tuple[Any, ...]]] = {
    Interval.DECADE: lambda day: (day.year,),
    Interval.YEAR: lambda day: (day.year,),
    Interval.MONTH: lambda day: (day.year, day.month),
    Interval.DAY: lambda day: (day,),
}
# The bucket in EDTF. PostgreSQL extracts decimals.
_EDTF: dict[Interval, Callable[..., str]] = {
    Interval.DECADE: lambda year: f"{int(year) // 10:03}X",
    Interval.YEAR: lambda year: f"{int(year):04}",
    Interval.MONTH: lambda year, month: f"{int(year):04}-{int(month):02}",
    Interval.DAY: lambda day: str(day),
}
_UNCERTAIN = ""


def count_histogram(
    connection: Connection,
    filters: EventFilters,
    request: HistogramRequest,
    sets: EventSets | None = None,
) -> Histogram:
    """Count the events by the bucket that certainly contains their first day.

    One statement without sets; with sets, as many as `find_matches` takes. Without a match, further
    ones name the unknown ids.
    """
    if sets is None:
        counts = _count_rows(connection, filters, request)
    else:
        counts = _count_sets(connection, filters, request, sets)
    uncertain = counts.pop(_UNCERTAIN, Counter())
    grouped = request.group_by is not GroupBy.NONE
    buckets = [
        Bucket(
            start=_first_day(edtf),
            date=edtf,
            count=groups.total(),
            groups=most_frequent(groups) if grouped else [],
        )
        for edtf, groups in sorted(counts.items())
    ]
    total = uncertain.total() + sum(bucket.count for bucket in buckets)
    return Histogram(
        interval=request.interval,
        group_by=request.group_by,
        buckets=buckets,
        uncertain=UncertainBucket(
            count=uncertain.total(), groups=most_frequent(uncertain) if grouped else []
        ),
        total=total,
        unknown=[] if total else find_unknown(connection, filters),
    )


def _count_rows(
    connection: Connection, filters: EventFilters, request: HistogramRequest
) -> dict[str, Counter[str]]:
    """Return the number of events of each group in each bucket; without groups, of one group."""
    event, columns = t.event.c, _COLUMNS[request.interval]
    earliest, latest = columns(event.start_earliest), columns(event.start_latest)
    group = [] if request.group_by is GroupBy.NONE else [event[request.group_by.value]]
    keys = [*earliest, *latest, *group]
    counted = select(*keys, func.count()).where(*event_conditions(filters)).group_by(*keys)
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    width = len(earliest)
    for row in connection.execute(counted):
        bucket = _bucket(request.interval, row[:width], row[width : 2 * width])
        counts[bucket][row[-2] if group else ""] += row[-1]
    return counts


def _count_sets(
    connection: Connection, filters: EventFilters, request: HistogramRequest, sets: EventSets
) -> dict[str, Counter[str]]:
    """Return the same as `_count_rows`."""
    parts = _PARTS[request.interval]
    starts = sets.of_starts(
        connection,
        request.interval,
        lambda first, last: _bucket(request.interval, parts(first), parts(last)),
    )
    matching = find_matches(sets, connection, filters)
    if request.group_by is GroupBy.NONE:
        return {each: Counter({"": n}) for each, n in count_values(starts, matching).items()}
    groups = sets.of_facet(connection, Facet(request.group_by), within=False)
    if matching is not None:
        groups = {value: events & matching for value, events in groups.items()}
    counts = {each: Counter(count_values(groups, events)) for each, events in starts.items()}
    return {each: groups for each, groups in counts.items() if groups}


def _bucket(interval: Interval, first: Sequence[Any], last: Sequence[Any]) -> str:
    # The parts of a decade are years: two different years may be in the same bucket.
    bucket = _EDTF[interval](*first)
    return bucket if bucket == _EDTF[interval](*last) else _UNCERTAIN


def _first_day(edtf: str) -> date:
    year, month, day = [*edtf.replace("X", "0").split("-"), "1", "1"][:3]
    return date(max(int(year), 1), int(month), int(day))
