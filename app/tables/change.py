"""The append-only log of every write."""

from datetime import datetime

from sqlalchemy import Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from app.domain.vocabulary import ChangeOp, EntityKind
from app.tables.base import SlugType, enum_type


class Change(SQLModel, table=True):
    """One write to one entity, with the document as it then was.

    `seq` counts from 1 without a gap, in the order of the commits. `digest` covers the entry and
    the digest of the one before, so that it vouches for the whole log up to here. What is withdrawn
    or merged has no document any more, and its last change is its tombstone.
    """

    __table_args__ = (UniqueConstraint("kind", "slug", "revision"),)

    # Given by the writer, who is alone: a sequence would leave gaps where a transaction ended.
    seq: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    at: datetime
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
