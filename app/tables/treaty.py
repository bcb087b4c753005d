"""Treaties and their parties."""

from datetime import date

from sqlmodel import Field, SQLModel

from app.domain.vocabulary import TreatyKind
from app.tables.base import Entity, LanguageMapType, LanguageTexts, enum_type


class Treaty(Entity, table=True):
    """An instrument. The days in force are derived from its stages, and null when none is known."""

    kind: TreatyKind = Field(sa_type=enum_type(TreatyKind))
    names: LanguageTexts = Field(sa_type=LanguageMapType)
    registration: str | None
    in_force_first_on: date | None = None
    in_force_last_on: date | None = None


class TreatyParty(SQLModel, table=True):
    """A country that is a party to a treaty."""

    __tablename__ = "treaty_party"

    treaty_id: int = Field(foreign_key="treaty.id", primary_key=True)
    ordinal: int = Field(primary_key=True)
    country: str = Field(max_length=2)
