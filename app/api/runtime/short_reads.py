"""Few threads for short reads, because more of them would only contend for the interpreter."""

import asyncio
from collections.abc import Callable
from typing import Any, Final

from anyio.to_thread import run_sync

# A reader notices a longer wait.
_PATIENCE: Final = 0.25


class ShortReads:
    """Lets a number of short reads run at once; a further one waits for its turn, but not for long.

    The threads of Python take turns. A read from SQLite gives up its turn at each row, and waits for it
    again: a page cost more with ten threads than with two (decision 0005). Reads that turn out to be slow hold
    nobody up for more than a quarter of a second: then the next one runs beside them. `at_once=None` is for
    PostgreSQL, where a read mostly waits for the server, so that all may run at once.
    """

    def __init__(self, at_once: int | None) -> None:
        self._free = None if at_once is None else asyncio.Semaphore(at_once)

    async def run(self, read: Callable[[], Any]) -> Any:
        """Return the result of a read, which runs in a thread."""
        if self._free is None or not await _is_acquired(self._free):
            return await run_sync(read)
        try:
            return await run_sync(read)
        finally:
            self._free.release()


async def _is_acquired(free: asyncio.Semaphore) -> bool:
    # Without a wait there is no need for a timer.
    if free.locked():
        try:
            async with asyncio.timeout(_PATIENCE):
                return await free.acquire()
        except TimeoutError:
            return False
    return await free.acquire()
