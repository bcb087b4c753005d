"""Writes of one entity, one after another in this process."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

from anyio.to_thread import run_sync

from app.api.problems.catalogue import NotReady

_T = TypeVar("_T")


class WriteTurns:
    """Has writes wait here, where they hold neither a thread nor a connection that reads need.

    The database would have them wait for one another all the same, each with both.
    """

    def __init__(self, patience: float) -> None:
        self._patience = patience
        self._turn = asyncio.Lock()

    async def run(self, work: Callable[[], _T]) -> _T:
        """Do the work in a thread, when it is its turn; raises NotReady when none comes soon."""
        try:
            async with asyncio.timeout(self._patience):
                await self._turn.acquire()
        except TimeoutError:
            raise NotReady("other writes have been going on for long: try again") from None
        try:
            return await run_sync(work)
        finally:
            self._turn.release()
