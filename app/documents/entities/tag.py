"""The documents of tags, and how they are built from rows."""

from collections.abc import Sequence

from pydantic import Field
from sqlalchemy import Connection, select

from app.documents.entities.base import Document, Values, language_map, own_values
from app.domain.values import LanguageMap, Slug
from app.tables import core as t


class TagDocument(Document):
    """A subject of events."""

    id: Slug
    names: LanguageMap
    definition: LanguageMap | None = Field(
        description="A sentence that says which events have the tag; null if none is written."
    )
    broader: Slug | None = Field(
        description="Id of the tag whose subject includes this one; null for none."
    )


def build_tags(connection: Connection, keys: Sequence[int]) -> dict[int, Values]:
    """Return the documents of the tags with these keys, with one statement."""
    broader = t.tag.alias("broader")
    rows = connection.execute(
        select(t.tag, broader.c.slug.label("broader"))
        .outerjoin(t.tag_broader, t.tag_broader.c.tag_id == t.tag.c.id)
        .outerjoin(broader, broader.c.id == t.tag_broader.c.broader_id)
        .where(t.tag.c.id.in_(keys))
    )
    return {
        row.id: {
            **own_values(row),
            "names": language_map(row.names),
            "definition": language_map(row.definition) if row.definition else None,
            "broader": row.broader,
        }
        for row in rows
    }
