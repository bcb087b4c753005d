"""The reasons why a program for one schema would not run on a later one."""

from collections.abc import Iterator

from sqlalchemy import Connection, Inspector, inspect
from sqlalchemy.engine.interfaces import ReflectedColumn

# The columns of each table, by name.
Columns = dict[str, dict[str, ReflectedColumn]]


def columns_of(connection: Connection) -> Columns:
    """Return the columns of each table; on SQLite without the tables of the full-text index."""
    inspector = inspect(connection)
    return {
        table: {column["name"]: column for column in inspector.get_columns(table)}
        for table in inspector.get_table_names()
        if connection.dialect.name != "sqlite" or not table.startswith("event_search")
    }


def constraints_of(connection: Connection) -> set[tuple[str, str]]:
    """Return each constraint with its table; a program that does not know it may break it."""
    inspector = inspect(connection)
    return {
        (table, described)
        for table in inspector.get_table_names()
        for described in _constraints(inspector, table)
    }


def _constraints(inspector: Inspector, table: str) -> Iterator[str]:
    unique: list[list[str | None]] = [
        [*each["column_names"]] for each in inspector.get_unique_constraints(table)
    ]
    unique += [each["column_names"] for each in inspector.get_indexes(table) if each["unique"]]
    yield from (f"unique {each}" for each in unique)
    yield from (f"check {each['sqltext']}" for each in inspector.get_check_constraints(table))
    keys = inspector.get_foreign_keys(table)
    yield from (f"foreign key {each['constrained_columns']}" for each in keys)


def breaks(before: Columns, after: Columns) -> Iterator[str]:
    """Yield why a program for the first schema cannot read or write the second."""
    for table, columns in before.items():
        if table not in after:
            yield f"{table} is gone"
            continue
        for name, column in columns.items():
            yield from _column_breaks(f"{table}.{name}", column, after[table].get(name))
        for name, column in after[table].items():
            if name not in columns and not column["nullable"] and column["default"] is None:
                yield f"{table}.{name} is new, and needs a value"


def _column_breaks(
    name: str, before: ReflectedColumn, after: ReflectedColumn | None
) -> Iterator[str]:
    if after is None:
        yield f"{name} is gone"
        return
    if str(before["type"]) != str(after["type"]):
        yield f"{name} is {after['type']}, was {before['type']}"
    if before["nullable"] and not after["nullable"]:
        yield f"{name} may be null no more"
