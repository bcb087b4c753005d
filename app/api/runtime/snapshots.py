"""The past states that requests can be answered from: found or made, without holding up the others."""

import asyncio
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TypeVar

import structlog
from anyio import CapacityLimiter
from anyio.to_thread import run_sync
from sqlalchemy import Connection

from app.api.problems import NotReady
from app.api.runtime.fingerprint import fingerprint
from app.domain.instants import rfc3339
from app.reading.states import newest_state, released_states, state_at
from app.tables.database import BusyError, Database, current_instant
from app.tables.log import DataState
from app.writing.snapshots.build import build_snapshot
from app.writing.snapshots.store import SnapshotStore

# How long a request waits until a past state is made, and the writers before it are done.
_WAIT_SECONDS = 10
_WRITER_SECONDS = 5

_log = structlog.get_logger("timeline.past")
_T = TypeVar("_T")


def _name(moment: DataState) -> str:
    """The name of the file of a state."""
    # The digest vouches for the log: another database that came to this number has other files,
    # and so has another program, which may read other rows out of the documents.
    return f"{moment.seq}-{moment.digest[:16]}-{fingerprint()}"


class FutureError(ValueError):
    """An instant that has not come yet."""


class Snapshots:
    """The past states of a database; files of them are in a folder, or made one at a time."""

    def __init__(self, present: Database, folder: SnapshotStore) -> None:
        self._present = present
        self._folder = folder
        self._building: asyncio.Task[None] | None = None
        # Releases that were asked for and are not made yet, the first first.
        self._wanted: dict[DataState, None] = {}
        # No change will be made any more that is stamped until then.
        self._settled = datetime.min.replace(tzinfo=UTC)
        self._settling = asyncio.Lock()
        self._closed = threading.Event()

    def close(self) -> None:
        """Give up what is being made: a server that stops does not wait for it."""
        self._closed.set()

    async def find(self, query: Callable[[Connection], _T]) -> _T:
        """What a query finds in the present database."""
        return await run_sync(self._find, query)

    async def state_at(self, instant: datetime) -> DataState:
        """The state at an instant, for ever the same; raises NoSuchStateError, FutureError and NotReady."""
        newest, now = await self.find(lambda c: (newest_state(c), current_instant(c)))
        if instant > max(now, newest.at):
            raise FutureError(
                f"this instant has not come yet; the last change, {newest.seq}, was made at "
                f"{rfc3339(newest.at)}"
            )
        if instant > max(self._settled, newest.at):
            await self._settle(instant)
        return await self.find(lambda connection: state_at(connection, instant))

    async def file(self, moment: DataState) -> Path:
        """The SQLite file of a state; raises NotReady when it takes too long to make it."""
        name = _name(moment)
        try:
            async with asyncio.timeout(_WAIT_SECONDS):
                while (path := self._folder.find(name)) is None:
                    await self._make(moment)
        except TimeoutError:
            raise NotReady("this past state is being made: ask again in a while") from None
        return path

    async def _make(self, moment: DataState) -> None:
        """Make a file, this one if no release waits, or wait while another one is made.

        Who gives up waiting ends neither.
        """
        released = await self.find(released_states)
        if moment in released:
            self._wanted[moment] = None
        if self._building is None or self._building.done():
            # What was cited comes before what anybody thinks of, and is made though nobody waits.
            first = next(iter(self._wanted), moment)
            self._building = asyncio.create_task(self._build(first, released))
        await asyncio.shield(self._building)

    async def _build(self, moment: DataState, released: list[DataState]) -> None:
        self._wanted.pop(moment, None)
        build = partial(build_snapshot, self._present, moment.seq, check=self._refuse_when_closed)
        staying = frozenset(map(_name, released))
        make = partial(self._folder.make, _name(moment), build, staying)
        try:
            # A thread of its own: others are not to wait for it.
            await run_sync(make, limiter=CapacityLimiter(1))
        except OSError as error:
            _log.error("past states cannot be kept", error=str(error))
            raise NotReady("past states cannot be kept: the log of the server says why") from error
        _log.info("past state made", seq=moment.seq)

    def _refuse_when_closed(self) -> None:
        if self._closed.is_set():
            raise NotReady("the server is stopping: ask again in a while")

    async def _settle(self, instant: datetime) -> None:
        """Wait until no write is under way that was stamped before the instant."""
        try:
            async with asyncio.timeout(_WAIT_SECONDS), self._settling:
                if instant > self._settled:
                    settle = partial(self._present.settle, _WRITER_SECONDS)
                    self._settled = await run_sync(settle, limiter=CapacityLimiter(1))
        except (TimeoutError, BusyError):
            raise NotReady(
                "a write is under way, and this instant may yet come to hold it: ask again in a while"
            ) from None

    def _find(self, query: Callable[[Connection], _T]) -> _T:
        with self._present.read() as connection:
            return query(connection)
