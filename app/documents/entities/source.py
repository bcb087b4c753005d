"""Sources as readers get them."""

from collections.abc import Sequence

from pydantic import Field
from sqlalchemy import Connection, select

from app.documents.entities.base import Document
from app.domain.values import EdtfText, LanguageCode, Slug, Url
from app.tables import core as t


class SourceDocument(Document):
    """A publication that reports events; what is not known of it is null."""

    id: Slug
    publisher: str | None = Field(description="Where it was seen; null if not known.")
    agency: str | None = Field(
        description="The agency whose text it carries; null if it names none."
    )
    language: LanguageCode
    published: EdtfText | None = Field(description="When, as EDTF; null if not known.")
    url: Url | None = Field(description="Where it can be read; null if nowhere online.")
    article: str | None = Field(
        description="The name under which the article's text is filed, for whoever holds it; null "
        "for none."
    )
    note: str | None = Field(description="The editors' remark on it; null for none.")


def build_sources(connection: Connection, keys: Sequence[int]) -> dict[int, SourceDocument]:
    """The documents of the sources with these keys, from their rows: one statement."""
    rows = connection.execute(select(t.source).where(t.source.c.id.in_(keys)))
    return {
        row.id: SourceDocument(
            id=row.slug,
            publisher=row.publisher,
            agency=row.agency,
            language=row.language,
            published=row.published,
            url=row.url,
            article=row.article,
            note=row.note,
            revision=row.revision,
            created_at=row.created_at,
            updated_at=row.updated_at,
        )
        for row in rows
    }
