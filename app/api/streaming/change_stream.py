"""The change log as Server-Sent Events (WHATWG HTML, section 9.2)."""

import asyncio
from collections.abc import Collection

from fastapi.sse import format_sse_event
from sqlalchemy import Row
from starlette.responses import StreamingResponse
from starlette.types import Send

from app.api.http.media_types import EventStream
from app.api.runtime.change_feed import ChangeFeed
from app.api.streaming.exports import send_in_time
from app.documents.change import change_json
from app.domain.vocabulary import EntityKind

# Proxies give up a connection on which nothing comes for a minute.
_HEARTBEAT_SECONDS = 15
# When a browser that lost the connection comes back.
_RETRY_MILLISECONDS = 3000
_HEADERS = {
    "Cache-Control": "no-store",
    # nginx would collect the events into larger pieces.
    "X-Accel-Buffering": "no",
}


class ChangeStream(StreamingResponse):
    """The changes after one, each as soon as it is there; it ends when the server stops.

    It has a place among the followers before it says 200; until then it can be refused.
    """

    def __init__(
        self, feed: ChangeFeed, after: int, kinds: Collection[EntityKind], *, bodiless: bool
    ) -> None:
        super().__init__((), headers=_HEADERS, media_type=EventStream.media_type)
        self._feed = feed
        self._after = after
        self._kinds = kinds
        self._bodiless = bodiless

    async def stream_response(self, send: Send) -> None:
        """Send events until the server stops; cancelled when the reader goes away."""
        async with self._feed.following():
            start = {"type": "http.response.start", "headers": self.raw_headers}
            await send({**start, "status": self.status_code})
            if not self._bodiless:
                await self._follow(send)
            await send({"type": "http.response.body", "body": b"", "more_body": False})

    async def _follow(self, send: Send) -> None:
        seq = self._after
        await send_in_time(send, _mark(seq, retry=_RETRY_MILLISECONDS))
        while not self._feed.stopped:
            changes, more, seq = await self._feed.fetch(seq, self._kinds)
            if changes:
                await send_in_time(send, b"".join(map(_event, changes)))
            if not more:
                await self._wait(seq, send)

    async def _wait(self, seq: int, send: Send) -> None:
        """Wait for a change after this one; meanwhile give signs of life."""
        while True:
            try:
                async with asyncio.timeout(_HEARTBEAT_SECONDS):
                    return await self._feed.wait(seq)
            except TimeoutError:
                await send_in_time(send, _mark(seq))


def _event(change: Row[object]) -> bytes:
    return format_sse_event(event="change", id=str(change.seq), data_str=change_json(change))


def _mark(seq: int, retry: int | None = None) -> bytes:
    """No event, but a comment and the place in the log: whoever comes back goes on there."""
    return format_sse_event(comment="up to here", id=str(seq), retry=retry)
