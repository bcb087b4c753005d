"""An EDTF date as the formats of citations can express it, never finer than it is known."""

from os.path import commonprefix
from typing import Final, NamedTuple

from app.domain.dates import Bounds, Precision, parse_edtf

_MARKS: Final = ("~", "?", "%")
# The numbers of year, month and day that a precision keeps.
_KEPT: Final = {Precision.SECOND: 3, Precision.DAY: 3, Precision.MONTH: 2}


class Moment(NamedTuple):
    """The year, month and day of a date, as many as are known.

    `season` is 21 (spring) to 24 (winter) or None; `mark` is the EDTF mark of doubt, or empty.
    """

    parts: tuple[int, ...]
    season: int | None = None
    mark: str = ""

    def edtf(self) -> str:
        """Return the moment in EDTF, as BibLaTeX reads it."""
        year, *rest = self.parts
        if self.season is not None:
            rest = [self.season]
        return "-".join([f"{year:04}", *(f"{part:02}" for part in rest)]) + self.mark


class KnownDate(NamedTuple):
    """The first and the last moment of a date; equal unless it is a range, None for an open end."""

    start: Moment | None
    end: Moment | None

    @property
    def single(self) -> Moment | None:
        """The moment, if the date is not a range."""
        return self.start if self.start == self.end else None

    @property
    def doubtful(self) -> bool:
        """Whether a part of the date is marked as approximate or uncertain."""
        return any(side is not None and side.mark for side in self)

    def edtf(self) -> str:
        """Return the date in EDTF of level 1: a moment or a range.

        An open end is empty. Fewer readers know `..`, which means the same in the timeline.
        """
        if self.single is not None:
            return self.single.edtf()
        return "/".join(side.edtf() if side else "" for side in self)

    def common_parts(self) -> tuple[int, ...]:
        """Return the year, month and day that the whole date shares; empty if it is open."""
        if self.start is None or self.end is None:
            return ()
        return tuple(commonprefix([self.start.parts, self.end.parts]))


def known_date(edtf: str | None) -> KnownDate | None:
    """Return the date as citations can express it; None for None.

    A set becomes the month or year that all its dates share, otherwise the range of their years. A
    decade or century becomes the range of its years.
    """
    if edtf is None:
        return None
    if edtf.startswith(("[", "{")):
        return _of_set(edtf)
    start, slash, end = edtf.partition("/")
    if not slash:
        return _side(edtf)
    return KnownDate(
        None if start in ("", "..") else _side(start).start,
        None if end in ("", "..") else _side(end).end,
    )


def _side(text: str) -> KnownDate:
    bounds = parse_edtf(text)
    mark = text[-1] if text.endswith(_MARKS) else ""
    if bounds.precision in (Precision.DECADE, Precision.CENTURY):
        return _years(bounds, mark)
    day = bounds.start_earliest
    parts = (day.year, day.month, day.day)[: _KEPT.get(bounds.precision, 1)]
    season = int(text[5:7]) if bounds.precision is Precision.SEASON else None
    moment = Moment(parts, season, mark)
    return KnownDate(moment, moment)


def _of_set(text: str) -> KnownDate:
    bounds = parse_edtf(text)
    mark = next((mark for mark in _MARKS if mark in text), "")
    first, last = bounds.start_earliest, bounds.end_latest
    shared = commonprefix([(d.year, d.month, d.day) for d in (first, last)])
    if not shared:
        return _years(bounds, mark)
    moment = Moment(tuple(shared), mark=mark)
    return KnownDate(moment, moment)


def _years(bounds: Bounds, mark: str) -> KnownDate:
    first, last = bounds.start_earliest.year, bounds.end_latest.year
    return KnownDate(Moment((first,), mark=mark), Moment((last,), mark=mark))
