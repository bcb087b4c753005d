"""The file of an SQLite database: notices that it was deleted, replaced or damaged."""

import os
import sqlite3
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

from sqlalchemy import URL, Connection, Engine, event
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.pool import ConnectionPoolEntry

# The key of the inode of its write-ahead log in the information on a connection.
_LOG = "write-ahead log"
_DAMAGE = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}


class UnusableFileError(Exception):
    """The file of the database was deleted, replaced or damaged while it was in use."""


class _Inode(NamedTuple):
    device: int
    number: int


class DatabaseFile:
    """Compares the file at a path, and its write-ahead log, with those that were first used.

    The system keeps a deleted file for the connections that have it open: they would read and even
    commit as before, and all of it would be lost when they close.
    """

    def __init__(self, path: Path) -> None:
        # The process may change its folder later.
        self._path = path.absolute()
        # SQLite writes it beside the file, not beside a link to it.
        file = Path(os.path.realpath(path))
        self._log = file.with_name(f"{file.name}-wal")
        self._inode = self._find()
        self._damaged = False
        self._log_deleted = False

    def watch(self, engine: Engine) -> None:
        """Remember if a statement of this engine meets a damaged page, and the log of each connection.

        SQLite keeps the write-ahead log `…-wal` as long as a connection is open.
        """

        @event.listens_for(engine, "connect")
        def note_log(_: object, record: ConnectionPoolEntry) -> None:
            record.info[_LOG] = _inode(self._log)

        @event.listens_for(engine, "handle_error")
        def note(context: ExceptionContext) -> None:
            code = getattr(context.original_exception, "sqlite_errorcode", 0)
            # A full-text index that differs from its rows is no damage: `timeline db rebuild` mends it.
            if code & 0xFF in _DAMAGE and code != sqlite3.SQLITE_CORRUPT_VTAB:
                self._damaged = True

    def check_present(self) -> None:
        """Raise UnusableFileError unless the same file is at the path; takes microseconds.

        A file that did not exist at first is the one that is there when it first exists.
        """
        self._refuse_without_log()
        found = self._find()
        if self._inode is None:
            self._inode = found
        elif found is None:
            raise UnusableFileError("the database file was deleted: put it back")
        elif found != self._inode:
            raise UnusableFileError(
                "the database file was replaced by another: put it back, or restart the server"
            )

    def check_sound(self) -> None:
        """Raise UnusableFileError unless the file is present, and no damage was met in it so far."""
        self.check_present()
        if self._damaged:
            raise UnusableFileError(
                "the database file is damaged: restore a backup, and restart the server"
            )

    def check_log(self, connection: Connection) -> None:
        """Raise UnusableFileError if the write-ahead log of this open connection was deleted.

        Its commits would go to the deleted log, and be lost with the process.
        """
        opened = connection.info.get(_LOG)
        self._log_deleted = self._log_deleted or bool(opened and _inode(self._log) != opened)
        self._refuse_without_log()

    def _refuse_without_log(self) -> None:
        if self._log_deleted:
            raise UnusableFileError(
                f"the file {self._log.name} beside the database was deleted: stop the server, without "
                "killing it, so that it writes the content of that file to the database; then start it"
            )

    def _find(self) -> _Inode | None:
        return _inode(self._path)


def _inode(path: Path) -> _Inode | None:
    try:
        status = os.stat(path)
    except OSError:
        return None
    return _Inode(status.st_dev, status.st_ino)


def file_of(url: URL) -> Path | None:
    """Return the path of the SQLite file that the URL names; None for PostgreSQL or an immutable file."""
    if url.get_backend_name() != "sqlite" or not url.database or "immutable" in url.query:
        return None
    is_uri = "uri" in url.query
    return Path(unquote(url.database.removeprefix("file:")) if is_uri else url.database)
