"""The kinds of entity, for the routes and links that are the same for each."""

from collections.abc import Awaitable, Callable
from typing import Annotated, NamedTuple

from fastapi import Path

from app.documents.entities import (
    Document,
    EventDocument,
    OfficeDocument,
    ParticipantDocument,
    PlaceDocument,
    PublisherDocument,
    SourceDocument,
    TagDocument,
    TreatyDocument,
)
from app.domain.values import EventId, OfficeId, ParticipantId, PlaceId, SourceId, TagId, TreatyId
from app.domain.vocabulary import EntityKind
from app.reading.parameters.common import AnyCasePublisherId

EventPath = Annotated[EventId, Path(description="The event's id.")]
ParticipantPath = Annotated[ParticipantId, Path(description="The participant's id.")]
PlacePath = Annotated[PlaceId, Path(description="The place's id.")]
OfficePath = Annotated[OfficeId, Path(description="The office's id.")]
PublisherPath = Annotated[AnyCasePublisherId, Path(description="The publisher's id.")]
TagPath = Annotated[TagId, Path(description="The tag's id.")]
SourcePath = Annotated[SourceId, Path(description="The source's id.")]
TreatyPath = Annotated[TreatyId, Path(description="The treaty's id.")]


async def _event_id(event_id: EventPath) -> str:
    return event_id


async def _participant_id(participant_id: ParticipantPath) -> str:
    return participant_id


async def _place_id(place_id: PlacePath) -> str:
    return place_id


async def _office_id(office_id: OfficePath) -> str:
    return office_id


async def _publisher_id(publisher_id: PublisherPath) -> str:
    return publisher_id


async def _tag_id(tag_id: TagPath) -> str:
    return tag_id


async def _source_id(source_id: SourcePath) -> str:
    return source_id


async def _treaty_id(treaty_id: TreatyPath) -> str:
    return treaty_id


class Kind(NamedTuple):
    """A kind of entity, its documents, and the dependency that reads its id from the path."""

    kind: EntityKind
    document: type[Document]
    get_id: Callable[[str], Awaitable[str]]

    @property
    def with_article(self) -> str:
        """The kind after its article: `an event`, `a place`."""
        return f"{'an' if self.kind[0] in 'aeiou' else 'a'} {self.kind}"

    @property
    def path(self) -> str:
        """The path template of one entity, such as `/v1/events/{event_id}`."""
        return f"/v1/{self.kind.collection}/{{{self.kind}_id}}"


KINDS = (
    Kind(EntityKind.EVENT, EventDocument, _event_id),
    Kind(EntityKind.PARTICIPANT, ParticipantDocument, _participant_id),
    Kind(EntityKind.PLACE, PlaceDocument, _place_id),
    Kind(EntityKind.OFFICE, OfficeDocument, _office_id),
    Kind(EntityKind.TREATY, TreatyDocument, _treaty_id),
    Kind(EntityKind.SOURCE, SourceDocument, _source_id),
    Kind(EntityKind.PUBLISHER, PublisherDocument, _publisher_id),
    Kind(EntityKind.TAG, TagDocument, _tag_id),
)
