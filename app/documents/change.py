"""Changes as readers get them: who did what to which entity, and the document as it then was."""

from typing import Any

from pydantic import AwareDatetime, Field
from sqlalchemy import Row

from app.documents.base import Document, DocumentPart
from app.domain.values import Slug
from app.domain.vocabulary import ChangeOp, EntityKind


class AnyDocument(Document):
    """A document of any kind; `kind`, beside it, says which, and so which other keys it has."""


class ChangeEntry(DocumentPart):
    """One write to one entity, without the document."""

    seq: int = Field(ge=1, description="Counts the changes of all entities from 1, without a gap.")
    at: AwareDatetime = Field(description="When, UTC; the same for all that was written at once.")
    actor: str = Field(description="Who: the name of a key, or a program.", examples=["seeds"])
    op: ChangeOp = Field(description="What; `withdraw` and `merge` are the end of an entity.")
    kind: EntityKind
    id: Slug = Field(description="The id of the entity.")
    revision: int = Field(ge=1, description="The revision of the entity that the change made.")
    reason: str | None = Field(description="Why, if the writer said so.")
    survivor: Slug | None = Field(description="With `merge`: the entity that took its place.")
    digest: str = Field(
        min_length=64,
        max_length=64,
        description="SHA-256, hexadecimal, of this change after the digest of the change before: "
        "it vouches for the whole log up to here.",
        examples=["9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"],
    )


class ChangeDocument(ChangeEntry):
    """One write to one entity, with its document as it then was."""

    document: AnyDocument | None = Field(
        description="Byte for byte what the entity's own path answered then; null for what was "
        "withdrawn or merged. The last key of the change."
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
