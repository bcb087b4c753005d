"""Downloads: a file, or a part of it (RFC 9110 §14)."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path

from starlette.datastructures import Headers
from starlette.responses import FileResponse
from starlette.types import Message, Receive, Scope, Send
from werkzeug.http import parse_range_header

from app.api.http.media_types import Sqlite
from app.api.http.request_state import request_state
from app.api.problems.catalogue import RangeNotSatisfiable
from app.api.runtime.gates import Gate
from app.api.streaming.sending import send_in_time


class Download(FileResponse):
    """An SQLite file, or the part of it that `Range` names; for HEAD, its headers.

    It needs a slot and aborts for a stalled client, like an export: a file that is being sent occupies
    the disk until the end, even after it was deleted.
    """

    media_type = Sqlite.media_type

    def __init__(self, path: Path, headers: Mapping[str, str], gate: Gate, *, ranged: bool) -> None:
        super().__init__(path, headers=headers, media_type=self.media_type)
        self._gate = gate
        self._ranged = ranged
        self._is_dated = "Last-Modified" in headers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the file; the framework sees the client's method, which HeadMiddleware had replaced."""
        headers = scope["headers"]
        if not self._ranged:
            headers = [(name, value) for name, value in headers if name != b"range"]
        method = "HEAD" if request_state(scope).bodiless else "GET"
        inner = {**scope, "headers": headers, "method": method}
        async with self._gate.slot():
            await super().__call__(inner, receive, partial(send_in_time, partial(self._send, send)))

    async def _send(self, send: Send, message: Message) -> None:
        """Send a message; the time when the file was made says nothing of the data in it."""
        if message["type"] == "http.response.start" and not self._is_dated:
            others = [pair for pair in message["headers"] if pair[0] != b"last-modified"]
            message = {**message, "headers": others}
        await send(message)


def requests_part(headers: Headers, tag: str, size: int) -> bool:
    """Return whether the headers request one part of the file; raises RangeNotSatisfiable.

    The framework would answer an invalid `Range` in plain text; here it is ignored, as are several
    ranges, and `If-Range` with the tag of another file.
    """
    parsed = parse_range_header(headers.get("range"))
    if parsed is None or parsed.units != "bytes" or len(parsed.ranges) != 1:
        return False
    if headers.get("if-range", tag) != tag:
        return False
    if parsed.ranges[0][0] >= size:
        raise RangeNotSatisfiable(size)
    return True
