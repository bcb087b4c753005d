"""The page of an event: how we know each of its fields, and which of its sources are independent."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from app.documents.entities.event import CitationDocument, EventDocument, EvidenceDocument
from app.domain.dates import parse_edtf
from app.domain.languages import Language, text_in
from app.domain.values import LanguageMap
from app.domain.vocabulary import EvidencedField, RelationName
from app.formats.pages.texts import Texts
from app.formats.phrases import label
from app.formats.text import places


class Passage(NamedTuple):
    """A passage that supports a field, with the number of its source on the page."""

    source: int
    citation: CitationDocument
    evidence: EvidenceDocument


class KnownField(NamedTuple):
    """A field of the event, its value if that is short, and the passages that support it."""

    field: EvidencedField
    value: str | None
    spans: Sequence[Passage]


class NumberedSource(NamedTuple):
    """A source with its number, the name of its house, and the first source of the same house."""

    number: int
    citation: CitationDocument
    house: LanguageMap | None
    same_house_as: int | None


class Independence(NamedTuple):
    """How many sources of an event are known to be independent, of how many nobody knows it, and the data's count."""

    known: int
    # Those of unknown houses, which the data counts as independent.
    unknown: int
    counted: int


class Neighbour(NamedTuple):
    """A related event: how it relates to this one, its id, title and date."""

    relation: RelationName
    id: str
    title: Texts
    date: str


def neighbours(
    event: EventDocument, referrers: Iterable[tuple[RelationName, str]]
) -> list[Neighbour]:
    """Return the events to which this one refers, and those that refer to it, in order of date.

    A referrer is given by its relation, read from this event, and its document.
    """
    found = [
        Neighbour(RelationName(each.type), each.event, each.title, each.date)
        for each in event.relations
    ]
    for relation, document in referrers:
        other = json.loads(document)
        found.append(Neighbour(relation, other["id"], other["title"], other["date"]))
    return sorted(found, key=lambda each: (parse_edtf(each.date).start_earliest, each.id))


def known_fields(language: Language, event: EventDocument) -> list[KnownField]:
    """Return the fields that the event has, in the order of the vocabulary."""
    spans = [*_spans(event)]
    return [
        KnownField(
            field,
            _value(language, event, field),
            [span for span in spans if field in span.evidence.supports],
        )
        for field in EvidencedField
        if getattr(event, field)
    ]


def numbered_sources(
    event: EventDocument, houses: Mapping[str, LanguageMap]
) -> list[NumberedSource]:
    """Return the sources in their order; sources of one house are not independent."""
    names = {
        each.id: each.name for s in event.sources for each in (s.publisher, s.agency) if each
    } | dict(houses)
    first: dict[str, int] = {}
    found = []
    for number, citation in enumerate(event.sources, start=1):
        house = citation.house
        same = first.get(house) if house else None
        if house:
            first.setdefault(house, number)
        found.append(NumberedSource(number, citation, names.get(house or ""), same))
    return found


def independence_of(event: EventDocument) -> Independence:
    """Return how many sources of the event are independent; one of an unknown house is not said to be."""
    unknown = sum(citation.house is None for citation in event.sources)
    counted = event.independent_sources
    return Independence(max(counted - unknown, 0), unknown, counted)


def unnamed_houses(event: EventDocument) -> set[str]:
    """Return the ids of houses whose names no citation of the event gives."""
    named = {each.id for s in event.sources for each in (s.publisher, s.agency) if each}
    return {s.house for s in event.sources if s.house} - named


def _spans(event: EventDocument) -> Iterator[Passage]:
    for number, citation in enumerate(event.sources, start=1):
        for evidence in citation.evidence:
            yield Passage(number, citation, evidence)


def _value(language: Language, event: EventDocument, field: EvidencedField) -> str | None:
    match field:
        case EvidencedField.TYPE | EvidencedField.SUBTYPE | EvidencedField.STATUS:
            return label(language, getattr(event, field))
        case EvidencedField.DATE:
            return text_in(language, event.date_text)
        case EvidencedField.PLACE:
            return places(language, event)
        case EvidencedField.TREATY if event.treaty:
            return text_in(language, event.treaty.name)
    return None
