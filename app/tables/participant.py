"""Participants, with their names, positions and identifiers."""

from sqlalchemy import Text
from sqlmodel import Field, SQLModel

from app.domain.vocabulary import ParticipantKind
from app.tables.base import CodePointText, Entity, enum_type


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
