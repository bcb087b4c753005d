"""Brief reads of SQLite in the event loop: they neither wait nor take long, or a thread does them.

A thread costs more than such a read: its start, and its turns at the interpreter.
"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from time import monotonic
from typing import Any, Final

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import OperationalError

from app.tables.engines import LOG_END, note_log_end

# A thread that computes may delay the event loop as long: `sys.getswitchinterval`.
_SECONDS: Final = 0.005
# SQLite looks at the clock after this many steps. A page of 50 events takes about a thousand.
_STEPS: Final = 100
_attempted: Final = ContextVar("timeline_at_once", default=False)


class NotAtOnceError(Exception):
    """A read in the event loop would wait or take long, so it must run again in a thread."""


@contextmanager
def at_once() -> Iterator[None]:
    """Let every read within raise NotAtOnceError where it would wait, or has taken too long."""
    token = _attempted.set(True)
    try:
        yield
    finally:
        _attempted.reset(token)


def is_at_once() -> bool:
    """Return whether the read runs in the event loop."""
    return _attempted.get()


def refuse_at_once() -> None:
    """Raise NotAtOnceError in the event loop, before work that may wait or take long."""
    if is_at_once():
        raise NotAtOnceError


class AtOnceConnection:
    """The connection of the event loop to a file of SQLite, which is opened at its first use.

    For SQLAlchemy it is in one transaction from then on. Its own way to begin and end one, with a
    connection from the pool each time, takes longer than to read an event.
    """

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._connection: Connection | None = None
        self._driver: Any = None
        self._deadline = 0.0
        self._is_in_use = False

    @contextmanager
    def read(
        self, check: Callable[[Connection], None], seen: Callable[[int], None] | None
    ) -> Iterator[Connection]:
        """Yield the connection, whose statements all see the snapshot of the first of them.

        `check` may refuse the connection, and `seen` is told the number of the last change. Raises NotAtOnceError
        at a lock, at the deadline, or within another read.
        """
        if self._is_in_use:
            raise NotAtOnceError
        self._is_in_use = True
        try:
            connection = self._connection or self._connect()
            check(connection)
            self._deadline = monotonic() + _SECONDS
            connection.info.pop(LOG_END, None)
            self._driver.execute("BEGIN")
            if seen is not None:
                note_log_end(connection, seen)
            yield connection
        except (OperationalError, sqlite3.Error):
            # Any other failure comes again in the thread, which reports it.
            raise NotAtOnceError from None
        finally:
            self._is_in_use = False
            self._end()

    def close(self) -> None:
        """Close the connection."""
        if self._connection is not None:
            self._connection.close()
            self._connection = self._driver = None

    def _connect(self) -> Connection:
        connection = self.engine.connect()
        connection.begin()
        driver: Any = connection.connection.driver_connection
        driver.set_progress_handler(lambda: monotonic() > self._deadline, _STEPS)
        self._connection, self._driver = connection, driver
        self._end()
        return connection

    def _end(self) -> None:
        if self._driver is not None:
            self._deadline = monotonic() + _SECONDS
            self._driver.end_statements()
            self._driver.rollback()
