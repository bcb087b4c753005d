"""Snapshots: the SQLite files of past states, which answer `as_of` and `release`."""

import asyncio
import threading
import time
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TypeVar

import structlog
from anyio.to_thread import run_sync
from sqlalchemy import Connection

from app.api.problems.catalogue import NotReady
from app.api.runtime.fingerprint import fingerprint
from app.api.runtime.gates import run_in_own_thread
from app.domain.instants import rfc3339
from app.reading.states import newest_state, released_states, state_at
from app.tables.clock import current_instant
from app.tables.database import Database
from app.tables.log import DataState
from app.writing.snapshots.build import build_snapshot
from app.writing.snapshots.store import SnapshotStore

_log = structlog.get_logger("timeline.past")
_T = TypeVar("_T")
_POLL_SECONDS = 0.02


def _name(state: DataState) -> str:
    """Return the name of a state's file."""
    # The digest identifies the log, as another database has other changes of the same number. The
    # fingerprint identifies the program, as another version may derive other rows from the documents.
    return f"{state.seq}-{state.digest[:16]}-{fingerprint()}"


class FutureError(ValueError):
    """The instant is in the future."""


class Snapshots:
    """Finds the snapshot of a past state, or builds it, one at a time, while other requests go on.

    A request waits at most `wait_seconds` for a build, and `writer_seconds` for writes in progress.
    """

    def __init__(
        self,
        present: Database,
        store: SnapshotStore,
        *,
        wait_seconds: float = 10,
        writer_seconds: float = 5,
    ) -> None:
        self.wait_seconds = wait_seconds
        self.writer_seconds = writer_seconds
        self._present = present
        self._store = store
        self._build: asyncio.Task[None] | None = None
        # Releases that were requested and are not built yet, in order of request.
        self._queue: dict[DataState, None] = {}
        self._proving = asyncio.Lock()
        self._closed = threading.Event()
        # States built since the start, for metrics.
        self.built = 0

    @property
    def is_building(self) -> bool:
        """Whether a state is being built."""
        return self._build is not None and not self._build.done()

    def close(self) -> None:
        """Cancel the build: a stopping server does not wait for it."""
        self._closed.set()

    async def find(self, query: Callable[[Connection], _T], database: Database | None = None) -> _T:
        """Return the result of a query of the present database, or of another one."""
        return await run_sync((database or self._present).find, query)

    async def state_at(self, instant: datetime) -> DataState:
        """Return the state at an instant, which can never change any more.

        Raises NoSuchStateError, FutureError, and NotReady if a write takes too long.
        """
        newest, now = await self.find(lambda c: (newest_state(c), current_instant(c)))
        if instant > max(now, newest.at):
            raise FutureError(
                f"this instant is in the future; the last change, {newest.seq}, was made at "
                f"{rfc3339(newest.at)}"
            )
        if instant > newest.at:
            await self._settle(instant)
        return await self.find(lambda connection: state_at(connection, instant))

    async def file(self, state: DataState) -> Path:
        """Return the undamaged SQLite file of a state; raises NotReady if its build takes too long."""
        name = _name(state)
        try:
            async with asyncio.timeout(self.wait_seconds):
                while (path := await self._proved_file(name)) is None:
                    await self._build_next(state)
        except TimeoutError:
            raise NotReady("this past state is being built: retry later") from None
        return path

    async def _proved_file(self, name: str) -> Path | None:
        """Return the file of this name if it is undamaged; the first call reads all of it."""
        if path := self._store.find(name):
            return path
        # One at a time: further requests for the same file need not read it again.
        async with self._proving:
            return self._store.find(name) or await run_in_own_thread(
                partial(self._store.prove, name)
            )

    async def _build_next(self, state: DataState) -> None:
        """Build a snapshot, this one unless a release is queued, or wait for the build in progress.

        A caller that times out does not cancel the build.
        """
        released = await self.find(released_states)
        if self._store.find(_name(state)):
            # Another request's build ended during the query.
            return
        if state in released:
            self._queue[state] = None
        if self._build is None or self._build.done():
            # A release may be cited, so it precedes other states; it is built even if nobody waits.
            first = next(iter(self._queue), state)
            self._build = asyncio.create_task(self._build_file(first, released))
        await asyncio.shield(self._build)

    async def _build_file(self, state: DataState, released: list[DataState]) -> None:
        self._queue.pop(state, None)
        build = partial(build_snapshot, self._present, state.seq, check=self._refuse_when_closed)
        kept = frozenset(map(_name, released))
        try:
            make = partial(self._store.make, _name(state), build, kept, self._refuse_when_closed)
            await run_in_own_thread(make)
        except OSError as error:
            _log.error("past states cannot be stored", error=str(error))
            detail = "past states cannot be stored: the server's log gives the reason"
            raise NotReady(detail) from error
        self.built += 1
        _log.info("past state built", seq=state.seq)

    def _refuse_when_closed(self) -> None:
        if self._closed.is_set():
            raise NotReady("the server is stopping: retry later")

    async def _settle(self, instant: datetime) -> None:
        """Wait until no write is in progress whose timestamp precedes the instant.

        A writer stamps its changes when its turn has begun. So none does if nobody writes now, nor
        if there is a later change.
        """
        deadline = time.monotonic() + self.writer_seconds
        while True:
            written, newest = await self.find(
                lambda c: (self._present.is_written(c), newest_state(c))
            )
            if not written or newest.at >= instant:
                return
            if time.monotonic() > deadline:
                raise NotReady(
                    "a write is in progress that may belong to this instant's state: retry later"
                )
            await asyncio.sleep(_POLL_SECONDS)
