"""A client that offers HTTP/2, as Java does, is answered over HTTP/1.1 and loses no body."""

import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from app.cli.plain_http import PlainHttp

JAVA = (
    b"Connection: Upgrade, HTTP2-Settings\r\nHTTP2-Settings: AAEAAEAAAAIAAAAB\r\nUpgrade: h2c\r\n"
)
LENGTH = b"Content-Length: 5\r\n\r\nhello"
CHUNKED = b"Transfer-Encoding: chunked\r\n\r\n2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n"
NEXT = b"GET /next HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n"


async def _say_back(request: Request) -> JSONResponse:
    body = (await request.body()).decode()
    headers = {n: v for n, v in request.headers.items() if n in ("connection", "upgrade", "via")}
    return JSONResponse([request.method, request.url.path, body, headers])


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    """The port of a server that echoes each request."""
    with _serving(PlainHttp) as port:
        yield port


@contextmanager
def _serving(protocol: type[HttpToolsProtocol]) -> Iterator[int]:
    app = Starlette(routes=[Route("/{path:path}", _say_back, methods=["GET", "PUT"])])
    config = uvicorn.Config(app, http=protocol, log_config=None, ws="none", lifespan="off")
    server = uvicorn.Server(config)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=server.run, args=([listener],))
        thread.start()
        yield listener.getsockname()[1]
        server.should_exit = True
        thread.join()


def _ask(port: int, *segments: bytes) -> list[list[object]]:
    """What is said back on one connection to what arrives in these pieces."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for segment in segments:
            connection.sendall(segment)
            time.sleep(0.02)
        answered = b"".join(iter(lambda: connection.recv(65536), b""))
    return [json.loads(part.partition(b"\r\n\r\n")[2]) for part in _answers(answered)]


def _answers(answered: bytes) -> list[bytes]:
    first, *others = answered.split(b"HTTP/1.1 200 OK")
    assert first == b"", first
    return others


@pytest.mark.parametrize("framing", [LENGTH, CHUNKED], ids=["length", "chunked"])
class TestAnOffer:
    def test_is_passed_over(self, port: int, framing: bytes) -> None:
        request = b"PUT /first HTTP/1.1\r\nHost: here\r\nVia: a\r\n" + JAVA + framing

        said = _ask(port, request + NEXT)

        assert said == [
            ["PUT", "/first", "hello", {"via": "a"}],
            ["GET", "/next", "", {"connection": "close"}],
        ]

    @pytest.mark.parametrize("end", [10, 60, 110, -14, -5, -1])
    def test_is_passed_over_wherever_the_request_is_cut(
        self, port: int, framing: bytes, end: int
    ) -> None:
        request = b"PUT /first HTTP/1.1\r\nHost: here\r\nVia: a\r\n" + JAVA + framing

        said = _ask(port, request[:end], request[end:], NEXT)

        assert [answer[:3] for answer in said] == [["PUT", "/first", "hello"], ["GET", "/next", ""]]

    def test_leaves_what_else_the_connection_is_to_be(self, port: int, framing: bytes) -> None:
        close = JAVA.replace(b"Upgrade, ", b"close, upgrade,")

        said = _ask(port, b"PUT /first HTTP/1.1\r\nHost: here\r\n" + close + framing)

        assert said == [["PUT", "/first", "hello", {"connection": "close"}]]


def test_a_websocket_is_passed_over_too(port: int) -> None:
    offer = b"GET /ws HTTP/1.1\r\nHost: here\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n"

    said = _ask(port, offer + NEXT)

    assert said == [["GET", "/ws", "", {}], ["GET", "/next", "", {"connection": "close"}]]


def test_a_thousand_offers_at_once_are_passed_over(port: int) -> None:
    offer = b"GET /first HTTP/1.1\r\nHost: here\r\n" + JAVA + b"\r\n"

    said = _ask(port, offer * 1000 + NEXT)

    assert [answer[1] for answer in said] == ["/first"] * 1000 + ["/next"]


def test_two_lines_of_connection_are_read_as_one(port: int) -> None:
    lines = JAVA + b"Connection: close\r\n"

    said = _ask(port, b"PUT /first HTTP/1.1\r\nHost: here\r\n" + lines + LENGTH)

    assert said == [["PUT", "/first", "hello", {"connection": "close"}]]


def test_what_is_no_http_is_refused_as_ever(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.sendall(
            b"PUT /first HTTP/1.1\r\nHost: here\r\n" + JAVA + b"Content-Length: x\r\n\r\n"
        )

        assert connection.recv(65536).startswith(b"HTTP/1.1 400 ")


def test_uvicorn_alone_still_loses_the_body() -> None:
    """Once this fails, uvicorn is mended: delete `app/cli/plain_http.py` and these tests."""
    request = b"PUT /first HTTP/1.1\r\nHost: here\r\nVia: a\r\n" + JAVA + LENGTH

    with (
        _serving(HttpToolsProtocol) as port,
        socket.create_connection(("127.0.0.1", port), timeout=10) as connection,
    ):
        connection.sendall(request)
        answered = connection.recv(65536)

    assert b'["PUT","/first","hello"' not in answered
