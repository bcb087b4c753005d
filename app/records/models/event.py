"""The record of an event, with its participants, relations, citations and evidence."""

from typing import Annotated

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
from app.records.models.base import MAX_ITEMS, Record, RecordPart, refuse_repeats


class ParticipationRecord(RecordPart):
    """A participant's part in an event; `capacity` is the office held then."""

    id: Slug
    role: Role
    capacity: Annotated[Line | None, Field(description="The office held then; null for none.")] = (
        None
    )
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
    note: Annotated[
        Text | None,
        Field(validate_default=True, description="Why it is inferred; null for what is stated."),
    ] = None

    @field_validator("supports")
    @classmethod
    def name_each_field_once(cls, supports: list[EvidencedField]) -> list[EvidencedField]:
        """A span supports a field or does not."""
        refuse_repeats(supports, "field")
        return supports

    @field_validator("note")
    @classmethod
    def explain_what_is_inferred(cls, note: str | None, info: ValidationInfo) -> str | None:
        """A conclusion says how it was reached."""
        if note is None and info.data.get("basis") is EvidenceBasis.INFERRED:
            raise ValueError("inferred evidence needs a note that says how it was inferred")
        return note


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
    place: Annotated[Slug | None, Field(description="The id of the place; null for none.")] = None
    participants: Annotated[list[ParticipationRecord], Field(min_length=1, max_length=MAX_ITEMS)]
    treaty: Annotated[
        Slug | None,
        Field(validate_default=True, description="The id of its treaty; null for none."),
    ] = None
    relations: Annotated[list[RelationRecord], Field(max_length=MAX_ITEMS)] = []
    sources: Annotated[list[CitationRecord], Field(min_length=1, max_length=MAX_ITEMS)]
    tags: Annotated[list[Slug], Field(max_length=MAX_ITEMS)] = []
    note: Annotated[Text | None, Field(description="On doubt or disagreement; null for none.")] = (
        None
    )

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

    @field_validator("participants")
    @classmethod
    def name_each_participant_once(
        cls, participants: list[ParticipationRecord]
    ) -> list[ParticipationRecord]:
        """A participant has a role once."""
        refuse_repeats((f"{part.id} ({part.role})" for part in participants), "participant")
        return participants

    @field_validator("relations")
    @classmethod
    def relate_to_others(
        cls, relations: list[RelationRecord], info: ValidationInfo
    ) -> list[RelationRecord]:
        """An event relates to another in a way or does not, and never to itself."""
        refuse_repeats((f"{relation.type} {relation.event}" for relation in relations), "relation")
        if any(relation.event == info.data.get("id") for relation in relations):
            raise ValueError("an event is not related to itself")
        return relations

    @field_validator("sources")
    @classmethod
    def cite_each_source_once(cls, sources: list[CitationRecord]) -> list[CitationRecord]:
        """All evidence from a source stands at its one citation."""
        refuse_repeats((citation.source for citation in sources), "source")
        return sources

    @field_validator("tags")
    @classmethod
    def set_each_tag_once(cls, tags: list[str]) -> list[str]:
        """An event has a tag or has not."""
        refuse_repeats(tags, "tag")
        return tags
