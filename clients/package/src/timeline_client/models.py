"""The documents of the API as typed dictionaries, made from its OpenAPI document: do not edit.

Words of vocabularies are texts, because vocabularies gain members, and so are days and instants.
"""

from typing import NotRequired, TypedDict


class DayRange(TypedDict):
    """The first and the last possible day, inclusive."""

    earliest: str | None
    latest: str | None


class DateBounds(TypedDict):
    """The days on which the event may have begun and ended, according to its EDTF date."""

    start: DayRange
    end: DayRange
    precision: str
    approximate: bool
    uncertain: bool


class LanguageMap(TypedDict):
    """One text in several languages. English is always present; others may be absent."""

    en: str
    fr: NotRequired[str]
    ru: NotRequired[str]
    ko: NotRequired[str]


class PlaceReference(TypedDict):
    """The place of an event."""

    id: str
    name: LanguageMap
    country: str
    latitude: float
    longitude: float
    precision: str


class OfficeReference(TypedDict):
    """The office of a participant at the time of an event."""

    id: str
    name: LanguageMap
    rank: str


class ParticipationDocument(TypedDict):
    """The part of one participant in the event."""

    id: str
    kind: str
    name: LanguageMap
    role: str
    office: OfficeReference | None
    capacity: str | None
    side: str


class TreatyReference(TypedDict):
    """The treaty of which an event is a stage."""

    id: str
    kind: str
    name: LanguageMap


class RelationDocument(TypedDict):
    """A relation from this event to another, with the title and the date of that event."""

    type: str
    event: str
    title: LanguageMap
    date: str


class PublisherReference(TypedDict):
    """A publisher that a source names."""

    id: str
    name: LanguageMap


class TextSelector(TypedDict):
    """A span of an article's text, counted in Unicode code points; `end` is excluded."""

    start: int
    end: int


class EvidenceDocument(TypedDict):
    """A span of a source's text that supports fields of the event."""

    supports: list[str]
    basis: str
    selector: TextSelector | None
    digest: str
    note: str | None


class CitationDocument(TypedDict):
    """A source that reports the event, with its evidence."""

    id: str
    publisher: PublisherReference | None
    agency: PublisherReference | None
    house: str | None
    title: str | None
    language: str
    published: str | None
    url: str | None
    archived_url: str | None
    article: str | None
    evidence: list[EvidenceDocument]


class EventDocument(TypedDict):
    """One dated interaction, with its participants, its place and the sources that report it."""

    id: str
    revision: int
    created_at: str
    updated_at: str
    type: str
    subtype: str
    status: str
    confidence: str
    date: str
    date_bounds: DateBounds
    date_text: LanguageMap
    title: LanguageMap
    summary: LanguageMap
    place: PlaceReference | None
    further_places: list[PlaceReference]
    participants: list[ParticipationDocument]
    treaty: TreatyReference | None
    relations: list[RelationDocument]
    sources: list[CitationDocument]
    independent_sources: int
    tags: list[str]
    note: str | None


PositionDocument = TypedDict(
    "PositionDocument",
    {
        "title": str,
        "office": str | None,
        "organisation": str | None,
        "from": str | None,
        "to": str | None,
    },
)


class ParticipantDocument(TypedDict):
    """A person, an organisation or a state that takes part in events."""

    id: str
    revision: int
    created_at: str
    updated_at: str
    kind: str
    country: str
    names: LanguageMap
    aliases: list[str]
    positions: list[PositionDocument]
    identifiers: dict[str, str]


class PlaceDocument(TypedDict):
    """A place where events happen. Coordinates are WGS 84 degrees, as exact as `precision` says."""

    id: str
    revision: int
    created_at: str
    updated_at: str
    names: LanguageMap
    aliases: list[str]
    country: str
    part_of: str | None
    latitude: float
    longitude: float
    precision: str
    identifiers: dict[str, str]


class SourceDocument(TypedDict):
    """A publication that reports events."""

    id: str
    revision: int
    created_at: str
    updated_at: str
    publisher: PublisherReference | None
    agency: PublisherReference | None
    house: str | None
    title: str | None
    language: str
    published: str | None
    url: str | None
    archived_url: str | None
    article: str | None
    note: str | None


class TreatyStage(TypedDict):
    """A stage of a treaty: an event of type `treaty`."""

    stage: str
    date: str
    status: str
    event: str


InForce = TypedDict(
    "InForce",
    {
        "from": str | None,
        "to": str | None,
        "known": bool,
    },
)


class TreatyDocument(TypedDict):
    """A treaty or another instrument, with its stages in order of date."""

    id: str
    revision: int
    created_at: str
    updated_at: str
    kind: str
    names: LanguageMap
    aliases: list[str]
    parties: list[str]
    registration: str | None
    stages: list[TreatyStage]
    in_force: InForce


class MatchedName(TypedDict):
    """A name of a participant that matches the requested name."""

    text: str
    language: str | None
    script: str


class Candidate(TypedDict):
    """A participant that the requested name may mean."""

    score: float
    matched: MatchedName
    why: str
    explanation: str
    participant: ParticipantDocument


class Counterpart(TypedDict):
    """A participant that shares events with another."""

    participant: ParticipantDocument
    events: int


class ValueCount(TypedDict):
    """A value, and the number of events that have it."""

    value: str
    count: int


class Bucket(TypedDict):
    """The events that certainly began in one period."""

    start: str
    date: str
    count: int
    groups: list[ValueCount]


class UncertainBucket(TypedDict):
    """The events that may have begun in any of several buckets."""

    count: int
    groups: list[ValueCount]


class UnknownValue(TypedDict):
    """A value of a filter that is the id of no entity, or a word of `q` that no event has."""

    parameter: str
    value: str
    nearest: list[str]


class Histogram(TypedDict):
    """Events over time, each counted once."""

    interval: str
    group_by: str
    buckets: list[Bucket]
    uncertain: UncertainBucket
    total: int
    unknown: list[UnknownValue]
