"""Gates: limits on the work that one process does at once."""

import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import TypeVar

from anyio import CapacityLimiter
from anyio.to_thread import run_sync

from app.api.problems.catalogue import ImportInProgress, NotReady

_T = TypeVar("_T")


class Gate:
    """Slots for one kind of work, called `name` in refusals; work waits for a slot at most `wait_seconds`.

    Work that waits holds neither a thread nor a connection, which reads need.
    """

    def __init__(self, slots: int, name: str, wait_seconds: float = 10) -> None:
        self.slots = slots
        self._free = asyncio.Semaphore(slots)
        self._name = name
        self._wait_seconds = wait_seconds
        # For metrics: the present state, and totals since the start.
        self.held = self.waiting = 0
        self.taken = self.refused = 0
        self.waited_seconds = 0.0

    @asynccontextmanager
    async def slot(self) -> AsyncIterator[float]:
        """Hold a slot, and yield the seconds of waiting; raises NotReady if none becomes free in time."""
        asked = time.monotonic()
        self.waiting += 1
        try:
            async with asyncio.timeout(self._wait_seconds):
                await self._free.acquire()
        except TimeoutError:
            self.refused += 1
            detail = (
                f"no slot for {self._name} became free in {self._wait_seconds:g} s: retry later"
            )
            raise NotReady(detail) from None
        finally:
            waited = time.monotonic() - asked
            self.waiting -= 1
            self.waited_seconds += waited
        self.held += 1
        self.taken += 1
        try:
            yield waited
        finally:
            self.held -= 1
            self._free.release()


class Shares:
    """The pieces of one kind of work that each caller has in progress: at most `each` at once."""

    def __init__(self, each: int, name: str) -> None:
        self._each = each
        self._name = name
        self._held: Counter[str] = Counter()

    @contextmanager
    def hold(self, caller: str) -> Iterator[None]:
        """Count one piece of work of the caller; raises NotReady if it has as many as it may."""
        if self._held[caller] >= self._each:
            raise NotReady(
                f"at most {self._each} {self._name} at once for one key or address: retry when one "
                "has ended"
            )
        self._held[caller] += 1
        try:
            yield
        finally:
            self._held[caller] -= 1
            if not self._held[caller]:
                del self._held[caller]


class ImportKeys:
    """The `Idempotency-Key`s of the imports in progress, by actor."""

    def __init__(self) -> None:
        self._held: set[tuple[str, str]] = set()

    @contextmanager
    def hold(self, actor: str, key: str) -> Iterator[None]:
        """Hold the actor's key; raises ImportInProgress if it is held. An empty key is not held."""
        keys = {(actor, key)} if key else set()
        if keys & self._held:
            raise ImportInProgress("an import with this Idempotency-Key is in progress")
        self._held |= keys
        try:
            yield
        finally:
            self._held -= keys


async def run_in_own_thread(work: Callable[[], _T]) -> _T:
    """Run long work in a thread, but not in one of the threads that reads share."""
    return await run_sync(work, limiter=CapacityLimiter(1))
