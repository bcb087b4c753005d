"""Why a list is empty: ids in its filters that no entity has, and words of `q` that no event has."""

from collections.abc import Iterator

from pydantic import BaseModel, ValidationError
from sqlalchemy import Connection

from app.documents.unknown import UnknownValue
from app.reading.names.known import unknown_words
from app.reading.names.things import entities_named
from app.reading.parameters.events import EventFilters
from app.reading.parameters.names import EntityNameQuery, NamedKind
from app.reading.unknown_ids import MAX_NEAREST, find_unknown_ids

# To find the names that are similar to a word takes some statements.
_MOST_WORDS = 3


def find_unknown(connection: Connection, filters: BaseModel) -> list[UnknownValue]:
    """Return the values of the filters that are ids of no entity, and the words of `q` that no event has.

    It takes the statements of `find_unknown_ids`, one for `q`, and for each of three unknown words as many as
    `entities_named`.
    """
    words = _words(connection, filters.q) if isinstance(filters, EventFilters) else ()
    return [*find_unknown_ids(connection, filters), *words]


def _words(connection: Connection, q: str) -> Iterator[UnknownValue]:
    for word in unknown_words(connection, q)[:_MOST_WORDS]:
        nearest = [*_nearest(connection, word)]
        yield UnknownValue(parameter="q", value=word, nearest=nearest)


def _nearest(connection: Connection, word: str) -> Iterator[str]:
    try:
        query = EntityNameQuery(name=word, kind=[NamedKind.PARTICIPANT, NamedKind.PLACE])
    except ValidationError:
        return  # A search takes characters that no name has.
    found = entities_named(connection, query.name, query.kind)
    yield from (each.slug for each in found[:MAX_NEAREST])
