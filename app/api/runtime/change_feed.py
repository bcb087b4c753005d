"""Who follows the change log, and when there is news for them."""

import asyncio
from collections.abc import AsyncIterator, Callable, Collection
from contextlib import asynccontextmanager
from typing import TypeVar

import structlog
from anyio.to_thread import run_sync
from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from app.api.problems import NotReady
from app.domain.vocabulary import EntityKind
from app.reading.log import ChangeBatch, fetch_changes
from app.tables.database import Database, SlowQueryError
from app.tables.log import newest_seq

# A change is to be with its followers within a second, whichever process wrote it.
_LOOK_SECONDS = 0.5
# How long to leave a database alone that does not answer.
_FAILURE_SECONDS = 2
# Some 500 kB; more would be waiting in memory for each follower.
_AT_ONCE = 100

_log = structlog.get_logger("timeline.changes")
_T = TypeVar("_T")


class ChangeFeed:
    """Tells its followers when there are new changes.

    It looks at the database twice a second, however many follow, and not at all while nobody does.
    No connection is held between two looks.
    """

    def __init__(self, database: Database, at_most: int) -> None:
        self._database = database
        self._at_most = at_most
        self._followers = 0
        self._newest = 0
        self._watch: asyncio.Task[None] | None = None
        # Set when there is news, and then replaced.
        self._news = asyncio.Event()
        self.stopped = False

    @asynccontextmanager
    async def following(self) -> AsyncIterator[None]:
        """Be one of the followers meanwhile; raises NotReady when there are too many."""
        if self.stopped:
            raise NotReady("the server is stopping: ask again in a while")
        if self._followers >= self._at_most:
            raise NotReady("as many streams as are sent at once are open: ask again in a while")
        self._followers += 1
        if self._watch is None or self._watch.done():
            self._watch = asyncio.create_task(self._look_for_news())
        try:
            yield
        finally:
            self._followers -= 1

    async def wait(self, seq: int) -> None:
        """Return when there are changes after this one, or the server stops."""
        while self._newest <= seq and not self.stopped:
            await self._news.wait()

    async def fetch(self, after: int, kinds: Collection[EntityKind]) -> ChangeBatch:
        """The next changes, as far as they are there; waits while the database does not answer."""
        found = await self._find(lambda c: fetch_changes(c, after, kinds, _AT_ONCE))
        return ChangeBatch([], more=True, last=after) if found is None else found

    def stop(self) -> None:
        """Tell every follower that the server stops."""
        self.stopped = True
        self._wake()

    async def close(self) -> None:
        """Stop, and leave no connection in the hands of a thread, unless the database hangs."""
        self.stop()
        if self._watch is not None:
            await asyncio.wait([self._watch], timeout=_FAILURE_SECONDS)

    async def _look_for_news(self) -> None:
        # Not cancelled when the last follower goes: the thread that looks would not hear of it.
        while self._followers and not self.stopped:
            newest = await self._find(newest_seq)
            if newest is not None and newest > self._newest:
                self._newest = newest
                self._wake()
            await asyncio.sleep(_LOOK_SECONDS)

    def _wake(self) -> None:
        news, self._news = self._news, asyncio.Event()
        news.set()

    async def _find(self, query: Callable[[Connection], _T]) -> _T | None:
        try:
            return await run_sync(self._find_now, query)
        except (SQLAlchemyError, SlowQueryError) as error:
            # A stream that broke off here would be asked for again at once, and then refused.
            _log.warning("the database does not answer", error=str(error))
            await asyncio.sleep(_FAILURE_SECONDS)
            return None

    def _find_now(self, query: Callable[[Connection], _T]) -> _T:
        with self._database.read() as connection:
            return query(connection)
