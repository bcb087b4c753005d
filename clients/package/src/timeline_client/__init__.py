"""Read the Russia–DPRK Timeline: iterators over its lists, typed documents, data frames."""

from timeline_client.client import Items, Timeline, TimelineError, Value
from timeline_client.models import (
    Candidate,
    Counterpart,
    EventDocument,
    Histogram,
    ParticipantDocument,
    PlaceDocument,
    SourceDocument,
    TreatyDocument,
)

__all__ = [
    "Candidate",
    "Counterpart",
    "EventDocument",
    "Histogram",
    "Items",
    "ParticipantDocument",
    "PlaceDocument",
    "SourceDocument",
    "Timeline",
    "TimelineError",
    "TreatyDocument",
    "Value",
]
