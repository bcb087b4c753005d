"""Query parameters of events: filters, order, presentation, histogram and network."""

from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated, Any, Final

from pydantic import BaseModel, Field

from app.documents.counting import Facet, GroupBy, Interval
from app.documents.partial import PARTIAL_MEDIA_TYPE, EventField
from app.domain.values import CountryCode, EventId, PlaceId, SourceId, TagId, TreatyId
from app.domain.vocabulary import Confidence, EventSubtype, ParticipantKind
from app.reading.parameters.common import (
    MAX_VALUES,
    AnyCasePublisherId,
    BoundingBox,
    Certainty,
    DateCertainty,
    DateRanges,
    DaysOfYear,
    EventStatuses,
    EventTypes,
    Instant,
    LabelText,
    PagePosition,
    PlainNumber,
    SearchText,
)
from app.reading.parameters.participations import ParticipationFilters
from app.records.models.base import MAX_ITEMS

# No event cites more.
MAX_SOURCES = MAX_ITEMS
_FACET_LIMIT = 100
_NEEDS_FACETS = "it chooses among the values of facets: it needs facets"


class EventSort(StrEnum):
    """The order of a list of events; ties are broken by id."""

    DATE = "date"
    DATE_DESCENDING = "-date"
    UPDATED = "updated"
    UPDATED_DESCENDING = "-updated"
    CREATED = "created"
    CREATED_DESCENDING = "-created"
    SOURCES = "sources"
    SOURCES_DESCENDING = "-sources"
    RELEVANCE = "relevance"


class EventFilters(ParticipationFilters):
    """Chooses events. Values of one parameter are alternatives; all parameters must match."""

    q: SearchText = ""
    date: DateRanges = []
    month_day: DaysOfYear = []
    certainty: DateCertainty = Certainty.POSSIBLE
    type: EventTypes = []
    subtype: Annotated[
        list[EventSubtype],
        Field(max_length=MAX_VALUES, description="The event has one of these subtypes."),
    ] = []
    status: EventStatuses = []
    confidence: Annotated[
        list[Confidence],
        Field(
            max_length=MAX_VALUES,
            description="The event is attested with one of these degrees of confidence.",
        ),
    ] = []
    place: Annotated[
        list[PlaceId],
        Field(
            max_length=MAX_VALUES,
            description="The event took place at one of these places, or at a place within one of them, "
            "such as a hall in a city. A journey took place at each of its places.",
        ),
    ] = []
    within: Annotated[
        bool,
        Field(
            description="Whether `place` and `tag`, and their facets, include the places within a place "
            "and the tags below a tag. With `false` they mean exactly that place or tag."
        ),
    ] = True
    country: Annotated[
        list[CountryCode],
        Field(max_length=MAX_VALUES, description="The place is in one of these countries."),
    ] = []
    bbox: Annotated[
        BoundingBox,
        Field(
            description="The place lies in this box: `west,south,east,north` in degrees (WGS 84). "
            "If `west` is greater than `east`, the box crosses the antimeridian."
        ),
    ] = ""
    treaty: Annotated[
        list[TreatyId],
        Field(max_length=MAX_VALUES, description="The event is a stage of one of these treaties."),
    ] = []
    tag: Annotated[
        list[TagId],
        Field(
            max_length=MAX_VALUES,
            description="The event has one of these tags, or a tag below one of them.",
        ),
    ] = []
    source: Annotated[
        list[SourceId],
        Field(max_length=MAX_VALUES, description="The event cites one of these sources."),
    ] = []
    publisher: Annotated[
        list[AnyCasePublisherId],
        Field(
            max_length=MAX_VALUES,
            description="The event cites a source seen at one of these publishers.",
        ),
    ] = []
    agency: Annotated[
        list[AnyCasePublisherId],
        Field(
            max_length=MAX_VALUES,
            description="The event cites a text that one of these publishers wrote, such as a news "
            "agency's, seen at any publisher.",
            examples=[["kcna"]],
        ),
    ] = []
    house: Annotated[
        list[AnyCasePublisherId],
        Field(
            max_length=MAX_VALUES,
            description="The event cites a text of one of these houses: its own page, a copy, or a text by "
            "it that another publisher printed.",
            examples=[["kcna"]],
        ),
    ] = []
    min_sources: Annotated[
        int,
        Field(
            ge=0,
            le=MAX_SOURCES,
            description="The event cites at least this number of independent sources. All texts of one "
            "`house` count as one source, regardless of the number of papers that print them.",
        ),
        PlainNumber,
    ] = 0
    max_sources: Annotated[
        int,
        Field(
            ge=1,
            le=MAX_SOURCES,
            description="The event cites at most this number of independent sources; `1` finds the "
            "events that need another source.",
        ),
        PlainNumber,
    ] = MAX_SOURCES
    top: Annotated[
        bool,
        Field(
            description="Only occasions: events that are not `part_of` another one. A visit is listed once, "
            "without its talks, its dinner and the signature of its treaty."
        ),
    ] = False
    created_after: Annotated[
        Instant,
        Field(
            description="The event was added after this instant: RFC 3339, such as "
            "`2026-11-01T12:00:00Z`, or a day, which means its first instant in UTC."
        ),
    ] = ""
    updated_after: Annotated[
        Instant,
        Field(
            description="The document last changed after this instant: RFC 3339, such as "
            "`2026-11-01T12:00:00Z`, or a day, which means its first instant in UTC."
        ),
    ] = ""
    id: Annotated[
        list[EventId],
        Field(
            max_length=MAX_VALUES,
            description="The event has one of these ids. Repeat it to get several in one request.",
        ),
    ] = []

    def sent(self) -> set[str]:
        """Return the names of the filters that have a value, without those that only say how others are meant."""
        return {name for name, unset in UNSET.items() if getattr(self, name) != unset} - _MODES


