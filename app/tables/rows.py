"""Many rows at once, read and written in a number of statements that does not depend on the rows.

Rows are written with little work for each: SQLAlchemy would build and copy a dictionary of parameters
for each, and PostgreSQL would plan a statement for each. SQLite gets tuples, and PostgreSQL one JSON
text with all rows.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from operator import itemgetter
from typing import Any, TypeVar

from sqlalchemy import (
    ColumnClause,
    ColumnElement,
    Connection,
    Dialect,
    Executable,
    Row,
    Table,
    TableClause,
    func,
    select,
)
from sqlalchemy.sql.schema import ScalarElementColumnDefault

from app.domain.vocabulary import EntityKind, KindAndSlug
from app.tables.engines import write_json

_T = TypeVar("_T")
# A row, by the names of its columns.
RowValues = Mapping[str, Any]

# Both engines accept far more parameters in a statement; this bounds the memory of a batch.
BATCH = 500


def batches(items: Sequence[_T]) -> Iterator[Sequence[_T]]:
    """Yield the items in order, `BATCH` at a time."""
    for start in range(0, len(items), BATCH):
        yield items[start : start + BATCH]


def batches_of_kinds(
    ids: Iterable[KindAndSlug],
) -> Iterator[tuple[EntityKind, Sequence[str]]]:
    """Yield the different ids of each kind, `BATCH` at a time."""
    slugs: dict[EntityKind, list[str]] = defaultdict(list)
    for kind, slug in dict.fromkeys(ids):
        slugs[kind].append(slug)
    return ((kind, batch) for kind in slugs for batch in batches(slugs[kind]))


def rows_by_owner(connection: Connection, statement: Executable) -> dict[int, list[Row[Any]]]:
    """Return the statement's rows, in its order, grouped by their first column.

    Looking up an owner that has no rows gives an empty list.
    """
    rows: dict[int, list[Row[Any]]] = defaultdict(list)
    for row in connection.execute(statement):
        rows[row[0]].append(row)
    return rows


def key_batches(
    connection: Connection, table: Table, *conditions: ColumnElement[bool]
) -> Iterator[Sequence[int]]:
    """Yield the keys of an entity's rows that meet the conditions, in order, `BATCH` at a time.

    Raises ValueError if a damaged file gives keys out of order, which would never end.
    """
    key, last = table.c.id, 0
    ordered = select(key).where(*conditions).order_by(key).limit(BATCH)
    while keys := connection.scalars(ordered.where(key > last)).all():
        if keys[-1] <= last:
            raise ValueError(f"the keys of {table.name} are out of order: the file is damaged")
        yield keys
        last = keys[-1]


def insert_rows(
    connection: Connection, table: TableClause, rows: Sequence[RowValues], *, replace: bool = False
) -> None:
    """Insert rows that have the same columns, in order: one statement.

    With `replace`, which SQLite alone knows, a row replaces those it conflicts with.
    """
    if not rows:
        return
    defaults = _defaults(table, rows[0])
    rows = [{**row, **defaults} for row in rows] if defaults else rows
    names = tuple(rows[0])
    columns = ", ".join(map(_quoted, names))
    into = f"INTO {_quoted(table.name)} ({columns})"
    if connection.dialect.name == "sqlite":
        statement = f"INSERT {'OR REPLACE ' if replace else ''}{into} VALUES ({_marks(names)})"
        connection.exec_driver_sql(statement, _tuples(connection.dialect, table, names, rows))
    else:
        statement = f"INSERT {into} SELECT {columns} FROM {_ROWS.format(_quoted(table.name))}"
        connection.exec_driver_sql(statement, (_json_text(rows),))


def update_rows(connection: Connection, table: Table, rows: Sequence[RowValues]) -> None:
    """Update rows of entities, each with its `id` and the same other columns: one statement."""
    if not rows:
        return
    name, others = _quoted(table.name), [each for each in rows[0] if each != "id"]
    if connection.dialect.name == "sqlite":
        values = ", ".join(f"{_quoted(each)} = ?" for each in others)
        statement = f"UPDATE {name} SET {values} WHERE id = ?"
        parameters = _tuples(connection.dialect, table, [*others, "id"], rows)
        connection.exec_driver_sql(statement, parameters)
    else:
        values = ", ".join(f"{_quoted(each)} = new.{_quoted(each)}" for each in others)
        statement = f"UPDATE {name} SET {values} FROM {_ROWS.format(name)} AS new"
        connection.exec_driver_sql(f"{statement} WHERE {name}.id = new.id", (_json_text(rows),))


# The rows in a JSON text, with the types of a table.
_ROWS = "json_populate_recordset(NULL::{}, %s::json)"


def renumber(connection: Connection, tables: Iterable[Table]) -> None:
    """Make the next generated key of each table follow the highest key that was copied into it."""
    if connection.dialect.name == "sqlite":
        return
    for table in tables:
        if (key := table.autoincrement_column) is not None:
            sequence = func.pg_get_serial_sequence(table.name, key.name)
            highest = select(func.max(key)).scalar_subquery()
            following = func.coalesce(highest, 0) + 1
            connection.execute(select(func.setval(sequence, following, False)))


def _defaults(table: TableClause, row: RowValues) -> RowValues:
    """Return the values of the columns that the row lacks and that have a default."""
    return {
        column.name: column.default.arg
        for column in table.c
        if column.name not in row and isinstance(column.default, ScalarElementColumnDefault)
    }


def _quoted(name: str) -> str:
    return f'"{name}"'


def _marks(names: Sequence[str]) -> str:
    return ", ".join("?" * len(names))


def _tuples(
    dialect: Dialect, table: TableClause, names: Sequence[str], rows: Iterable[RowValues]
) -> list[tuple[Any, ...]]:
    """Return the values of these columns in the form that the driver expects."""
    columns = [
        _driver_values(dialect, table.c[name], map(itemgetter(name), rows)) for name in names
    ]
    return list(zip(*columns, strict=True))


def _driver_values(
    dialect: Dialect, column: ColumnClause[Any], values: Iterable[Any]
) -> Iterable[Any]:
    process = column.type.dialect_impl(dialect).bind_processor(dialect)
    return map(process, values) if process else values


def _json_text(rows: Sequence[RowValues]) -> str:
    return write_json([dict(row) for row in rows], default=_iso_date)


def _iso_date(value: object) -> str:
    assert isinstance(value, date), value
    return value.isoformat()
