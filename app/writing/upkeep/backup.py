"""Backups: one SQLite file for either engine, which a server can open directly."""

import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Connection, Table, select
from sqlalchemy.exc import DBAPIError
from sqlmodel import SQLModel

from app.tables.database import DanglingRowsError, Database
from app.tables.files.sqlite_file import copy_sqlite_file
from app.tables.rows import renumber
from app.tables.schema.creation import create_if_empty
from app.writing.search import index_all_events
from app.writing.upkeep.check import Fault
from app.writing.upkeep.sidecar import sidecar_of, write_sidecar


class BackupError(Exception):
    """The reason why a backup was not made or not restored, and the faults of a damaged one."""

    def __init__(self, reason: str, faults: Sequence[Fault] = ()) -> None:
        super().__init__(reason)
        self.faults = faults


def back_up(database: Database, path: Path) -> None:
    """Write a backup of one snapshot to a new file, while readers and writers continue.

    The file appears complete or not at all, and then its digest in a file beside it. Its mode is
    0600, because it contains hashes of API keys. Raises BackupError.
    """
    with as_backup_error():
        if not path.name:
            raise BackupError(f"{path} is a folder: give the path of a new file")
        for each in (path, sidecar_of(path)):
            if each.exists():
                raise BackupError(f"{each} already exists: a backup never overwrites a file")
        if not path.parent.exists():
            raise BackupError(f"there is no folder {path.parent}")
    with as_backup_error(), TemporaryDirectory(dir=path.parent, prefix=f".{path.name}.") as folder:
        part = Path(folder, "part.db")
        if database.path:
            copy_sqlite_file(database.path, part)
        else:
            _copy_to_sqlite(database, Path(folder))
            copy_sqlite_file(Path(folder, "rows.db"), part)
        part.chmod(0o600)
        digest = write_sidecar(part, path.name)
        _publish(part, path)
        digest.rename(sidecar_of(path))


def _copy_to_sqlite(database: Database, folder: Path) -> None:
    with closing(Database(f"sqlite:///{folder}/rows.db")) as copy:
        create_if_empty(copy)
        with database.stream() as source, copy.write() as target:
            copy_rows(source, target, SQLModel.metadata.sorted_tables)


def copy_rows(source: Connection, target: Connection, tables: Iterable[Table]) -> None:
    """Copy every row of these tables, some hundred at a time, and rebuild the search index."""
    for table in tables:
        with source.execute(select(table)) as rows:
            for batch in rows.mappings().partitions():
                target.execute(table.insert(), [dict(row) for row in batch])
    renumber(target, SQLModel.metadata.sorted_tables)
    index_all_events(target)


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
def as_backup_error() -> Iterator[None]:
    """Raise a BackupError in place of an error of a file or of a database."""
    try:
        yield
    except DBAPIError as error:
        raise BackupError(str(error.orig)) from error
    except (DanglingRowsError, OSError, sqlite3.Error, UnicodeDecodeError) as error:
        # The driver cannot decode messages of SQLite that quote a damaged schema.
        raise BackupError(str(error)) from error
