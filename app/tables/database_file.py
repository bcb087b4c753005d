"""The file of an SQLite database: notices that it was deleted, replaced or damaged."""

import os
import sqlite3
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

from sqlalchemy import URL, Engine, event
from sqlalchemy.engine import ExceptionContext

_DAMAGE = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}


class UnusableFileError(Exception):
    """The file of the database was deleted, replaced or damaged while it was in use."""


class _Inode(NamedTuple):
    device: int
    number: int


class DatabaseFile:
    """Compares the file at a path with the file that was there when it was first used.

    The system keeps a deleted file for the connections that have it open: they would read and even
    commit as before, and all of it would be lost when they close.
    """

    def __init__(self, path: Path) -> None:
        # The process may change its folder later.
        self._path = path.absolute()
        self._inode = self._find()
        self._damaged = False

    def watch(self, engine: Engine) -> None:
        """Remember it if a statement of this engine meets a damaged page."""

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

    def _find(self) -> _Inode | None:
        try:
            status = os.stat(self._path)
        except OSError:
            return None
        return _Inode(status.st_dev, status.st_ino)


def file_of(url: URL) -> Path | None:
    """Return the path of the SQLite file that the URL names; None for a server, or a file that nobody writes."""
    if url.get_backend_name() != "sqlite" or not url.database or "immutable" in url.query:
        return None
    is_uri = "uri" in url.query
    return Path(unquote(url.database.removeprefix("file:")) if is_uri else url.database)
