"""The faults that the engine itself finds in a database, and a lenient way to read damaged text."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Column, Connection, Table

from app.tables.base import PackedText


def file_faults(connection: Connection) -> Iterator[str]:
    """Yield each fault of the SQLite file; PostgreSQL has separate tools for its files."""
    if connection.dialect.name == "sqlite":
        for (problem,) in connection.exec_driver_sql("PRAGMA integrity_check"):
            if problem != "ok":
                yield str(problem)


def dangling_rows(connection: Connection) -> Iterator[tuple[str, str]]:
    """Yield a table and a problem for each row that refers to a missing row.

    SQLite accepts such rows while foreign keys are off; PostgreSQL never does.
    """
    if connection.dialect.name == "sqlite":
        for table, row, target, _ in connection.exec_driver_sql("PRAGMA foreign_key_check"):
            yield table, f"row {row} refers to a row of {target} that does not exist"


def texts_not_in_utf8(connection: Connection, table: Table) -> Iterator[str]:
    """Yield a problem for each value of the table that is not UTF-8; PostgreSQL accepts no such text."""
    if connection.dialect.name != "sqlite":
        return
    columns = ", ".join(map(_bytes_of_text, table.columns))
    for row, *values in connection.exec_driver_sql(f'SELECT rowid, {columns} FROM "{table.name}"'):
        for column, value in zip(table.columns, values, strict=True):
            if not _is_utf8(value):
                yield f"row {row}: {column.name} is not UTF-8"


def _bytes_of_text(column: Column[Any]) -> str:
    text = f'CAST("{column.name}" AS BLOB)'
    if isinstance(column.type, PackedText):
        return f"CASE typeof(\"{column.name}\") WHEN 'text' THEN {text} END"
    return text


def _is_utf8(value: bytes | None) -> bool:
    try:
        (value or b"").decode()
    except UnicodeDecodeError:
        return False
    return True


@contextmanager
def lenient_text(connection: Connection) -> Iterator[None]:
    """Within this context, text that is not UTF-8 is read with U+FFFD in place of invalid bytes.

    The driver would otherwise refuse to read the row.
    """
    if connection.dialect.name != "sqlite":
        yield
        return
    driver: Any = connection.connection.driver_connection
    before, driver.text_factory = driver.text_factory, lambda raw: raw.decode(errors="replace")
    try:
        yield
    finally:
        driver.text_factory = before
