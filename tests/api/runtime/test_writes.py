"""Writes of a server that stops: a 503 means that nothing was written, a result that all was."""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from time import monotonic
from typing import Any

import pytest
from sqlalchemy import event
from starlette.testclient import TestClient

from app.api.http.request_state import RequestState
from app.api.middleware.request_log import RequestLogMiddleware
from app.api.problems.catalogue import NotReady
from app.api.runtime.gates import Gate
from app.api.runtime.writes import Writes
from app.domain.vocabulary import EntityKind
from app.tables.database import BusyError, Database
from app.writing.apply import apply_records
from app.writing.changes import make_stamp
from tests.support.builders import make_place, store
from tests.support.editing import Editing, plain

MOSCOW = "/v1/places/moscow"


class Held:
    """A write that waits in the middle until it is released."""

    def __init__(self, before_commit: bool) -> None:
        self.reached, self.released = threading.Event(), threading.Event()
        self._before_commit = before_commit

    def wait(self) -> None:
        self.reached.set()
        assert self.released.wait(10)

    def __call__(self, database: Database) -> str:
        """Write a place, and wait before or after the commit."""
        with database.write() as connection:
            stamp = make_stamp(connection, "test")
            apply_records(connection, {EntityKind.PLACE: [make_place()]}, stamp)
            if self._before_commit:
                self.wait()
        if not self._before_commit:
            self.wait()
        return "done"


async def _cancelled(database: Database, work: Held, times: int) -> tuple[Any, bool]:
    """Run the work, cancel its request in the middle, and return the outcome and `written`."""
    writes, state = Writes(database, 1), RequestState()
    request = asyncio.create_task(writes.run(state, work, 0))
    await asyncio.to_thread(work.reached.wait, 10)
    for _ in range(times):
        request.cancel()
        await asyncio.sleep(0.01)
    assert not request.done(), "the outcome is not known yet"
    work.released.set()
    (outcome,) = await asyncio.gather(request, return_exceptions=True)
    await writes.finish()
    return outcome, state.written


def _is_stored(client: TestClient) -> bool:
    return client.get(MOSCOW).status_code == 200


class TestCancelledWrites:
    # The server cancels once at the end of its shutdown timeout, and once when the event loop ends.
    @pytest.mark.parametrize("times", [1, 2])
    def test_a_write_that_is_not_committed_is_rolled_back(
        self, client: TestClient, database: Database, times: int
    ) -> None:
        outcome, written = asyncio.run(_cancelled(database, Held(before_commit=True), times))

        assert isinstance(outcome, NotReady)
        assert "nothing was written" in str(outcome)
        assert not written
        assert not _is_stored(client)

    @pytest.mark.parametrize("times", [1, 2])
    def test_a_write_that_is_committed_has_its_result(
        self, client: TestClient, database: Database, times: int
    ) -> None:
        outcome, written = asyncio.run(_cancelled(database, Held(before_commit=False), times))

        assert (outcome, written) == ("done", True)
        assert _is_stored(client)

    def test_an_error_of_the_write_is_its_outcome(self, database: Database) -> None:
        def fail(_: Database) -> None:
            raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            asyncio.run(Writes(database, 1).run(RequestState(), fail, 0))

    def test_a_rolled_back_write_ends_at_its_next_statement(self, database: Database) -> None:
        statements = 0

        def refuse() -> None:
            nonlocal statements
            statements += 1
            if statements > 3:
                raise NotReady("stopping")

        with pytest.raises(NotReady):
            store(database.for_one_write(refuse, 0), make_place())

        assert statements == 4

    def test_the_log_never_denies_a_committed_write(self) -> None:
        """Then the connection breaks off, and the client does not know: it has to ask."""
        sent: list[Any] = []

        async def written(scope: Any, *_: object) -> None:
            scope["state"]["timeline"].written = True
            raise asyncio.CancelledError

        async def send(message: object) -> None:
            sent.append(message)

        async def receive() -> dict[str, str]:
            return {"type": "http.request"}

        scope = {
            "type": "http",
            "method": "PUT",
            "path": MOSCOW,
            "query_string": b"",
            "headers": [],
        }
        with pytest.raises(asyncio.CancelledError):
            asyncio.run(RequestLogMiddleware(written)(scope, receive, send))

        assert sent == []


