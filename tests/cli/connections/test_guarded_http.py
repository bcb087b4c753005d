"""A client can hold a connection, memory or a file of the server only for a limited time."""

import asyncio
import logging
import socket
import threading
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from functools import partial
from typing import Any

import pytest
import structlog
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route
from uvicorn.server import ServerState

from app.cli.connections import guard
from app.cli.connections.guard import ConnectionLimits, Guard
from app.cli.connections.guarded_http import GuardedHttp

LIMITS = ConnectionLimits(
    connections=50,
    address_connections=50,
    head_seconds=0.3,
    head_bytes=10_000,
    reader_seconds=0.3,
    unread_bytes=100_000_000,
    check_seconds=0.02,
)
GET = b"GET /small HTTP/1.1\r\nHost: here\r\n\r\n"
# More than the kernel buffers, and than the transport does before it tells the protocol to pause.
BIG = 1_000_000
# Of each socket in the kernel.
BUFFER = 16_384
GET_BIG = GET.replace(b"small", b"big")
GET_STREAM = GET.replace(b"small", b"stream")
# The machine may be busy.
PATIENCE = 15


class Site:
    """A server with three paths, and the requests that it has answered so far."""

    def __init__(self) -> None:
        self.answered: list[str] = []
        self.go_on = threading.Event()
        self.port = 0
        self.guard = Guard(LIMITS)

    def app(self) -> Starlette:
        """Return the application."""
        return Starlette(
            routes=[
                Route("/stream", self._stream),
                Route("/{path}", self._answer, methods=["GET", "PUT"]),
            ]
        )

    async def _answer(self, request: Request) -> Response:
        self.answered.append(request.url.path)
        return Response(bytes(BIG) if request.url.path == "/big" else b"here")

    async def _stream(self, request: Request) -> Response:
        self.answered.append(request.url.path)

        async def parts() -> AsyncIterator[bytes]:
            yield b"begin"
            while not self.go_on.is_set():
                await asyncio.sleep(0.01)

        return StreamingResponse(parts())

    def connect(self, address: str = "127.0.0.1") -> socket.socket:
        """Return a new connection from this address."""
        client = socket.socket()
        client.settimeout(PATIENCE)
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, BUFFER)
        client.bind((address, 0))
        client.connect(("127.0.0.1", self.port))
        return client

    def ask(self, address: str = "127.0.0.1", request: bytes = GET) -> bytes:
        """Return the response to a request on a new connection."""
        with self.connect(address) as client:
            client.sendall(request)
            return client.recv(65536)

    def hold(self, request: bytes = GET_STREAM, address: str = "127.0.0.1") -> socket.socket:
        """Return a connection on which the response to this request has begun."""
        client = self.connect(address)
        client.sendall(request)
        assert client.recv(12) == b"HTTP/1.1 200"
        return client


@contextmanager
def serving(limits: ConnectionLimits = LIMITS, trusted: str = "") -> Iterator[Site]:
    """Yield a site whose connections have these limits."""
    site = Site()
    site.guard = Guard(limits)
    config = uvicorn.Config(
        site.app(),
        http=partial(GuardedHttp, site.guard),  # type: ignore[arg-type]
        log_config=None,
        ws="none",
        lifespan="off",
        forwarded_allow_ips=trusted or "192.0.2.1",
        timeout_keep_alive=60,
        timeout_graceful_shutdown=1,
    )
    server = uvicorn.Server(config)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, BUFFER)
        thread = threading.Thread(target=server.run, args=([listener],))
        thread.start()
        site.port = listener.getsockname()[1]
        try:
            yield site
        finally:
            site.go_on.set()
            server.should_exit = True
            thread.join()


def until_closed(client: socket.socket) -> bytes:
    """Return everything that the server sends until it closes the connection."""
    received = b""
    while True:
        try:
            part = client.recv(65536)
        except ConnectionError:
            return received
        if not part:
            return received
        received += part


def read(client: socket.socket, end: bytes) -> bytes:
    """Return everything until the server has sent `end`."""
    received = b""
    while not received.endswith(end):
        part = client.recv(1 << 16)
        assert part, f"the server closed the connection after {len(received)} bytes"
        received += part
    return received


class _Transport:
    """A transport with this many unread bytes."""

    def __init__(self, unread: int) -> None:
        self.unread = unread
        self.aborted = False

    def get_write_buffer_size(self) -> int:
        return self.unread

    def abort(self) -> None:
        self.aborted = True


