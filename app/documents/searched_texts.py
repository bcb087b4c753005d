"""The texts of an event that full text searches, with their places in the event's document.

The index has a token for each country instead of its names (`countries_of`).
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from sqlalchemy import Connection, Table, select

from app.documents.entities.base import Values
from app.domain.labels.countries import country_names
from app.domain.labels.vocabularies import read_labels
from app.domain.names.same_name import Bearer, bearer_of
from app.domain.names.spellings import other_spellings
from app.domain.search.date_words import date_words
from app.domain.vocabulary import EventSubtype, EventType
from app.tables import core as t


class SearchedField(StrEnum):
    """The kind of a text that full text searches. A spelling is a word that rules make of a name."""

    TITLE = "title"
    SUMMARY = "summary"
    PARTICIPANT = "participant"
    SPELLING = "spelling"
    OFFICE = "office"
    PLACE = "place"
    TREATY = "treaty"
    TAG = "tag"
    TYPE = "type"
    SUBTYPE = "subtype"
    DATE = "date"
    COUNTRY = "country"


class SearchedText(NamedTuple):
    """A text, and the id of the entity or the term that it names; a title, a summary and a date name none.

    `language` is None for an alias, a spelling, the id of a tag, and a date such as `2024-06-19`.
    """

    field: SearchedField
    id: str | None
    language: str | None
    text: str

    @property
    def token_language(self) -> str | None:
        """The language of its tokens: None for names, which have the stems of several languages."""
        return None if self.field in NAMES else self.language


# These have tokens of every language.
NAMES = frozenset(
    [
        SearchedField.PARTICIPANT,
        SearchedField.SPELLING,
        SearchedField.OFFICE,
        SearchedField.PLACE,
        SearchedField.TREATY,
        SearchedField.TAG,
    ]
)
# Python 3.11 takes long to find a member of an enum in its class.
_PARTICIPANT, _OFFICE, _PLACE = SearchedField.PARTICIPANT, SearchedField.OFFICE, SearchedField.PLACE
_TREATY, _TAG = SearchedField.TREATY, SearchedField.TAG
_TYPE, _SUBTYPE, _DATE = SearchedField.TYPE, SearchedField.SUBTYPE, SearchedField.DATE
# The language of each text, and the text.
_Texts = list[tuple[str | None, str]]


class KnownNames(NamedTuple):
    """The names of entities with their aliases, by id, and the spellings that rules make of names of participants.

    Documents of events show no aliases.
    """

    participants: Mapping[str, _Texts]
    spellings: Mapping[str, tuple[str, ...]]
    offices: Mapping[str, _Texts]
    places: Mapping[str, _Texts]
    treaties: Mapping[str, _Texts]
    tags: Mapping[str, _Texts]


def known_names(connection: Connection, events: Collection[Values]) -> KnownNames:
    """Return the names of all entities of the documents of these events: at most five statements."""
    parts = [part for event in events for part in event["participants"]]
    participants = {part["id"] for part in parts}
    places = {place["id"] for event in events for place in places_of(event)}
    return KnownNames(
        *_participant_names(connection, participants),
        _names(connection, t.office, {part["office"]["id"] for part in parts if part["office"]}),
        _names(connection, t.place, places),
        _names(connection, t.treaty, {e["treaty"]["id"] for e in events if e["treaty"]}),
        _names(connection, t.tag, {tag for event in events for tag in event["tags"]}),
    )


def places_of(event: Values) -> list[Values]:
    """Return the places of an event's document in order: a journey has several."""
    return [*([event["place"]] if event["place"] else []), *event["further_places"]]


def searched_texts(event: Values, known: KnownNames) -> Iterator[SearchedText]:
    """Yield each text of the event's document that full text searches."""
    yield from own_texts(event)
    for named in named_entities(event):
        yield from texts_of(named, known)
    for country in countries_of(event):
        for language, text in country_names()[country].model_dump().items():
            yield SearchedText(SearchedField.COUNTRY, country, language, text)


def countries_of(event: Values) -> list[str]:
    """Return the codes of the countries that took part in the event, or in which it was, each once."""
    sides = (part["side"] for part in event["participants"])
    return [*dict.fromkeys([*sides, *(place["country"] for place in places_of(event))])]


def own_texts(event: Values) -> Iterator[SearchedText]:
    """Yield the title and the summary in each language."""
    for field in (SearchedField.TITLE, SearchedField.SUMMARY):
        yield from (SearchedText(field, None, *text) for text in event[field].items())


