"""Compact a database of SQLite: store values as this version does, without free pages."""

import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import (
    JSON,
    Connection,
    Row,
    Table,
    bindparam,
    false,
    func,
    or_,
    select,
    update,
)

from app.tables import core as t
from app.tables.database import Database, ReadOnlyError
from app.tables.files.sqlite_file import used_bytes, vacuum_sqlite_file
from app.tables.log import newest_seq
from app.tables.rows import BATCH, key_batches
from app.tables.search import merge_index


class CompactingError(Exception):
    """The reason why a file was not compacted; it is intact, and has free pages for later writes."""


class Compacted(NamedTuple):
    """The size of the file before and after, in bytes."""

    before: int
    after: int


def compact(database: Database) -> Compacted | None:
    """Pack documents and write JSON as this version does, merge the index, and give up free pages.

    Memory does not grow with the database. Returns None on PostgreSQL, which reuses free space by
    itself. Raises CompactingError, or ReadOnlyError.
    """
    if not database.is_sqlite:
        return None
    path = database.path
    if path is None:
        raise ReadOnlyError("the database is read-only: its URL calls the file immutable")
    before = path.stat().st_size
    with database.write() as connection:
        for changes in _plain_changes(connection):
            _pack(connection, changes)
        for table in t.ENTITIES.values():
            _write_json_again(connection, table)
        merge_index(connection)
    try:
        _require_space(path)
        vacuum_sqlite_file(path)
    except sqlite3.Error as error:
        raise CompactingError(f"{path.name} is not compacted: {error}") from error
    return Compacted(before, path.stat().st_size)


def _require_space(path: Path) -> None:
    """Raise CompactingError without space for two copies: a temporary file and the `-wal`."""
    needed, free = 2 * used_bytes(path), shutil.disk_usage(path.absolute().parent).free
    if free < needed:
        raise CompactingError(
            f"{path.name} is not compacted: that needs {needed} bytes on its disk, and {free} are "
            "free; make room, then run timeline db compact"
        )


def _plain_changes(connection: Connection) -> Iterator[Sequence[Row[Any, Any]]]:
    """Yield the changes whose document is stored as text, a batch at a time."""
    change = t.change.c
    plain = select(change.seq, change.document).where(func.typeof(change.document) == "text")
    for start in range(1, newest_seq(connection) + 1, BATCH):
        batch = change.seq.between(start, start + BATCH - 1)
        if changes := connection.execute(plain.where(batch)).all():
            yield changes


def _pack(connection: Connection, changes: Sequence[Row[Any, Any]]) -> None:
    this = t.change.c.seq == bindparam("number")
    rows = [{"number": row.seq, "document": row.document} for row in changes]
    connection.execute(update(t.change).where(this), rows)


def _write_json_again(connection: Connection, table: Table) -> None:
    """Write the JSON of these entities again where letters are escaped, as older versions did."""
    columns = [each for each in table.columns if isinstance(each.type, JSON)]
    escaped = or_(false(), *(func.instr(each, "\\u") > 0 for each in columns))
    this = table.c.id == bindparam("number")
    for keys in key_batches(connection, table, escaped):
        statement = select(table.c.id.label("number"), *columns).where(table.c.id.in_(keys))
        rows = [row._asdict() for row in connection.execute(statement)]
        connection.execute(update(table).where(this), rows)
