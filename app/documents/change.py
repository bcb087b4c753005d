"""Entries of the change log, without and with the entity's document after the change."""

from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, Field
from sqlalchemy import Row
from typing_extensions import TypeAliasType

from app.documents.entities.base import DocumentPart
from app.documents.entities.event import EventDocument
from app.documents.entities.office import OfficeDocument
from app.documents.entities.participant import ParticipantDocument
from app.documents.entities.place import PlaceDocument
from app.documents.entities.publisher import PublisherDocument
from app.documents.entities.source import SourceDocument
from app.documents.entities.tag import TagDocument
from app.documents.entities.treaty import TreatyDocument
from app.domain.values import Slug
from app.domain.vocabulary import ChangeOp, EntityKind


class CauseDocument(DocumentPart):
    """The edit that a change follows from: the entity that was edited at the same instant."""

    kind: EntityKind
    id: Slug = Field(description="Id of the entity that was edited.", examples=["moscow"])


_DOCUMENT = Field(
    description="The entity after this change, byte for byte as its path answered then; null after "
    "a withdrawal or merge. It is the last key of the change."
)


class ChangeEntry(DocumentPart):
    """One write to one entity, without the document."""

    seq: int = Field(
        ge=1, description="Number of the change; all changes are numbered from 1, without a gap."
    )
    at: AwareDatetime = Field(
        description="Time of the change, UTC; equal for all changes of one transaction."
    )
    actor: str = Field(
        description="Name of the API key or program that made the change.", examples=["seeds"]
    )
    op: ChangeOp = Field(
        description="Kind of change; after `withdraw` and `merge` the entity no longer exists, and "
        "with `restore` a withdrawn one lives again."
    )
    kind: EntityKind
    id: Slug = Field(description="Id of the entity.")
    revision: int = Field(ge=1, description="Revision of the entity after the change.")
    reason: str | None = Field(description="Reason for the change; null if none was given.")
    survivor: Slug | None = Field(
        description="With `merge`, id of the entity that replaced this one; otherwise null."
    )
    cause: CauseDocument | None = Field(
        description="Edit that this change follows from, such as the new name of a participant in "
        "this event; null for an edit itself, and for changes that were logged without causes."
    )
    restored: int | None = Field(
        description="Revision of the entity whose record this change restored; null if it restored none."
    )
    digest: str = Field(
        min_length=64,
        max_length=64,
        description="SHA-256, in hexadecimal, over the digest of the previous change and this "
        "change. It covers the whole log up to here.",
        examples=["9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"],
    )


class EventChange(ChangeEntry):
    """One write to an event, with the event after it."""

    kind: Literal[EntityKind.EVENT]
    document: EventDocument | None = _DOCUMENT


class ParticipantChange(ChangeEntry):
    """One write to a participant, with the participant after it."""

    kind: Literal[EntityKind.PARTICIPANT]
    document: ParticipantDocument | None = _DOCUMENT


class PlaceChange(ChangeEntry):
    """One write to a place, with the place after it."""

    kind: Literal[EntityKind.PLACE]
    document: PlaceDocument | None = _DOCUMENT


class OfficeChange(ChangeEntry):
    """One write to an office, with the office after it."""

    kind: Literal[EntityKind.OFFICE]
    document: OfficeDocument | None = _DOCUMENT


class PublisherChange(ChangeEntry):
    """One write to a publisher, with the publisher after it."""

    kind: Literal[EntityKind.PUBLISHER]
    document: PublisherDocument | None = _DOCUMENT


class TagChange(ChangeEntry):
    """One write to a tag, with the tag after it."""

    kind: Literal[EntityKind.TAG]
    document: TagDocument | None = _DOCUMENT


class SourceChange(ChangeEntry):
    """One write to a source, with the source after it."""

    kind: Literal[EntityKind.SOURCE]
    document: SourceDocument | None = _DOCUMENT


class TreatyChange(ChangeEntry):
    """One write to a treaty, with the treaty after it."""

    kind: Literal[EntityKind.TREATY]
    document: TreatyDocument | None = _DOCUMENT


ChangeDocument = TypeAliasType(
    "ChangeDocument",
    Annotated[
        EventChange
        | ParticipantChange
        | PlaceChange
        | OfficeChange
        | PublisherChange
        | SourceChange
        | TreatyChange
        | TagChange,
        Field(
            discriminator="kind",
            description="One write to one entity, with the entity after it. `kind` is the kind of "
            "the entity and selects the schema of `document`.",
        ),
    ],
)


def change_entry(row: Row[Any]) -> ChangeEntry:
    """Return a row of the log as an entry."""
    columns = row._mapping
    made = {"id", "cause"}
    fields = {name: columns[name] for name in ChangeEntry.model_fields if name not in made}
    return ChangeEntry(id=columns["slug"], cause=_cause(row), **fields)


def entry_json(row: Row[Any]) -> str:
    """Return the JSON of a ChangeEntry for a row of the log."""
    return change_entry(row).model_dump_json()


def _cause(row: Row[Any]) -> CauseDocument | None:
    kind = row.cause_kind
    return None if kind is None else CauseDocument(kind=kind, id=row.cause_slug)


def change_json(row: Row[Any]) -> str:
    """Return the JSON of a ChangeDocument for a row of the log; it holds the stored document."""
    document = "null" if row.document is None else row.document
    return f'{entry_json(row)[:-1]},"document":{document}}}'
