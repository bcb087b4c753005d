"""Turns of imports: so many at once, and of each `Idempotency-Key` one."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import TypeVar

import anyio
import anyio.to_thread

from app.api.problems.catalogue import ImportInProgress, NotReady

_T = TypeVar("_T")

# How long an import waits until another one ends.
_WAIT_SECONDS = 10


class ImportTurns:
    """The imports that this process has under way."""

    def __init__(self, at_once: int) -> None:
        self._at_once = at_once
        self._turns = asyncio.Semaphore(at_once)
        self._held: set[tuple[str, str]] = set()

    @contextmanager
    def alone(self, actor: str, key: str) -> Iterator[None]:
        """Hold the actor's key, if there is one; raises ImportInProgress while it is held."""
        named = {(actor, key)} if key else set()
        if named & self._held:
            raise ImportInProgress("an import with this Idempotency-Key is under way")
        self._held |= named
        try:
            yield
        finally:
            self._held -= named

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Wait for a turn; raises NotReady when none comes soon."""
        try:
            async with asyncio.timeout(_WAIT_SECONDS):
                await self._turns.acquire()
        except TimeoutError:
            detail = "as many imports as are taken at once are under way: try again"
            raise NotReady(detail) from None
        try:
            yield
        finally:
            self._turns.release()

    async def run(self, work: Callable[[], _T]) -> _T:
        """Do the work in a thread, and not in one of those that reads wait for."""
        return await anyio.to_thread.run_sync(work, limiter=anyio.CapacityLimiter(1))
