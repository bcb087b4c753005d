"""The full-text index kept true: what is searched for in an event, gathered from the rows."""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, CursorResult, Row, select

from app.domain.tokens import SearchFields, Tokens, index_tokens, search_fields
from app.tables import core as t
from app.tables.rows import batches, rows_by_owner
from app.tables.search import write_search_rows

# The same few people, places and tags are named by most events.
_name_tokens = lru_cache(maxsize=4096)(index_tokens)


def index_events(connection: Connection, keys: Sequence[int]) -> None:
    """Make the search rows of these events again: five statements for each batch.

    Unlike a document, a search row has the aliases of the participants: it can change where the
    document does not.
    """
    for batch in batches(keys):
        names = rows_by_owner(connection, _names_of_participants(batch))
        tags = rows_by_owner(connection, _tags(batch))
        rows = {
            row.id: _fields(row, names[row.id], tags[row.id]) for row in _events(connection, batch)
        }
        write_search_rows(connection, rows)


def _fields(event: Row[Any], names: Iterable[Row[Any]], tags: Iterable[Row[Any]]) -> SearchFields:
    named = [
        *(row.text for row in names),
        *(event.place_names or {}).values(),
        *(event.treaty_names or {}).values(),
        *(row.tag for row in tags),
    ]
    return search_fields(_in_languages(event.title), _distinct(named), _in_languages(event.summary))


def _in_languages(texts: dict[str, str]) -> Iterator[Tokens]:
    return (index_tokens(text, language) for language, text in texts.items())


def _distinct(names: Iterable[str]) -> Iterator[Tokens]:
    """The tokens of names; of those that differ in case, accents or hyphens only, one."""
    tokens = (_name_tokens(name, None) for name in names)
    return iter({tuple(each.words): each for each in tokens}.values())


def _events(connection: Connection, keys: Sequence[int]) -> CursorResult[Any]:
    event = t.event.c
    statement = (
        select(
            event.id,
            event.title,
            event.summary,
            t.place.c.names.label("place_names"),
            t.treaty.c.names.label("treaty_names"),
        )
        .select_from(t.event.outerjoin(t.place).outerjoin(t.treaty))
        .where(event.id.in_(keys))
    )
    return connection.execute(statement)


def _names_of_participants(keys: Sequence[int]) -> Any:
    part, name = t.participation.c, t.participant_name.c
    return (
        select(part.event_id, name.text)
        .join(t.participant_name, name.participant_id == part.participant_id)
        .where(part.event_id.in_(keys))
        .order_by(part.event_id, part.ordinal, name.ordinal)
    )


def _tags(keys: Sequence[int]) -> Any:
    tag = t.event_tag.c
    return (
        select(tag.event_id, tag.tag)
        .where(tag.event_id.in_(keys))
        .order_by(tag.event_id, tag.ordinal)
    )
