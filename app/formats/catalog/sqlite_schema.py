"""The Table Schemas of `/v1/dataset.sqlite`, read from the tables themselves."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, Final, NamedTuple, get_origin

import sqlalchemy as sa
from sqlmodel import SQLModel

from app.formats.json_objects import JsonObject, without_none
from app.tables import core as t
from app.tables.models import MODELS

# The form in which SQLAlchemy writes instants on SQLite, in UTC.
_INSTANT: Final = "%Y-%m-%d %H:%M:%S.%f"
# The first match wins: an instant is a date too.
_TYPES: Final[tuple[tuple[type, str], ...]] = (
    (int, "integer"),
    (float, "number"),
    (datetime, "datetime"),
    (date, "date"),
    (str, "string"),
)


class DescribedTable(NamedTuple):
    """A table with its purpose, and its columns and keys as a Table Schema."""

    name: str
    description: str
    schema: JsonObject


def sqlite_schemas() -> Iterator[DescribedTable]:
    """Yield every table that holds data, ordered by name."""
    for model in MODELS:
        table = t.table_of(model)
        if table not in t.SERVER_TABLES:
            description = " ".join((model.__doc__ or "").split())
            yield DescribedTable(table.name, description, _schema(model, table))


def _schema(model: type[SQLModel], table: sa.Table) -> JsonObject:
    keys = sorted(table.foreign_key_constraints, key=lambda key: [*key.column_keys])
    return {
        "fields": [_field(model, column) for column in table.columns],
        "primaryKey": [column.name for column in table.primary_key],
        "foreignKeys": [_foreign_key(key) for key in keys],
    }


def _field(model: type[SQLModel], column: sa.Column[Any]) -> JsonObject:
    field_type = _field_type(model, column)
    words = column.type.enums if isinstance(column.type, sa.Enum) else None
    constraints = {"required": not column.nullable, "unique": bool(column.unique), "enum": words}
    return without_none(
        {
            "name": column.name,
            "type": field_type,
            "format": _INSTANT if field_type == "datetime" else None,
            "constraints": without_none(constraints),
        }
    )


def _field_type(model: type[SQLModel], column: sa.Column[Any]) -> str:
    if isinstance(column.type, sa.JSON):
        # The column does not tell a list from a map; the model's annotation does.
        is_list = get_origin(model.model_fields[column.name].annotation) is list
        return "array" if is_list else "object"
    # The types that SQLModel adds wrap one of SQLAlchemy's.
    python_type = getattr(column.type, "impl", column.type).python_type
    return next(name for kind, name in _TYPES if issubclass(python_type, kind))


def _foreign_key(key: sa.ForeignKeyConstraint) -> JsonObject:
    reference = {
        "resource": key.referred_table.name,
        "fields": [element.column.name for element in key.elements],
    }
    return {"fields": [*key.column_keys], "reference": reference}
