"""The version of the data: as long as it is the same, no process has committed anything."""

import asyncio
import sqlite3
import time
from collections.abc import Hashable
from contextlib import suppress
from math import inf
from typing import Any, Protocol

import psycopg
import structlog
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from app.tables.database import Database
from app.tables.files.database_file import UnusableFileError

_log = structlog.get_logger("timeline.database")
# How long the statement may take, and how long PostgreSQL is then left alone, in seconds.
_ANSWER_SECONDS = 1
_PAUSE_SECONDS = 2
# Equal snapshots see the same commits, of this database and its neighbours. On a standby the list of
# transactions in progress is empty, so there the place in the replayed log is needed as well.
_SNAPSHOT = "SELECT pg_current_snapshot()::text, pg_last_wal_replay_lsn()::text"


class DataVersion(Protocol):
    """Finds the version of the data, in the event loop, on a connection that nothing else uses."""

    def open(self) -> None:
        """Allow connections from now on; before that and after `close`, the version is unknown."""

    async def find(self) -> Hashable | None:
        """Return the version as of now; None if it is unknown, such as while the database is away.

        Equal versions mean equal data, until the process ends.
        """

    def find_at_once(self) -> Hashable | None:
        """Return the version without waiting; None if it is unknown, or one must wait for it."""

    async def close(self) -> None:
        """Close the connection."""


def data_version(database: Database) -> DataVersion:
    """Return the means to find the version of this database's data."""
    return SqliteVersion(database) if database.is_sqlite else PostgresVersion(database)


class SqliteVersion:
    """Asks an SQLite file for its version, which takes microseconds, and neither waits nor writes."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._engine: Engine = database.engine_aside()
        self._connection: Connection | None = None
        self._driver: Any = None
        # A connection numbers the commits that it sees, so versions of two connections do not compare.
        self._connected = 0
        self._opened = False

    def open(self) -> None:
        """Allow connections."""
        self._opened = True

    async def find(self) -> Hashable | None:
        """Return the version as of now; None if the file is not the one that the server serves."""
        return self.find_at_once()

    def find_at_once(self) -> Hashable | None:
        """Return the same."""
        if not self._opened:
            return None
        try:
            connection = self._connection or self._connect()
            self._database.check_in_place(connection)
            (number,) = self._driver.execute("PRAGMA data_version").fetchone()
        except (SQLAlchemyError, sqlite3.Error, UnusableFileError):
            self._disconnect()
            return None
        return (self._connected, number)

    async def close(self) -> None:
        """Close the connection."""
        self._opened = False
        self._disconnect()

    def _disconnect(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None
        self._engine.dispose()

    def _connect(self) -> Connection:
        self._connection = self._engine.connect()
        self._connected += 1
        self._driver = self._connection.connection.driver_connection
        # The event loop must not wait for a lock.
        self._driver.execute("PRAGMA busy_timeout = 0")
        return self._connection


class PostgresVersion:
    """Asks PostgreSQL for its snapshot; callers that come while one question is asked share the next."""

    def __init__(self, database: Database) -> None:
        _, self._options = database.engine.dialect.create_connect_args(database.engine.url)
        self._connection: psycopg.AsyncConnection | None = None
        self._asked: asyncio.Task[Hashable | None] | None = None
        self._next: asyncio.Task[Hashable | None] | None = None
        self._paused_until = inf

    def open(self) -> None:
        """Allow connections."""
        self._paused_until = 0

    async def find(self) -> Hashable | None:
        """Return the version at an instant after the call; None if PostgreSQL does not answer."""
        if time.monotonic() < self._paused_until:
            return None
        if self._next is None:
            self._next = asyncio.create_task(self._ask_after(self._asked))
        # A caller that is cancelled does not cancel the question of the others.
        return await asyncio.shield(self._next)

    def find_at_once(self) -> Hashable | None:
        """Return None, because PostgreSQL answers later."""
        return None

    async def close(self) -> None:
        """Close the connection."""
        self._paused_until = inf
        if self._asked is not None:
            await asyncio.wait([self._asked])
        await self._disconnect()

    async def _disconnect(self) -> None:
        if self._connection is not None:
            connection, self._connection = self._connection, None
            with suppress(psycopg.Error):
                await connection.close()

    async def _ask_after(self, asked: asyncio.Task[Hashable | None] | None) -> Hashable | None:
        if asked is not None and not asked.done():
            await asyncio.wait([asked])
        # Who comes from now on must wait for a later answer.
        self._asked, self._next = self._next, None
        try:
            async with asyncio.timeout(_ANSWER_SECONDS):
                return await self._ask()
        except (psycopg.Error, OSError) as error:  # TimeoutError is an OSError.
            self._paused_until = max(self._paused_until, time.monotonic() + _PAUSE_SECONDS)
            _log.warning("the version of the data is unknown", error=repr(error))
            await self._disconnect()
            return None

    async def _ask(self) -> Hashable | None:
        if self._connection is None or self._connection.closed:
            # A pooler may give each transaction another server, which does not know prepared statements.
            self._connection = await psycopg.AsyncConnection.connect(
                **self._options, autocommit=True, prepare_threshold=None
            )
        cursor = await self._connection.execute(_SNAPSHOT)
        return await cursor.fetchone()