class SearchedEntity(NamedTuple):
    """An entity, a term or a date, of which full text searches the names. The id of a date is its EDTF."""

    field: SearchedField
    id: str


def named_entities(event: Values) -> Iterator[SearchedEntity]:
    """Yield each entity, each term and the date of the event, of which full text searches the names."""
    parts = event["participants"]
    # A participant in two roles is listed twice.
    for participant in dict.fromkeys(part["id"] for part in parts):
        yield SearchedEntity(_PARTICIPANT, participant)
    for office in dict.fromkeys(part["office"]["id"] for part in parts if part["office"]):
        yield SearchedEntity(_OFFICE, office)
    for place in places_of(event):
        yield SearchedEntity(_PLACE, place["id"])
    if event["treaty"]:
        yield SearchedEntity(_TREATY, event["treaty"]["id"])
    for tag in event["tags"]:
        yield SearchedEntity(_TAG, tag)
    yield SearchedEntity(_TYPE, event["type"])
    yield SearchedEntity(_SUBTYPE, event["subtype"])
    yield SearchedEntity(_DATE, event["date"])


def texts_of(named: SearchedEntity, known: KnownNames) -> Iterator[SearchedText]:
    """Yield each name of the entity, term or date, and for a participant each spelling of its names."""
    id = None if named.field is _DATE else named.id
    for language, text in names_of(named, known):
        yield SearchedText(named.field, id, language, text)
    for word in spellings_of(named, known):
        yield SearchedText(SearchedField.SPELLING, named.id, None, word)


def spellings_of(named: SearchedEntity, known: KnownNames) -> tuple[str, ...]:
    """Return the words that rules make of the names of a participant; nothing else has any."""
    return known.spellings[named.id] if named.field is SearchedField.PARTICIPANT else ()


def names_of(named: SearchedEntity, known: KnownNames) -> _Texts:
    """Return each name of the entity, term or date, with its language."""
    match named.field:
        case SearchedField.PARTICIPANT:
            return known.participants[named.id]
        case SearchedField.OFFICE:
            return known.offices.get(named.id, [])
        case SearchedField.PLACE:
            return known.places[named.id]
        case SearchedField.TREATY:
            return known.treaties[named.id]
        case SearchedField.TAG:
            return [(None, named.id), *known.tags.get(named.id, ())]
        case SearchedField.DATE:
            return [*date_words(named.id)]
        case SearchedField.TYPE:
            return _labels(EventType(named.id))
        case _:
            return _labels(EventSubtype(named.id))


def _labels(term: EventType | EventSubtype) -> _Texts:
    known = read_labels()[type(term)][term]
    also = ((language, word) for language, words in known.also.items() for word in words)
    return [*known.label.model_dump().items(), *also]


def _participant_names(
    connection: Connection, slugs: set[str]
) -> tuple[dict[str, _Texts], dict[str, tuple[str, ...]]]:
    """Return the names of these participants, and the spellings that rules make of them: one statement."""
    participant, name = t.participant.c, t.participant_name.c
    statement = (
        select(participant.slug, participant.kind, participant.country, name.language, name.text)
        .join(t.participant, participant.id == name.participant_id)
        .where(participant.slug.in_(slugs))
        .order_by(name.participant_id, name.ordinal)
    )
    names: dict[str, _Texts] = defaultdict(list)
    bearers: dict[str, Bearer] = {}
    for slug, kind, country, language, text in connection.execute(statement):
        names[slug].append((language, text))
        bearers[slug] = bearer_of(kind, country)
    made = {
        slug: _made(tuple(text for _, text in texts), bearers[slug])
        for slug, texts in names.items()
    }
    return names, made


# Most events name the same few people.
@lru_cache(maxsize=1 << 12)
def _made(names: tuple[str, ...], bearer: Bearer) -> tuple[str, ...]:
    return tuple(other_spellings(names, bearer))


def _names(connection: Connection, table: Table, slugs: set[str]) -> dict[str, _Texts]:
    """Return all names of these entities, with aliases, and the names that women in an office have."""
    if not slugs:
        return {}
    more = [table.c[name] for name in ("feminine", "aliases") if name in table.c]
    rows = connection.execute(
        select(table.c.slug, table.c.names, *more).where(table.c.slug.in_(slugs))
    )
    return {slug: [text for texts in named for text in _each(texts)] for slug, *named in rows}


def _each(texts: Mapping[str, str] | Sequence[str]) -> _Texts:
    """Return names, which are by language, or aliases."""
    if isinstance(texts, Mapping):
        return [*texts.items()]
    return [(None, alias) for alias in texts]
