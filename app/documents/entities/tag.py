"""The documents of tags, and how they are built from rows."""

from collections.abc import Sequence

from pydantic import Field
from sqlalchemy import Connection, select

from app.documents.entities.base import Document
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


def build_tags(connection: Connection, keys: Sequence[int]) -> dict[int, TagDocument]:
    """Return the documents of the tags with these keys, with one statement."""
    broader = t.tag.alias("broader")
    rows = connection.execute(
        select(t.tag, broader.c.slug.label("broader"))
        .outerjoin(t.tag_broader, t.tag_broader.c.tag_id == t.tag.c.id)
        .outerjoin(broader, broader.c.id == t.tag_broader.c.broader_id)
        .where(t.tag.c.id.in_(keys))
    )
    return {
        row.id: TagDocument(
            id=row.slug,
            names=LanguageMap(**row.names),
            definition=LanguageMap(**row.definition) if row.definition else None,
            broader=row.broader,
            revision=row.revision,
            created_at=row.created_at,
            updated_at=row.updated_at,
        )
        for row in rows
    }
