"""A kept answer that is sent without the application is the answer that the application gives."""

import re
import socket
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import httpx
import pytest

from app.tables.database import Database
from tests.support.builders import make_cast, make_event, make_place, store
from tests.support.databases import NewDatabase
from tests.support.logs import read_log
from tests.support.servers import served

LIST = "/v1/events"
TRACE = "0af7651916cd43dd8448eb211c80319c"


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The log of the server."""
    return tmp_path_factory.mktemp("kept") / "log"


@pytest.fixture(scope="module")
def url(new_database: NewDatabase) -> str:
    """The URL of the database of the server."""
    return new_database("kept_http")


@pytest.fixture(scope="module")
def base(url: str, log: Path) -> Iterator[str]:
    """A server over one event, on SQLite and then on PostgreSQL."""
    with served(url, log=log, seeds=log.parent / "none", past_folder=log.parent / "past") as (b, _):
        with closing(Database(url)) as database:
            store(database, *make_cast(), make_place(), make_event())
        yield b


def _request(path: str, *headers: str, method: str = "GET", version: str = "1.1") -> bytes:
    return "\r\n".join((f"{method} {path} HTTP/{version}", "Host: here", *headers, "", "")).encode()


def _exchange(base: str, *requests: bytes) -> bytes:
    """Send all requests at once, the last of them with `Connection: close`; return all responses."""
    host, port = base.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=20) as client:
        client.sendall(b"".join(requests))
        parts = []
        while part := client.recv(65_536):
            parts.append(part)
    return b"".join(parts)


def _last(path: str = "/healthz") -> bytes:
    return _request(path, "Connection: close")


def _without_what_differs(response: bytes) -> bytes:
    return re.sub(rb"(?m)^(date|x-request-id): .*\r\n", b"", response)


def _kept_line(client: httpx.Client, path: str, log: Path) -> dict[str, object]:
    """Ask until the log has the line of a kept answer, and return that line.

    The server writes it some milliseconds later; on PostgreSQL a commit in another database drops the answer.
    """
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        client.get(
            path, headers={"X-Request-Id": "noted", "Traceparent": f"00-{TRACE}-{'1' * 16}-01"}
        )
        for line in read_log(log):
            if line.get("kept") and line["request_id"] == "noted":
                return line
    raise AssertionError("the log has no such line")


@pytest.mark.parametrize(
    "headers",
    [(), ("Accept-Encoding: gzip",), ("If-None-Match: *",), ("X-Request-Id: mine",)],
    ids=["plain", "gzip", "304", "own id"],
)
def test_bytes_are_those_of_the_application(base: str, headers: tuple[str, ...]) -> None:
    # A request with a forwarded address takes the way through the application.
    through = (*headers, "X-Forwarded-For: 10.0.0.1")
    asked = _request(f"{LIST}?limit=7", *headers)
    expected = _exchange(base, _request(f"{LIST}?limit=7", *through), _last())

    for _ in range(2):
        found = _exchange(base, asked, _last())
        assert _without_what_differs(found) == _without_what_differs(expected)


def test_pipelined_responses_keep_their_order(base: str) -> None:
    _exchange(base, _request(f"{LIST}?limit=5"), _last())

    found = _exchange(
        base,
        _request(f"{LIST}?limit=5"),
        _request("/v1/places/none"),
        _request(f"{LIST}?limit=5"),
        _request("/v1/places/moscow"),
        _last(f"{LIST}?limit=5"),
    )

    assert re.findall(rb"HTTP/1.1 (\d+)", found) == [b"200", b"404", b"200", b"200", b"200"]


def test_pipelined_kept_answers_leave_no_error_in_the_log(base: str, log: Path) -> None:
    asked = _request(f"{LIST}?limit=6")
    _exchange(base, asked, _last())

    found = _exchange(base, *[asked] * 10, _last())

    assert found.count(b"HTTP/1.1 200") == 11
    assert [line for line in read_log(log) if line["level"] == "error"] == []


def test_a_connection_ends_as_the_client_asks(base: str) -> None:
    for _ in range(2):
        found = _exchange(base, _request(LIST, version="1.0"))
        assert b"connection: close" in found
        assert _exchange(base, _last(LIST)).count(b"connection: close") == 1


def test_a_head_that_is_too_large_is_refused_also_if_the_answer_is_kept(base: str) -> None:
    _exchange(base, _request(LIST), _last())

    found = _exchange(base, _request(LIST, f"X-Filling: {'a' * 17_000}"), _last())

    assert found.startswith(b"HTTP/1.1 431")


def test_a_body_is_read(base: str) -> None:
    _exchange(base, _request(LIST), _last())
    body = _request(LIST, "Content-Length: 4") + b"body"

    assert re.findall(rb"HTTP/1.1 (\d+)", _exchange(base, body, _last())) == [b"200", b"200"]


def test_the_line_in_the_log_has_the_client_the_query_and_the_trace(base: str, log: Path) -> None:
    with httpx.Client(base_url=base) as client:
        line = _kept_line(client, f"{LIST}?limit=3", log)

    assert (line["query"], line["status"], line["client"]) == ("limit=3", 200, "127.0.0.1")
    assert line["trace_id"] == TRACE


def test_a_commit_is_seen_on_an_open_connection(base: str, url: str) -> None:
    with httpx.Client(base_url=base) as client, closing(Database(url)) as database:
        for number in range(5):
            store(database, make_place(names={"en": f"Moscow {number}"}))
            for _ in range(3):
                assert client.get("/v1/places/moscow").json()["names"]["en"] == f"Moscow {number}"
