"""The documents of sources, and how they are built from rows."""

from collections.abc import Sequence

from pydantic import Field
from sqlalchemy import Connection, select

from app.documents.entities.base import Document, DocumentPart
from app.domain.values import EdtfText, LanguageCode, Slug, Url
from app.tables import core as t


class SourceFields(DocumentPart):
    """The fields that a source and its citations share."""

    id: Slug
    publisher: str | None = Field(
        description="Site or paper in which the text appeared; null if unknown."
    )
    agency: str | None = Field(
        description="News agency that wrote the text; null if the source names none."
    )
    language: LanguageCode
    published: EdtfText | None = Field(description="Date of publication, in EDTF; null if unknown.")
    url: Url | None = Field(description="Address of the text; null if it is not online.")
    article: str | None = Field(
        description="File name of the article's text, without `.txt`; null if it is not on file."
    )


class SourceDocument(SourceFields, Document):
    """A publication that reports events."""

    note: str | None = Field(description="The editors' remark on the source; null for none.")


def build_sources(connection: Connection, keys: Sequence[int]) -> dict[int, SourceDocument]:
    """Return the documents of the sources with these keys, with one statement."""
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
