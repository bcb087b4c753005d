"""Keep the full-text index up to date: build the search rows of events."""

from collections.abc import Callable, Mapping
from functools import lru_cache

from sqlalchemy import Connection

from app.documents.entities.base import Values
from app.documents.entities.event_rows import build_events
from app.documents.searched_texts import (
    NAMES,
    KnownNames,
    SearchedEntity,
    SearchedField,
    countries_of,
    known_names,
    named_entities,
    names_of,
    own_texts,
    spellings_of,
)
from app.domain.search.fields import JoinedTokens, SearchFields, join_tokens, search_fields
from app.domain.search.tokens import Tokens, country_token, index_tokens, words_of
from app.tables import core as t
from app.tables.rows import key_batches
from app.tables.search import write_search_rows


def index_events(connection: Connection, events: Mapping[int, Values]) -> None:
    """Write the search rows of the documents of these events, by their keys.

    At most six statements, and on SQLite ten. Only rows that differ from the stored ones are written.

    A search row also has aliases, so it can change while the document does not.
    """
    write_search_rows(connection, search_rows(connection, events))


def index_all_events(connection: Connection) -> None:
    """Write the search row of every event, a batch at a time."""
    for keys in key_batches(connection, t.event):
        index_events(connection, build_events(connection, keys))


def search_rows(connection: Connection, events: Mapping[int, Values]) -> dict[int, SearchFields]:
    """Return the search tokens of each of these events, by its key: at most five statements."""
    tokens_of = _tokens_of_names(known_names(connection, events.values()))
    return {key: _fields(event, tokens_of) for key, event in events.items()}


def _tokens_of_names(known: KnownNames) -> Callable[[SearchedEntity], JoinedTokens]:
    """Return a function that gives the tokens of an entity's names."""
    found: dict[SearchedEntity, JoinedTokens] = {}

    def tokens_of(named: SearchedEntity) -> JoinedTokens:
        tokens = found.get(named)
        if tokens is None:
            names = tuple(names_of(named, known))
            if named.field is SearchedField.DATE:
                tokens = _cut_date(names)
            else:
                is_name = named.field in NAMES
                tokens = _cut(names, spellings_of(named, known), is_name=is_name)
            found[named] = tokens
        return tokens

    return tokens_of


# Most events name the same few people, places and tags. The tokens of one with many names take some
# 20 kB.
@lru_cache(maxsize=1 << 10)
def _cut(
    names: tuple[tuple[str | None, str], ...], spellings: tuple[str, ...], *, is_name: bool
) -> JoinedTokens:
    cut = (index_tokens(text, None if is_name else language) for language, text in names)
    # A spelling that rules make has no stems: they would find nothing more.
    return join_tokens([*cut, *(Tokens(tuple(words_of(each)), ()) for each in spellings)])


def _cut_date(texts: tuple[tuple[str | None, str], ...]) -> JoinedTokens:
    """Return the tokens of a date: figures have no stems, and are too many to be kept as chunks of texts."""
    return join_tokens(
        index_tokens(text, language) if language else Tokens(tuple(words_of(text)), ())
        for language, text in texts
    )


def _fields(event: Values, tokens_of: Callable[[SearchedEntity], JoinedTokens]) -> SearchFields:
    own: dict[SearchedField, list[Tokens]] = {SearchedField.TITLE: [], SearchedField.SUMMARY: []}
    for searched in own_texts(event):
        own[searched.field].append(index_tokens(searched.text, searched.language))
    title, summary = own.values()
    countries = JoinedTokens({}, [*map(country_token, countries_of(event))])
    return search_fields(title, [*map(tokens_of, named_entities(event)), countries], summary)
