"""The texts of an event that full text searches, with their places in the event's document."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from sqlalchemy import Connection, Table, select

from app.documents.entities.event import EventDocument
from app.domain.labels.vocabularies import read_labels
from app.domain.names.same_name import Bearer, bearer_of
from app.domain.names.spellings import other_spellings
from app.domain.values import LanguageMap
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


class SearchedText(NamedTuple):
    """A text, and the id of the entity or the term that it names; a title and a summary name none.

    `language` is None for an alias, a spelling, and the id of a tag.
    """

    field: SearchedField
    id: str | None
    language: str | None
    text: str

    @property
    def token_language(self) -> str | None:
        """The language of its tokens: None for names, which have the stems of several languages."""
        return None if self.field in _NAMES else self.language


_NAMES = (
    SearchedField.PARTICIPANT,
    SearchedField.SPELLING,
    SearchedField.OFFICE,
    SearchedField.PLACE,
    SearchedField.TREATY,
    SearchedField.TAG,
)
# The language of each text, and the text.
_Texts = list[tuple[str | None, str]]


class KnownNames(NamedTuple):
    """The names that the documents of events do not show, by id.

    They are the aliases of participants with the spellings that rules make of their names, and all names
    of offices, places, treaties and tags.
    """

    participants: Mapping[str, _Texts]
    spellings: Mapping[str, Sequence[str]]
    offices: Mapping[str, _Texts]
    places: Mapping[str, _Texts]
    treaties: Mapping[str, _Texts]
    tags: Mapping[str, _Texts]


def known_names(connection: Connection, events: Collection[EventDocument]) -> KnownNames:
    """Return the names of all entities of these events: at most six statements."""
    parts = [part for event in events for part in event.participants]
    participants = {part.id for part in parts}
    return KnownNames(
        _aliases(connection, participants),
        _spellings(connection, participants),
        _names(connection, t.office, {part.office.id for part in parts if part.office}),
        _names(connection, t.place, {place.id for event in events for place in event.places()}),
        _names(connection, t.treaty, {event.treaty.id for event in events if event.treaty}),
        _names(connection, t.tag, {tag for event in events for tag in event.tags}),
    )


def searched_texts(event: EventDocument, known: KnownNames) -> Iterator[SearchedText]:
    """Yield each text of the event that full text searches."""
    for field, texts in (
        (SearchedField.TITLE, event.title),
        (SearchedField.SUMMARY, event.summary),
    ):
        yield from (SearchedText(field, None, *text) for text in _in_languages(texts))
    for part in event.participants:
        names = [*_in_languages(part.name), *known.participants[part.id]]
        yield from (SearchedText(SearchedField.PARTICIPANT, part.id, *name) for name in names)
        made = known.spellings[part.id]
        yield from (SearchedText(SearchedField.SPELLING, part.id, None, word) for word in made)
    for office in dict.fromkeys(part.office.id for part in event.participants if part.office):
        names = known.offices.get(office, [])
        yield from (SearchedText(SearchedField.OFFICE, office, *name) for name in names)
    for place in event.places():
        names = known.places[place.id]
        yield from (SearchedText(SearchedField.PLACE, place.id, *name) for name in names)
    if event.treaty:
        names = known.treaties[event.treaty.id]
        yield from (SearchedText(SearchedField.TREATY, event.treaty.id, *name) for name in names)
    for tag in event.tags:
        names = [(None, tag), *known.tags.get(tag, ())]
        yield from (SearchedText(SearchedField.TAG, tag, *name) for name in names)
    for field, term in ((SearchedField.TYPE, event.type), (SearchedField.SUBTYPE, event.subtype)):
        yield from (SearchedText(field, term, *label) for label in _labels(term))


def _labels(term: EventType | EventSubtype) -> _Texts:
    return _in_languages(read_labels()[type(term)][term].label)


def _in_languages(texts: LanguageMap) -> _Texts:
    return [*texts.model_dump().items()]


def _aliases(connection: Connection, participants: set[str]) -> Mapping[str, _Texts]:
    participant, name = t.participant.c, t.participant_name.c
    statement = (
        select(participant.slug, name.text)
        .join(t.participant, participant.id == name.participant_id)
        .where(participant.slug.in_(participants), name.language.is_(None))
        .order_by(name.participant_id, name.ordinal)
    )
    aliases: dict[str, _Texts] = defaultdict(list)
    for slug, text in connection.execute(statement):
        aliases[slug].append((None, text))
    return aliases


def _spellings(connection: Connection, participants: set[str]) -> dict[str, Sequence[str]]:
    participant, name = t.participant.c, t.participant_name.c
    statement = (
        select(participant.slug, participant.kind, participant.country, name.text)
        .join(t.participant, participant.id == name.participant_id)
        .where(participant.slug.in_(participants))
        .order_by(name.participant_id, name.ordinal)
    )
    names: dict[tuple[str, Bearer], list[str]] = defaultdict(list)
    for slug, kind, country, text in connection.execute(statement):
        names[slug, bearer_of(kind, country)].append(text)
    return {slug: _made(tuple(texts), bearer) for (slug, bearer), texts in names.items()}


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
