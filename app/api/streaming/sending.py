"""Sending to a client that may stop reading."""

import asyncio

from starlette.types import Message, Send

from app.api.http.stalls import StalledReaderError

# How long a message may wait for the client to read. A stalled response holds a slot, and an export
# also a connection and a snapshot.
STALL_SECONDS = 180


async def send_in_time(send: Send, message: Message) -> None:
    """Send one message; raises StalledReaderError if the client does not read in time."""
    try:
        async with asyncio.timeout(STALL_SECONDS):
            await send(message)
    except TimeoutError:
        raise StalledReaderError(f"the client read nothing for {STALL_SECONDS} s") from None


async def send_chunk(send: Send, chunk: bytes) -> None:
    """Send a part of a body; raises as `send_in_time`."""
    await send_in_time(send, {"type": "http.response.body", "body": chunk, "more_body": True})


async def end_body(send: Send) -> None:
    """Send the end of a body."""
    await send({"type": "http.response.body", "body": b"", "more_body": False})
