"""Which events, and in which order."""

from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, Field

from app.documents.counting import Facet, GroupBy, Interval
from app.documents.partial import PARTIAL_MEDIA_TYPE, EventField
from app.domain.values import CountryCode, EventId, Line, Slug
from app.domain.vocabulary import Confidence, EventSubtype, ParticipantKind, Role
from app.reading.parameters.common import (
    MAX_VALUES,
    BoundingBox,
    Certainty,
    DateCertainty,
    DateRange,
    EventStatuses,
    EventTypes,
    Instant,
    PagePosition,
    PlaceId,
    PlainNumber,
    SearchText,
    SourceId,
    Tag,
    TreatyId,
)


class EventSort(StrEnum):
    """The order of a list of events; ties are broken by id."""

    DATE = "date"
    DATE_DESCENDING = "-date"
    UPDATED = "updated"
    UPDATED_DESCENDING = "-updated"
    RELEVANCE = "relevance"


class EventFilters(BaseModel):
    """Which events: values of one parameter are alternatives, different parameters all hold."""

    q: SearchText = ""
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
    bbox: Annotated[
        BoundingBox,
        Field(
            description="The place lies in this box: `west,south,east,north` in degrees (WGS 84). "
            "Where `west` is greater than `east` the box crosses the antimeridian."
        ),
    ] = ""
    treaty: Annotated[
        list[TreatyId], Field(max_length=MAX_VALUES, description="It is a stage of one of these.")
    ] = []
    tag: Annotated[
        list[Tag], Field(max_length=MAX_VALUES, description="It has one of these tags.")
    ] = []
    source: Annotated[
        list[SourceId], Field(max_length=MAX_VALUES, description="One of these is cited.")
    ] = []
    publisher: Annotated[
        list[Line],
        Field(
            max_length=MAX_VALUES,
            description="A source seen at one of these is cited; names as they are written.",
            examples=[["TASS"]],
        ),
    ] = []
    agency: Annotated[
        list[Line],
        Field(
            max_length=MAX_VALUES,
            description="A text of one of these is cited, whoever published it; as written.",
            examples=[["KCNA"]],
        ),
    ] = []
    min_sources: Annotated[
        int,
        Field(
            ge=0,
            le=100,
            description="At least so many independent sources are cited. What one agency wrote is "
            "one source, however many papers print it; where no agency is named, what one "
            "publisher wrote.",
        ),
        PlainNumber,
    ] = 0
    updated_after: Annotated[
        Instant,
        Field(
            description="The document last changed after this instant: RFC 3339, such as "
            "`2026-11-01T12:00:00Z`, or a day for its beginning in UTC."
        ),
    ] = ""
    id: Annotated[
        list[EventId], Field(max_length=MAX_VALUES, description="These events: a batch get.")
    ] = []


class FeedOrder(StrEnum):
    """What is new in a feed of events: what was added last, or what happened last."""

    ADDED = "added"
    EVENT = "event"


class FeedRequest(PagePosition):
    """Which part of a feed."""

    by: Annotated[
        FeedOrder,
        Field(
            description="`added`: the events that came in last are first, whenever they happened; "
            "`event`: the events that happened last are. The feed says which it is."
        ),
    ] = FeedOrder.ADDED


class EventOrder(BaseModel):
    """In which order."""

    sort: Annotated[
        EventSort,
        Field(
            description="A leading `-` is newest first; ties are broken by id. `relevance`, only "
            "with `q`: first the events in whose titles all that is searched for is found, then "
            "those where titles and names have it, then the others; of equal ones the newest first."
        ),
    ] = EventSort.DATE_DESCENDING


class EventFields(BaseModel):
    """Which keys of the events."""

    fields: Annotated[
        list[EventField],
        Field(
            max_length=MAX_VALUES,
            description="Only these keys of each event, and always `id`. The answer then is "
            f"`{PARTIAL_MEDIA_TYPE}`.",
            examples=[["title"]],
        ),
    ] = []


class EventView(EventFields):
    """What of the events is shown, and what is counted."""

    facets: Annotated[
        list[Facet],
        Field(
            max_length=MAX_VALUES,
            description="Count the events by each of these, with all filters but the one of the "
            "same name (for `year`: `date`), so that a count is the total of the list with that "
            "value. Takes as long as there are hits.",
            examples=[["type"]],
        ),
    ] = []


class HistogramRequest(BaseModel):
    """What the histogram is made of."""

    interval: Annotated[Interval, Field(description="How long a bucket is.")] = Interval.YEAR
    group_by: Annotated[
        GroupBy, Field(description="Count the events of each bucket by this as well.")
    ] = GroupBy.NONE


class NetworkRequest(BaseModel):
    """Which participants the network holds."""

    kind: Annotated[
        list[ParticipantKind],
        Field(max_length=MAX_VALUES, description="The participants are of these kinds."),
    ] = []
    min_weight: Annotated[
        int,
        Field(ge=1, le=1_000_000, description="The participants share at least so many events."),
        PlainNumber,
    ] = 1
