"""The days of an event's date that a calendar can show."""

from datetime import date
from enum import StrEnum

from app.documents.entities.event import DateBounds, EventDocument


class Imprecise(StrEnum):
    """The treatment of an event whose date is not known to the day."""

    OMIT = "omit"
    INCLUDE = "include"


def is_known_to_the_day(event: EventDocument) -> bool:
    """Whether the event has one possible first day, one possible last day, and fills the days between.

    A day marked as approximate or uncertain is not known.
    """
    bounds = event.date_bounds
    start, end = bounds.start, bounds.end
    certain = not (bounds.approximate or bounds.uncertain or event.date.startswith("{"))
    first_known = None is not start.earliest == start.latest
    return certain and first_known and None is not end.earliest == end.latest


def possible_days(bounds: DateBounds) -> tuple[date, date]:
    """Return the first and the last possible day; an open side takes the day of the other side."""
    first = bounds.start.earliest or bounds.end.earliest
    last = bounds.end.latest or bounds.start.latest
    assert first is not None and last is not None, "an interval is open on one side at most"
    return first, last
