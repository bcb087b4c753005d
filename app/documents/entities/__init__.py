"""The documents of entities, and the functions that build them from rows."""

from collections.abc import Callable, Mapping, Sequence

from sqlalchemy import Connection

from app.documents.entities.base import Document, Values, write_document
from app.documents.entities.event import EventDocument
from app.documents.entities.event_rows import build_events
from app.documents.entities.office import OfficeDocument, build_offices
from app.documents.entities.participant import ParticipantDocument, build_participants
from app.documents.entities.place import PlaceDocument, build_places
from app.documents.entities.publisher import PublisherDocument, build_publishers
from app.documents.entities.source import SourceDocument, build_sources
from app.documents.entities.tag import TagDocument, build_tags
from app.documents.entities.treaty import TreatyDocument, build_treaties
from app.domain.vocabulary import EntityKind

BUILDERS: dict[EntityKind, Callable[[Connection, Sequence[int]], Mapping[int, Values]]] = {
    EntityKind.PARTICIPANT: build_participants,
    EntityKind.PLACE: build_places,
    EntityKind.OFFICE: build_offices,
    EntityKind.PUBLISHER: build_publishers,
    EntityKind.SOURCE: build_sources,
    EntityKind.TREATY: build_treaties,
    EntityKind.TAG: build_tags,
    EntityKind.EVENT: build_events,
}
DOCUMENT_MODELS: dict[EntityKind, type[Document]] = {
    EntityKind.PARTICIPANT: ParticipantDocument,
    EntityKind.PLACE: PlaceDocument,
    EntityKind.OFFICE: OfficeDocument,
    EntityKind.PUBLISHER: PublisherDocument,
    EntityKind.SOURCE: SourceDocument,
    EntityKind.TREATY: TreatyDocument,
    EntityKind.TAG: TagDocument,
    EntityKind.EVENT: EventDocument,
}

__all__ = [
    "BUILDERS",
    "DOCUMENT_MODELS",
    "Document",
    "EventDocument",
    "OfficeDocument",
    "ParticipantDocument",
    "PlaceDocument",
    "PublisherDocument",
    "SourceDocument",
    "TagDocument",
    "TreatyDocument",
    "Values",
    "write_document",
]
