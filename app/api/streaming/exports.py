"""Exports: whole lists, sent while they are read, in constant memory."""

import asyncio
import threading
from collections.abc import (
    AsyncIterator,
    Awaitable,
    Callable,
    Generator,
    Iterable,
    Iterator,
    Mapping,
)
from contextlib import asynccontextmanager, closing
from hashlib import sha256
from http import HTTPStatus

import anyio
import anyio.to_thread
from starlette.responses import Response, StreamingResponse
from starlette.types import Message, Send

from app.api.dependencies.reader import Reader
from app.api.http.etags import is_known
from app.api.problems import NotReady
from app.api.runtime.fingerprint import fingerprint
from app.reading.listing import Listing, data_version, stream_items
from app.tables.database import Database

Writer = Callable[[Iterator[str]], Iterator[bytes]]
Body = Generator[bytes, None, None]

# A step to a thread and back costs as much as reading some fifty events: with 64 kB at a time an
# export took half as long again.
_CHUNK_BYTES = 256 * 1024
# How long an export waits until another one ends, and for a reader who takes nothing.
_WAIT_SECONDS = 10
_STALL_SECONDS = 180


class StalledReaderError(Exception):
    """The reader took nothing for so long that the export was given up."""


def export(
    reader: Reader,
    listing: Listing,
    write: Writer,
    media_type: str,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """The whole list in a format: `write` makes its bytes of the stored documents."""
    headers = {"Link": reader.urls.alternate_link, **(headers or {})}
    return Export(reader, _body(reader.database, listing, write), media_type, headers)


class Export(StreamingResponse):
    """An answer that is made while it is sent.

    It waits for its turn, and has its first bytes before it says 200, so that until then an error is
    answered as a problem; later the connection breaks off. However it ends, it leaves nothing open.
    """

    def __init__(
        self, reader: Reader, body: Body, media_type: str, headers: Mapping[str, str]
    ) -> None:
        super().__init__((), headers=headers, media_type=media_type)
        self._reader = reader
        self._body = body

    async def stream_response(self, send: Send) -> None:
        """Send the whole answer, or a 304; cancelled when the reader goes away."""
        if "if-none-match" in self._reader.request.headers:
            # Answered beside the exports under way, as it is no export.
            version = await anyio.to_thread.run_sync(self._reader.find, data_version)
            self.headers["ETag"] = self._tag(version)
            if is_known(self._reader.request.scope, self.headers["ETag"]):
                await self._send_not_modified(send)
                return
        bodiless = getattr(self._reader.request.state, "bodiless", False)
        async with turn(self._reader.export_turns), _threaded(self._body) as step:
            self.headers["ETag"] = self._tag(await step())
            chunk = await step()
            await self._send_start(send)
            while chunk:
                await send_in_time(send, chunk)
                # For HEAD all that matters is whether there is a body.
                chunk = b"" if bodiless else await step()
            await send({"type": "http.response.body", "body": b"", "more_body": False})

    def _tag(self, version: bytes) -> str:
        """The entity tag: made of all that the bytes are made of, as there are too many to hash."""
        language = self.headers.get("Content-Language", "")
        urls = self._reader.urls
        origin = (fingerprint(), urls.api_url, urls.representation_name, language)
        return f'"{sha256(b"|".join([version, *map(str.encode, origin)])).hexdigest()[:32]}"'

    async def _send_start(self, send: Send) -> None:
        start = {"type": "http.response.start", "headers": self.raw_headers}
        await send({**start, "status": self.status_code})

    async def _send_not_modified(self, send: Send) -> None:
        self.status_code = HTTPStatus.NOT_MODIFIED
        del self.headers["Content-Type"]
        self.headers.add_vary_header("Accept-Encoding")  # As the answer itself would have.
        await self._send_start(send)
        await send({"type": "http.response.body", "body": b"", "more_body": False})


def _body(database: Database, listing: Listing, write: Writer) -> Body:
    """First the version of the data, then the bytes that are made of it."""
    with database.stream() as connection:
        yield data_version(connection)
        # Closed here and not whenever a trace is forgotten: PostgreSQL has a cursor open behind it.
        with closing(stream_items(connection, listing)) as items:
            yield from _chunks(write(items))


def _chunks(parts: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes in pieces that are worth a step to a thread and back."""
    waiting: list[bytes] = []
    size = 0
    for part in parts:
        waiting.append(part)
        size += len(part)
        if size >= _CHUNK_BYTES:
            yield b"".join(waiting)
            waiting.clear()
            size = 0
    if waiting:
        yield b"".join(waiting)


@asynccontextmanager
async def turn(turns: asyncio.Semaphore) -> AsyncIterator[None]:
    try:
        async with asyncio.timeout(_WAIT_SECONDS):
            await turns.acquire()
    except TimeoutError:
        raise NotReady("as many exports as are sent at once are under way: try again") from None
    try:
        yield
    finally:
        turns.release()


@asynccontextmanager
async def _threaded(body: Body) -> AsyncIterator[Callable[[], Awaitable[bytes]]]:
    """The next bytes of the body, made in a thread; nothing at its end. It is closed at the end."""
    # Threads of its own: ordinary reads are not to wait for those of exports.
    limiter = anyio.CapacityLimiter(1)
    # A server that stops does not wait for the thread before it comes to close the body.
    running = threading.Lock()

    def step() -> bytes:
        with running:
            return next(body, b"")

    def close() -> None:
        with running:
            body.close()

    try:
        yield lambda: anyio.to_thread.run_sync(step, limiter=limiter)
    finally:
        with anyio.CancelScope(shield=True):
            await anyio.to_thread.run_sync(close, limiter=limiter)


async def send_in_time(send: Send, chunk: bytes) -> None:
    """Send a piece of an answer; raises StalledReaderError for a reader who does not take it."""
    await pass_in_time(send, {"type": "http.response.body", "body": chunk, "more_body": True})


async def pass_in_time(send: Send, message: Message) -> None:
    """Pass on what is to be sent; raises as `send_in_time` does."""
    try:
        async with asyncio.timeout(_STALL_SECONDS):
            await send(message)
    except TimeoutError:
        raise StalledReaderError(f"the reader took nothing for {_STALL_SECONDS} s") from None
