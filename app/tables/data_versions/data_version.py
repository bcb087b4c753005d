"""The version of the data: as long as it is the same, no process has committed anything."""

import sqlite3
from collections.abc import Hashable
from typing import Any, Protocol

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from app.tables.database import Database
from app.tables.files.database_file import UnusableFileError


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
    if database.is_sqlite:
        return SqliteVersion(database)
    # Imports the driver of PostgreSQL, which would make each start on SQLite slower.
    from app.tables.data_versions.postgresql_version import PostgresVersion

    return PostgresVersion(database)


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
        return self._connection
