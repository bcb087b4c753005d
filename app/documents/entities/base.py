"""The base of every document: no optional keys, and the time stamps of the revision."""

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from app.domain.values import Slug


class DocumentPart(BaseModel):
    """A part of a document. Every key is always present; new keys may be added over time."""

    model_config = ConfigDict(
        json_schema_serialization_defaults_required=True,
        validate_by_name=True,
        serialize_by_alias=True,
    )


class SparseDocumentPart(DocumentPart):
    """A part of a document that a standard defines: keys without a value are absent, never null."""

    model_config = ConfigDict(json_schema_serialization_defaults_required=False)


class Document(DocumentPart):
    """An entity as clients read it."""

    id: Slug
    revision: int = Field(
        ge=1, description="Revision of the entity; it starts at 1 and grows by 1 with each change."
    )
    created_at: AwareDatetime = Field(description="Time when the entity was created, UTC.")
    updated_at: AwareDatetime = Field(description="Time when this revision was made, UTC.")

    def to_json(self) -> str:
        """Return the document as clients receive it."""
        return self.model_dump_json()