def _unread(size: int) -> tuple[GuardedHttp, _Transport]:
    """Return a connection with an unread response, and its transport."""
    config = uvicorn.Config(Starlette(), log_config=None)
    loop = asyncio.new_event_loop()
    loop.close()
    connection = GuardedHttp(Guard(LIMITS), config, ServerState(), {}, loop)
    transport: Any = _Transport(size)
    connection.transport = transport
    return connection, transport


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with serving() as site:
        yield site


class TestTimeOfAHead:
    def test_a_silent_connection_is_closed(self, site: Site) -> None:
        with site.connect() as client:
            assert until_closed(client) == b""

    def test_an_incomplete_head_gets_408(self, site: Site) -> None:
        with site.connect() as client:
            client.sendall(GET[:-2])

            answer = until_closed(client)

        assert answer.startswith(b"HTTP/1.1 408 Request Timeout\r\n")
        assert answer.endswith(b"the head was not complete after 0.3 s")

    @pytest.mark.parametrize("begin", [b"", GET], ids=["first request", "second request"])
    def test_bytes_that_drip_do_not_prolong_it(self, site: Site, begin: bytes) -> None:
        started = time.monotonic()
        with site.connect() as client, pytest.raises(ConnectionError):
            client.sendall(begin + b"GET /small HTTP/1.1\r\n")
            while time.monotonic() - started < PATIENCE:
                client.sendall(b"a")
                time.sleep(0.02)

    def test_the_rest_of_a_body_that_nobody_awaits_has_the_same_limit(self, site: Site) -> None:
        """The response is complete, and the client continues to send the request."""
        started = time.monotonic()
        with site.connect() as client, pytest.raises(ConnectionError):
            client.sendall(b"PUT /small HTTP/1.1\r\nHost: here\r\nContent-Length: 100000\r\n\r\n")
            assert client.recv(65536).startswith(b"HTTP/1.1 200 ")
            while time.monotonic() - started < PATIENCE:
                client.sendall(b"a")
                time.sleep(0.02)

    def test_a_connection_that_asks_now_and_then_stays_open(self, site: Site) -> None:
        with site.connect() as client:
            for _ in range(4):
                client.sendall(GET)
                assert client.recv(65536).endswith(b"here")
                time.sleep(0.2)

    def test_a_long_response_is_not_cut(self, site: Site) -> None:
        with site.hold() as client:
            time.sleep(0.6)
            site.go_on.set()
            read(client, b"0\r\n\r\n")
        site.go_on.clear()


