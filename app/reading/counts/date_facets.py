"""Facets of dates: an event that spans several years or days counts for each of them."""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import accumulate
from typing import NamedTuple

from sqlalchemy import Connection, Row, extract, func, select

from app.documents.counting import Facet
from app.domain.dates import OPEN_END, OPEN_START
from app.domain.days_of_year import DAYS_OF_YEAR, LEAP_DAY, day_of_year, has_leap_day
from app.reading.filters.events import event_conditions, span_columns
from app.reading.parameters.events import EventFilters

# The years that represent an open start and an open end.
_OPEN_YEARS = (OPEN_START.year, OPEN_END.year)


class _NumberSpan(NamedTuple):
    """The first and the last number, such as a year, and how many events span them."""

    first: int
    last: int
    events: int


def year_rows(connection: Connection, filters: EventFilters) -> Iterator[tuple[int, int, int]]:
    """Yield each first and last year that events span, with their number: one statement."""
    start, end = span_columns(filters.certainty)
    first, last = extract("year", start), extract("year", end)
    counted = select(first, last, func.count()).where(*event_conditions(filters))
    rows = connection.execute(counted.group_by(first, last))
    # PostgreSQL extracts decimals.
    return ((int(first), int(last), n) for first, last, n in rows)


def count_years(rows: Iterable[tuple[int, int, int]], facet: Facet) -> dict[str, int]:
    """Return how many events each year or decade would match as `date`.

    An open end extends to the years that other events name; years without events are absent.
    """
    spans = [_NumberSpan(*row) for row in rows if row[-1]]
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


def day_rows(connection: Connection, filters: EventFilters) -> Sequence[Row[date, date, int]]:
    """Return each first and last day that events span, with their number: one statement."""
    start, end = span_columns(filters.certainty)
    counted = select(start, end, func.count()).where(*event_conditions(filters))
    return connection.execute(counted.group_by(start, end)).all()


def count_days(rows: Iterable[tuple[date, date, int]]) -> dict[str, int]:
    """Return how many events each day of the year would match as `month_day`."""
    spans = (span for first, last, n in rows for span in days_between(first, last, n))
    counts = _spread(spans, DAYS_OF_YEAR)
    return {f"{day // 100:02}-{day % 100:02}": n for day, n in counts.items()}


def days_between(first: date, last: date, n: int) -> Iterator[_NumberSpan]:
    """Yield the days of the year from a first to a last date, as spans without repeats.

    29 February is among them only if it is one of the dates: most years have none.
    """
    for span in _spans_between(first, last, n):
        if span.first < LEAP_DAY < span.last and not has_leap_day(first, last):
            yield span._replace(last=LEAP_DAY - 1)
            yield span._replace(first=LEAP_DAY + 1)
        else:
            yield span


def _spans_between(first: date, last: date, n: int) -> Iterator[_NumberSpan]:
    begin, end = day_of_year(first), day_of_year(last)
    years = last.year - first.year
    if years == 0:
        yield _NumberSpan(begin, end, n)
    elif years > 1 or (years == 1 and end >= begin):
        yield _NumberSpan(DAYS_OF_YEAR[0], DAYS_OF_YEAR[-1], n)
    elif years == 1:
        yield _NumberSpan(begin, DAYS_OF_YEAR[-1], n)
        yield _NumberSpan(DAYS_OF_YEAR[0], end, n)
