"""Keep the full-text index up to date: build the search rows of events."""

from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache

from sqlalchemy import Connection

from app.documents.entities.base import Values
from app.documents.entities.event_rows import build_events
from app.documents.searched_texts import (
    NAMES,
    KnownNames,
    SearchedEntity,
    SearchedField,
    known_names,
    named_entities,
    names_of,
    own_texts,
)
from app.domain.search.fields import JoinedTokens, SearchFields, join_tokens, search_fields
from app.domain.search.tokens import Tokens, index_tokens, words_of
from app.tables import core as t
from app.tables.rows import key_batches
from app.tables.search import write_search_rows

# Most events name the same few people, places and tags.
_name_tokens = lru_cache(maxsize=1 << 13)(index_tokens)


def index_events(connection: Connection, events: Mapping[int, Values]) -> None:
    """Write the search rows of the documents of these events, by their keys: at most eight statements.

    A search row also has aliases, so it can change while the document does not.
    """
    write_search_rows(connection, search_rows(connection, events))


def index_all_events(connection: Connection) -> None:
    """Write the search row of every event, a batch at a time."""
    for keys in key_batches(connection, t.event):
        index_events(connection, build_events(connection, keys))


def search_rows(connection: Connection, events: Mapping[int, Values]) -> dict[int, SearchFields]:
    """Return the search tokens of each of these events, by its key: at most six statements."""
    tokens_of = _tokens_of_names(known_names(connection, events.values()))
    return {key: _fields(event, tokens_of) for key, event in events.items()}


def _tokens_of_names(known: KnownNames) -> Callable[[SearchedEntity], JoinedTokens]:
    """Return a function that gives the tokens of an entity's names, and cuts them once for all events."""
    cut: dict[tuple[SearchedField, str], JoinedTokens] = {}

    def tokens_of(named: SearchedEntity) -> JoinedTokens:
        tokens = cut.get(named[:2])
        if tokens is None:
            tokens = cut[named[:2]] = join_tokens(_cut_names(named, known))
        return tokens

    return tokens_of


def _cut_names(named: SearchedEntity, known: KnownNames) -> Iterator[Tokens]:
    is_name = named.field in NAMES
    for language, text in names_of(named, known):
        yield _name_tokens(text, None if is_name else language)
    if named.field is SearchedField.PARTICIPANT:
        yield from map(_spelling_tokens, known.spellings[named.id])


def _fields(event: Values, tokens_of: Callable[[SearchedEntity], JoinedTokens]) -> SearchFields:
    own: dict[SearchedField, list[Tokens]] = {SearchedField.TITLE: [], SearchedField.SUMMARY: []}
    for searched in own_texts(event):
        own[searched.field].append(index_tokens(searched.text, searched.language))
    title, summary = own.values()
    return search_fields(title, [*map(tokens_of, named_entities(event))], summary)


@lru_cache(maxsize=1 << 15)
def _spelling_tokens(word: str) -> Tokens:
    """Return a spelling that rules make, without stems: they would find nothing more."""
    return Tokens(tuple(words_of(word)), ())
