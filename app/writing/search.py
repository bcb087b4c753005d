"""Keep the full-text index up to date: build the search rows of events."""

from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Row, select

from app.documents.entities.event import EventDocument
from app.documents.entities.event_rows import build_events
from app.documents.searched_texts import (
    KnownNames,
    SearchedField,
    known_names,
    searched_texts,
)
from app.domain.names.same_name import Bearer, bearer_of
from app.domain.names.spellings import other_spellings
from app.domain.search.fields import SearchFields, search_fields
from app.domain.search.tokens import Tokens, index_tokens
from app.tables import core as t
from app.tables.rows import key_batches
from app.tables.search import write_search_rows

# Most events name the same few people, places and tags.
_name_tokens = lru_cache(maxsize=1 << 13)(index_tokens)
# The words and the stems of a name.
_Distinct = tuple[tuple[str, ...], frozenset[str]]


def index_events(connection: Connection, events: Mapping[int, EventDocument]) -> None:
    """Write the search rows of these events, by their keys: at most six statements.

    A search row also has the aliases of the participants, so it can change while the document does
    not.
    """
    write_search_rows(connection, search_rows(connection, events))


def index_all_events(connection: Connection) -> None:
    """Write the search row of every event, a batch at a time."""
    for keys in key_batches(connection, t.event):
        index_events(connection, build_events(connection, keys))


def search_rows(
    connection: Connection, events: Mapping[int, EventDocument]
) -> dict[int, SearchFields]:
    """Return the search tokens of each of these events, by its key: at most five statements."""
    known = known_names(connection, events.values())
    participants = {part.id for event in events.values() for part in event.participants}
    made = _made_spellings(connection, participants)
    return {key: _fields(event, known, made) for key, event in events.items()}


def _fields(event: EventDocument, known: KnownNames, made: Mapping[str, Tokens]) -> SearchFields:
    title: list[Tokens] = []
    names: dict[_Distinct, Tokens] = {}
    summary: list[Tokens] = []
    for searched in searched_texts(event, known):
        if searched.field is SearchedField.TITLE:
            title.append(index_tokens(searched.text, searched.language))
        elif searched.field is SearchedField.SUMMARY:
            summary.append(index_tokens(searched.text, searched.language))
        else:
            tokens = _name_tokens(searched.text, searched.token_language)
            # Once for names that differ only in case or accents.
            names.setdefault((tokens.words, frozenset(tokens.stems)), tokens)
    spellings = (made[part.id] for part in event.participants)
    return search_fields(title, [*names.values(), *spellings], summary)


def _made_spellings(connection: Connection, participants: set[str]) -> dict[str, Tokens]:
    """Return the words of the spellings that rules make of each participant's names: one statement."""
    participant, name = t.participant.c, t.participant_name.c
    statement = (
        select(participant.slug, participant.kind, participant.country, name.text)
        .join(t.participant, participant.id == name.participant_id)
        .where(participant.slug.in_(participants))
        .order_by(name.participant_id, name.ordinal)
    )
    owners: dict[str, list[Row[*tuple[Any, ...]]]] = defaultdict(list)
    for row in connection.execute(statement):
        owners[row.slug].append(row)
    return {
        slug: _made_tokens(
            tuple(row.text for row in rows), bearer_of(rows[0].kind, rows[0].country)
        )
        for slug, rows in owners.items()
    }


@lru_cache(maxsize=1 << 12)
def _made_tokens(names: tuple[str, ...], bearer: Bearer) -> Tokens:
    """Return the words that other spellings add to the names; their stems would find nothing more."""
    words = index_tokens(" ".join(other_spellings(names, bearer)), None).words
    return Tokens(tuple(dict.fromkeys(words)), ())
