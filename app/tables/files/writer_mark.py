"""A mark beside an SQLite database while a transaction writes to it.

SQLite has no way to ask whether somebody writes, except to take the lock for writers.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


class WriterMark:
    """A lock on a file of its name and `-writer`, which the system releases if the process dies.

    Not on the database file: closing it would release the locks of SQLite in this process.
    """

    def __init__(self, database: Path) -> None:
        # One for all processes, whether they know the file by a link or not.
        self._path = f"{os.path.realpath(database)}-writer"

    @contextmanager
    def held(self) -> Iterator[None]:
        """Mark the database until the end; only the holder of the lock for writers may."""
        file = os.open(self._path, os.O_RDONLY | os.O_CREAT, 0o644)
        try:
            # Waits for the microseconds in which somebody asks.
            fcntl.flock(file, fcntl.LOCK_EX)
            yield
        finally:
            os.close(file)

    def is_held(self) -> bool:
        """Return whether a transaction of any process writes."""
        with suppress(FileNotFoundError):
            file = os.open(self._path, os.O_RDONLY)
            try:
                fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except BlockingIOError:
                return True
            finally:
                os.close(file)
        return False
