"""The change log as Server-Sent Events (WHATWG HTML, section 9.2)."""

import asyncio

from fastapi.sse import format_sse_event
from sqlalchemy import Row
from starlette.responses import StreamingResponse
from starlette.types import Send

from app.api.http.media_types import EventStream
from app.api.runtime.change_feed import ChangeFeed
from app.api.streaming.sending import end_body, send_chunk
from app.documents.change import change_json
from app.reading.parameters.changes import ChosenChanges

# Lines outside events. No empty line ends them: at each empty line some clients, such as httpx-sse,
# yield an event without data. The first tells a browser how soon to reconnect, in milliseconds.
_BEGIN = b": changes follow\nretry: 3000\n"
_HEARTBEAT = b": no change yet\n"
_HEADERS = {
    "Cache-Control": "no-store",
    # nginx would buffer events into larger pieces.
    "X-Accel-Buffering": "no",
}


class ChangeStream(StreamingResponse):
    """The changes after one, each as soon as it is written; the stream ends when the server stops.

    It counts as a follower before it sends the status 200; until then it can be refused. With
    `tells_position` it first sends the number of the change after which it begins, as an id without
    data, so that a client that did not know the number reconnects there even before any change.
    """

    # Proxies close a connection that is silent for a minute.
    heartbeat_seconds: float = 15

    def __init__(
        self,
        feed: ChangeFeed,
        caller: str,
        after: int,
        chosen: ChosenChanges,
        *,
        tells_position: bool,
        bodiless: bool,
    ) -> None:
        super().__init__((), headers=_HEADERS, media_type=EventStream.media_type)
        self._feed = feed
        self._caller = caller
        self._after = after
        self._chosen = chosen
        self._tells_position = tells_position
        self._bodiless = bodiless

    async def stream_response(self, send: Send) -> None:
        """Send events until the server stops; cancelled when the client disconnects."""
        async with self._feed.following(self._caller):
            start = {"type": "http.response.start", "headers": self.raw_headers}
            await send({**start, "status": self.status_code})
            if not self._bodiless:
                await self._follow(send)
            await end_body(send)

    async def _follow(self, send: Send) -> None:
        seq = self._after
        position = format_sse_event(id=str(seq)) if self._tells_position else b""
        await send_chunk(send, _BEGIN + position)
        while not self._feed.stopped:
            changes, more, seq = await self._feed.fetch(seq, self._chosen)
            if changes:
                await send_chunk(send, b"".join(map(_event, changes)))
            if not more:
                await self._wait(seq, send)

    async def _wait(self, seq: int, send: Send) -> None:
        """Wait for a change after number `seq`, and send heartbeats until then."""
        while True:
            try:
                async with asyncio.timeout(self.heartbeat_seconds):
                    return await self._feed.wait(seq)
            except TimeoutError:
                await send_chunk(send, _HEARTBEAT)


def _event(change: Row[object]) -> bytes:
    return format_sse_event(event="change", id=str(change.seq), data_str=change_json(change))