UNSET: Final[dict[str, Any]] = EventFilters().model_dump()
_MODES: Final = {"certainty", "within"}


class FeedOrder(StrEnum):
    """The order of a feed: the events added last come first, or the events that happened last."""

    ADDED = "added"
    EVENT = "event"


class FeedRequest(PagePosition):
    """Chooses a page of a feed, and its order."""

    by: Annotated[
        FeedOrder,
        Field(
            description="`added` lists the latest additions to the timeline first, regardless of their dates; "
            "`event` lists the latest events first. The feed's subtitle names the order."
        ),
    ] = FeedOrder.ADDED
    direct: Annotated[
        bool,
        Field(
            description="With true, an entry counts as updated when the event itself was edited, and no "
            "longer when an entity that it shows was, such as a participant who got another name."
        ),
    ] = False


class EventOrder(BaseModel):
    """Chooses the order of events."""

    sort: Annotated[
        EventSort,
        Field(
            description="A leading `-` sorts the newest first, or the most independent `sources`; ties are "
            "broken by id. `relevance` needs `q` "
            "and sorts events first whose titles contain the whole search, then events whose titles and "
            "names contain it, then all others; within each group the newest first."
        ),
    ] = EventSort.DATE_DESCENDING


class EventFields(BaseModel):
    """Chooses keys of events."""

    fields: Annotated[
        list[EventField],
        Field(
            max_length=MAX_VALUES,
            description="Return only these keys of the event, or of each event, and always `id`. The media type of the "
            f"answer is then `{PARTIAL_MEDIA_TYPE}`.",
            examples=[["title"]],
        ),
    ] = []


class EventView(EventFields):
    """Chooses keys of events, facets to count, and highlights."""

    highlight: Annotated[
        bool,
        Field(
            description="Say under `highlights` which parts of each event's texts match `q`, without which it is refused. The time "
            "it takes grows with the number of events on the page."
        ),
    ] = False

    facets: Annotated[
        list[Facet],
        Field(
            max_length=MAX_VALUES,
            description="Count the events by each of these, with all filters except the one of the same name "
            "(for `year`: `date`), so that a count is the total of the list filtered by that value. The "
            "time it takes grows with the number of matching events.",
            examples=[["type"]],
        ),
    ] = []
    facet_limit: Annotated[
        int,
        Field(
            ge=1,
            le=10_000,
            description="The most values of each facet, the most frequent first. Another number than the default needs `facets`.",
        ),
        PlainNumber,
    ] = _FACET_LIMIT
    facet_q: Annotated[
        LabelText,
        Field(
            description="Of `facets`, only values whose id or label contains this text, in any language; case and "
            "accents do not count.",
            examples=["лавров"],
        ),
    ] = ""

    def idle(self, q: str) -> Iterator[tuple[str, str]]:
        """Yield each parameter that has no effect, with the reason; `q` is the search."""
        if self.highlight and not q:
            yield "highlight", "it marks the matches of a search: it needs q"
        if not self.facets:
            if self.facet_q:
                yield "facet_q", _NEEDS_FACETS
            if self.facet_limit != _FACET_LIMIT:
                yield "facet_limit", _NEEDS_FACETS


class HistogramRequest(BaseModel):
    """Chooses the buckets of a histogram, and their groups."""

    interval: Annotated[Interval, Field(description="The length of a bucket.")] = Interval.YEAR
    group_by: Annotated[
        GroupBy, Field(description="Also count the events of each bucket by this.")
    ] = GroupBy.NONE


class NetworkRequest(BaseModel):
    """Chooses the participants of a network."""

    kind: Annotated[
        list[ParticipantKind],
        Field(max_length=MAX_VALUES, description="Only participants of these kinds."),
    ] = []
    min_weight: Annotated[
        int,
        Field(
            ge=1,
            le=1_000_000,
            description="Only pairs of participants that share at least this number of events.",
        ),
        PlainNumber,
    ] = 1
