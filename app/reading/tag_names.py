"""The names of tags, for formats that show them to people."""

from collections.abc import Collection, Mapping

from sqlalchemy import Connection, select

from app.domain.values import LanguageMap
from app.tables import core as t


def tag_names(connection: Connection, tags: Collection[str]) -> Mapping[str, LanguageMap]:
    """Return the names of the tags with these ids, with one statement."""
    rows = connection.execute(select(t.tag.c.slug, t.tag.c.names).where(t.tag.c.slug.in_(tags)))
    return {row.slug: LanguageMap(**row.names) for row in rows}
