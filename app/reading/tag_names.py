"""The names of tags, for formats that show them to people."""

from collections.abc import Collection, Mapping
from typing import Final

from sqlalchemy import Connection, bindparam, select

from app.domain.values import LanguageMap
from app.tables import core as t

# Built once: to build it takes longer than to run it.
_OF_EVENT: Final = (
    select(t.tag.c.slug, t.tag.c.names)
    .join_from(t.event, t.event_tag, t.event_tag.c.event_id == t.event.c.id)
    .join(t.tag, t.tag.c.slug == t.event_tag.c.tag)
    .where(t.event.c.slug == bindparam("event"))
)


def tag_names_of_event(connection: Connection, event: str) -> Mapping[str, Mapping[str, str]]:
    """Return the names of the tags of an event, each by its language: one statement."""
    rows = connection.execute(_OF_EVENT, {"event": event})
    return {slug: names for slug, names in rows}


def tag_names(connection: Connection, tags: Collection[str]) -> Mapping[str, LanguageMap]:
    """Return the names of the tags with these ids, with one statement."""
    rows = connection.execute(select(t.tag.c.slug, t.tag.c.names).where(t.tag.c.slug.in_(tags)))
    return {row.slug: LanguageMap(**row.names) for row in rows}
