"""The draft that an article gives: candidate events with the evidence for each field."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from app.documents.entities.base import DocumentPart
from app.domain.languages import Language
from app.domain.values import CountryCode, EventId, Sha256, Slug, TextSelector
from app.domain.vocabulary import (
    EventStatus,
    EventSubtype,
    EventType,
    EvidenceBasis,
    EvidencedField,
    Role,
)


class DraftVerdict(StrEnum):
    """How a candidate event compares with the events of the data."""

    NEW = "new"
    KNOWN = "known"
    DIFFERS = "differs"


class UnknownKind(StrEnum):
    """The kind of a name that the data does not have."""

    PERSON = "person"
    ORGANISATION = "organisation"
    PLACE = "place"


class TypeSuggestion(DocumentPart):
    """A type and a subtype that the event may have."""

    type: EventType
    subtype: EventSubtype


class DraftEvidence(DocumentPart):
    """A span of the text that supports fields of a candidate event."""

    supports: list[EvidencedField]
    basis: EvidenceBasis
    selector: TextSelector
    digest: Sha256 = Field(description="SHA-256 of the span's UTF-8 bytes.")
    quote: str = Field(description="The span itself, for the reader of the draft.")
    note: str | None = Field(description="How the fields were inferred; null for stated ones.")


class DraftParticipant(DocumentPart):
    """Somebody who takes part in a candidate event."""

    id: Slug | None = Field(
        description="Id of the participant; null for a name that the data does not have."
    )
    name: str = Field(description="The name as the text writes it.")
    role: Role
    side: CountryCode
    office: Slug | None = Field(
        description="Id of the office that the participant then held by the data; null if that is not known."
    )
    office_note: str = Field(description="Where the office comes from, or why none is given.")


class DraftDifference(DocumentPart):
    """A field in which the article and a known event differ."""

    field: EvidencedField
    article: str = Field(description="The value by the article.")
    data: str = Field(description="The value of the known event.")


class DraftComparison(DocumentPart):
    """The known event that a candidate may be, the additions of the article, and the differences."""

    verdict: DraftVerdict
    event: EventId | None = Field(description="Id of the known event; null for a new one.")
    adds: list[str] = Field(
        description="Parts that the event lacks and the article has, such as `source` or `place`."
    )
    differences: list[DraftDifference]


class DraftEvent(DocumentPart):
    """A candidate event."""

    id: EventId = Field(description="Id that the event may get; it is free in the data.")
    comparison: DraftComparison
    types: list[TypeSuggestion] = Field(
        description="Types that the event may have, the likeliest first; `type` and `subtype` have the first."
    )
    type: EventType
    subtype: EventSubtype
    status: EventStatus
    date: str = Field(
        description="Date in EDTF, as exact as the text gives it.", examples=["2024-11-01"]
    )
    place: Slug | None = Field(
        description="Id of the place; null if the text names none of the data."
    )
    treaty: Slug | None = Field(
        description="Id of the treaty; null if the event is of another type, or the data lacks it."
    )
    participants: list[DraftParticipant]
    evidence: list[DraftEvidence]


class DraftSource(DocumentPart):
    """The source that the article is."""

    id: Slug
    known: bool = Field(
        description="Whether the data has it; a draft never changes a known source."
    )
    language: Language
    published: str
    url: str | None = Field(description="Address of the article; null if none was given.")


class UnknownName(DocumentPart):
    """A person or a place that the text names and the data does not have."""

    kind: UnknownKind
    name: str
    selector: TextSelector


class UnassignedOffice(DocumentPart):
    """An office that the text names without its holder."""

    office: Slug
    selector: TextSelector
    reason: str


class LeftOutAct(DocumentPart):
    """Words that tell an act of which no event was made."""

    selector: TextSelector
    quote: str
    reason: str


class DraftProvider(DocumentPart):
    """The answer of the provider of quotes, if the server has one."""

    asked: bool = Field(
        description="Whether it got the text, as far as the server knows; false if it could not be reached."
    )
    quotes: int = Field(ge=0, description="Number of quotes that it proposed.")
    dropped: int = Field(ge=0, description="Of these, quotes that the text does not have verbatim.")
    error: str | None = Field(
        description="Why the draft was made without its quotes; null for an answer that could be used."
    )


class DraftDocument(DocumentPart):
    """A draft. The server keeps neither it nor the text."""

    language: Language
    published: str = Field(description="Day of publication, to which relative dates refer.")
    source: DraftSource
    events: Annotated[list[DraftEvent], Field(description="In the order of the text.")]
    unknown: list[UnknownName]
    unassigned_offices: list[UnassignedOffice]
    left_out: list[LeftOutAct]
    provider: DraftProvider | None = Field(
        description="The provider of quotes; null if the server has none."
    )
