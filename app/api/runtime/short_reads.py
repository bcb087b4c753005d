"""Short reads: in the event loop, or in few threads, because more would contend for the interpreter."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Final, TypeVar

from anyio.to_thread import run_sync

from app.tables.at_once import NotAtOnceError, at_once

# A reader notices a longer wait.
_PATIENCE: Final = 0.25
_MARK: Final = "timeline_is_brief"
_Function = TypeVar("_Function", bound=Callable[..., Any])


def brief(function: _Function) -> _Function:
    """Mark the function of a route as a brief read: of a document, or of a page by an index.

    It may run in the event loop, and then again in a thread, so it changes nothing but its request.
    """
    setattr(function, _MARK, True)
    return function


def is_brief(function: Callable[..., Any]) -> bool:
    """Return whether the function is marked as brief."""
    return getattr(function, _MARK, False)


class ShortReads:
    """Lets a number of short reads run at once; a further one waits for its turn, but not for long.

    The threads of Python take turns. A read from SQLite gives up its turn at each row, and waits for it
    again: a page cost more with ten threads than with two (decision 0005). Reads that turn out to be slow hold
    nobody up for more than a quarter of a second: then the next one runs beside them. Without a limit all run
    at once, as on PostgreSQL, where a read mostly waits for the server.

    A brief read needs no thread: it runs in the event loop, and once more in a thread if it turns out not to be
    brief (decision 0090).
    """

    def __init__(self, limit: int | None) -> None:
        self._free = None if limit is None else asyncio.Semaphore(limit)

    async def run(
        self, read: Callable[[], Any], *, is_brief: bool = False, is_costly: bool = False
    ) -> Any:
        """Return the result of a read, which runs in a thread unless it is brief; a costly one waits for no turn."""
        if is_brief and self._free is not None:
            with suppress(NotAtOnceError), at_once():
                return read()
        if is_costly or self._free is None or not await _is_acquired(self._free):
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
