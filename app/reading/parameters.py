"""Query parameters: what readers can ask of each list. Lists default to empty, never to null."""

from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, Field
from pydantic_core import PydanticKnownError

from app.domain.dates import parse_range
from app.domain.values import CountryCode, EventId, LanguageCode, Line, Slug
from app.domain.vocabulary import (
    Confidence,
    EventStatus,
    EventSubtype,
    EventType,
    ParticipantKind,
    Role,
    TreatyKind,
)

MAX_VALUES = 100

# Ids whose examples are of the right kind; those of `Slug` itself are participants.
PlaceId = Annotated[Slug, Field(examples=["moscow"])]
SourceId = Annotated[Slug, Field(examples=["tass-1865655"])]
Tag = Annotated[Slug, Field(examples=["strategic-dialogue"])]
TreatyId = Annotated[Slug, Field(examples=["friendship-treaty-1961"])]
Name = Annotated[str, Field(min_length=1, max_length=300, examples=["최선희"])]


class Certainty(StrEnum):
    """Whether an event could fall in the asked dates, or must."""

    POSSIBLE = "possible"
    CERTAIN = "certain"


class EventSort(StrEnum):
    """The order of a list of events; ties are broken by id."""

    DATE = "date"
    DATE_DESCENDING = "-date"
    UPDATED = "updated"
    UPDATED_DESCENDING = "-updated"


class Total(StrEnum):
    """Whether the number of all hits is counted."""

    NONE = "none"
    EXACT = "exact"


def _readable_range(text: str) -> str:
    if text:
        parse_range(text)
    return text


DateRange = Annotated[
    str,
    Field(
        max_length=200,
        description=(
            "EDTF date or interval (level 0 or 1), inclusive at its own precision; `..` or "
            "nothing leaves an end open: `2024`, `2024-06`, `2023-09/..`, `../1991-12-26`. "
            "Seasons are 21 (spring) to 24."
        ),
        examples=["2024-11"],
    ),
    AfterValidator(_readable_range),
]
DateCertainty = Annotated[
    Certainty,
    Field(
        description="With `date`: `possible` keeps what could overlap it, `certain` only what "
        "must. A date known to the month could be any of its days and must be none; the marks "
        "`~` and `?` leave a date where it is, and are in `date_bounds`."
    ),
]
EventTypes = Annotated[
    list[EventType], Field(max_length=MAX_VALUES, description="The event is one of these.")
]
EventStatuses = Annotated[
    list[EventStatus],
    Field(max_length=MAX_VALUES, description="Whether the event took place is one of these."),
]


def _plain_number(value: object) -> object:
    # Pydantic would take `5.0`, ` 5` and `1_0` as well; the document says integer.
    if isinstance(value, str) and not (value.isascii() and value.isdigit()):
        raise PydanticKnownError("int_parsing")
    return value


class PageRequest(BaseModel):
    """Which part of a list."""

    limit: Annotated[
        int,
        Field(ge=1, le=200, description="Items on a page."),
        BeforeValidator(_plain_number),
    ] = 50
    cursor: Annotated[
        str,
        Field(
            max_length=2000,
            description="From `page.next` of the page before; opaque, and bound to filters and sort.",
        ),
    ] = ""
    total: Annotated[
        Total, Field(description="`exact` counts all hits; `none` leaves `page.total` null.")
    ] = Total.NONE


