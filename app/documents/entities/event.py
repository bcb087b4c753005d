"""The document of an event."""

from datetime import date

from pydantic import Field

from app.documents.entities.base import Document, DocumentPart
from app.documents.entities.source import SourceFields
from app.domain.dates import Precision
from app.domain.values import (
    CountryCode,
    EdtfText,
    EventId,
    LanguageMap,
    Sha256,
    Slug,
    TextSelector,
)
from app.domain.vocabulary import (
    Confidence,
    EventStatus,
    EventSubtype,
    EventType,
    EvidenceBasis,
    EvidencedField,
    ParticipantKind,
    PlacePrecision,
    Rank,
    RelationType,
    Role,
    TreatyKind,
)


class DayRange(DocumentPart):
    """The first and the last possible day, inclusive."""

    earliest: date | None = Field(
        description="First possible day; null if the date has an open beginning."
    )
    latest: date | None = Field(description="Last possible day; null if the date has an open end.")


class DateBounds(DocumentPart):
    """The days on which the event may have begun and ended, according to its EDTF date."""

    start: DayRange
    end: DayRange
    precision: Precision
    approximate: bool = Field(description="Whether the date is marked `~` or `%`.")
    uncertain: bool = Field(description="Whether the date is marked `?` or `%`.")


class PlaceReference(DocumentPart):
    """The place of an event."""

    id: Slug
    name: LanguageMap
    country: CountryCode
    latitude: float
    longitude: float
    precision: PlacePrecision


class TreatyReference(DocumentPart):
    """The treaty of which an event is a stage."""

    id: Slug
    kind: TreatyKind
    name: LanguageMap


class OfficeReference(DocumentPart):
    """The office of a participant at the time of an event."""

    id: Slug
    name: LanguageMap
    rank: Rank


class ParticipationDocument(DocumentPart):
    """The part of one participant in the event."""

    id: Slug
    kind: ParticipantKind
    name: LanguageMap
    role: Role
    office: OfficeReference | None = Field(
        description="Office that the participant held at the time; null if the sources name none."
    )
    capacity: str | None = Field(
        description="The participant's capacity, as far as no office says it, such as `head of "
        "delegation`; null for none."
    )
    side: CountryCode = Field(
        description="Country code of the side for which the participant acted."
    )


class RelationDocument(DocumentPart):
    """A relation from this event to another, with the title and the date of that event."""

    type: RelationType
    event: EventId
    title: LanguageMap
    date: EdtfText


class EvidenceDocument(DocumentPart):
    """A span of a source's text that supports fields of the event."""

    supports: list[EvidencedField]
    basis: EvidenceBasis
    selector: TextSelector | None = Field(
        description="The span of the article; null if the source names no article, or for words whose "
        "place was not recorded."
    )
    digest: Sha256 = Field(description="SHA-256 of the span's UTF-8 bytes.")
    note: str | None = Field(
        description="How the editors inferred the fields; null if there is nothing to explain."
    )


class CitationDocument(SourceFields):
    """A source that reports the event, with its evidence."""

    evidence: list[EvidenceDocument]


class EventDocument(Document):
    """One dated interaction, with its participants, its place and the sources that report it."""

    id: EventId
    type: EventType
    subtype: EventSubtype
    status: EventStatus
    confidence: Confidence
    date: EdtfText
    date_bounds: DateBounds
    date_text: LanguageMap = Field(description="The date in words, as precise as it is known.")
    title: LanguageMap
    summary: LanguageMap
    place: PlaceReference | None = Field(
        description="Place of the event, the first one of a journey; null if unknown or if it has none."
    )
    further_places: list[PlaceReference] = Field(
        description="The places after `place`, in the order of a journey."
    )
    participants: list[ParticipationDocument]
    treaty: TreatyReference | None = Field(
        description="Treaty of which the event is a stage; null if it is not a stage."
    )
    relations: list[RelationDocument]
    sources: list[CitationDocument]
    independent_sources: int = Field(
        ge=1,
        description="Number of independent sources: those of one `house` count once.",
    )
    tags: list[Slug]
    note: str | None = Field(
        description="The editors' remark on doubt or disagreement; null for none."
    )

    def places(self) -> list[PlaceReference]:
        """Return the places of the event in order: a journey has several."""
        return [*([self.place] if self.place else []), *self.further_places]
