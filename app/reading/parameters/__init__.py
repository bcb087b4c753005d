"""Query parameters: what readers can ask of each list. Lists default to empty, never to null."""

from app.reading.parameters.changes import (
    MAX_SEQ,
    ChangeFilters,
    ChangesRequest,
    FollowRequest,
    RevisionNumber,
)
from app.reading.parameters.common import (
    AsOf,
    Certainty,
    PagePosition,
    PageRequest,
    PlaceId,
    PlainNumber,
    ReleaseName,
    SourceId,
    Total,
    TreatyId,
)
from app.reading.parameters.entities import (
    CounterpartFilters,
    ParticipantFilters,
    PlaceFilters,
    SourceFilters,
    TreatyFilters,
)
from app.reading.parameters.events import (
    EventFields,
    EventFilters,
    EventOrder,
    EventSort,
    EventView,
    FeedOrder,
    FeedRequest,
    HistogramRequest,
    NetworkRequest,
)
from app.reading.parameters.names import NameQuery

__all__ = [
    "MAX_SEQ",
    "AsOf",
    "Certainty",
    "ChangeFilters",
    "ChangesRequest",
    "CounterpartFilters",
    "EventFields",
    "EventFilters",
    "EventOrder",
    "EventSort",
    "EventView",
    "FeedOrder",
    "FeedRequest",
    "FollowRequest",
    "HistogramRequest",
    "NameQuery",
    "NetworkRequest",
    "PagePosition",
    "PageRequest",
    "ParticipantFilters",
    "PlaceFilters",
    "PlaceId",
    "PlainNumber",
    "ReleaseName",
    "RevisionNumber",
    "SourceFilters",
    "SourceId",
    "Total",
    "TreatyFilters",
    "TreatyId",
]
