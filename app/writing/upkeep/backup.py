"""Backups: always one SQLite file, whatever the engine, that can be served as it is."""

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
    """Why there is no backup, or why one cannot be restored."""


def back_up(database: Database, path: Path) -> None:
    """Write a backup of one snapshot to a new file, while readers and writers go on.

    There is all of it under this name, or nothing. Only its owner may read it: it has the hashes of
    keys. Raises BackupError.
    """
    if path.exists():
        raise BackupError(f"{path} is there already: a backup never overwrites a file")
    with _explained(), TemporaryDirectory(dir=path.parent, prefix=f".{path.name}.") as folder:
        part = Path(folder, "part.db")
        if database.is_sqlite:
            copy_sqlite_file(Path(str(database.url.database)), part)
        else:
            _copy_to_sqlite(database, Path(folder))
            copy_sqlite_file(Path(folder, "rows.db"), part)
        part.chmod(0o600)
        _publish(part, path)


def restore(database: Database, path: Path, migrate: Callable[[Database], object]) -> None:
    """Fill a database to which nothing was ever written from a backup, of this version or older.

    Everything comes back as it was, with its revisions and the change log; the search index is made
    again. One transaction. `migrate` brings a database to the newest revision. Raises BackupError.
    """
    if not path.is_file():
        raise BackupError(f"there is no file {path}")
    migrate(database)
    with _explained(), TemporaryDirectory() as folder:
        # What is migrated and opened for writing is a copy: the backup stays as it is.
        copy = Path(folder, "copy.db")
        copy_sqlite_file(path, copy)
        with closing(Database(f"sqlite:///{copy}")) as backup:
            if current_revision(backup) is None:
                raise BackupError(f"{path} is no backup of a timeline")
            migrate(backup)
            _fill(database, backup)


def _fill(database: Database, backup: Database) -> None:
    with database.write() as target, backup.stream() as source:
        if not _is_empty(target):
            raise BackupError("the database was written to already: restore into a new one")
        _copy_rows(source, target)


def _copy_to_sqlite(database: Database, folder: Path) -> None:
    with closing(Database(f"sqlite:///{folder}/rows.db")) as copy:
        upgrade(copy)
        with database.stream() as source, copy.write() as target:
            _copy_rows(source, target)


def _copy_rows(source: Connection, target: Connection) -> None:
    """Every row of every table, some hundred in memory at once, and the search index made anew."""
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
    """Give the finished file its name, once it is on the disk; never that of a file there is."""
    with part.open("rb") as file:
        os.fsync(file.fileno())
    try:
        # Unlike a renaming, a link fails where something has come meanwhile.
        os.link(part, path)
    except FileExistsError:
        raise
    except OSError:
        # A file system without links.
        part.rename(path)


@contextmanager
def _explained() -> Iterator[None]:
    try:
        yield
    except (OSError, sqlite3.Error) as error:
        raise BackupError(str(error)) from error
