"""The version of the data in PostgreSQL."""

import asyncio
import time
from collections.abc import Hashable
from math import inf

import psycopg
import structlog

from app.tables.data_versions.aside import AsideConnection
from app.tables.database import Database

_log = structlog.get_logger("timeline.database")
# How long PostgreSQL is left alone after a failure, in seconds.
_PAUSE_SECONDS = 2
# Equal snapshots see the same commits, of this database and its neighbours. On a standby the list of
# transactions in progress is empty, so there the place in the replayed log is needed as well.
_SNAPSHOT = "SELECT pg_current_snapshot()::text, pg_last_wal_replay_lsn()::text"


class PostgresVersion:
    """Asks PostgreSQL for its snapshot; callers that come while one question is asked share the next."""

    def __init__(self, database: Database) -> None:
        self._connection = AsideConnection(database)
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
        await self._connection.close()

    async def _ask_after(self, asked: asyncio.Task[Hashable | None] | None) -> Hashable | None:
        if asked is not None and not asked.done():
            await asyncio.wait([asked])
        # Who comes from now on must wait for a later answer.
        self._asked, self._next = self._next, None
        try:
            return (*await self._connection.ask(_SNAPSHOT),)
        except (psycopg.Error, OSError) as error:  # TimeoutError is an OSError.
            self._paused_until = max(self._paused_until, time.monotonic() + _PAUSE_SECONDS)
            _log.warning("the version of the data is unknown", error=repr(error))
            return None
