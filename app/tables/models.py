"""The whole schema: every table, in the order in which entities refer to one another."""

import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKeyConstraint, Index, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from app.domain.vocabulary import (
    ChangeOp,
    Confidence,
    EntityKind,
    EventStatus,
    EventSubtype,
    EventType,
    EvidenceBasis,
    ParticipantKind,
    PlacePrecision,
    RelationType,
    Role,
    Scope,
    TreatyKind,
)
from app.tables.base import (
    CodePointText,
    Entity,
    LanguageMapType,
    LanguageTexts,
    SlugType,
    enum_type,
)


class Place(Entity, table=True):
    """Where events take place; WGS 84 degrees."""

    names: LanguageTexts = Field(sa_type=LanguageMapType)
    country: str = Field(max_length=2, index=True)
    latitude: float
    longitude: float
    precision: PlacePrecision = Field(sa_type=enum_type(PlacePrecision))


class Source(Entity, table=True):
    """A publication that reports events."""

    publisher: str | None = Field(index=True)
    agency: str | None = Field(index=True)
    language: str = Field(max_length=3)
    published: str | None
    url: str | None = Field(sa_type=Text)
    article: str | None
    note: str | None = Field(sa_type=Text)


class Treaty(Entity, table=True):
    """An instrument. The days in force are derived from its stages, and null when none is known."""

    kind: TreatyKind = Field(sa_type=enum_type(TreatyKind))
    names: LanguageTexts = Field(sa_type=LanguageMapType)
    registration: str | None
    in_force_first_on: datetime.date | None = None
    in_force_last_on: datetime.date | None = None


class TreatyParty(SQLModel, table=True):
    """A country that is a party to a treaty."""

    __tablename__ = "treaty_party"

    treaty_id: int = Field(foreign_key="treaty.id", primary_key=True)
    ordinal: int = Field(primary_key=True)
    country: str = Field(max_length=2)


class Participant(Entity, table=True):
    """A person, an organisation or a state."""

    kind: ParticipantKind = Field(sa_type=enum_type(ParticipantKind))
    country: str = Field(max_length=2, index=True)


class ParticipantName(SQLModel, table=True):
    """A name (with its language) or an alias (without), and the forms by which it is found.

    `folded` finds the name itself and its beginning; `sound` is the key that its spellings share.
    """

    __tablename__ = "participant_name"

    participant_id: int = Field(foreign_key="participant.id", primary_key=True)
    ordinal: int = Field(primary_key=True)
    language: str | None = Field(max_length=2)
    text: str = Field(sa_type=Text)
    folded: str = Field(sa_type=CodePointText, index=True)
    # Null until this program has made it, after a migration.
    sound: str | None = Field(sa_type=CodePointText, index=True)


class Position(SQLModel, table=True):
    """An office that a participant held; its dates are EDTF."""

    participant_id: int = Field(foreign_key="participant.id", primary_key=True)
    ordinal: int = Field(primary_key=True)
    title: str
    organisation_id: int | None = Field(foreign_key="participant.id", index=True)
    held_from: str | None
    held_to: str | None


class ParticipantIdentifier(SQLModel, table=True):
    """A participant's identifier elsewhere, e.g. at Wikidata."""

    __tablename__ = "participant_identifier"

    scheme: str = Field(primary_key=True)
    value: str = Field(primary_key=True)
    participant_id: int = Field(foreign_key="participant.id", index=True)


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


class Change(SQLModel, table=True):
    """One write to one entity, with the document as it then was.

    `seq` counts from 1 without a gap, in the order of the commits. `digest` covers the entry and
    the digest of the one before, so that it vouches for the whole log up to here. What is withdrawn
    or merged has no document any more, and its last change is its tombstone.
    """

    __table_args__ = (UniqueConstraint("kind", "slug", "revision"),)

    # Given by the writer, who is alone: a sequence would leave gaps where a transaction ended.
    seq: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    at: datetime.datetime
    actor: str
    op: ChangeOp = Field(sa_type=enum_type(ChangeOp))
    kind: EntityKind = Field(sa_type=enum_type(EntityKind))
    slug: str = Field(sa_type=SlugType)
    revision: int
    reason: str | None = Field(sa_type=Text)
    # Into what a merge put the entity.
    survivor: str | None = Field(sa_type=SlugType)
    document: str | None = Field(sa_type=Text)
    digest: str = Field(max_length=64)


class Release(SQLModel, table=True):
    """A name for the state after a change; never renamed, moved or removed."""

    name: str = Field(sa_type=SlugType, primary_key=True)
    seq: int = Field(foreign_key="change.seq", index=True)
    created_at: datetime.datetime


class ImportAnswer(SQLModel, table=True):
    """The answer to an import that was given an `Idempotency-Key`; written with what it wrote."""

    __tablename__ = "import_answer"

    actor: str = Field(primary_key=True)
    key: str = Field(primary_key=True)
    # SHA-256 of what was sent: the same key for something else is a mistake.
    request_digest: str = Field(max_length=64)
    answer: str = Field(sa_type=Text)
    created_at: datetime.datetime = Field(index=True)


class ApiKey(SQLModel, table=True):
    """A key, of which only a hash is kept; its name is the actor of what is written with it."""

    __tablename__ = "api_key"

    # The part of the key that may be shown.
    prefix: str = Field(primary_key=True, max_length=16)
    name: str = Field(sa_type=SlugType, unique=True)
    secret_hash: str = Field(max_length=64)
    scope: Scope = Field(sa_type=enum_type(Scope))
    created_at: datetime.datetime
    expires_at: datetime.datetime | None
    last_used_at: datetime.datetime | None
    revoked_at: datetime.datetime | None


MODELS: tuple[type[SQLModel], ...] = (
    Place,
    Source,
    Treaty,
    TreatyParty,
    Participant,
    ParticipantName,
    Position,
    ParticipantIdentifier,
    Event,
    Participation,
    Relation,
    Citation,
    Evidence,
    EventTag,
    Change,
    Release,
    ImportAnswer,
    ApiKey,
)
