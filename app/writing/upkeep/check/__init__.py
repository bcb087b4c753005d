"""Check the data: compare every stored value with the value that this program would store."""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from sqlalchemy import Connection, func, select
from sqlalchemy.exc import OperationalError
from sqlmodel import SQLModel

from app.domain.vocabulary import EntityKind
from app.tables import core as t
from app.tables.database import Database, ReadOnlyError
from app.tables.files.database_file import UnusableFileError
from app.tables.files.sqlite_file import copy_sqlite_file
from app.tables.files.storage import dangling_rows, file_faults, lenient_text, texts_not_in_utf8
from app.tables.log import STATE_COLUMNS, DataState, newest_change
from app.tables.schema.creation import data_tables, is_published
from app.tables.search import index_fault
from app.writing.upkeep.check.entities import check_entities
from app.writing.upkeep.check.fault import Fault, guarded
from app.writing.upkeep.check.log import check_documents_in_log, check_log, check_tombstones
from app.writing.upkeep.check.rows import check_search_rows

__all__ = [
    "DatabaseExtent",
    "Fault",
    "check_data",
    "check_history",
    "check_index",
    "find_faults",
    "measure",
]


def find_faults(database: Database) -> Iterator[Fault]:
    """Yield every fault in one snapshot of the data. Memory does not grow with the data.

    The schema must be at this program's revision. A part that cannot be read is a fault too, and
    does not hide the faults of other parts.
    """
    with database.read() as connection:
        yield from check_data(connection)
    yield from check_index(database)


def check_data(connection: Connection) -> Iterator[Fault]:
    """Yield every fault, as `find_faults` does, except those within the full-text index."""
    with lenient_text(connection):
        for kind, id, check in (
            ("file", "of the database", _check_storage(connection)),
            ("log", "of changes", check_log(connection)),
            ("log", "of changes", check_tombstones(connection)),
            ("entities", "of all kinds", check_entities(connection)),
            ("table", "event_search", check_search_rows(connection)),
        ):
            yield from guarded(connection, kind, id, check)


def check_history(connection: Connection) -> Iterator[Fault]:
    """Yield the faults of the log, and the documents that differ from it.

    These faults do not depend on the version of the program that wrote the documents.
    """
    with lenient_text(connection):
        for check in (check_log(connection), check_tombstones(connection)):
            yield from guarded(connection, "log", "of changes", check)
        for kind, table in t.ENTITIES.items():
            documents = check_documents_in_log(connection, kind)
            yield from guarded(connection, "table", table.name, documents)


def check_index(database: Database) -> Iterator[Fault]:
    """Yield a fault if the full-text index does not match its rows, or cannot be read."""
    try:
        problem = _index_problem(database)
    except OperationalError as error:
        # The table is missing, or the disk is full.
        problem = f"the full-text index cannot be checked: {error.orig}"
    except (ReadOnlyError, UnusableFileError, sqlite3.Error) as error:
        # The check of the index needs a write, and a file with damage elsewhere takes none.
        problem = f"the full-text index cannot be checked: {error}"
    if problem:
        yield Fault("table", "event_search", problem)


def _index_problem(database: Database) -> str | None:
    """Return the problem of the index; if the file cannot be written, a copy is checked."""
    try:
        return index_fault(database)
    except ReadOnlyError:
        if database.path is None:
            raise
        with TemporaryDirectory() as folder:
            path = Path(folder, "copy.db")
            copy_sqlite_file(database.path, path)
            with closing(Database(f"sqlite:///{path}")) as copy:
                return index_fault(copy)


def _check_storage(connection: Connection) -> Iterator[Fault]:
    """Yield the faults of the file, of references between rows, and of texts."""
    for problem in file_faults(connection):
        yield Fault("file", "of the database", problem)
    for table, problem in dangling_rows(connection):
        yield Fault("table", table, problem)
    for each in data_tables() if is_published(connection) else SQLModel.metadata.sorted_tables:
        problems = texts_not_in_utf8(connection, each)
        faults = (Fault("table", each.name, problem) for problem in problems)
        yield from guarded(connection, "table", each.name, faults)


class DatabaseExtent(NamedTuple):
    """The number of entities of each kind, and the state after the newest change."""

    entities: Mapping[EntityKind, int]
    log: DataState | None


def measure(database: Database) -> DatabaseExtent:
    """Count the entities of each kind, and find the newest change."""
    with database.read() as connection:
        counts = {
            kind: connection.scalar(select(func.count()).select_from(table)) or 0
            for kind, table in t.ENTITIES.items()
        }
        newest = newest_change(connection, *STATE_COLUMNS)
        return DatabaseExtent(counts, DataState(*newest) if newest else None)
