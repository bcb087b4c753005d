"""TimelineJS JSON (https://timeline.knightlab.com/docs/json-format.html): a slide for each event."""

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

# More slides than this make the widget slow, and nobody walks through them.
MAX_SLIDES: Final = 300


class TimelineJsDate(SparseDocumentPart):
    """A date as far as it is known: without the month or the day that is not."""

    year: int
    month: Annotated[int, Field(ge=1, le=12)] | MISSING = MISSING
    day: Annotated[int, Field(ge=1, le=31)] | MISSING = MISSING


class TimelineJsText(DocumentPart):
    """HTML."""

    headline: str
    text: str


class TimelineJsSlide(SparseDocumentPart):
    """An event; `display_date` is there where the two dates do not say all that is known."""

    start_date: TimelineJsDate
    end_date: TimelineJsDate | MISSING = MISSING
    display_date: str | MISSING = MISSING
    text: TimelineJsText
    group: str = Field(description="The label of the event's type.")
    unique_id: EventId


class TimelineJs(DocumentPart):
    """What the TimelineJS widget draws."""

    events: list[TimelineJsSlide]


def write_timelinejs(events: Iterable[EventDocument], language: Language) -> bytes:
    """The slides as JSON, in the order of the events."""
    made = TimelineJs(events=[_slide(event, language) for event in events])
    return made.model_dump_json().encode()


def _slide(event: EventDocument, language: Language) -> TimelineJsSlide:
    start, *end = _dates(event.date_bounds)
    # What the fields say is all there is to say, or the date is told in words as well.
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
    """The start, and the end where one is known that comes after it; the end alone for an open start."""
    start, end = _shared(bounds.start), _shared(bounds.end)
    return [date for date in (start, end if end > start else "") if date]


def _shared(days: DayRange) -> str:
    """What all the possible days have in common: `2024-06-18`, `2024-06` or, at least, a year."""
    if days.earliest is None or days.latest is None:
        return ""
    first, last = days.earliest.isoformat(), days.latest.isoformat()
    same = (length for length in (10, 7) if first[:length] == last[:length])
    return first[: next(same, 4)]


def _fields(date: str) -> TimelineJsDate:
    numbers = dict(zip(("year", "month", "day"), map(int, date.split("-")), strict=False))
    return TimelineJsDate.model_validate(numbers)
