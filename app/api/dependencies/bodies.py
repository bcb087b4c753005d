"""Bodies of requests: of what media type they may be, and how large."""

import asyncio
from collections.abc import AsyncIterator
from hashlib import sha256
from typing import IO

from fastapi import Request
from werkzeug.http import parse_options_header

from app.api.problems.catalogue import BodyTooLarge, RequestTimeout, UnsupportedMediaType

# How long a body may pause. Nothing is held meanwhile but the connection: no thread, no lock.
_STALL_SECONDS = 30


def check_media_type(request: Request, *taken: str) -> str:
    """The body's media type, which is one of those that are taken; raises UnsupportedMediaType.

    A body is not compressed, and its texts are UTF-8.
    """
    media_type, parameters = parse_options_header(request.headers.get("content-type", ""))
    if media_type.lower() not in taken:
        found = f"the body is {media_type[:100]!r}" if media_type else "there is no Content-Type"
        raise UnsupportedMediaType(
            f"{found}; this path takes {' or '.join(taken)}", {"Accept": ", ".join(taken)}
        )
    if (charset := parameters.get("charset", "utf-8")).lower() not in ("utf-8", "utf8", "us-ascii"):
        raise UnsupportedMediaType(f"the charset is {charset[:100]!r}; a body is in utf-8")
    coding = request.headers.get("content-encoding", "identity")
    if coding.lower() not in ("", "identity"):
        raise UnsupportedMediaType(
            f"the body is compressed ({coding[:100]!r}); send it as it is",
            {"Accept-Encoding": "identity"},
        )
    return media_type.lower()


async def read_body(request: Request, at_most: int) -> bytes:
    """The whole body; raises BodyTooLarge for more than `at_most` bytes, and keeps none of those."""
    return b"".join([chunk async for chunk in stream_body(request, at_most)])


async def stream_body(request: Request, at_most: int) -> AsyncIterator[bytes]:
    """The body as it comes; raises as `read_body`, at once if the request says how much will come."""
    announced = request.headers.get("content-length", "")
    if announced.isdecimal() and int(announced) > at_most:
        raise _too_large(at_most)
    received = 0
    async for chunk in _in_time(request.stream()):
        received += len(chunk)
        if received > at_most:
            raise _too_large(at_most)
        yield chunk


async def save_body(request: Request, file: IO[bytes], at_most: int) -> str:
    """Write the body to the file as it comes; returns its SHA-256 in hexadecimal.

    Raises as `read_body`.
    """
    digest = sha256()
    async for chunk in stream_body(request, at_most):
        digest.update(chunk)
        # Not in a thread: a write ends in the system's cache, sooner than a thread would begin it.
        file.write(chunk)
    file.seek(0)
    return digest.hexdigest()


async def _in_time(chunks: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """The chunks; raises RequestTimeout when one does not come."""
    while True:
        try:
            async with asyncio.timeout(_STALL_SECONDS):
                chunk = await anext(chunks)
        except TimeoutError:
            raise RequestTimeout(f"nothing of the body came for {_STALL_SECONDS} s") from None
        except StopAsyncIteration:
            return
        yield chunk


def _too_large(at_most: int) -> BodyTooLarge:
    return BodyTooLarge(f"a body has at most {at_most} bytes here")
