"""Periods as bars on an axis of years: the stages of a treaty and its time in force."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final, NamedTuple

from app.documents.entities.treaty import TreatyDocument, TreatyStage, may_begin
from app.domain.dates import OPEN_END, OPEN_START, parse_edtf

# The length of the axis in the units of the drawing.
WIDTH: Final = 1000


class Axis(NamedTuple):
    """The first and the last day that the drawing shows."""

    first: date
    last: date

    def place(self, day: date) -> float:
        """Return the place of a day; one beyond the axis is at its end."""
        days = (min(max(day, self.first), self.last) - self.first).days
        return round(WIDTH * days / max((self.last - self.first).days, 1), 1)

    @property
    def ticks(self) -> list[tuple[int, float]]:
        """The first days of some years, and their places."""
        span = self.last.year - self.first.year
        step = next(step for step in (1, 2, 5, 10, 20, 50, 100, 10_000) if span / step <= 8)
        years = range(-(-(self.first.year + 1) // step) * step, self.last.year + 1, step)
        return [(year, self.place(date(year, 1, 1))) for year in years if year]


class Mark(NamedTuple):
    """A stage: the days on which it may have happened, as a place and a width."""

    stage: TreatyStage
    x: float
    width: float


class Bar(NamedTuple):
    """The time in force, from the first day on which it is possible. An unknown beginning or end is drawn open."""

    x: float
    width: float
    open_start: bool
    open_end: bool
    known: bool


class TreatyDrawing(NamedTuple):
    """The bar and the marks of a treaty; no bar if it was never signed."""

    bar: Bar | None
    marks: Sequence[Mark]


def axis_of(treaties: Iterable[TreatyDocument], today: date) -> Axis:
    """Return an axis that holds every stage, and reaches to today if a treaty has no known end."""
    days = [
        day
        for treaty in treaties
        for stage in treaty.stages
        for bounds in [parse_edtf(stage.date)]
        for day in (bounds.start_earliest, bounds.end_latest)
        if day not in (OPEN_START, OPEN_END)
    ]
    first, last = min(days, default=today), max([*days, today])
    return Axis(date(first.year, 1, 1), date(last.year, 12, 31))


def draw(treaty: TreatyDocument, axis: Axis) -> TreatyDrawing:
    """Return the places of the stages of a treaty, and of its time in force."""
    marks = [_mark(stage, axis) for stage in treaty.stages]
    return TreatyDrawing(_bar(treaty, axis), marks)


def _mark(stage: TreatyStage, axis: Axis) -> Mark:
    bounds = parse_edtf(stage.date)
    x, end = axis.place(bounds.start_earliest), axis.place(bounds.end_latest)
    # A single day is drawn wide enough to be seen.
    return Mark(stage, x, max(end - x, 4))


def _bar(treaty: TreatyDocument, axis: Axis) -> Bar | None:
    force = treaty.in_force
    # The stages are in order of date. One that was only announced, or cancelled, begins nothing.
    begun = force.since or next((s.date for s in treaty.stages if may_begin(s.stage, s.status)), "")
    if not begun:
        return None
    start = parse_edtf(begun).start_earliest
    end = parse_edtf(force.until).end_latest if force.until else OPEN_END
    x = axis.place(start)
    width = max(axis.place(end) - x, 4)
    return Bar(x, width, force.since is None, force.until is None, force.known)
