"""The kinds of publishers, for formats whose words depend on the house of a text."""

from collections.abc import Mapping

from sqlalchemy import Connection, select

from app.domain.vocabulary import PublisherKind
from app.tables import core as t


def publisher_kinds(connection: Connection) -> Mapping[str, PublisherKind]:
    """Return the kind of each publisher by its id, with one statement."""
    rows = connection.execute(select(t.publisher.c.slug, t.publisher.c.kind))
    return {row.slug: PublisherKind(row.kind) for row in rows}
