"""The keys with which programs write."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from app.domain.vocabulary import Scope
from app.tables.base import SlugType, enum_type


class ApiKey(SQLModel, table=True):
    """A key, of which only a hash is kept; its name is the actor of what is written with it."""

    __tablename__ = "api_key"

    # The part of the key that may be shown.
    prefix: str = Field(primary_key=True, max_length=16)
    name: str = Field(sa_type=SlugType, unique=True)
    secret_hash: str = Field(max_length=64)
    scope: Scope = Field(sa_type=enum_type(Scope))
    created_at: datetime
    expires_at: datetime | None
    last_used_at: datetime | None
    revoked_at: datetime | None
