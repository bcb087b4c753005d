"""HTTP/1.1 with limits on the time and the memory that the client of a connection may take."""

import asyncio
import time
from functools import partial
from socket import IPPROTO_TCP, TCP_NOTSENT_LOWAT
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send
from uvicorn.config import Config
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, RequestResponseCycle
from uvicorn.server import ServerState

from app.api.http.callers import address_group
from app.api.http.headers import UNCOUNTED_PATHS
from app.api.http.stalls import StalledReaderError
from app.cli.connections.guard import Guard
from app.cli.connections.plain_http import PlainHttp

# Bytes of a response that the kernel may hold unsent. Its own limit is some megabytes, and a client that
# does not read would make the server fill them with one page after another.
_UNSENT_BYTES = 128 * 1024

# The usual reason why a request cannot be parsed.
_HOW_TO_ENCODE = (
    "An address has no space and no letter beyond ASCII: percent-encode them, as "
    "curl -G --data-urlencode 'q=WORDS' URL does."
)

# Bytes of a body to parse at once. Requests may follow in the same bytes.
_BODY_PART = 2048


class GuardedHttp(PlainHttp):
    """uvicorn's protocol with limits that it lacks.

    | limit | if the client exceeds it |
    |---|---|
    | time until the head of the next request is complete | 408, then the connection is closed |
    | bytes of a head, of trailers, or between two chunks of a body | 431, closed |
    | time in which it reads nothing of a complete response | the connection is aborted |
    | connections, and unread responses of all connections | see Guard |

    The next request of a connection begins when the client has read the response to the last one, and
    requests that are pipelined behind it stay bytes until then: parsed, each takes some 4 kB.
    While the application answers a request, its own limits of time apply.
    """

    def __init__(
        self,
        guard: Guard,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        super().__init__(config, server_state, app_state, _loop)
        self._guard = guard
        self.address = ""
        self.idle_since = 0.0
        # The request that is being answered, or was answered last. uvicorn's `cycle` is the request
        # that was parsed last, and may wait behind it.
        self._answered: RequestResponseCycle | None = None
        # When the present wait for a head began; None if none is awaited, or none of its bytes came.
        self._head_since: float | None = None
        # Bytes since the last head, part of a body or end of a body.
        self._head_bytes = 0
        self._in_body = False
        # A complete response waits for its client, and the next request waits for that.
        self._held_back = False
        # Received and not parsed yet.
        self._waiting = b""
        # The last message of a response: the transport keeps all of it until its last byte is sent.
        self._message_bytes = 0
        self._unread_bytes = 0
        self._unread_since = 0.0

    @property
    def is_busy(self) -> bool:
        """Whether the application is answering a request."""
        answered = self._answered
        return (
            answered is not None
            and not answered.response_complete
            and not self.transport.is_closing()
        )

    @property
    def unread_bytes(self) -> int:
        """The memory that a complete response holds because the client has not read all of it."""
        unread = self._count_unread()
        return max(unread, self._message_bytes) if unread else 0

    def _count_unread(self) -> int:
        return 0 if self.is_busy else self.transport.get_write_buffer_size()

    def check(self, now: float) -> None:
        """Close the connection if its client has exceeded a limit of time."""
        unread, before = self._count_unread(), self._unread_bytes
        self._unread_bytes = unread
        if unread and (not before or unread < before):
            self._unread_since = now
        limits = self._guard.limits
        if unread:
            if now - self._unread_since >= limits.reader_seconds:
                self.abort()
        elif self._head_since is not None and now - self._head_since >= limits.head_seconds:
            if self._head_bytes:
                self._refuse(408, f"the head was not complete after {limits.head_seconds:g} s")
            else:
                self.transport.close()

    def abort(self) -> None:
        """Close the connection at once; responses in progress end without an error."""
        self._note_disconnect()
        self.transport.abort()

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Admit or refuse the connection."""
        super().connection_made(transport)
        self.idle_since = self._head_since = self.loop.time()
        transport.get_extra_info("socket").setsockopt(IPPROTO_TCP, TCP_NOTSENT_LOWAT, _UNSENT_BYTES)
        host = self.client[0] if self.client else "unknown"
        self.address = "" if self._is_trusted(host) else address_group(host)
        refusal = self._guard.admit(self, self.idle_since)
        if refusal:
            self._refuse(503, refusal)

    def connection_lost(self, exc: Exception | None) -> None:
        """End every request of the connection, not only the last one like uvicorn."""
        self._guard.forget(self)
        self._note_disconnect()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Parse the bytes; refuse a head without end."""
        if self._head_since is None and not self.is_busy:
            self._head_since = self.loop.time()
        self._waiting += data
        self._parse_waiting()

    def _parse_waiting(self) -> None:
        """Parse until a request waits for its turn."""
        data, position = self._waiting, 0
        while position < len(data) and not self.pipeline and not self.transport.is_closing():
            begin, position = position, self._end_of_part(data, position)
            self._head_bytes += position - begin
            super().data_received(data[begin:position])
            most = self._guard.limits.head_bytes
            if self._head_bytes > most and not self.transport.is_closing():
                self._refuse(431, f"the head of a request may have at most {most} bytes")
        self._waiting = b"" if self.transport.is_closing() else data[position:]
        if self._waiting:
            self.flow.pause_reading()

    def _end_of_part(self, data: bytes, begin: int) -> int:
        """Return the end of the present head, or of some part of the present body."""
        if self._in_body:
            return begin + _BODY_PART
        end = data.find(b"\r\n\r\n", begin)
        return len(data) if end < 0 else end + 4

    def on_headers_complete(self) -> None:
        """Begin the request, or queue it."""
        self._head_bytes, self._in_body = 0, True
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        """Keep a part of the body for the application."""
        self._head_bytes = 0
        super().on_body(body)

    def on_message_complete(self) -> None:
        """Note the end of the body."""
        self._head_bytes, self._in_body = 0, False
        super().on_message_complete()

    def _start_asgi_task(self, cycle: RequestResponseCycle, app: Any) -> None:
        self._answered, self._head_since = cycle, None
        start = partial(self._begin, cycle, app, time.perf_counter())
        self._guard.begin(start, urgent=cycle.scope["path"] in UNCOUNTED_PATHS)

    def _begin(self, cycle: RequestResponseCycle, app: Any, arrived: float) -> None:
        """Begin to answer a request whose turn has come, and which arrived at this time."""
        super()._start_asgi_task(cycle, partial(self._run, app))

    async def _run(self, app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_counted(message: Message) -> None:
            self._note_message(message.get("body", b""))
            await send(message)

        try:
            await app(scope, receive, send_counted)
        except StalledReaderError:
            # The application has logged it, and uvicorn would log its traceback and wait.
            self.abort()

    def _note_message(self, body: bytes) -> None:
        self._message_bytes = len(body)

    def on_response_complete(self) -> None:
        """Go on with the next request as soon as the client has read this response."""
        self.idle_since = self.loop.time()
        self._held_back = self.flow.write_paused and not self.transport.is_closing()
        if self._held_back:
            self.flow.pause_reading()
        else:
            self._go_on()
        if self.flow.write_paused:
            self._guard.bound_unread()

    def resume_writing(self) -> None:
        """Go on: the client has read nearly everything."""
        super().resume_writing()
        if self._held_back:
            self._held_back = False
            self._go_on()

    def _go_on(self) -> None:
        super().on_response_complete()
        self._parse_waiting()

    def _is_trusted(self, host: str) -> bool:
        return isinstance(self.app, ProxyHeadersMiddleware) and host in self.app.trusted_hosts

    def _note_disconnect(self) -> None:
        """Tell every request of the connection that its client is gone; it then sends nothing."""
        self._held_back = False
        for cycle in (self._answered, *(cycle for cycle, _ in self.pipeline)):
            if cycle is not None and not cycle.response_complete:
                cycle.disconnected = True
                cycle.message_event.set()
        self.pipeline.clear()
        self._waiting = b""

    def send_400_response(self, msg: str) -> None:
        """Refuse invalid HTTP; unlike uvicorn, never in the middle of another response."""
        self._refuse(400, f"{msg} {_HOW_TO_ENCODE}")

    def _refuse(self, status: int, reason: str) -> None:
        """Close the connection, with a response in plain text unless another one is being sent."""
        answered = self._answered
        begun = answered is not None and answered.response_started
        complete = answered is None or answered.response_complete
        if (begun and not complete) or (self._in_body and complete) or self.unread_bytes:
            self.abort()
            return
        self._note_disconnect()
        head = f"content-type: text/plain; charset=utf-8\r\ncontent-length: {len(reason)}\r\n"
        retry = "retry-after: 10\r\n" if status == 503 else ""
        text = f"{head}{retry}connection: close\r\n\r\n{reason}"
        self.transport.write(STATUS_LINE[status] + text.encode())
        self.transport.close()
