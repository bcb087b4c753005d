"""Events, and the rows that hang from one: participations, relations, citations, evidence, tags."""

import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKeyConstraint, Index, Text
from sqlmodel import Field, SQLModel

from app.domain.vocabulary import (
    Confidence,
    EventStatus,
    EventSubtype,
    EventType,
    EvidenceBasis,
    RelationType,
    Role,
)
from app.tables.base import Entity, LanguageMapType, LanguageTexts, SlugType, enum_type


class Event(Entity, table=True):
    """One dated interaction.

    The four bounds come from `date` (EDTF); an open end is 0001-01-01 or 9999-12-31.
    """

    __table_args__ = (
        Index(None, "start_earliest", "slug"),
        Index(None, "updated_at", "slug"),
        Index(None, "created_at", "slug"),
        # What events are chosen and counted by without reading their documents, each of which is
        # larger than a whole row of the rest. Dates first, so that lists keep to their own orders.
        Index(
            "ix_event__counting",
            "start_earliest",
            "end_latest",
            "start_latest",
            "end_earliest",
            "type",
            "subtype",
            "status",
            "confidence",
        ),
    )

    type: EventType = Field(sa_type=enum_type(EventType))
    subtype: EventSubtype = Field(sa_type=enum_type(EventSubtype))
    status: EventStatus = Field(sa_type=enum_type(EventStatus))
    confidence: Confidence = Field(sa_type=enum_type(Confidence))
    date: str
    start_earliest: datetime.date
    start_latest: datetime.date
    end_earliest: datetime.date
    end_latest: datetime.date
    title: LanguageTexts = Field(sa_type=LanguageMapType)
    summary: LanguageTexts = Field(sa_type=LanguageMapType)
    place_id: int | None = Field(foreign_key="place.id", index=True)
    treaty_id: int | None = Field(foreign_key="treaty.id", index=True)
    note: str | None = Field(sa_type=Text)


class Participation(SQLModel, table=True):
    """A participant's part in an event."""

    __table_args__ = (Index(None, "participant_id", "event_id"),)

    event_id: int = Field(foreign_key="event.id", primary_key=True)
    ordinal: int = Field(primary_key=True)
    participant_id: int = Field(foreign_key="participant.id")
    role: Role = Field(sa_type=enum_type(Role))
    capacity: str | None
    side: str = Field(max_length=2)


class Relation(SQLModel, table=True):
    """How an event relates to another, `target`."""

    event_id: int = Field(foreign_key="event.id", primary_key=True)
    ordinal: int = Field(primary_key=True)
    type: RelationType = Field(sa_type=enum_type(RelationType))
    target_id: int = Field(foreign_key="event.id", index=True)


class Citation(SQLModel, table=True):
    """A source behind an event."""

    __table_args__ = (Index(None, "source_id", "event_id"),)

    event_id: int = Field(foreign_key="event.id", primary_key=True)
    ordinal: int = Field(primary_key=True)
    source_id: int = Field(foreign_key="source.id")


class Evidence(SQLModel, table=True):
    """The span of a cited source that supports fields of the event."""

    __table_args__ = (
        ForeignKeyConstraint(
            ["event_id", "citation_ordinal"], ["citation.event_id", "citation.ordinal"]
        ),
    )

    event_id: int = Field(primary_key=True)
    citation_ordinal: int = Field(primary_key=True)
    ordinal: int = Field(primary_key=True)
    supports: list[Any] = Field(sa_type=JSON)
    basis: EvidenceBasis = Field(sa_type=enum_type(EvidenceBasis))
    span_start: int
    span_end: int
    digest: str = Field(max_length=64)
    note: str | None = Field(sa_type=Text)


class EventTag(SQLModel, table=True):
    """A tag of an event."""

    __tablename__ = "event_tag"
    __table_args__ = (Index(None, "tag", "event_id"),)

    event_id: int = Field(foreign_key="event.id", primary_key=True)
    ordinal: int = Field(primary_key=True)
    tag: str = Field(sa_type=SlugType)
