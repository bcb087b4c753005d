"""Read an endless stream up to a point, from the application or from a server, and answers to raw URLs."""

import asyncio
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import httpx
from starlette.testclient import TestClient
from starlette.types import ASGIApp, Message

ServerSentEvent = dict[str, str]


async def read_stream(
    app: ASGIApp, url: str, enough: Callable[[bytes], bool], **headers: str
) -> tuple[int, dict[str, str], bytes]:
    """Return status, headers and body once `enough` is true of the body; then disconnect."""
    gone, body = asyncio.Event(), bytearray()
    start: Message = {}

    async def send(message: Message) -> None:
        start.update(message if message["type"] == "http.response.start" else {})
        body.extend(message.get("body", b""))
        if message["type"] == "http.response.body" and enough(bytes(body)):
            gone.set()

    async def receive() -> Message:
        await gone.wait()
        return {"type": "http.disconnect"}

    await asyncio.wait_for(app(_scope(url, headers), receive, send), timeout=20)
    sent = {name.decode(): value.decode() for name, value in start["headers"]}
    return start["status"], sent, bytes(body)


def read_raw(client: TestClient, url: str) -> tuple[int, dict[str, str], bytes]:
    """Return status, headers and body; the query is sent as it is, as curl does. httpx would encode it."""
    assert client.portal
    return client.portal.call(read_stream, client.app, url, lambda _: True)


def _scope(url: str, headers: dict[str, str]) -> dict[str, Any]:
    parts = urlsplit(url)
    return {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": parts.path,
        "root_path": "",
        "query_string": parts.query.encode(),
        "headers": [
            (b"host", b"testserver"),
            *((k.replace("_", "-").encode(), v.encode()) for k, v in headers.items()),
        ],
    }


def events_of(response: httpx.Response) -> Iterator[ServerSentEvent]:
    """Yield the events of a stream; httpx splits lines where JSON does not."""
    waiting = b""
    for chunk in response.iter_bytes():
        *blocks, waiting = (waiting + chunk).split(b"\n\n")
        yield from map(parse_event, blocks)


def parse_event(block: bytes) -> ServerSentEvent:
    """Return the fields of one event; a comment is a field without a name."""
    pairs = (line.partition(": ") for line in block.decode().split("\n"))
    return {name: value for name, _, value in pairs}
