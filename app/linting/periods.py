"""Periods between two dates in EDTF, each of which may be unknown."""

from datetime import date
from typing import NamedTuple

from app.domain.dates import OPEN_END, OPEN_START, Bounds, parse_edtf


class Period(NamedTuple):
    """The earliest and latest days on which a period may begin and end."""

    begins_earliest: date
    begins_latest: date
    ends_earliest: date
    ends_latest: date

    def may_hold(self, dates: Bounds) -> bool:
        """Return whether some day of an event may lie in the period."""
        return self.begins_earliest <= dates.end_latest and dates.start_earliest <= self.ends_latest

    def may_lie_within(self, outer: "Period") -> bool:
        """Return whether the whole period may lie within the other."""
        return (
            self.begins_latest >= outer.begins_earliest and self.ends_earliest <= outer.ends_latest
        )


def period_of(begin: str | None, end: str | None) -> Period:
    """Return the days of a period. An unknown begin or end may be any day.

    Another rule reports a period that ends before it begins; here it counts as unknown.
    """
    if is_reversed(begin, end):
        begin = end = None
    first = parse_edtf(begin) if begin else None
    last = parse_edtf(end) if end else None
    return Period(
        begins_earliest=first.start_earliest if first else OPEN_START,
        begins_latest=first.end_latest if first else OPEN_END,
        ends_earliest=last.start_earliest if last else OPEN_START,
        ends_latest=last.end_latest if last else OPEN_END,
    )


def is_reversed(begin: str | None, end: str | None) -> bool:
    """Return whether the period ends before it begins."""
    return (
        begin is not None
        and end is not None
        and parse_edtf(end).end_latest < parse_edtf(begin).start_earliest
    )


def period_words(begin: str | None, end: str | None) -> str:
    """Return the known dates as `from … to …`."""
    parts = (f"from {begin}" if begin else "", f"to {end}" if end else "")
    return " ".join(filter(None, parts)) or "at an unknown time"
