"""The record of an event, with its participants, relations, citations and evidence."""

from typing import Annotated, Self

from pydantic import Field, ValidationInfo, field_validator, model_validator

from app.domain.values import (
    CountryCode,
    EdtfText,
    EventId,
    LanguageMap,
    Line,
    Sha256,
    Slug,
    Text,
    TextSelector,
)
from app.domain.vocabulary import (
    SUBTYPES,
    Confidence,
    EventStatus,
    EventSubtype,
    EventType,
    EvidenceBasis,
    EvidencedField,
    RelationType,
    Role,
)
from app.records.base import MAX_ITEMS, Record, RecordPart, refuse_repeats


class ParticipationRecord(RecordPart):
    """A participant's part in an event; `capacity` is the office held then."""

    id: Slug
    role: Role
    capacity: Line | None = None
    side: CountryCode


class RelationRecord(RecordPart):
    """How this event relates to another."""

    type: RelationType
    event: EventId


class EvidenceRecord(RecordPart):
    """The span of the source's text that supports fields of the event."""

    supports: Annotated[list[EvidencedField], Field(min_length=1, max_length=MAX_ITEMS)]
    basis: EvidenceBasis
    selector: TextSelector
    digest: Sha256
    note: Text | None = None

    @model_validator(mode="after")
    def can_be_followed(self) -> Self:
        """A span has a length, and a conclusion says how it was reached."""
        if self.selector.end <= self.selector.start:
            raise ValueError("selector: end comes after start")
        if self.basis is EvidenceBasis.INFERRED and self.note is None:
            raise ValueError("inferred evidence needs a note that says how it was inferred")
        refuse_repeats(list(self.supports), "field")
        return self


class CitationRecord(RecordPart):
    """A source behind an event. In a file the source's id alone may stand for it."""

    source: Slug
    evidence: Annotated[list[EvidenceRecord], Field(max_length=MAX_ITEMS)] = []

    @model_validator(mode="before")
    @classmethod
    def _from_id(cls, value: object) -> object:
        return {"source": value} if isinstance(value, str) else value


class EventRecord(Record):
    """One dated interaction."""

    id: EventId
    type: EventType
    subtype: EventSubtype
    status: EventStatus
    confidence: Confidence
    date: EdtfText
    title: LanguageMap
    summary: LanguageMap
    place: Slug | None = None
    participants: Annotated[list[ParticipationRecord], Field(min_length=1, max_length=MAX_ITEMS)]
    treaty: Annotated[Slug | None, Field(validate_default=True)] = None
    relations: Annotated[list[RelationRecord], Field(max_length=MAX_ITEMS)] = []
    sources: Annotated[list[CitationRecord], Field(min_length=1, max_length=MAX_ITEMS)]
    tags: Annotated[list[Slug], Field(max_length=MAX_ITEMS)] = []
    note: Text | None = None

    @field_validator("subtype")
    @classmethod
    def belongs_to_type(cls, subtype: EventSubtype, info: ValidationInfo) -> EventSubtype:
        """Each type has its own subtypes."""
        type_ = info.data.get("type")
        if type_ is not None and subtype not in SUBTYPES[type_]:
            raise ValueError(f"a {type_} is one of: {', '.join(SUBTYPES[type_])}")
        return subtype

    @field_validator("treaty")
    @classmethod
    def belongs_to_treaty_events(cls, treaty: str | None, info: ValidationInfo) -> str | None:
        """A treaty is named by the events of type `treaty`, its stages, and by no others."""
        type_ = info.data.get("type")
        if type_ is EventType.TREATY and treaty is None:
            raise ValueError("an event of type treaty names its treaty")
        if type_ not in (None, EventType.TREATY) and treaty is not None:
            raise ValueError("only an event of type treaty names a treaty")
        return treaty

    @model_validator(mode="after")
    def says_nothing_twice(self) -> Self:
        """Lists hold each thing once, and an event is not related to itself."""
        refuse_repeats([f"{p.id} ({p.role})" for p in self.participants], "participant")
        refuse_repeats([c.source for c in self.sources], "source")
        refuse_repeats([f"{r.type} {r.event}" for r in self.relations], "relation")
        refuse_repeats(self.tags, "tag")
        if any(relation.event == self.id for relation in self.relations):
            raise ValueError("an event is not related to itself")
        return self
