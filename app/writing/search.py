"""Keep the full-text index up to date: build the search rows of events."""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import Connection, Table, select

from app.documents.entities.event import EventDocument, PlaceReference
from app.documents.entities.event_rows import build_events
from app.domain.labels.vocabularies import read_labels
from app.domain.names.same_name import Bearer, bearer_of
from app.domain.names.spellings import other_spellings
from app.domain.search.fields import SearchFields, search_fields
from app.domain.search.tokens import Tokens, index_tokens
from app.domain.values import LanguageMap
from app.domain.vocabulary import EventSubtype, EventType
from app.tables import core as t
from app.tables.rows import key_batches
from app.tables.search import write_search_rows

# Most events name the same few people, places and tags.
_name_tokens = lru_cache(maxsize=1 << 12)(index_tokens)


def index_events(connection: Connection, events: Mapping[int, EventDocument]) -> None:
    """Write the search rows of these events, by their keys: three statements.

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
    """Return the search tokens of each of these events, by its key: four statements."""
    shown = events.values()
    participants = {part.id for event in shown for part in event.participants}
    aliases, made = _participant_names(connection, participants)
    known = _Names(
        aliases,
        made,
        _names(connection, t.place, {place.id for event in shown for place in _places(event)}),
        _names(connection, t.treaty, {event.treaty.id for event in shown if event.treaty}),
        _names(connection, t.tag, {tag for event in shown for tag in event.tags}),
    )
    return {key: _fields(event, known) for key, event in events.items()}


class _Names(NamedTuple):
    """Aliases of participants, the spellings that rules make of their names, and names of the rest, by id."""

    participants: Mapping[str, list[str]]
    made: Mapping[str, Tokens]
    places: Mapping[str, list[str]]
    treaties: Mapping[str, list[str]]
    tags: Mapping[str, list[str]]


def _places(event: EventDocument) -> list[PlaceReference]:
    return [*([event.place] if event.place else []), *event.further_places]


def _fields(event: EventDocument, known: _Names) -> SearchFields:
    names = [
        *(name for part in event.participants for name in _texts(part.name)),
        *(alias for part in event.participants for alias in known.participants[part.id]),
        *(name for place in _places(event) for name in known.places[place.id]),
        *(known.treaties[event.treaty.id] if event.treaty else ()),
        *event.tags,
        *(name for tag in event.tags for name in known.tags.get(tag, ())),
    ]
    return search_fields(
        _in_languages(event.title),
        [
            *_unique_tokens(names),
            *(known.made[part.id] for part in event.participants),
            *_label_tokens(event.type),
            *_label_tokens(event.subtype),
        ],
        _in_languages(event.summary),
    )


def _participant_names(
    connection: Connection, participants: set[str]
) -> tuple[dict[str, list[str]], dict[str, Tokens]]:
    """Return the aliases of each participant, and the tokens of its other spellings: one statement."""
    participant, name = t.participant.c, t.participant_name.c
    statement = (
        select(participant.slug, participant.kind, participant.country, name.language, name.text)
        .join(t.participant, participant.id == name.participant_id)
        .where(participant.slug.in_(participants))
        .order_by(name.participant_id, name.ordinal)
    )
    owners: dict[str, list[Any]] = {}
    for row in connection.execute(statement):
        owners.setdefault(row.slug, []).append(row)
    aliases = {
        slug: [row.text for row in rows if row.language is None] for slug, rows in owners.items()
    }
    made = {
        slug: _made_tokens(tuple(r.text for r in rows), bearer_of(rows[0].kind, rows[0].country))
        for slug, rows in owners.items()
    }
    return aliases, made


@lru_cache(maxsize=1 << 12)
def _made_tokens(names: tuple[str, ...], bearer: Bearer) -> Tokens:
    """Return the words that other spellings add to the names; their stems would find nothing more."""
    words = index_tokens(" ".join(other_spellings(names, bearer)), None).words
    return Tokens(tuple(dict.fromkeys(words)), ())


def _names(connection: Connection, table: Table, slugs: set[str]) -> dict[str, list[str]]:
    """Return the names and aliases of these entities; a tag has no aliases."""
    if not slugs:
        return {}
    columns = [table.c.slug, table.c.names, *([table.c.aliases] if "aliases" in table.c else [])]
    rows = connection.execute(select(*columns).where(table.c.slug.in_(slugs)))
    return {
        slug: [*names.values(), *(each for more in aliases for each in more)]
        for slug, names, *aliases in rows
    }


@lru_cache
def _label_tokens(term: EventType | EventSubtype) -> list[Tokens]:
    """Return the tokens of a term's label, so that a reader's own word for it finds the event."""
    return [*_in_languages(read_labels()[type(term)][term].label)]


def _texts(texts: LanguageMap) -> Iterable[str]:
    return texts.model_dump().values()


def _in_languages(texts: LanguageMap) -> Iterator[Tokens]:
    return (index_tokens(text, language) for language, text in texts.model_dump().items())


def _unique_tokens(names: Iterable[str]) -> Iterable[Tokens]:
    """Return the names' tokens, once for names that differ only in case, accents or hyphens."""
    return {
        tokens.words: tokens for tokens in (_name_tokens(name, None) for name in names)
    }.values()
