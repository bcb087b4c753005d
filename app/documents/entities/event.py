"""Events as readers get them: the shapes."""

from datetime import date

from pydantic import Field

from app.documents.entities.base import Document, DocumentPart
from app.domain.dates import OPEN_END, OPEN_START, Precision, parse_edtf
from app.domain.values import (
    CountryCode,
    EdtfText,
    EventId,
    LanguageCode,
    LanguageMap,
    Sha256,
    Slug,
    TextSelector,
    Url,
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
    RelationType,
    Role,
    TreatyKind,
)


class DayRange(DocumentPart):
    """The first and the last day that are possible; null where the date is open."""

    earliest: date | None = Field(
        description="The first day; null where the date has no beginning."
    )
    latest: date | None = Field(description="The last day; null where the date has no end.")


class DateBounds(DocumentPart):
    """What the EDTF date says about the days on which the event began and ended."""

    start: DayRange
    end: DayRange
    precision: Precision
    approximate: bool = Field(description="The date is marked `~` or `%`.")
    uncertain: bool = Field(description="The date is marked `?` or `%`.")


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


class ParticipationDocument(DocumentPart):
    """A participant's part in the event; `capacity` is the office held then."""

    id: Slug
    kind: ParticipantKind
    name: LanguageMap
    role: Role
    capacity: str | None = Field(
        description="The office held then; null where the sources name none."
    )
    side: CountryCode = Field(description="The country for which the participant acted.")


class RelationDocument(DocumentPart):
    """How the event relates to another."""

    type: RelationType
    event: EventId


class EvidenceDocument(DocumentPart):
    """The span of the source's text that supports fields of the event."""

    supports: list[EvidencedField]
    basis: EvidenceBasis
    selector: TextSelector
    digest: Sha256 = Field(description="SHA-256 of the span's UTF-8 bytes.")
    note: str | None = Field(
        description="How the editors came to what is inferred; null for what is stated."
    )


class CitationDocument(DocumentPart):
    """A source behind the event; what is not known of it is null."""

    id: Slug
    publisher: str | None = Field(description="Where it was seen; null if not known.")
    agency: str | None = Field(
        description="The agency whose text it carries; null if it names none."
    )
    language: LanguageCode
    published: EdtfText | None = Field(description="When, as EDTF; null if not known.")
    url: Url | None = Field(description="Where it can be read; null if nowhere online.")
    article: str | None = Field(
        description="The name under which the article's text is filed, for whoever holds it; null "
        "for none."
    )
    evidence: list[EvidenceDocument]


class EventDocument(Document):
    """One dated interaction, with its participants, its place and the sources that vouch for it."""

    id: EventId
    type: EventType
    subtype: EventSubtype
    status: EventStatus
    confidence: Confidence
    date: EdtfText
    date_bounds: DateBounds
    title: LanguageMap
    summary: LanguageMap
    place: PlaceReference | None = Field(description="Where; null if not known or nowhere.")
    participants: list[ParticipationDocument]
    treaty: TreatyReference | None = Field(
        description="The treaty of which the event is a stage; null for none."
    )
    relations: list[RelationDocument]
    sources: list[CitationDocument]
    tags: list[Slug]
    note: str | None = Field(
        description="The editors' remark on doubt or disagreement; null for none."
    )


def date_bounds(edtf: str) -> DateBounds:
    """The bounds of a date, with null for an open end."""
    bounds = parse_edtf(edtf)
    return DateBounds(
        start=DayRange(earliest=_known(bounds.start_earliest), latest=_known(bounds.start_latest)),
        end=DayRange(earliest=_known(bounds.end_earliest), latest=_known(bounds.end_latest)),
        precision=bounds.precision,
        approximate=bounds.approximate,
        uncertain=bounds.uncertain,
    )


def _known(day: date) -> date | None:
    return None if day in (OPEN_START, OPEN_END) else day
