"""What the routes of the kinds of entity differ in, for those that are the same for each."""

from collections.abc import Awaitable, Callable
from typing import Annotated, Any, NamedTuple

from fastapi import Path

from app.documents.entities import (
    Document,
    EventDocument,
    ParticipantDocument,
    PlaceDocument,
    SourceDocument,
    TreatyDocument,
)
from app.domain.values import EventId, Slug
from app.domain.vocabulary import EntityKind
from app.reading.parameters import PlaceId, SourceId, TreatyId


class Kind(NamedTuple):
    """A kind of entity: the name of its path, its ids and its documents."""

    kind: EntityKind
    collection: str
    id: Any
    document: type[Document]

    @property
    def named(self) -> str:
        """The kind with its article."""
        return f"{'an' if self.kind is EntityKind.EVENT else 'a'} {self.kind}"

    @property
    def path(self) -> str:
        """The path of one entity."""
        return f"/v1/{self.collection}/{{{self.kind}_id}}"

    def get_id(self) -> Callable[[str], Awaitable[str]]:
        """A dependency: the id in the path, under the name that it has for reading."""

        async def get_id(slug: str) -> str:
            return slug

        place = Path(alias=f"{self.kind}_id", description=f"The {self.kind}'s id.")
        get_id.__annotations__["slug"] = Annotated[self.id, place]
        return get_id


KINDS = (
    Kind(EntityKind.EVENT, "events", EventId, EventDocument),
    Kind(EntityKind.PARTICIPANT, "participants", Slug, ParticipantDocument),
    Kind(EntityKind.PLACE, "places", PlaceId, PlaceDocument),
    Kind(EntityKind.TREATY, "treaties", TreatyId, TreatyDocument),
    Kind(EntityKind.SOURCE, "sources", SourceId, SourceDocument),
)