class TestRequests:
    """The same through the API, where each way to write goes through `Writes`."""

    @pytest.mark.parametrize(
        ("method", "path", "body"),
        [
            pytest.param("PUT", MOSCOW, plain(make_place()), id="put"),
            pytest.param("PATCH", "/v1/places/omsk", {"latitude": 1}, id="patch"),
            pytest.param("DELETE", "/v1/places/omsk?reason=wrong", None, id="delete"),
            pytest.param("POST", "/v1/imports", {"places": [plain(make_place())]}, id="import"),
        ],
    )
    def test_a_request_cancelled_before_its_commit_gets_503_and_writes_nothing(
        self,
        client: TestClient,
        database: Database,
        commits: "Commits",
        method: str,
        path: str,
        body: object,
    ) -> None:
        store(database, make_place("omsk"))
        editing = Editing(client, database)
        before = client.get("/v1/changes").json()["page"]["last"]
        tag = {"If-Match": editing.tag("/v1/places/omsk")} if "omsk" in path else {}
        commits.hold(client)

        answer = editing.send(method, path, body, tag)

        commits.release()
        assert (answer.status_code, answer.json()["type"]) == (503, "/problems/not-ready")
        assert "nothing was written" in answer.json()["detail"]
        assert client.get("/v1/changes").json()["page"]["last"] == before


class Commits:
    """Cancels the request whose write reaches its last statement, as a stopping server does."""

    def __init__(self) -> None:
        self._undo: list[Callable[[], None]] = []

    def hold(self, client: TestClient) -> None:
        """Cancel the next request when it inserts its changes."""
        app: Any = client.app
        writes: Writes = app.state.writes
        engine = app.state.database.engine

        def cancel(_c: Any, _cursor: Any, statement: str, *_: Any) -> None:
            if statement.startswith('INSERT INTO "change"'):
                (request,) = writes._requests
                loop = request.get_loop()
                loop.call_soon_threadsafe(request.cancel)
                # The request notices it in a later turn of the loop.
                loop.call_soon_threadsafe(loop.call_later, 0.02, handled.set)
                assert handled.wait(10)

        handled = threading.Event()
        event.listen(engine, "after_cursor_execute", cancel)
        self._undo.append(lambda: event.remove(engine, "after_cursor_execute", cancel))

    def release(self) -> None:
        """Cancel no further request."""
        while self._undo:
            self._undo.pop()()


@pytest.fixture
def commits() -> Iterator[Commits]:
    """Cancels requests before they commit."""
    commits = Commits()
    yield commits
    commits.release()


class TestWaiting:
    """A writer waits 30 s, in the queue of its process and for the lock together."""

    def test_the_time_in_the_queue_counts(
        self, client: TestClient, database: Database, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        app: Any = client.app
        editing = Editing(client, database)
        waits: list[float] = []
        served: Database = app.state.database
        for_one_write = served.for_one_write

        def note(refuse: Callable[[], None], waited: float) -> Database:
            waits.append(waited)
            return for_one_write(refuse, waited)

        monkeypatch.setattr(served, "for_one_write", note)
        for name in ("write_gate", "import_gate"):
            monkeypatch.setitem(app.state._state, name, LateGate(1, name))

        editing.send("PUT", MOSCOW, plain(make_place()))
        editing.send("POST", "/v1/imports", {})

        assert len(waits) == 2
        assert all(0.05 < waited < 5 for waited in waits)

    def test_the_lock_is_awaited_for_the_rest_of_the_time(self, database: Database) -> None:
        start = monotonic()
        with (
            database.write(),
            pytest.raises(BusyError, match="another write has been going on for 30 s"),
            database.for_one_write(lambda: None, 29.9).write(),
        ):
            pass

        assert 0.1 <= monotonic() - start < 5


class LateGate(Gate):
    """A gate whose slots become free after a moment."""

    @asynccontextmanager
    async def slot(self) -> AsyncIterator[float]:
        """Hold a slot that another request frees after 0.06 s."""
        async with super().slot():
            asyncio.get_running_loop().call_later(0.06, self._free.release)
            async with super().slot() as waited:
                yield waited
            await self._free.acquire()
