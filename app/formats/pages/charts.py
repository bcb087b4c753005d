"""Charts of counts by year: columns with a link each, thin years hatched."""

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

_HEIGHT: Final = 80
_WIDTH: Final = 8


class YearColumn(NamedTuple):
    """A year of a chart, with the place and size of its column in the units of the drawing."""

    year: int
    events: int
    x: int
    y: float
    height: float
    thin: bool


class Chart(NamedTuple):
    """The columns of all years from the first to the last, and the size of the drawing."""

    columns: Sequence[YearColumn]
    width: int
    height: int
    column_width: int


def year_chart(counts: Mapping[int, int], thin: frozenset[int] = frozenset()) -> Chart | None:
    """Return a chart of the counts by year; None without a year."""
    if not counts:
        return None
    most = max(counts.values())
    years = range(min(counts), max(counts) + 1)
    columns = []
    for position, year in enumerate(years):
        count = counts.get(year, 0)
        # No year with an event may look empty.
        height = max(_HEIGHT * count / most, 1) if count else 0
        columns.append(
            YearColumn(year, count, position * _WIDTH, _HEIGHT - height, height, year in thin)
        )
    return Chart(columns, len(years) * _WIDTH, _HEIGHT, _WIDTH - 1)
