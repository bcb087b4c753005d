"""TimelineJS JSON (https://timeline.knightlab.com/docs/json-format.html): one slide per event."""

from calendar import monthrange
from collections.abc import Iterable
from datetime import date
from html import escape
from typing import Annotated, Final

from pydantic import MISSING, Field

from app.documents.entities.base import DocumentPart, SparseDocumentPart
from app.documents.entities.event import DateBounds, DayRange, EventDocument
from app.domain.languages import Language, text_in
from app.domain.values import EventId
from app.formats.phrases import label
from app.formats.text import html

# More slides make the widget slow, and nobody pages through them.
MAX_SLIDES: Final = 300


class TimelineJsDate(SparseDocumentPart):
    """A date as far as it is known: an unknown month or day is absent."""

    year: int
    month: Annotated[int, Field(ge=1, le=12)] | MISSING = MISSING
    day: Annotated[int, Field(ge=1, le=31)] | MISSING = MISSING


class TimelineJsText(DocumentPart):
    """HTML."""

    headline: str
    text: str


class TimelineJsSlide(SparseDocumentPart):
    """An event; `display_date` is present where the two dates cannot express the whole date."""

    start_date: TimelineJsDate
    end_date: TimelineJsDate | MISSING = MISSING
    display_date: str | MISSING = MISSING
    text: TimelineJsText
    group: str = Field(description="The label of the event's type.")
    unique_id: EventId


class TimelineJs(DocumentPart):
    """The document that the TimelineJS widget draws."""

    events: list[TimelineJsSlide]


def write_timelinejs(events: Iterable[EventDocument], language: Language) -> bytes:
    """Return the slides as JSON, in the order of the events."""
    timeline = TimelineJs(events=[_slide(event, language) for event in events])
    return timeline.model_dump_json().encode()


def _slide(event: EventDocument, language: Language) -> TimelineJsSlide:
    start, *end = _dates(event.date_bounds)
    # If the fields do not express the whole date, the slide shows it in words too.
    complete = "/".join([start, *end]) == event.date
    return TimelineJsSlide(
        start_date=_fields(start),
        end_date=_fields(end[0]) if end else MISSING,
        display_date=MISSING if complete else text_in(language, event.date_text),
        text=TimelineJsText(
            headline=escape(text_in(language, event.title)), text=html(language, event)
        ),
        group=label(language, event.type),
        unique_id=event.id,
    )


def _dates(bounds: DateBounds) -> list[str]:
    """Return the start, and the end if it is known and later; for an open start, the end alone."""
    start, end = _first(bounds.start), _shared(bounds.end)
    return [each for each in (start, end if end > start else "") if each]


def _first(days: DayRange) -> str:
    """Return the first possible day, or its month or year if all days of that are possible."""
    if days.earliest is None or days.latest is None:
        return ""
    first, last = days.earliest, days.latest
    if (first.month, first.day) == (1, 1) and last >= date(first.year, 12, 31):
        return f"{first.year:04}"
    whole_month = first.day == 1 and last >= _end_of_month(first)
    return first.isoformat()[: 7 if whole_month else 10]


def _shared(days: DayRange) -> str:
    """Return the part that all possible days share: `2024-06-18`, `2024-06` or at least a year."""
    if days.earliest is None or days.latest is None:
        return ""
    first, last = days.earliest.isoformat(), days.latest.isoformat()
    same = (length for length in (10, 7) if first[:length] == last[:length])
    return first[: next(same, 4)]


def _end_of_month(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])


def _fields(text: str) -> TimelineJsDate:
    numbers = dict(zip(("year", "month", "day"), map(int, text.split("-")), strict=False))
    return TimelineJsDate.model_validate(numbers)
