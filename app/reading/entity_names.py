"""The names of entities by their ids, for formats that show them to people."""

from collections.abc import Collection, Mapping
from typing import Final

from sqlalchemy import Connection, bindparam, select

from app.documents.entities.participant import participant_names
from app.domain.values import LanguageMap
from app.domain.vocabulary import EntityKind
from app.tables import core as t
from app.tables.rows import batches

# Built once: to build it takes longer than to run it.
_OF_EVENT: Final = (
    select(t.tag.c.slug, t.tag.c.names)
    .join_from(t.event, t.event_tag, t.event_tag.c.event_id == t.event.c.id)
    .join(t.tag, t.tag.c.slug == t.event_tag.c.tag)
    .where(t.event.c.slug == bindparam("event"))
)


def entity_names(
    connection: Connection, kind: EntityKind, slugs: Collection[str]
) -> Mapping[str, LanguageMap]:
    """Return the names of these entities: one statement for 500 of them, for participants two."""
    table = t.ENTITIES[kind].c
    names: dict[str, LanguageMap] = {}
    for batch in batches([*slugs]):
        in_batch = table.slug.in_(batch)
        if kind is EntityKind.PARTICIPANT:
            rows = connection.execute(select(table.id, table.slug).where(in_batch))
            slug_of = {key: slug for key, slug in rows}
            found = participant_names(connection, [*slug_of])
            names |= {slug_of[key]: LanguageMap(**name) for key, name in found.items()}
        else:
            rows = connection.execute(select(table.slug, table.names).where(in_batch))
            names |= {slug: LanguageMap(**texts) for slug, texts in rows}
    return names


def tag_names_of_event(connection: Connection, event: str) -> Mapping[str, Mapping[str, str]]:
    """Return the names of the tags of an event, each by its language: one statement."""
    rows = connection.execute(_OF_EVENT, {"event": event})
    return {slug: names for slug, names in rows}
