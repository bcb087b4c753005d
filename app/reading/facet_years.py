"""The facet of years: an event counts in each year that it could, or must, overlap."""

from collections import Counter
from collections.abc import Sequence
from itertools import accumulate

from sqlalchemy import Connection, extract, func, select

from app.domain.dates import OPEN_END, OPEN_START
from app.reading.filters import event_conditions
from app.reading.parameters import Certainty, EventFilters
from app.tables import core as t

_OPEN = (OPEN_START.year, OPEN_END.year)

# The first and the last year, and how many events span them.
_Span = tuple[int, int, int]


def count_years(connection: Connection, filters: EventFilters) -> dict[str, int]:
    """How many events each year would have as `date`: one statement.

    An open end goes as far as the years that the events name; years without any are absent.
    """
    event = t.event.c
    certain = filters.certainty is Certainty.CERTAIN
    first = extract("year", event.start_latest if certain else event.start_earliest)
    last = extract("year", event.end_earliest if certain else event.end_latest)
    counted = select(first, last, func.count()).where(*event_conditions(filters))
    rows = connection.execute(counted.group_by(first, last))
    # PostgreSQL extracts decimals.
    return _spread([(int(first), int(last), n) for first, last, n in rows])


def _spread(spans: Sequence[_Span]) -> dict[str, int]:
    named = {year for first, last, _ in spans for year in (first, last)}.difference(_OPEN)
    if not named:
        return {}
    lowest, highest = min(named), max(named)
    changes: Counter[int] = Counter()
    for first, last, n in spans:
        if first <= last:  # Else there is no year that the event must overlap.
            changes[max(first, lowest)] += n
            changes[min(last, highest) + 1] -= n
    years = range(lowest, highest + 1)
    running = accumulate(changes[year] for year in years)
    return {f"{year:04}": n for year, n in zip(years, running, strict=True) if n}
