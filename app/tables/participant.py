"""Participants, with their names, positions and identifiers."""

from sqlalchemy import Text
from sqlmodel import Field, SQLModel

from app.domain.vocabulary import ParticipantKind
from app.tables.base import Entity, enum_type


class Participant(Entity, table=True):
    """A person, an organisation or a state."""

    kind: ParticipantKind = Field(sa_type=enum_type(ParticipantKind))
    country: str = Field(max_length=2, index=True)


class ParticipantName(SQLModel, table=True):
    """A name (with its language) or an alias (without), and its folded form for look-ups."""

    __tablename__ = "participant_name"

    participant_id: int = Field(foreign_key="participant.id", primary_key=True)
    ordinal: int = Field(primary_key=True)
    language: str | None = Field(max_length=2)
    text: str = Field(sa_type=Text)
    folded: str = Field(sa_type=Text, index=True)


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
