"""Sources."""

from sqlalchemy import Text
from sqlmodel import Field

from app.tables.base import Entity


class Source(Entity, table=True):
    """A publication that reports events."""

    publisher: str | None = Field(index=True)
    agency: str | None = Field(index=True)
    language: str = Field(max_length=3)
    published: str | None
    url: str | None = Field(sa_type=Text)
    article: str | None
    note: str | None = Field(sa_type=Text)
