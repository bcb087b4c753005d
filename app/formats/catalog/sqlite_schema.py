"""What the tables of `/v1/dataset.sqlite` hold, as Table Schemas: read from the tables themselves."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, Final, NamedTuple, get_origin

import sqlalchemy as sa
from pydantic import MISSING
from sqlmodel import SQLModel

from app.formats.catalog.table_schema import (
    FieldConstraints,
    FieldType,
    ForeignKey,
    ForeignKeyReference,
    TableField,
    TableSchema,
)
from app.tables import core as t
from app.tables.models import MODELS, ApiKey, ImportAnswer, Release

# What a file has no rows of: they are about the server, not about the data.
_OF_THE_SERVER: Final = (ApiKey, ImportAnswer, Release)
# SQLAlchemy writes instants so on SQLite, in UTC.
_INSTANT: Final = "%Y-%m-%d %H:%M:%S.%f"
# The first that fits: an instant is a date too. Of JSON the model knows more than the column.
_TYPES: Final[tuple[tuple[type, FieldType], ...]] = (
    (int, FieldType.INTEGER),
    (float, FieldType.NUMBER),
    (datetime, FieldType.DATETIME),
    (date, FieldType.DATE),
    (str, FieldType.STRING),
)


class DescribedTable(NamedTuple):
    """A table with what it is for, and its columns and keys."""

    name: str
    description: str
    schema: TableSchema


def sqlite_schemas() -> Iterator[DescribedTable]:
    """Every table that holds the data, in the order of their names."""
    for model in MODELS:
        if model not in _OF_THE_SERVER:
            table = t.table_of(model)
            description = " ".join((model.__doc__ or "").split())
            yield DescribedTable(table.name, description, _schema(model, table))


def _schema(model: type[SQLModel], table: sa.Table) -> TableSchema:
    return TableSchema(
        fields=[_field(model, column) for column in table.columns],
        primary_key=[column.name for column in table.primary_key],
        foreign_keys=[_foreign_key(each) for each in _sorted_keys(table)],
    )


def _field(model: type[SQLModel], column: sa.Column[Any]) -> TableField:
    field_type = _field_type(model, column)
    words = column.type.enums if isinstance(column.type, sa.Enum) else MISSING
    return TableField(
        name=column.name,
        type=field_type,
        format=_INSTANT if field_type is FieldType.DATETIME else MISSING,
        constraints=FieldConstraints(
            required=not column.nullable, unique=bool(column.unique), enum=words
        ),
    )


def _field_type(model: type[SQLModel], column: sa.Column[Any]) -> FieldType:
    if isinstance(column.type, sa.JSON):
        is_list = get_origin(model.model_fields[column.name].annotation) is list
        return FieldType.ARRAY if is_list else FieldType.OBJECT
    # The types that SQLModel adds stand round one that SQLAlchemy knows.
    held = getattr(column.type, "impl", column.type).python_type
    return next(known for kind, known in _TYPES if issubclass(held, kind))


def _sorted_keys(table: sa.Table) -> list[sa.ForeignKeyConstraint]:
    return sorted(table.foreign_key_constraints, key=lambda each: [*each.column_keys])


def _foreign_key(key: sa.ForeignKeyConstraint) -> ForeignKey:
    reference = ForeignKeyReference(
        resource=key.referred_table.name, fields=[each.column.name for each in key.elements]
    )
    return ForeignKey(fields=[*key.column_keys], reference=reference)
