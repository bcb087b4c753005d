"""Rows for many keys at once, in a number of statements that does not depend on the keys."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Connection, Executable, Row, Table, select

_T = TypeVar("_T")

# Both engines accept far more parameters in a statement; this bounds the memory of a batch.
BATCH = 500


def batches(items: Sequence[_T]) -> Iterator[Sequence[_T]]:
    """Yield the items in order, `BATCH` at a time."""
    for start in range(0, len(items), BATCH):
        yield items[start : start + BATCH]


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
