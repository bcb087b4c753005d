"""The server answers a client that offers HTTP/2, as Java does, over HTTP/1.1 and reads its body."""

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from app.cli.connections.guarded_http import GuardedHttp
from app.cli.connections.plain_http import PlainHttp
from app.cli.connections.setup import make_guard
from app.settings import Settings

JAVA = (
    b"Connection: Upgrade, HTTP2-Settings\r\nHTTP2-Settings: AAEAAEAAAAIAAAAB\r\nUpgrade: h2c\r\n"
)
LENGTH = b"Content-Length: 5\r\n\r\nhello"
CHUNKED = b"Transfer-Encoding: chunked\r\n\r\n2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n"
NEXT = b"GET /next HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n"


async def _echo(request: Request) -> JSONResponse:
    body = (await request.body()).decode()
    headers = {n: v for n, v in request.headers.items() if n in ("connection", "upgrade", "via")}
    return JSONResponse([request.method, request.url.path, body, headers])


@pytest.fixture(scope="module", params=["plain", "guarded"])
def port(request: pytest.FixtureRequest) -> Iterator[int]:
    """The port of a server that echoes each request; `serve` adds limits to the protocol."""
    guarded = partial(GuardedHttp, make_guard(Settings()))
    with _serving(PlainHttp if request.param == "plain" else guarded) as port:
        yield port


@contextmanager
def _serving(protocol: Callable[..., HttpToolsProtocol]) -> Iterator[int]:
    app = Starlette(routes=[Route("/{path:path}", _echo, methods=["GET", "PUT"])])
    config = uvicorn.Config(
        app,
        http=protocol,  # type: ignore[arg-type]
        log_config=None,
        ws="none",
        lifespan="off",
    )
    server = uvicorn.Server(config)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=server.run, args=([listener],))
        thread.start()
        yield listener.getsockname()[1]
        server.should_exit = True
        thread.join()


def _exchange(port: int, *segments: bytes) -> list[list[object]]:
    """Send the segments on one connection, and return the echo of each request in them."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for segment in segments:
            connection.sendall(segment)
            time.sleep(0.02)
        received = b"".join(iter(lambda: connection.recv(65536), b""))
    return [json.loads(part.partition(b"\r\n\r\n")[2]) for part in _bodies(received)]


def _bodies(received: bytes) -> list[bytes]:
    first, *others = received.split(b"HTTP/1.1 200 OK")
    assert first == b"", first
    return others


@pytest.mark.parametrize("framing", [LENGTH, CHUNKED], ids=["length", "chunked"])
class TestOfferOfHttp2:
    def test_is_ignored(self, port: int, framing: bytes) -> None:
        request = b"PUT /first HTTP/1.1\r\nHost: here\r\nVia: a\r\n" + JAVA + framing

        echoes = _exchange(port, request + NEXT)

        assert echoes == [
            ["PUT", "/first", "hello", {"via": "a"}],
            ["GET", "/next", "", {"connection": "close"}],
        ]

    @pytest.mark.parametrize("end", [10, 60, 110, -14, -5, -1])
    def test_is_ignored_wherever_the_request_is_cut(
        self, port: int, framing: bytes, end: int
    ) -> None:
        request = b"PUT /first HTTP/1.1\r\nHost: here\r\nVia: a\r\n" + JAVA + framing

        echoes = _exchange(port, request[:end], request[end:], NEXT)

        assert [answer[:3] for answer in echoes] == [
            ["PUT", "/first", "hello"],
            ["GET", "/next", ""],
        ]

    def test_keeps_the_other_options_of_the_connection_header(
        self, port: int, framing: bytes
    ) -> None:
        close = JAVA.replace(b"Upgrade, ", b"close, upgrade,")

        echoes = _exchange(port, b"PUT /first HTTP/1.1\r\nHost: here\r\n" + close + framing)

        assert echoes == [["PUT", "/first", "hello", {"connection": "close"}]]


def test_an_offer_of_a_websocket_is_ignored_too(port: int) -> None:
    offer = b"GET /ws HTTP/1.1\r\nHost: here\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n"

    echoes = _exchange(port, offer + NEXT)

    assert echoes == [["GET", "/ws", "", {}], ["GET", "/next", "", {"connection": "close"}]]


def test_a_thousand_offers_on_one_connection_are_ignored(port: int) -> None:
    offer = b"GET /first HTTP/1.1\r\nHost: here\r\n" + JAVA + b"\r\n"

    echoes = _exchange(port, offer * 1000 + NEXT)

    assert [answer[1] for answer in echoes] == ["/first"] * 1000 + ["/next"]


def test_two_connection_headers_are_combined(port: int) -> None:
    lines = JAVA + b"Connection: close\r\n"

    echoes = _exchange(port, b"PUT /first HTTP/1.1\r\nHost: here\r\n" + lines + LENGTH)

    assert echoes == [["PUT", "/first", "hello", {"connection": "close"}]]


def test_invalid_http_still_gets_400(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.sendall(
            b"PUT /first HTTP/1.1\r\nHost: here\r\n" + JAVA + b"Content-Length: x\r\n\r\n"
        )

        assert connection.recv(65536).startswith(b"HTTP/1.1 400 ")


def test_uvicorn_alone_still_loses_the_body() -> None:
    """Once this fails, uvicorn is repaired: delete `app/cli/connections/plain_http.py` and these tests."""
    request = b"PUT /first HTTP/1.1\r\nHost: here\r\nVia: a\r\n" + JAVA + LENGTH

    with (
        _serving(HttpToolsProtocol) as port,
        socket.create_connection(("127.0.0.1", port), timeout=10) as connection,
    ):
        connection.sendall(request)
        received = connection.recv(65536)

    assert b'["PUT","/first","hello"' not in received
