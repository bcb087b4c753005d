"""Restore a backup into an empty database, if everything in it is right."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Connection, inspect, literal, select
from sqlmodel import SQLModel

from app.tables.database import Database
from app.tables.engines import sqlite_code
from app.tables.files.sqlite_file import copy_sqlite_file, sqlite_file_problems
from app.tables.schema.creation import is_published
from app.tables.schema.migrations import upgrade
from app.tables.schema.revisions import NEWEST, current_revision
from app.tables.statistics import refresh_statistics
from app.writing.upkeep.backup import BackupError, as_backup_error, copy_rows
from app.writing.upkeep.check import Fault, check_data, check_history, check_index, find_faults
from app.writing.upkeep.check.fault import DAMAGE
from app.writing.upkeep.check.log import computed_digest
from app.writing.upkeep.check.schema import check_schema
from app.writing.upkeep.sidecar import digest_problem

Migrate = Callable[[Database], object]


def restore(database: Database, path: Path, migrate: Migrate) -> str:
    """Fill an empty database from a backup of this version or an older one, in one transaction.

    All rows are restored, with revisions and the change log; the search index is rebuilt. The
    transaction commits only if the restored data has no fault. Returns the digest of the last
    change, computed from the restored log; empty without a change. `migrate` brings a database to
    the newest revision. Raises BackupError.
    """
    with as_backup_error(), TemporaryDirectory() as folder:
        require_file(path)
        require_empty(database)
        migrate(database)
        _refuse_if([*_file_faults(path)])
        # Migrates a copy, so that the backup stays unchanged.
        copy = Path(folder, "copy.db")
        copy_sqlite_file(path, copy)
        with closing(Database(f"sqlite:///{copy}")) as backup:
            _bring_up_to_date(backup, path, migrate)
            return _fill(database, backup)


def require_file(path: Path) -> None:
    """Raise BackupError if the file does not exist."""
    if not path.is_file():
        raise BackupError(f"the file {path} does not exist")


def require_empty(database: Database) -> None:
    """Raise BackupError if the database, of any version, has a row: a migration cannot be undone."""
    with database.read() as connection:
        _refuse_rows(connection)


@contextmanager
def write_into_empty(database: Database) -> Iterator[Connection]:
    """Yield a connection in one transaction; raises BackupError if the database has any row."""
    with database.write() as target:
        _refuse_rows(target)
        yield target
        refresh_statistics(target)


def _refuse_rows(connection: Connection) -> None:
    # An older version lacks some tables, and columns of others.
    existing = {*inspect(connection).get_table_names()}
    tables = [each for each in SQLModel.metadata.sorted_tables if each.name in existing]
    rows = (select(literal(1)).select_from(table).limit(1) for table in tables)
    if any(connection.execute(row).first() for row in rows):
        raise BackupError("the database is not empty: restore into a new one")


def _file_faults(path: Path) -> Iterator[Fault]:
    """Yield the faults of the backup as a file: they may be in parts that are not copied."""
    if problem := digest_problem(path):
        yield Fault("file", path.name, f"{problem}: it was damaged or altered")
    try:
        problems = sqlite_file_problems(path)
    except sqlite3.DatabaseError as error:
        # 0 is an error of the driver: a message of SQLite with bytes that are not UTF-8.
        if sqlite_code(error) & 0xFF not in (0, sqlite3.SQLITE_CORRUPT):
            raise
        problems = [str(error)]
    yield from (Fault("file", path.name, problem) for problem in problems)


def _refuse_if(faults: list[Fault]) -> None:
    if faults:
        raise BackupError("the backup is damaged; --salvage keeps its intact records", faults)


def revision_of(backup: Database, path: Path) -> str:
    """Return the revision of the backup's tables; raises BackupError if it has none."""
    revision = current_revision(backup)
    if revision is None:
        raise BackupError(f"{path} is not a backup of a timeline")
    return revision


def _bring_up_to_date(backup: Database, path: Path, migrate: Migrate) -> None:
    """Migrate the backup.

    Raises BackupError if its tables or its index are damaged, or the log of an older version.
    """
    revision = revision_of(backup, path)
    with backup.read() as connection:
        published = is_published(connection)
    if revision != NEWEST or published:
        upgrade(backup)
    if revision != NEWEST:
        # The rebuild, which follows, would turn damaged rows into changes.
        with backup.read() as connection:
            _refuse_if([*check_history(connection)])
        migrate(backup)
    _refuse_if([*check_schema(backup), *check_index(backup)])


def _fill(database: Database, backup: Database) -> str:
    """Copy every row and check the copy before it is committed; return the computed digest."""
    try:
        with write_into_empty(database) as target:
            with backup.stream() as source:
                copy_rows(source, target, SQLModel.metadata.sorted_tables)
            _refuse_if([*check_data(target)])
            return computed_digest(target)
    except DAMAGE:
        # A row could not be read or written: the backup's own check finds the reason.
        _refuse_if([*find_faults(backup)])
        raise
