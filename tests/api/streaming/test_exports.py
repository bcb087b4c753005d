"""However an export ends, it releases its connection, and half a list never looks complete."""

import asyncio
import socket
import threading
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Iterator, MutableMapping
from contextlib import asynccontextmanager, contextmanager
from typing import Any

import httpx
import pytest
import structlog
import uvicorn
from fastapi import FastAPI
from sqlalchemy import QueuePool
from sqlalchemy.exc import OperationalError
from starlette.testclient import TestClient
from structlog.testing import capture_logs

from app.api.http.stalls import StalledReaderError
from app.api.middleware import request_log
from app.api.routes import event_exports
from app.api.runtime.gates import Gate
from app.api.streaming import sending, snapshot
from app.main import create_app
from app.settings import Settings
from app.tables.database import Database

Message = MutableMapping[str, Any]
Send = Callable[[Message], Awaitable[None]]
PATH = "/v1/events.ndjson"


@pytest.fixture
def app(seeded: Database, monkeypatch: pytest.MonkeyPatch) -> Iterator[FastAPI]:
    """Yield an API over the seeds that sends one export at a time, in many small chunks."""
    monkeypatch.setattr(snapshot, "CHUNK_BYTES", 1000)
    url = seeded.url.render_as_string(hide_password=False)
    app = create_app(Settings(database_url=url, exports=1))
    # The console log takes seconds to print a traceback.
    with capture_logs():
        yield app
    assert _connections(app) == 0
    app.state.database.close()


def _connections(app: FastAPI) -> int:
    """Return how many connections exports hold."""
    pool = app.state.database.stream_engine.pool
    assert isinstance(pool, QueuePool)
    return pool.checkedout()


async def _get(app: FastAPI, send: Send, gone: asyncio.Event | None = None, etag: str = "") -> None:
    """Request an export as a server would; the client disconnects when `gone` is set."""
    scope = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": PATH,
        "root_path": "",
        "query_string": b"",
        "headers": [
            (b"host", b"testserver"),
            *([(b"if-none-match", etag.encode())] * bool(etag)),
        ],
    }

    async def receive() -> Message:
        await (gone or asyncio.Event()).wait()
        return {"type": "http.disconnect"}

    await app(scope, receive, send)


