"""Changes as readers get them: who did what to which entity, and the document as it then was."""

from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, Field
from sqlalchemy import Row
from typing_extensions import TypeAliasType

from app.documents.entities.base import DocumentPart
from app.documents.entities.event import EventDocument
from app.documents.entities.participant import ParticipantDocument
from app.documents.entities.place import PlaceDocument
from app.documents.entities.source import SourceDocument
from app.documents.entities.treaty import TreatyDocument
from app.domain.values import Slug
from app.domain.vocabulary import ChangeOp, EntityKind

_DOCUMENT = Field(
    description="Byte for byte what the entity's own path answered then; null for what was "
    "withdrawn or merged. The last key of the change."
)


class ChangeEntry(DocumentPart):
    """One write to one entity, without the document."""

    seq: int = Field(ge=1, description="Counts the changes of all entities from 1, without a gap.")
    at: AwareDatetime = Field(description="When, UTC; the same for all that was written at once.")
    actor: str = Field(description="Who: the name of a key, or a program.", examples=["seeds"])
    op: ChangeOp = Field(description="What; `withdraw` and `merge` are the end of an entity.")
    kind: EntityKind
    id: Slug = Field(description="The id of the entity.")
    revision: int = Field(ge=1, description="The revision of the entity that the change made.")
    reason: str | None = Field(description="Why; null if the writer did not say.")
    survivor: Slug | None = Field(
        description="With `merge`: the entity that took its place; else null."
    )
    digest: str = Field(
        min_length=64,
        max_length=64,
        description="SHA-256, hexadecimal, of this change after the digest of the change before: "
        "it vouches for the whole log up to here.",
        examples=["9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"],
    )


class EventChange(ChangeEntry):
    """One write to an event, with its document as it then was."""

    kind: Literal[EntityKind.EVENT]
    document: EventDocument | None = _DOCUMENT


class ParticipantChange(ChangeEntry):
    """One write to a participant, with its document as it then was."""

    kind: Literal[EntityKind.PARTICIPANT]
    document: ParticipantDocument | None = _DOCUMENT


class PlaceChange(ChangeEntry):
    """One write to a place, with its document as it then was."""

    kind: Literal[EntityKind.PLACE]
    document: PlaceDocument | None = _DOCUMENT


class SourceChange(ChangeEntry):
    """One write to a source, with its document as it then was."""

    kind: Literal[EntityKind.SOURCE]
    document: SourceDocument | None = _DOCUMENT


class TreatyChange(ChangeEntry):
    """One write to a treaty, with its document as it then was."""

    kind: Literal[EntityKind.TREATY]
    document: TreatyDocument | None = _DOCUMENT


ChangeDocument = TypeAliasType(
    "ChangeDocument",
    Annotated[
        EventChange | ParticipantChange | PlaceChange | SourceChange | TreatyChange,
        Field(
            discriminator="kind",
            description="One write to one entity, with its document as it then was; `kind` says "
            "of what kind both are.",
        ),
    ],
)


def entry_json(row: Row[Any]) -> str:
    """A row of the log as the JSON of a ChangeEntry."""
    columns = row._mapping
    given = {name: columns[name] for name in ChangeEntry.model_fields if name != "id"}
    return ChangeEntry(id=columns["slug"], **given).model_dump_json()


def change_json(row: Row[Any]) -> str:
    """A row of the log as the JSON of a ChangeDocument; the stored document goes in as it is."""
    document = "null" if row.document is None else row.document
    return f'{entry_json(row)[:-1]},"document":{document}}}'
