"""The whole schema, one class per table. Referenced entities precede the ones that refer to them.

The catalog serves the docstrings as descriptions of `/v1/dataset.sqlite`.
"""

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
    PublisherKind,
    Rank,
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
    PackedText,
    SlugType,
    enum_type,
)


class Place(Entity, table=True):
    """A place where events happen; coordinates are WGS 84 degrees."""

    names: LanguageTexts = Field(sa_type=LanguageMapType)
    aliases: list[Any] = Field(sa_type=JSON)
    country: str = Field(max_length=2, index=True)
    latitude: float
    longitude: float
    precision: PlacePrecision = Field(sa_type=enum_type(PlacePrecision))


class PlacePart(SQLModel, table=True):
    """A place that lies within another one."""

    __tablename__ = "place_part"

    place_id: int = Field(foreign_key="place.id", primary_key=True)
    whole_id: int = Field(foreign_key="place.id", index=True)


class Publisher(Entity, table=True):
    """A house that publishes texts: an agency, a newspaper, an archive, a ministry."""

    names: LanguageTexts = Field(sa_type=LanguageMapType)
    aliases: list[Any] = Field(sa_type=JSON)
    kind: PublisherKind = Field(sa_type=enum_type(PublisherKind))
    country: str | None = Field(max_length=2)
    state: bool | None


class PublisherHouse(SQLModel, table=True):
    """A publisher that only copies the texts of another one, the house."""

    __tablename__ = "publisher_house"

    publisher_id: int = Field(foreign_key="publisher.id", primary_key=True)
    house_id: int = Field(foreign_key="publisher.id", index=True)


class Source(Entity, table=True):
    """A publication that reports events."""

    publisher_id: int | None = Field(foreign_key="publisher.id", index=True)
    agency_id: int | None = Field(foreign_key="publisher.id", index=True)
    title: str | None = Field(sa_type=Text)
    language: str = Field(max_length=3)
    published: str | None
    url: str | None = Field(sa_type=Text)
    archived_url: str | None = Field(sa_type=Text)
    article: str | None
    note: str | None = Field(sa_type=Text)


class Treaty(Entity, table=True):
    """A treaty or other instrument. The days in force derive from its stages."""

    kind: TreatyKind = Field(sa_type=enum_type(TreatyKind))
    names: LanguageTexts = Field(sa_type=LanguageMapType)
    aliases: list[Any] = Field(sa_type=JSON)
    registration: str | None
    in_force_first_on: datetime.date | None = None
    in_force_last_on: datetime.date | None = None
    in_force_known: bool = False


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


class Office(Entity, table=True):
    """An office that people hold. `founded` and `abolished` are EDTF dates of the office itself."""

    names: LanguageTexts = Field(sa_type=LanguageMapType)
    feminine: LanguageTexts = Field(sa_type=LanguageMapType)
    aliases: list[Any] = Field(sa_type=JSON)
    rank: Rank = Field(sa_type=enum_type(Rank), index=True)
    country: str | None = Field(max_length=2)
    organisation_id: int | None = Field(foreign_key="participant.id", index=True)
    founded: str | None
    abolished: str | None


class ParticipantName(SQLModel, table=True):
    """A name (with its language) or an alias (without), and its search keys.

    `folded` matches the name itself and its prefixes; `sound` is the key that its spellings share;
    `spellings` are the words of other spellings.
    """

    __tablename__ = "participant_name"

    participant_id: int = Field(foreign_key="participant.id", primary_key=True)
    ordinal: int = Field(primary_key=True)
    language: str | None = Field(max_length=2)
    text: str = Field(sa_type=Text)
    folded: str = Field(sa_type=CodePointText, index=True)
    # Null between a migration and the rebuild that follows it.
    sound: str | None = Field(sa_type=CodePointText, index=True)
    spellings: str | None = Field(sa_type=CodePointText)


class Position(SQLModel, table=True):
    """An office that a participant holds or held; its dates are EDTF."""

    participant_id: int = Field(foreign_key="participant.id", primary_key=True)
    ordinal: int = Field(primary_key=True)
    title: str
    office_id: int | None = Field(foreign_key="office.id", index=True)
    organisation_id: int | None = Field(foreign_key="participant.id", index=True)
    held_from: str | None
    held_to: str | None


