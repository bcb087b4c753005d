"""Keep the full-text index up to date: build the search rows of events."""

from collections.abc import Mapping
from functools import lru_cache

from sqlalchemy import Connection

from app.documents.entities.event import EventDocument
from app.documents.entities.event_rows import build_events
from app.documents.searched_texts import (
    KnownNames,
    SearchedField,
    SearchedText,
    known_names,
    searched_texts,
)
from app.domain.search.fields import SearchFields, search_fields
from app.domain.search.tokens import Tokens, index_tokens, words_of
from app.tables import core as t
from app.tables.rows import key_batches
from app.tables.search import write_search_rows

# Most events name the same few people, places and tags.
_name_tokens = lru_cache(maxsize=1 << 13)(index_tokens)
# The words and the stems of a name.
_Distinct = tuple[tuple[str, ...], frozenset[str]]


def index_events(connection: Connection, events: Mapping[int, EventDocument]) -> None:
    """Write the search rows of these events, by their keys: at most eight statements.

    A search row also has aliases, so it can change while the document does not.
    """
    write_search_rows(connection, search_rows(connection, events))


def index_all_events(connection: Connection) -> None:
    """Write the search row of every event, a batch at a time."""
    for keys in key_batches(connection, t.event):
        index_events(connection, build_events(connection, keys))


def search_rows(
    connection: Connection, events: Mapping[int, EventDocument]
) -> dict[int, SearchFields]:
    """Return the search tokens of each of these events, by its key: at most six statements."""
    known = known_names(connection, events.values())
    return {key: _fields(event, known) for key, event in events.items()}


def _fields(event: EventDocument, known: KnownNames) -> SearchFields:
    title: list[Tokens] = []
    names: dict[_Distinct, Tokens] = {}
    summary: list[Tokens] = []
    for searched in searched_texts(event, known):
        tokens = _tokens(searched)
        if searched.field is SearchedField.TITLE:
            title.append(tokens)
        elif searched.field is SearchedField.SUMMARY:
            summary.append(tokens)
        else:
            # Once for names that differ only in case or accents.
            names.setdefault((tokens.words, frozenset(tokens.stems)), tokens)
    return search_fields(title, names.values(), summary)


def _tokens(searched: SearchedText) -> Tokens:
    if searched.field in (SearchedField.TITLE, SearchedField.SUMMARY):
        return index_tokens(searched.text, searched.language)
    if searched.field is SearchedField.SPELLING:
        return _spelling_tokens(searched.text)
    return _name_tokens(searched.text, searched.token_language)


@lru_cache(maxsize=1 << 15)
def _spelling_tokens(word: str) -> Tokens:
    """Return a spelling that rules make, without stems: they would find nothing more."""
    return Tokens(tuple(words_of(word)), ())
