"""The base of every document: no optional keys, and the time stamps of the revision.

The models describe documents to clients, and read stored ones. Documents are built as plain values
in the order of the models' fields, because models would check every text of every row again.
"""

import json
from functools import lru_cache
from typing import Any, Final

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field
from pydantic_core import to_json
from sqlalchemy import Column, ColumnElement, Row, Text, cast

from app.domain.values import LanguageMap, Slug, settled_text

# The values of a document or of a part, by the keys of the JSON and in their order.
Values = dict[str, Any]
_LANGUAGES: Final = tuple(LanguageMap.model_fields)


class DocumentPart(BaseModel):
    """A part of a document. Every key is always present; new keys may be added over time."""

    model_config = ConfigDict(
        json_schema_serialization_defaults_required=True,
        validate_by_name=True,
        serialize_by_alias=True,
        defer_build=True,
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


def write_document(document: Values) -> str:
    """Return the document as clients receive it: the bytes that its model would give."""
    return to_json(document).decode()


def own_values(row: Row[Any]) -> Values:
    """Return the values that every document begins with, from the row of its entity."""
    return {
        "id": row.slug,
        "revision": row.revision,
        "created_at": row.created_at,
        "updated_at": row.updated_at,
    }


def as_text(column: Column[Any]) -> ColumnElement[str]:
    """Return a column of JSON or of an enum as its text, without the type's work on each row."""
    return cast(column, Text)


@lru_cache(maxsize=1 << 12)
def shared_names(json_text: str) -> dict[str, str]:
    """Return the names in a text of JSON. Many documents share them, so nobody may change them."""
    return language_map(json.loads(json_text))


def language_map(texts: dict[str, str]) -> dict[str, str]:
    """Return a text in several languages, as `LanguageMap` and `OptionalLanguageMap` would give it."""
    return {each: settled_text(texts[each]) for each in _LANGUAGES if each in texts}