class ParticipantIdentifier(SQLModel, table=True):
    """A participant's identifier in another dataset, e.g. Wikidata."""

    __tablename__ = "participant_identifier"

    scheme: str = Field(primary_key=True)
    value: str = Field(primary_key=True)
    participant_id: int = Field(foreign_key="participant.id", index=True)


class PlaceIdentifier(SQLModel, table=True):
    """A place's identifier in another dataset."""

    __tablename__ = "place_identifier"

    scheme: str = Field(primary_key=True)
    value: str = Field(primary_key=True)
    place_id: int = Field(foreign_key="place.id", index=True)


class Tag(Entity, table=True):
    """A subject of events."""

    names: LanguageTexts = Field(sa_type=LanguageMapType)
    definition: LanguageTexts | None = Field(sa_type=JSON(none_as_null=True))


class TagBroader(SQLModel, table=True):
    """A tag whose subject is a part of the subject of another one, the broader tag."""

    __tablename__ = "tag_broader"

    tag_id: int = Field(foreign_key="tag.id", primary_key=True)
    broader_id: int = Field(foreign_key="tag.id", index=True)


class Event(Entity, table=True):
    """A dated interaction between participants.

    The four bounds derive from `date` (EDTF); an open end is 0001-01-01 or 9999-12-31.
    `independent_sources` counts the houses of its sources.
    """

    __table_args__ = (
        Index(None, "start_earliest", "slug"),
        Index(None, "updated_at", "slug"),
        Index(None, "created_at", "slug"),
        Index(None, "independent_sources", "slug"),
        # Lets filters and counts skip the documents, each larger than the rest of its row. Dates
        # come first, so that lists still use the index of their order.
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
    treaty_id: int | None = Field(foreign_key="treaty.id", index=True)
    note: str | None = Field(sa_type=Text)
    independent_sources: int = 0


class EventPlace(SQLModel, table=True):
    """A place of an event; a journey has several, in order."""

    __tablename__ = "event_place"
    __table_args__ = (Index(None, "place_id", "event_id"),)

    event_id: int = Field(foreign_key="event.id", primary_key=True)
    ordinal: int = Field(primary_key=True)
    place_id: int = Field(foreign_key="place.id")


class Participation(SQLModel, table=True):
    """The part that a participant has in an event."""

    __table_args__ = (Index(None, "participant_id", "event_id"),)

    event_id: int = Field(foreign_key="event.id", primary_key=True)
    ordinal: int = Field(primary_key=True)
    participant_id: int = Field(foreign_key="participant.id")
    role: Role = Field(sa_type=enum_type(Role))
    office_id: int | None = Field(foreign_key="office.id", index=True)
    capacity: str | None
    side: str = Field(max_length=2)


class Relation(SQLModel, table=True):
    """A typed relation of an event to another, the target."""

    event_id: int = Field(foreign_key="event.id", primary_key=True)
    ordinal: int = Field(primary_key=True)
    type: RelationType = Field(sa_type=enum_type(RelationType))
    target_id: int = Field(foreign_key="event.id", index=True)


class Citation(SQLModel, table=True):
    """A source that an event cites."""

    __table_args__ = (Index(None, "source_id", "event_id"),)

    event_id: int = Field(foreign_key="event.id", primary_key=True)
    ordinal: int = Field(primary_key=True)
    source_id: int = Field(foreign_key="source.id")


class Evidence(SQLModel, table=True):
    """A span of a cited source that supports fields of the event; 0 to 0 if only its digest is known."""

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
    """A tag of an event, by its id: past states have tags from before tags were entities."""

    __tablename__ = "event_tag"
    __table_args__ = (Index(None, "tag", "event_id"),)

    event_id: int = Field(foreign_key="event.id", primary_key=True)
    ordinal: int = Field(primary_key=True)
    tag: str = Field(sa_type=SlugType)


class Change(SQLModel, table=True):
    """One write to one entity, with the document that it made.

    `seq` counts from 1 without a gap, in commit order. `digest` covers the entry and the digest of
    the entry before, so it vouches for the whole log up to here. The last change of a withdrawn or
    merged entity has no document, and is its tombstone.
    """

    __table_args__ = (UniqueConstraint("kind", "slug", "revision"),)

    # Chosen by the only writer: a sequence would leave a gap for each rollback.
    seq: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    at: datetime.datetime
    actor: str
    op: ChangeOp = Field(sa_type=enum_type(ChangeOp))
    kind: EntityKind = Field(sa_type=enum_type(EntityKind))
    slug: str = Field(sa_type=SlugType)
    revision: int
    reason: str | None = Field(sa_type=Text)
    # The entity into which a merge put this one.
    survivor: str | None = Field(sa_type=SlugType)
    document: str | None = Field(sa_type=PackedText)
    digest: str = Field(max_length=64)
    # The entity whose edit, in the same transaction, this change follows from. The digest does not
    # cover it (docs/decisions/0055-causes.md).
    cause_kind: EntityKind | None = Field(sa_type=enum_type(EntityKind))
    cause_slug: str | None = Field(sa_type=SlugType)
    # The revision whose record this change restored. The digest does not cover it: the documents of
    # both revisions prove it (docs/decisions/0066-review-and-undo.md).
    restored: int | None


class Release(SQLModel, table=True):
    """A name for the state after a change; it is never renamed, moved or removed."""

    name: str = Field(sa_type=SlugType, primary_key=True)
    seq: int = Field(foreign_key="change.seq", index=True)
    created_at: datetime.datetime


class ImportAnswer(SQLModel, table=True):
    """The answer to an import with an `Idempotency-Key`, stored in the import's transaction."""

    __tablename__ = "import_answer"

    actor: str = Field(primary_key=True)
    key: str = Field(primary_key=True)
    # SHA-256 of the request: the same key with another body is a mistake.
    request_digest: str = Field(max_length=64)
    answer: str = Field(sa_type=Text)
    created_at: datetime.datetime = Field(index=True)


class ImportRun(SQLModel, table=True):
    """An import that changed something: the changes after `after`, up to `seq`."""

    __tablename__ = "import_run"

    seq: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    after: int
    at: datetime.datetime
    actor: str
    reason: str | None = Field(sa_type=Text)
    # The name under which the records were sent.
    file: str = Field(sa_type=CodePointText)
    # The `seq` of the import that this one reverted.
    reverts: int | None = Field(index=True)


class LoadedRecord(SQLModel, table=True):
    """A record of a file that equalled the stored one, whose last edit was the change `seq`.

    A file that wrote the last edit itself needs no row.
    """

    __tablename__ = "loaded_record"

    file: str = Field(sa_type=CodePointText, primary_key=True)
    kind: EntityKind = Field(sa_type=enum_type(EntityKind), primary_key=True)
    slug: str = Field(sa_type=SlugType, primary_key=True)
    seq: int


class PendingRebuild(SQLModel, table=True):
    """A kind whose entities with keys above `after` wait for the rebuild that a migration asked for."""

    __tablename__ = "pending_rebuild"

    kind: EntityKind = Field(sa_type=enum_type(EntityKind), primary_key=True)
    after: int


class ApiKey(SQLModel, table=True):
    """An API key, stored as a hash; its name is the actor of the changes made with it."""

    __tablename__ = "api_key"

    # The public part of the key.
    prefix: str = Field(primary_key=True, max_length=16)
    name: str = Field(sa_type=SlugType, unique=True)
    secret_hash: str = Field(max_length=64)
    scope: Scope = Field(sa_type=enum_type(Scope))
    created_at: datetime.datetime
    expires_at: datetime.datetime | None
    last_used_at: datetime.datetime | None
    revoked_at: datetime.datetime | None


# By name: the catalog lists the tables in this order.
MODELS: tuple[type[SQLModel], ...] = (
    ApiKey,
    Change,
    Citation,
    Event,
    EventPlace,
    EventTag,
    Evidence,
    ImportAnswer,
    ImportRun,
    LoadedRecord,
    Office,
    Participant,
    ParticipantIdentifier,
    ParticipantName,
    Participation,
    PendingRebuild,
    Place,
    PlaceIdentifier,
    PlacePart,
    Position,
    Publisher,
    PublisherHouse,
    Relation,
    Release,
    Source,
    Tag,
    TagBroader,
    Treaty,
    TreatyParty,
)
