"""Writes: each has a result that its client gets, also if the server stops meanwhile."""

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from app.api.http.request_state import RequestState
from app.api.problems.catalogue import NotReady
from app.tables.database import Database

_T = TypeVar("_T")


class Writes:
    """Runs writes in threads, and learns the result of each even if its request is cancelled.

    The server cancels the requests that are running at the end of its shutdown timeout. A write that
    is not committed by then is rolled back, and only then its client gets a 503; a client whose
    write was committed gets its result. The threads are separate from the threads of reads.
    """

    def __init__(self, database: Database, at_once: int) -> None:
        self._database = database
        self._threads = ThreadPoolExecutor(at_once, thread_name_prefix="write")
        self._requests: set[asyncio.Task[object]] = set()

    async def run(self, state: RequestState, work: Callable[[Database], _T], waited: float) -> _T:
        """Return the result of the work; raises NotReady if it was rolled back.

        The work may wait for the lock for the rest of the promised time, of which the request has
        `waited` some seconds already.
        """
        stopping = threading.Event()

        def refuse() -> None:
            if stopping.is_set():
                raise NotReady("the server is stopping, and nothing was written: retry later")

        database = self._database.for_one_request(state.note_seq).for_one_write(refuse, waited)
        request = asyncio.current_task()
        assert request is not None
        self._requests.add(request)
        request.add_done_callback(self._requests.discard)
        # Not a task: at the end of the event loop, every task is cancelled.
        result = asyncio.get_running_loop().run_in_executor(self._threads, work, database)
        while not result.done():
            try:
                await asyncio.shield(result)
            except asyncio.CancelledError:
                stopping.set()
        written = result.result()
        state.written = True
        return written

    async def finish(self) -> None:
        """Wait until each cancelled write has its result, and its request is answered."""
        if self._requests:
            await asyncio.wait(self._requests)
        self._threads.shutdown(wait=False)
