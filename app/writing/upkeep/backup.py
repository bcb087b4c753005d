"""Backups: one SQLite file for either engine, which a server can open directly."""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Connection, select
from sqlmodel import SQLModel

from app.tables.database import Database, copy_sqlite_file, renumber
from app.tables.migrations import upgrade
from app.tables.revisions import current_revision
from app.writing.search import index_all_events


class BackupError(Exception):
    """The reason why a backup was not made or not restored."""


def back_up(database: Database, path: Path) -> None:
    """Write a backup of one snapshot to a new file, while readers and writers continue.

    The file appears complete or not at all. Its mode is 0600, because it contains hashes of API
    keys. Raises BackupError.
    """
    if path.exists():
        raise BackupError(f"{path} already exists: a backup never overwrites a file")
    with _as_backup_error(), TemporaryDirectory(dir=path.parent, prefix=f".{path.name}.") as folder:
        part = Path(folder, "part.db")
        if database.is_sqlite:
            copy_sqlite_file(Path(str(database.url.database)), part)
        else:
            _copy_to_sqlite(database, Path(folder))
            copy_sqlite_file(Path(folder, "rows.db"), part)
        part.chmod(0o600)
        _publish(part, path)


def restore(database: Database, path: Path, migrate: Callable[[Database], object]) -> None:
    """Fill an empty database from a backup of this version or an older one, in one transaction.

    All rows are restored, with revisions and the change log; the search index is rebuilt. `migrate`
    brings a database to the newest revision. Raises BackupError.
    """
    if not path.is_file():
        raise BackupError(f"the file {path} does not exist")
    migrate(database)
    with _as_backup_error(), TemporaryDirectory() as folder:
        # Migrates a copy, so that the backup stays unchanged.
        copy = Path(folder, "copy.db")
        copy_sqlite_file(path, copy)
        with closing(Database(f"sqlite:///{copy}")) as backup:
            if current_revision(backup) is None:
                raise BackupError(f"{path} is not a backup of a timeline")
            migrate(backup)
            _fill(database, backup)


def _fill(database: Database, backup: Database) -> None:
    with database.write() as target, backup.stream() as source:
        if not _is_empty(target):
            raise BackupError("the database is not empty: restore into a new one")
        _copy_rows(source, target)


def _copy_to_sqlite(database: Database, folder: Path) -> None:
    with closing(Database(f"sqlite:///{folder}/rows.db")) as copy:
        upgrade(copy)
        with database.stream() as source, copy.write() as target:
            _copy_rows(source, target)


def _copy_rows(source: Connection, target: Connection) -> None:
    """Copy every row of every table, some hundred at a time, and rebuild the search index."""
    for table in SQLModel.metadata.sorted_tables:
        with source.execute(select(table)) as rows:
            for batch in rows.mappings().partitions():
                target.execute(table.insert(), [dict(row) for row in batch])
    renumber(target, SQLModel.metadata.sorted_tables)
    index_all_events(target)


def _is_empty(connection: Connection) -> bool:
    tables = SQLModel.metadata.sorted_tables
    return not any(connection.execute(select(table).limit(1)).first() for table in tables)


def _publish(part: Path, path: Path) -> None:
    """Give the file its name once it is on disk; never replace another file."""
    with part.open("rb") as file:
        os.fsync(file.fileno())
    try:
        # Unlike a rename, a link fails if the name was taken in the meantime.
        os.link(part, path)
    except FileExistsError:
        raise
    except OSError:
        # The file system has no links.
        part.rename(path)


@contextmanager
def _as_backup_error() -> Iterator[None]:
    try:
        yield
    except (OSError, sqlite3.Error) as error:
        raise BackupError(str(error)) from error