class TestSizeOfAHead:
    def test_a_head_without_end_gets_431(self, site: Site) -> None:
        with site.connect() as client:
            client.sendall(b"GET /small HTTP/1.1\r\nA: " + b"a" * 10_000)

            answer = client.recv(65536)

        assert answer.startswith(b"HTTP/1.1 431 ")
        assert answer.endswith(b"the head of a request may have at most 10000 bytes")

    def test_trailers_without_end_close_the_connection(self, site: Site) -> None:
        head = b"PUT /small HTTP/1.1\r\nHost: here\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n"
        with site.connect() as client, pytest.raises(ConnectionError):
            client.sendall(head)
            for _ in range(1000):
                client.sendall(b"A: " + b"a" * 1000 + b"\r\n")
                time.sleep(0.005)

    def test_invalid_bytes_do_not_break_into_another_response(self, site: Site) -> None:
        """uvicorn would write its 400 between two parts of the response."""
        with site.hold() as client:
            client.sendall(b"no HTTP\r\n\r\n")
            received = until_closed(client)

        assert b" 400 " not in received

    @pytest.mark.parametrize("target", ["/small?q=최선희", "/Лавров", "/small?q=Choe Son Hui"])
    def test_an_address_that_is_not_encoded_is_told_so(self, site: Site, target: str) -> None:
        with site.connect() as client:
            client.sendall(f"GET {target} HTTP/1.1\r\nHost: here\r\n\r\n".encode())
            received = until_closed(client)

        assert received.startswith(b"HTTP/1.1 400 ")
        assert received.endswith(b"as curl -G --data-urlencode 'q=WORDS' URL does.")

    def test_a_thousand_pipelined_requests_stay_bytes(
        self, site: Site, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Parsed, each would take 4 kB of memory."""
        before, parsed = len(site.answered), [0]
        parse = GuardedHttp.on_headers_complete

        def note(connection: GuardedHttp) -> None:
            parse(connection)
            parsed.append(len(connection.pipeline))

        monkeypatch.setattr(GuardedHttp, "on_headers_complete", note)
        with site.connect() as client:
            client.sendall(GET * 1000)
            received = b""
            while received.count(b"here") < 1000:
                received += client.recv(1 << 16)

        assert len(site.answered) - before == 1000
        assert max(parsed) <= 2

    def test_a_body_may_be_longer_than_a_head(self, site: Site) -> None:
        head = b"PUT /small HTTP/1.1\r\nHost: here\r\nContent-Length: 100000\r\n\r\n"

        assert site.ask(request=head + bytes(100_000)).startswith(b"HTTP/1.1 200 ")


class TestReaders:
    def test_a_client_that_reads_nothing_is_cut_off(self, site: Site) -> None:
        with site.hold(GET_BIG) as client:
            time.sleep(0.6)

            received = until_closed(client)

        assert 0 < len(received) < BIG

    def test_a_client_that_asked_to_close_is_cut_off_too(self, site: Site) -> None:
        """The server's `close` waits until everything is sent, which would be forever."""
        closing = GET_BIG.replace(b"Host", b"Connection: close\r\nHost")
        with site.hold(closing) as client:
            time.sleep(0.6)

            received = until_closed(client)

        assert 0 < len(received) < BIG

    def test_a_slow_reader_is_not_cut_off(self) -> None:
        """Its clock begins again with each byte that it reads, if it ever reads one."""
        connection, transport = _unread(1_000)

        for second in range(10):
            transport.unread -= 1
            connection.check(second * 0.2)
        progressing = transport.aborted
        connection.check(2.0)
        connection.check(2.2)

        assert (progressing, transport.aborted) == (False, True)

    def test_the_next_request_waits_until_the_response_is_read(self) -> None:
        with serving(replace(LIMITS, reader_seconds=PATIENCE)) as site:
            with site.hold(GET_BIG + GET) as client:
                time.sleep(0.2)
                before = [*site.answered]
                read(client, b"here")
                for _ in range(4):
                    client.sendall(GET)
                    read(client, b"here")

            assert before == ["/big"]

    def test_a_request_that_is_sent_later_waits_too(self) -> None:
        with serving(replace(LIMITS, reader_seconds=PATIENCE)) as site:
            with site.hold(GET_BIG) as client:
                time.sleep(0.1)
                client.sendall(GET)
                time.sleep(0.2)
                before = [*site.answered]
                read(client, b"here")

            assert before == ["/big"]

    def test_all_of_them_hold_limited_memory(self) -> None:
        limits = replace(LIMITS, reader_seconds=PATIENCE, unread_bytes=2 * BIG)
        with serving(limits) as site, ExitStack() as stack:
            modest = stack.enter_context(site.hold(GET_BIG, "127.0.0.2"))
            greedy = [stack.enter_context(site.hold(GET_BIG, "127.0.0.3")) for _ in range(4)]

            cut = [len(until_closed(each)) < BIG for each in greedy[:2]]
            held = site.guard.unread_bytes

            assert cut == [True, True]
            assert 0 < held <= 2 * BIG
            received = 0
            while received < BIG:
                part = modest.recv(1 << 16)
                assert part, "the server dropped the client that holds less"
                received += len(part)


class TestNumber:
    LIMITS = replace(LIMITS, connections=4, address_connections=2, head_seconds=PATIENCE)

    def test_the_longest_idle_connection_makes_room(self) -> None:
        with serving(self.LIMITS) as site, ExitStack() as stack:
            silent = [stack.enter_context(site.connect(f"127.0.0.{n}")) for n in range(2, 6)]

            assert site.ask("127.0.0.6").startswith(b"HTTP/1.1 200 ")
            assert until_closed(silent[0]) == b""
            silent[1].sendall(GET)
            assert silent[1].recv(65536).startswith(b"HTTP/1.1 200 ")

    def test_no_busy_connection_makes_room(self) -> None:
        with serving(self.LIMITS) as site, ExitStack() as stack:
            for n in range(2, 6):
                stack.enter_context(site.hold(address=f"127.0.0.{n}"))

            answer = site.ask("127.0.0.6")

        assert answer.startswith(b"HTTP/1.1 503 Service Unavailable\r\n")
        assert b"retry-after: 10\r\n" in answer
        assert answer.endswith(b"all 4 connections of the server are in use")

    def test_an_address_has_a_limit(self) -> None:
        with serving(self.LIMITS) as site, ExitStack() as stack:
            for _ in range(2):
                stack.enter_context(site.hold(address="127.0.0.2"))

            assert site.ask("127.0.0.2").endswith(b"at most 2 connections from one address")
            assert site.ask("127.0.0.3").startswith(b"HTTP/1.1 200 ")

    def test_an_idle_connection_of_the_address_makes_room(self) -> None:
        with serving(self.LIMITS) as site, ExitStack() as stack:
            stack.enter_context(site.hold(address="127.0.0.2"))
            idle = stack.enter_context(site.connect("127.0.0.2"))

            assert site.ask("127.0.0.2").startswith(b"HTTP/1.1 200 ")
            assert until_closed(idle) == b""

    def test_a_trusted_proxy_has_only_the_limit_of_all(self) -> None:
        with serving(self.LIMITS, trusted="127.0.0.2") as site, ExitStack() as stack:
            for _ in range(4):
                stack.enter_context(site.hold(address="127.0.0.2"))

            assert site.ask("127.0.0.2").startswith(b"HTTP/1.1 503 ")

    def test_a_closed_connection_no_longer_counts(self) -> None:
        with serving(self.LIMITS) as site:
            answers = [site.ask("127.0.0.2")[:12] for _ in range(10)]

        assert set(answers) == {b"HTTP/1.1 200"}

    def test_refusals_are_logged_once_in_a_while(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(guard, "_log", structlog.get_logger())
        with (
            structlog.testing.capture_logs() as log,
            serving(self.LIMITS) as site,
            ExitStack() as stack,
        ):
            for _ in range(2):
                stack.enter_context(site.hold(address="127.0.0.2"))
            for _ in range(5):
                site.ask("127.0.0.2")

        events = [(line["event"], line["address"], line["times"]) for line in log]
        assert events == [("an address has all its connections in use", "127.0.0.2", 1)]


def test_an_urgent_request_passes_a_burst_of_others() -> None:
    """Each of the others gets a separate turn of the event loop."""
    begun: list[str] = []

    async def run() -> None:
        guard = Guard(LIMITS)
        for number in range(3):
            guard.begin(partial(begun.append, f"page {number}"), urgent=False)
        await asyncio.sleep(0)
        guard.begin(partial(begun.append, "health"), urgent=True)
        await asyncio.sleep(0.01)

    asyncio.run(run())

    assert begun == ["page 0", "health", "page 1", "page 2"]


def test_a_request_that_begins_another_one_takes_one_turn() -> None:
    """A kept answer is sent at once, and the next request of its connection begins before it returns."""
    begun: list[str] = []
    faults: list[dict[str, Any]] = []

    async def run() -> None:
        asyncio.get_running_loop().set_exception_handler(lambda _, fault: faults.append(fault))
        guard = Guard(LIMITS)

        def begin(name: str, *following: str) -> None:
            begun.append(name)
            if following:
                guard.begin(partial(begin, *following), urgent=False)

        guard.begin(partial(begin, "a", "a's next", "a's last"), urgent=False)
        guard.begin(partial(begin, "b"), urgent=False)
        await asyncio.sleep(0.01)

    asyncio.run(run())

    assert begun == ["a", "b", "a's next", "a's last"]
    assert faults == []


def test_a_request_that_cannot_begin_stops_no_other() -> None:
    begun: list[str] = []

    async def run() -> None:
        asyncio.get_running_loop().set_exception_handler(lambda *_: None)
        guard = Guard(LIMITS)
        guard.begin(lambda: begun.append(begun[0]), urgent=False)
        guard.begin(partial(begun.append, "next"), urgent=False)
        await asyncio.sleep(0.01)
        guard.begin(partial(begun.append, "later"), urgent=False)
        await asyncio.sleep(0.01)

    asyncio.run(run())

    assert begun == ["next", "later"]


class TestDisconnects:
    @pytest.mark.parametrize("requests", [GET_STREAM * 5, GET_BIG * 5], ids=["streams", "pages"])
    def test_a_client_that_leaves_costs_no_line(
        self, requests: bytes, caplog: pytest.LogCaptureFixture
    ) -> None:
        """uvicorn tells only the last of several requests, so the others wrote to a closed socket."""
        caplog.set_level(logging.WARNING)
        with serving(replace(LIMITS, reader_seconds=PATIENCE)) as site:
            clients = [site.hold(requests) for _ in range(5)]
            for client in clients:
                client.close()
            time.sleep(0.2)
            site.go_on.set()
            time.sleep(0.2)

            assert site.ask().startswith(b"HTTP/1.1 200 ")

        assert [record.getMessage() for record in caplog.records] == []
