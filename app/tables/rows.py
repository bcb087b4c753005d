"""Rows for many keys at once: a fixed number of statements, however many keys there are."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any, TypeVar

from sqlalchemy import Connection, Executable, Row, Table, select

_T = TypeVar("_T")

# Both engines take far more parameters than this in a statement; it bounds the memory of a batch.
BATCH = 500


def batches(items: Sequence[_T]) -> Iterator[Sequence[_T]]:
    """The items in order, `BATCH` at a time."""
    for start in range(0, len(items), BATCH):
        yield items[start : start + BATCH]


def rows_by_owner(connection: Connection, statement: Executable) -> dict[int, list[Row[Any]]]:
    """The statement's rows in its order, by their first column; an owner without rows has none."""
    rows: dict[int, list[Row[Any]]] = defaultdict(list)
    for row in connection.execute(statement):
        rows[row[0]].append(row)
    return rows


def key_batches(connection: Connection, table: Table) -> Iterator[Sequence[int]]:
    """The keys of all rows of a table of entities, `BATCH` at a time, in order."""
    keys: Sequence[int] = [0]
    while keys:
        following = select(table.c.id).where(table.c.id > keys[-1]).order_by(table.c.id)
        keys = connection.scalars(following.limit(BATCH)).all()
        if keys:
            yield keys
