"""The append-only log of every write."""

from datetime import datetime

from sqlalchemy import Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from app.domain.vocabulary import ChangeOp, EntityKind
from app.tables.base import SlugType, enum_type


class Change(SQLModel, table=True):
    """One write to one entity, with the document as it then was."""

    # AUTOINCREMENT: SQLite would otherwise give a number again after the last row is gone.
    __table_args__ = (
        UniqueConstraint("kind", "slug", "revision"),
        {"sqlite_autoincrement": True},
    )

    seq: int | None = Field(default=None, primary_key=True)
    at: datetime
    actor: str
    op: ChangeOp = Field(sa_type=enum_type(ChangeOp))
    kind: EntityKind = Field(sa_type=enum_type(EntityKind))
    slug: str = Field(sa_type=SlugType)
    revision: int
    reason: str | None = Field(sa_type=Text)
    document: str = Field(sa_type=Text)
