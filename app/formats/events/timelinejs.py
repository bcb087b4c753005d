"""TimelineJS JSON (https://timeline.knightlab.com/docs/json-format.html): one slide per event."""

from collections.abc import Iterable
from html import escape
from typing import Annotated, Final

from pydantic import MISSING, Field

from app.documents.entities.base import DocumentPart, SparseDocumentPart
from app.documents.entities.event import DateBounds, DayRange, EventDocument
from app.domain.languages import Language, text_in
from app.domain.values import EventId
from app.formats.dates import readable_date
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
        display_date=MISSING if complete else readable_date(language, event.date),
        text=TimelineJsText(
            headline=escape(text_in(language, event.title)), text=html(language, event)
        ),
        group=label(language, event.type),
        unique_id=event.id,
    )


def _dates(bounds: DateBounds) -> list[str]:
    """Return the start, and the end if it is known and later; for an open start, the end alone."""
    start, end = _shared(bounds.start), _shared(bounds.end)
    return [date for date in (start, end if end > start else "") if date]


def _shared(days: DayRange) -> str:
    """Return the part that all possible days share: `2024-06-18`, `2024-06` or at least a year."""
    if days.earliest is None or days.latest is None:
        return ""
    first, last = days.earliest.isoformat(), days.latest.isoformat()
    same = (length for length in (10, 7) if first[:length] == last[:length])
    return first[: next(same, 4)]


def _fields(date: str) -> TimelineJsDate:
    numbers = dict(zip(("year", "month", "day"), map(int, date.split("-")), strict=False))
    return TimelineJsDate.model_validate(numbers)
