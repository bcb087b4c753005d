"""One entity: its stored document, or nothing."""

from collections.abc import Collection

from sqlalchemy import Connection, select

from app.domain.vocabulary import EntityKind
from app.tables import core as t


def find_document(connection: Connection, kind: EntityKind, slug: str) -> str | None:
    """The public JSON of an entity, or None when there is none with this id."""
    table = t.ENTITIES[kind]
    return connection.scalar(select(table.c.document).where(table.c.slug == slug))


def find_documents(connection: Connection, kind: EntityKind, slugs: Collection[str]) -> list[str]:
    """The public JSON of each of these entities that is there, in no order."""
    table = t.ENTITIES[kind]
    return list(connection.scalars(select(table.c.document).where(table.c.slug.in_(slugs))))
