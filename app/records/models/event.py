"""The record of an event, with its participants, relations, citations and evidence."""

from hashlib import sha256
from typing import Annotated, Self

from pydantic import Field, ValidationInfo, field_validator, model_validator

from app.domain.values import (
    MAX_OFFSET,
    CountryCode,
    EdtfText,
    EventId,
    LanguageMap,
    Line,
    OfficeId,
    ParticipantId,
    PlaceId,
    Sha256,
    SourceId,
    TagId,
    Text,
    TextSelector,
    TreatyId,
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

# A draft has it in the place of a title and a summary.
TO_BE_WRITTEN = "To be written:"


class ParticipationRecord(RecordPart):
    """The part of one participant in an event."""

    id: ParticipantId
    role: Role
    office: Annotated[
        OfficeId | None,
        Field(
            description="Id of the office that the participant held at the time; null if unknown or "
            "none.",
            examples=["kp-foreign-minister"],
        ),
    ] = None
    capacity: Annotated[
        Line | None,
        Field(
            description="The participant's capacity, as far as no office says it, such as `head of "
            "delegation`; null for none."
        ),
    ] = None
    side: Annotated[
        CountryCode, Field(description="Country code of the side for which the participant acted.")
    ]


class RelationRecord(RecordPart):
    """A relation from this event to another."""

    type: RelationType
    event: EventId


class EvidenceRecord(RecordPart):
    """Words of a source that support fields of the event: a quote, or a digest and its offsets.

    The quote is never stored: loading turns it into the digest and, in an article, into the offsets.
    """

    supports: Annotated[list[EvidencedField], Field(min_length=1, max_length=MAX_ITEMS)]
    basis: EvidenceBasis = EvidenceBasis.STATED
    quote: Annotated[
        str | None,
        Field(
            min_length=1,
            max_length=4000,
            exclude=True,
            description="The exact words of the source, in place of a selector and a digest; null for none. "
            "Never stored.",
            examples=["on Friday"],
        ),
    ] = None
    occurrence: Annotated[
        int | None,
        Field(
            strict=True,
            ge=1,
            le=MAX_OFFSET,
            exclude=True,
            description="Which occurrence of the quote in the article is meant, counted from 1; null if it "
            "occurs once.",
            examples=[2],
        ),
    ] = None
    selector: Annotated[
        TextSelector | None,
        Field(description="The span of the article; null if the source names no article."),
    ] = None
    digest: Annotated[
        Sha256 | None,
        Field(
            description="SHA-256 of the words in UTF-8; null beside a quote, from which it follows."
        ),
    ] = None
    note: Annotated[
        Text | None,
        Field(
            validate_default=True,
            description="How the editors inferred the fields, required with `inferred`; null if there "
            "is nothing to explain.",
        ),
    ] = None

    @field_validator("supports")
    @classmethod
    def name_each_field_once(cls, supports: list[EvidencedField]) -> list[EvidencedField]:
        """Refuse a field that is named twice."""
        refuse_repeats(supports, "field")
        return supports

    @field_validator("note")
    @classmethod
    def explain_what_is_inferred(cls, note: str | None, info: ValidationInfo) -> str | None:
        """Require a note for inferred evidence."""
        if note is None and info.data.get("basis") is EvidenceBasis.INFERRED:
            raise ValueError("inferred evidence needs a note that says how it was inferred")
        return note

    @model_validator(mode="after")
    def digest_the_quote(self) -> Self:
        """Derive the digest from the quote. Refuse evidence without words, and one that contradicts it."""
        if self.quote is None:
            if self.occurrence is not None:
                raise ValueError("occurrence counts the occurrences of a quote: add the quote")
            if self.digest is None:
                raise ValueError("evidence needs a quote, or a digest and the selector of its span")
            return self
        if not self.quote.strip():
            raise ValueError("the quote is empty: write words of the source")
        digest = sha256(self.quote.encode()).hexdigest()
        if self.digest not in (None, digest):
            raise ValueError(
                f"the SHA-256 of the quote is {digest}: correct the digest, or leave it out"
            )
        if self.selector and self.selector.end - self.selector.start != len(self.quote):
            span = self.selector.end - self.selector.start
            raise ValueError(f"the selector has {span} characters and the quote {len(self.quote)}")
        self.digest = digest
        return self


class CitationRecord(RecordPart):
    """A source that reports the event. The source's id alone is a short form of a citation."""

    source: SourceId
    evidence: Annotated[list[EvidenceRecord], Field(max_length=MAX_ITEMS)] = []

    @model_validator(mode="before")
    @classmethod
    def _from_id(cls, value: object) -> object:
        return {"source": value} if isinstance(value, str) else value


class EventRecord(Record):
    """One dated interaction between the two sides."""

    id: EventId
    type: EventType
    subtype: EventSubtype
    status: EventStatus
    confidence: Confidence
    date: EdtfText
    title: LanguageMap
    summary: LanguageMap
    place: Annotated[
        PlaceId | None,
        Field(description="Id of the place, the first one of a journey; null for none."),
    ] = None
    further_places: Annotated[
        list[PlaceId],
        Field(
            max_length=MAX_ITEMS,
            description="Ids of the places after `place`, in the order of a journey.",
        ),
    ] = []
    participants: Annotated[list[ParticipationRecord], Field(min_length=1, max_length=MAX_ITEMS)]
    treaty: Annotated[
        TreatyId | None,
        Field(
            validate_default=True,
            description="Id of the treaty: required for an event of type `treaty`, otherwise null.",
        ),
    ] = None
    relations: Annotated[list[RelationRecord], Field(max_length=MAX_ITEMS)] = []
    sources: Annotated[list[CitationRecord], Field(min_length=1, max_length=MAX_ITEMS)]
    tags: Annotated[list[TagId], Field(max_length=MAX_ITEMS)] = []
    note: Annotated[
        Text | None,
        Field(description="The editors' remark on doubt or disagreement; null for none."),
    ] = None

    @model_validator(mode="before")
    @classmethod
    def is_reviewed(cls, value: object) -> object:
        """Refuse a draft that nobody has reviewed."""
        if isinstance(value, dict) and "draft" in value:
            raise ValueError(
                "this event is a draft: check its type, date, place, participants and evidence, write its "
                "title and summary, then delete the line `draft`"
            )
        if (
            isinstance(value, dict)
            and TO_BE_WRITTEN in f"{value.get('title')} {value.get('summary')}"
        ):
            raise ValueError(
                "this event is a draft: write its title and its summary in your own words"
            )
        return value

    @field_validator("subtype")
    @classmethod
    def belongs_to_type(cls, subtype: EventSubtype, info: ValidationInfo) -> EventSubtype:
        """Refuse a subtype of another type."""
        type_ = info.data.get("type")
        if type_ is not None and subtype not in SUBTYPES[type_]:
            raise ValueError(f"a subtype of {type_} is one of: {', '.join(SUBTYPES[type_])}")
        return subtype

    @field_validator("further_places")
    @classmethod
    def follow_a_place(cls, further: list[str], info: ValidationInfo) -> list[str]:
        """Refuse further places without a first one, and a repeated place."""
        place = info.data.get("place")
        if further and place is None and "place" in info.data:
            raise ValueError("further places follow a place: write the first one as `place`")
        refuse_repeats([*([place] if place else []), *further], "place")
        return further

    @field_validator("treaty")
    @classmethod
    def belongs_to_treaty_events(cls, treaty: str | None, info: ValidationInfo) -> str | None:
        """Require a treaty for events of type `treaty`, its stages, and refuse it for others."""
        type_ = info.data.get("type")
        if type_ is EventType.TREATY and treaty is None:
            raise ValueError("an event of type treaty must name its treaty")
        if type_ not in (None, EventType.TREATY) and treaty is not None:
            raise ValueError("only an event of type treaty may name a treaty")
        return treaty

    @field_validator("participants")
    @classmethod
    def name_each_participant_once(
        cls, participants: list[ParticipationRecord]
    ) -> list[ParticipationRecord]:
        """Refuse a participant that appears twice in the same role."""
        refuse_repeats((f"{part.id} ({part.role})" for part in participants), "participant")
        return participants

    @field_validator("relations")
    @classmethod
    def relate_to_others(
        cls, relations: list[RelationRecord], info: ValidationInfo
    ) -> list[RelationRecord]:
        """Refuse a repeated relation, and a relation of the event to itself."""
        refuse_repeats((f"{relation.type} {relation.event}" for relation in relations), "relation")
        if any(relation.event == info.data.get("id") for relation in relations):
            raise ValueError("an event cannot be related to itself")
        return relations

    @field_validator("sources")
    @classmethod
    def cite_each_source_once(cls, sources: list[CitationRecord]) -> list[CitationRecord]:
        """Refuse a source that is cited twice: one citation holds all its evidence."""
        refuse_repeats((citation.source for citation in sources), "source")
        return sources

    @field_validator("tags")
    @classmethod
    def set_each_tag_once(cls, tags: list[str]) -> list[str]:
        """Refuse a tag that is set twice."""
        refuse_repeats(tags, "tag")
        return tags