class TestReader:
    def test_a_client_that_disconnects_releases_the_connection(self, app: FastAPI) -> None:
        async def run() -> list[Message]:
            gone, sent = asyncio.Event(), []

            async def send(message: Message) -> None:
                sent.append(message)
                if len(sent) == 3:
                    assert _connections(app) == 1
                    gone.set()
                    await asyncio.sleep(60)  # Like a socket that the client does not read.

            await asyncio.wait_for(_get(app, send, gone), timeout=10)
            return sent

        assert len(asyncio.run(run())) == 3

    def test_a_client_that_reads_nothing_times_out(
        self, app: FastAPI, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(sending, "STALL_SECONDS", 0.05)

        async def send(message: Message) -> None:
            if message["type"] == "http.response.body":
                await asyncio.sleep(60)

        monkeypatch.setattr(request_log, "_log", structlog.get_logger())
        with pytest.raises(StalledReaderError), capture_logs() as log:
            asyncio.run(_get(app, send))

        assert [(line["event"], line["aborted"]) for line in log] == [
            ("request", "the client read nothing for 0.05 s")
        ]

    def test_a_slow_client_gets_the_whole_export(
        self, app: FastAPI, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(sending, "STALL_SECONDS", 1)
        monkeypatch.setattr(snapshot, "CHUNK_BYTES", 20_000)
        received = bytearray()

        async def send(message: Message) -> None:
            await asyncio.sleep(0.002)
            received.extend(message.get("body", b""))

        asyncio.run(_get(app, send))

        assert received.count(b"\n") > 1000


class TestServer:
    def test_a_server_that_stops_waits_for_the_running_read(
        self, app: FastAPI, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        reading, go_on = threading.Event(), threading.Event()

        def write(documents: Iterable[bytes]) -> Iterator[bytes]:
            reading.set()
            go_on.wait(10)
            yield from documents

        monkeypatch.setattr(event_exports, "write_json_lines", write)

        async def run() -> None:
            async def send(_: Message) -> None: ...

            task = asyncio.create_task(_get(app, send))
            await asyncio.to_thread(reading.wait, 10)
            task.cancel()
            asyncio.get_running_loop().call_later(0.1, go_on.set)
            with pytest.raises(asyncio.CancelledError):
                await task

        asyncio.run(run())


class TestErrors:
    def test_an_error_before_the_first_byte_is_a_problem(
        self, app: FastAPI, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def fail(_: Iterable[bytes]) -> Iterator[bytes]:
            raise OperationalError("SELECT", {}, Exception("gone"))

        monkeypatch.setattr(event_exports, "write_json_lines", fail)

        answer = TestClient(app).get(PATH)

        assert answer.status_code == 503
        assert answer.json()["type"] == "/problems/not-ready"

    def test_an_error_in_the_middle_leaves_the_answer_incomplete(
        self, app: FastAPI, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(event_exports, "write_json_lines", _breaking)
        sent: list[Message] = []

        async def send(message: Message) -> None:
            sent.append(message)

        with pytest.raises(RuntimeError):
            asyncio.run(_get(app, send))

        assert [message["type"] for message in sent[:2]] == [
            "http.response.start",
            "http.response.body",
        ]
        assert all(message["more_body"] for message in sent[1:])


def _breaking(documents: Iterable[bytes]) -> Iterator[bytes]:
    """Yield NDJSON that fails after ten lines."""
    for number, document in enumerate(documents):
        if number == 10:
            raise RuntimeError("broken")
        yield document + b"\n"


class TestSlots:
    def test_a_client_that_waits_too_long_gets_503_with_retry_after(self, app: FastAPI) -> None:
        app.state.export_gate = Gate(1, "exports", wait_seconds=0.05)

        async def run() -> None:
            async with _held(app) as first:
                answers: list[Message] = []

                async def send(message: Message) -> None:
                    answers.append(message)

                await _get(app, send)
                assert answers[0]["status"] == 503
                assert (b"retry-after", b"10") in answers[0]["headers"]
            assert await first == b"done"

        asyncio.run(run())

    def test_a_304_needs_no_slot(self, app: FastAPI) -> None:
        async def run() -> list[int]:
            starts: list[Message] = []

            async def send(message: Message) -> None:
                starts.extend([message] if "status" in message else [])

            await _get(app, send)
            tag = dict(starts[0]["headers"])[b"etag"].decode()
            async with _held(app):
                await _get(app, send, etag=tag)
            return [start["status"] for start in starts]

        assert asyncio.run(run()) == [200, 304]

    def test_a_waiting_client_gets_the_next_slot(self, app: FastAPI) -> None:
        async def run() -> int:
            received = bytearray()

            async def send(message: Message) -> None:
                received.extend(message.get("body", b""))

            async with _held(app):
                waiting = asyncio.create_task(_get(app, send))
                await asyncio.sleep(0.05)
                assert not received
            await waiting
            return received.count(b"\n")

        assert asyncio.run(run()) > 1000


@asynccontextmanager
async def _held(app: FastAPI) -> AsyncIterator["asyncio.Future[bytes]"]:
    """Hold the slot with an export whose client reads nothing until the block ends."""
    started, released = asyncio.Event(), asyncio.Event()
    done: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()

    async def send(message: Message) -> None:
        started.set()
        await released.wait()
        if not message.get("more_body", True):
            done.set_result(b"done")

    task = asyncio.create_task(_get(app, send))
    await started.wait()
    yield done
    released.set()
    await task


class TestOverTheWire:
    """These tests use a real server and real sockets."""

    def test_a_closed_socket_releases_the_connection(self, app: FastAPI) -> None:
        with _serving(app) as port:
            with socket.create_connection(("127.0.0.1", port)) as reader:
                reader.sendall(f"GET {PATH} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
                assert reader.recv(100).startswith(b"HTTP/1.1 200")
                # The rest fills the buffers of the socket, because the client stops reading.
            deadline = time.monotonic() + 10
            while _connections(app) and time.monotonic() < deadline:
                time.sleep(0.01)
            assert _connections(app) == 0

    def test_half_an_answer_is_an_error_for_the_client(
        self, app: FastAPI, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(event_exports, "write_json_lines", _breaking)

        with _serving(app) as port, pytest.raises(httpx.RemoteProtocolError):
            httpx.get(f"http://127.0.0.1:{port}{PATH}")


@contextmanager
def _serving(app: FastAPI) -> Iterator[int]:
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_config=None, ws="none"))
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=server.run, args=([listener],))
        thread.start()
        yield listener.getsockname()[1]
        server.should_exit = True
        thread.join()