class EventFilters(BaseModel):
    """Which events: values of one parameter are alternatives, different parameters all hold."""

    date: DateRange = ""
    certainty: DateCertainty = Certainty.POSSIBLE
    type: EventTypes = []
    subtype: Annotated[
        list[EventSubtype],
        Field(max_length=MAX_VALUES, description="The event's narrower kind is one of these."),
    ] = []
    status: EventStatuses = []
    confidence: Annotated[
        list[Confidence],
        Field(max_length=MAX_VALUES, description="The event is attested as well as one of these."),
    ] = []
    participant: Annotated[
        list[Slug], Field(max_length=MAX_VALUES, description="Any of these took part.")
    ] = []
    participant_all: Annotated[
        list[Slug],
        Field(
            max_length=MAX_VALUES,
            description="Each of these took part.",
            examples=[["sergey-lavrov", "choe-son-hui"]],
        ),
    ] = []
    role: Annotated[
        list[Role],
        Field(
            max_length=MAX_VALUES,
            description="The named participants had one of these roles; with none named, anyone.",
        ),
    ] = []
    side: Annotated[
        list[CountryCode],
        Field(
            max_length=MAX_VALUES,
            description="The named participants acted for one of these; holds for the same "
            "participation as `role`.",
        ),
    ] = []
    place: Annotated[
        list[PlaceId], Field(max_length=MAX_VALUES, description="It took place at one of these.")
    ] = []
    country: Annotated[
        list[CountryCode], Field(max_length=MAX_VALUES, description="The place is in one of these.")
    ] = []
    treaty: Annotated[
        list[TreatyId], Field(max_length=MAX_VALUES, description="It is a stage of one of these.")
    ] = []
    tag: Annotated[
        list[Tag], Field(max_length=MAX_VALUES, description="It has one of these tags.")
    ] = []
    source: Annotated[
        list[SourceId], Field(max_length=MAX_VALUES, description="One of these is cited.")
    ] = []
    id: Annotated[
        list[EventId], Field(max_length=MAX_VALUES, description="These events: a batch get.")
    ] = []


class EventOrder(BaseModel):
    """In which order."""

    sort: Annotated[
        EventSort, Field(description="A leading `-` is newest first; ties are broken by id.")
    ] = EventSort.DATE_DESCENDING


class CounterpartFilters(BaseModel):
    """Which counterparts, and which of the shared events."""

    date: DateRange = ""
    certainty: DateCertainty = Certainty.POSSIBLE
    type: EventTypes = []
    status: EventStatuses = []
    kind: Annotated[
        list[ParticipantKind], Field(max_length=MAX_VALUES, description="What the counterpart is.")
    ] = []
    side: Annotated[
        list[CountryCode],
        Field(max_length=MAX_VALUES, description="For whom the counterpart acted."),
    ] = []


class ParticipantFilters(BaseModel):
    """Which participants."""

    kind: Annotated[
        list[ParticipantKind],
        Field(max_length=MAX_VALUES, description="The participant is one of these."),
    ] = []
    country: Annotated[
        list[CountryCode],
        Field(max_length=MAX_VALUES, description="The participant belongs to one of these."),
    ] = []
    name: Annotated[
        list[Name],
        Field(
            max_length=MAX_VALUES,
            description="A whole name or alias in any script; case, accents and hyphens do not count.",
        ),
    ] = []
    id: Annotated[
        list[Slug], Field(max_length=MAX_VALUES, description="These participants: a batch get.")
    ] = []


class TreatyFilters(BaseModel):
    """Which treaties."""

    kind: Annotated[
        list[TreatyKind], Field(max_length=MAX_VALUES, description="The treaty is one of these.")
    ] = []
    party: Annotated[
        list[CountryCode], Field(max_length=MAX_VALUES, description="One of these is a party.")
    ] = []
    in_force_on: Annotated[
        DateRange,
        Field(
            description=(
                "In force on that day, or on some day of that EDTF date or interval. A treaty that "
                "is known only to have ended counts from its signature."
            ),
            examples=["1995-01-01"],
        ),
    ] = ""
    id: Annotated[
        list[TreatyId], Field(max_length=MAX_VALUES, description="These treaties: a batch get.")
    ] = []


class PlaceFilters(BaseModel):
    """Which places."""

    country: Annotated[
        list[CountryCode], Field(max_length=MAX_VALUES, description="The place is in one of these.")
    ] = []
    id: Annotated[
        list[PlaceId], Field(max_length=MAX_VALUES, description="These places: a batch get.")
    ] = []


class SourceFilters(BaseModel):
    """Which sources."""

    publisher: Annotated[
        list[Line],
        Field(
            max_length=MAX_VALUES,
            description="Seen at one of these, as written.",
            examples=[["TASS"]],
        ),
    ] = []
    agency: Annotated[
        list[Line],
        Field(
            max_length=MAX_VALUES,
            description="The text of one of these, as written.",
            examples=[["KCNA"]],
        ),
    ] = []
    language: Annotated[
        list[LanguageCode], Field(max_length=MAX_VALUES, description="In one of these.")
    ] = []
    id: Annotated[
        list[SourceId], Field(max_length=MAX_VALUES, description="These sources: a batch get.")
    ] = []
