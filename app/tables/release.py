"""Named releases of the data."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from app.tables.base import SlugType


class Release(SQLModel, table=True):
    """A name for the state after a change; never renamed, moved or removed."""

    name: str = Field(sa_type=SlugType, primary_key=True)
    seq: int = Field(foreign_key="change.seq", index=True)
    created_at: datetime
