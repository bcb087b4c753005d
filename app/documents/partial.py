"""Events with only some of their keys, for clients that send `fields`."""

from enum import StrEnum
from typing import Any

from pydantic import ConfigDict, Field

from app.documents.counting import Facets
from app.documents.entities.base import DocumentPart
from app.documents.entities.event import EventDocument
from app.documents.pages import Counted, Highlights, PageInfo

# A separate media type, because `application/json` promises every key.
PARTIAL_MEDIA_TYPE = "application/vnd.timeline.partial+json"


class EventField(StrEnum):
    """A key of an event."""

    ID = "id"
    REVISION = "revision"
    CREATED_AT = "created_at"
    UPDATED_AT = "updated_at"
    TYPE = "type"
    SUBTYPE = "subtype"
    STATUS = "status"
    CONFIDENCE = "confidence"
    DATE = "date"
    DATE_BOUNDS = "date_bounds"
    DATE_TEXT = "date_text"
    TITLE = "title"
    SUMMARY = "summary"
    PLACE = "place"
    FURTHER_PLACES = "further_places"
    PARTICIPANTS = "participants"
    TREATY = "treaty"
    RELATIONS = "relations"
    SOURCES = "sources"
    INDEPENDENT_SOURCES = "independent_sources"
    TAGS = "tags"
    NOTE = "note"


def _require_only_id(schema: dict[str, Any]) -> None:
    schema["required"] = ["id"]


class PartialEvent(EventDocument):
    """An event with only the requested keys, in the order of the whole document."""

    model_config = ConfigDict(json_schema_extra=_require_only_id)


class PartialEventPage(DocumentPart):
    """A page of events with only the requested keys."""

    items: list[PartialEvent]
    page: PageInfo
    counted: Counted
    facets: Facets = Field(description="Counts by facet; only the requested facets are present.")
    highlights: Highlights
