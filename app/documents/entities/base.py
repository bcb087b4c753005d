"""What every document has in common: no optional keys, and the stamps of its revision."""

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from app.domain.values import Slug


class DocumentPart(BaseModel):
    """A part of a document: every key is always there; new keys may be added over time."""

    model_config = ConfigDict(
        json_schema_serialization_defaults_required=True,
        validate_by_name=True,
        serialize_by_alias=True,
    )


class SparseDocumentPart(DocumentPart):
    """A part of a form that a standard lays down: a key without a value is left out, never null."""

    model_config = ConfigDict(json_schema_serialization_defaults_required=False)


class Document(DocumentPart):
    """The output form of an entity."""

    id: Slug
    revision: int = Field(ge=1, description="Counts the entity's own changes, from 1.")
    created_at: AwareDatetime = Field(description="When the entity first came in, UTC.")
    updated_at: AwareDatetime = Field(description="When this revision was made, UTC.")

    def to_json(self) -> str:
        """The bytes that readers get, as text."""
        return self.model_dump_json()
