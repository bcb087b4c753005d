"""What lists answer: items, and where in the list they stand."""

from pydantic import Field

from app.documents.base import DocumentPart
from app.documents.event import EventDocument
from app.documents.participant import ParticipantDocument
from app.documents.place import PlaceDocument
from app.documents.source import SourceDocument
from app.documents.treaty import TreatyDocument
from app.domain.vocabulary import RelationName


class PageInfo(DocumentPart):
    """Where in the list the items stand."""

    limit: int = Field(description="How many items a page holds at most.")
    returned: int = Field(description="How many items are here.")
    next: str | None = Field(
        description="The absolute URL of the next page, to be followed as it is; null on the last."
    )
    total: int | None = Field(description="How many items there are in all, with `total=exact`.")


class EventPage(DocumentPart):
    """A page of events."""

    items: list[EventDocument]
    page: PageInfo


class ParticipantPage(DocumentPart):
    """A page of participants."""

    items: list[ParticipantDocument]
    page: PageInfo


class PlacePage(DocumentPart):
    """A page of places."""

    items: list[PlaceDocument]
    page: PageInfo


class SourcePage(DocumentPart):
    """A page of sources."""

    items: list[SourceDocument]
    page: PageInfo


class TreatyPage(DocumentPart):
    """A page of treaties."""

    items: list[TreatyDocument]
    page: PageInfo


class Counterpart(DocumentPart):
    """Somebody who took part in the same events, and in how many."""

    participant: ParticipantDocument
    events: int = Field(ge=1)


class CounterpartPage(DocumentPart):
    """A page of counterparts."""

    items: list[Counterpart]
    page: PageInfo


class RelatedEvent(DocumentPart):
    """Another event, and what it is to the one that was asked about: `has_part` lists its parts."""

    relation: RelationName = Field(description="Read from the event in the path.")
    event: EventDocument


class RelatedEventPage(DocumentPart):
    """A page of related events."""

    items: list[RelatedEvent]
    page: PageInfo
