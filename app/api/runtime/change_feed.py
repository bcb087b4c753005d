"""The followers of the change log, and how they hear of new changes."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import TypeVar

import structlog
from anyio.to_thread import run_sync
from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from app.api.problems.catalogue import NotReady
from app.api.runtime.gates import Shares
from app.reading.log import ChangeBatch, fetch_changes
from app.reading.parameters.changes import ChosenChanges
from app.tables.database import Database, SlowQueryError
from app.tables.files.database_file import UnusableFileError
from app.tables.log import newest_seq

_log = structlog.get_logger("timeline.changes")
_T = TypeVar("_T")


class ChangeFeed:
    """Wakes its followers when there are new changes, whichever process wrote them.

    It polls the database every `poll_seconds`, however many follow, and not at all without followers:
    a change reaches its followers within a second. It holds no connection between two polls, and
    leaves a database that does not answer alone for `retry_seconds`. A batch of 100 changes has some
    500 kB, which wait in memory for each follower.
    """

    def __init__(
        self,
        database: Database,
        max_followers: int,
        caller_followers: int,
        *,
        poll_seconds: float = 0.5,
        retry_seconds: float = 2,
        batch_size: int = 100,
    ) -> None:
        self._database = database
        self.max_followers = max_followers
        self.poll_seconds = poll_seconds
        self.retry_seconds = retry_seconds
        self.batch_size = batch_size
        self.shares = Shares(caller_followers, "streams of changes")
        self.followers = 0
        self._newest = 0
        self._poll: asyncio.Task[None] | None = None
        # Set when there are new changes, and then replaced.
        self._news = asyncio.Event()
        self.stopped = False

    @asynccontextmanager
    async def following(self, caller: str) -> AsyncIterator[None]:
        """Count as a follower; raises NotReady if there are too many, or the server is stopping.

        One caller may have only some of the places.
        """
        if self.stopped:
            raise NotReady("the server is stopping: retry later")
        if self.followers >= self.max_followers:
            raise NotReady(f"all {self.max_followers} streams of changes are in use: retry later")
        with self.shares.hold(caller):
            self.followers += 1
            try:
                self._poll_while_followed()
                yield
            finally:
                self.followers -= 1

    def _poll_while_followed(self) -> None:
        if self._poll is None or self._poll.done():
            self._poll = asyncio.create_task(self._poll_for_news())

    async def wait(self, seq: int) -> None:
        """Return when there are changes after number `seq`, or the server stops."""
        while self._newest <= seq and not self.stopped:
            await self._news.wait()

    async def fetch(self, after: int, chosen: ChosenChanges) -> ChangeBatch:
        """Return the next changes; an empty batch, after a pause, if the database does not answer."""
        batch = await self._run(lambda c: fetch_changes(c, after, chosen, self.batch_size))
        return ChangeBatch([], more=True, last=after) if batch is None else batch

    def stop(self) -> None:
        """Tell every follower that the server is stopping."""
        self.stopped = True
        self._wake()

    async def close(self) -> None:
        """Stop, and wait until no thread holds a connection, unless the database hangs."""
        self.stop()
        if self._poll is not None:
            await asyncio.wait([self._poll], timeout=self.retry_seconds)

    async def _poll_for_news(self) -> None:
        # Not cancelled when the last follower leaves: a thread cannot be cancelled.
        while self.followers and not self.stopped:
            newest = await self._run(newest_seq)
            if newest is not None and newest > self._newest:
                self._newest = newest
                self._wake()
            await asyncio.sleep(self.poll_seconds)

    def _wake(self) -> None:
        news, self._news = self._news, asyncio.Event()
        news.set()

    async def _run(self, query: Callable[[Connection], _T]) -> _T | None:
        """Return the query's result; None, after a pause, if the database does not answer."""
        try:
            return await run_sync(self._database.find, query)
        except (SQLAlchemyError, SlowQueryError, UnusableFileError) as error:
            # If the stream broke off, the client would reconnect at once, only to be refused.
            _log.warning("the database does not answer", error=str(error))
            await asyncio.sleep(self.retry_seconds)
            return None
