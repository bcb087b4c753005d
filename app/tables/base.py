"""Shared by all tables: constraint names, column types, and the columns of an entity."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Dialect, Enum, String, Text, TypeDecorator
from sqlmodel import Field, SQLModel

from app.domain.packing import DOCUMENTS
from app.domain.values import MAX_SLUG_LENGTH

# Set before the first table class, because a constraint without a name can never be dropped.
SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s__%(column_0_N_name)s",
    "uq": "uq_%(table_name)s__%(column_0_N_name)s",
    "ck": "ck_%(table_name)s__%(constraint_name)s",
    "fk": "fk_%(table_name)s__%(column_0_N_name)s__%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

# Byte order on both engines, so that a page that ends at an id continues after the same id.
SlugType = String(MAX_SLUG_LENGTH).with_variant(
    String(MAX_SLUG_LENGTH, collation="C"), "postgresql"
)
# Code point order on both engines, so that a range of texts selects the same rows.
CodePointText = Text().with_variant(Text(collation="C"), "postgresql")
LanguageMapType = JSON()
LanguageTexts = dict[str, Any]


def enum_type(members: type[StrEnum]) -> Enum:
    """Return a column type that stores an enum as text, so that a new member needs no migration."""
    return Enum(
        members,
        native_enum=False,
        length=32,
        create_constraint=False,
        values_callable=lambda enum: [member.value for member in enum],
    )


class PackedText(TypeDecorator[str]):
    """A document that SQLite stores packed; PostgreSQL compresses long texts by itself.

    A document that is stored as text is read too: published files and older versions have such.
    """

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | bytes | None:
        """Pack the text for SQLite."""
        return DOCUMENTS.pack(value) if value is not None and dialect.name == "sqlite" else value

    def process_result_value(self, value: str | bytes | None, dialect: Dialect) -> str | None:
        """Return the text; raises ValueError if its bytes are damaged."""
        return DOCUMENTS.unpack(value) if isinstance(value, bytes) else value


def utc_now() -> datetime:
    """Return the present instant, aware, in UTC."""
    return datetime.now(UTC)


class Entity(SQLModel):
    """The columns that every entity has: its id, its stamps and its document."""

    id: int | None = Field(default=None, primary_key=True)
    slug: str = Field(sa_type=SlugType, unique=True)
    revision: int
    created_at: datetime
    updated_at: datetime
    # The public JSON, rebuilt in the transaction that writes the row.
    document: str = Field(sa_type=Text)
