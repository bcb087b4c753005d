"""The names of tags, for formats that show them to people."""

from collections.abc import Collection, Mapping
from typing import Final

from sqlalchemy import Connection, bindparam, select

from app.domain.values import LanguageMap
from app.tables import core as t

# Built once: to build it takes longer than to run it.
_NAMES: Final = select(t.tag.c.slug, t.tag.c.names).where(
    t.tag.c.slug.in_(bindparam("slugs", expanding=True))
)


def tag_names(connection: Connection, tags: Collection[str]) -> Mapping[str, LanguageMap]:
    """Return the names of the tags with these ids, with one statement."""
    rows = connection.execute(_NAMES, {"slugs": [*tags]})
    return {row.slug: LanguageMap(**row.names) for row in rows}
