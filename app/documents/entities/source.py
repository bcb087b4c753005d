"""The documents of sources, and how they are built from rows."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from pydantic import Field
from sqlalchemy import ColumnElement, Connection, FromClause, Row, select

from app.documents.entities.base import (
    Document,
    DocumentPart,
    Values,
    as_text,
    own_values,
    shared_names,
)
from app.domain.values import EdtfText, LanguageCode, LanguageMap, Slug, Url
from app.tables import core as t
from app.tables.houses import SIGNER, houses


class PublisherReference(DocumentPart):
    """A publisher that a source names."""

    id: Slug
    name: LanguageMap


class SourceFields(DocumentPart):
    """The fields that a source and its citations share."""

    id: Slug
    publisher: PublisherReference | None = Field(
        description="Site or paper in which the text appeared; null if unknown."
    )
    agency: PublisherReference | None = Field(
        description="News agency or office that wrote the text; null if the source names none."
    )
    house: Slug | None = Field(
        description="Id of the publisher whose text it is: the agency, or otherwise the publisher, or "
        "the house that either of them copies; null if none is known. Sources of one house are not "
        "independent."
    )
    title: str | None = Field(
        description="Title of the work, if it is a name, or in our words; null for none."
    )
    language: LanguageCode
    published: EdtfText | None = Field(description="Date of publication, in EDTF; null if unknown.")
    url: Url | None = Field(description="Address of the text; null if it is not online.")
    archived_url: Url | None = Field(
        description="Address of an archived copy of the text; null for none."
    )
    article: str | None = Field(
        description="File name of the article's text, without `.txt`; null if it is not on file."
    )


class SourceDocument(SourceFields, Document):
    """A publication that reports events."""

    note: str | None = Field(description="The editors' remark on the source; null for none.")


class SourceRows(NamedTuple):
    """Sources joined with their publishers: the tables, and the columns for `source_fields`."""

    tables: FromClause
    columns: Sequence[ColumnElement[Any]]


def source_rows() -> SourceRows:
    """Return the join of sources and publishers; all columns have names that do not clash."""
    publisher, agency, house = (t.publisher.alias(name) for name in ("site", "agency", "house"))
    of_signer, source = houses(), t.source.c
    tables = (
        t.source.outerjoin(publisher, publisher.c.id == source.publisher_id)
        .outerjoin(agency, agency.c.id == source.agency_id)
        .outerjoin(of_signer, of_signer.c.part_id == SIGNER)
        .outerjoin(house, house.c.id == of_signer.c.whole_id)
    )
    columns = (
        *(c for c in t.source.c if c.name not in ("document", "publisher_id", "agency_id")),
        publisher.c.slug.label("publisher_slug"),
        as_text(publisher.c.names).label("publisher_names"),
        agency.c.slug.label("agency_slug"),
        as_text(agency.c.names).label("agency_names"),
        house.c.slug.label("house_slug"),
    )
    return SourceRows(tables, columns)


def source_fields(row: Row[Any]) -> Values:
    """Return the values of SourceFields for a row of `source_rows`."""
    return {
        "id": row.slug,
        "publisher": _publisher(row.publisher_slug, row.publisher_names),
        "agency": _publisher(row.agency_slug, row.agency_names),
        "house": row.house_slug or row.agency_slug or row.publisher_slug,
        "title": row.title,
        "language": row.language,
        "published": row.published,
        "url": row.url,
        "archived_url": row.archived_url,
        "article": row.article,
    }


def _publisher(slug: str | None, names: str) -> Values | None:
    return None if slug is None else {"id": slug, "name": shared_names(names)}


def build_sources(connection: Connection, keys: Sequence[int]) -> dict[int, Values]:
    """Return the documents of the sources with these keys, with one statement."""
    tables, columns = source_rows()
    rows = connection.execute(select(*columns).select_from(tables).where(t.source.c.id.in_(keys)))
    return {row.id: {**own_values(row), **source_fields(row), "note": row.note} for row in rows}
