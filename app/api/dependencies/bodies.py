"""Read request bodies: check their media type, and limit their size and pauses."""

import asyncio
from collections.abc import AsyncIterator
from hashlib import sha256
from typing import IO

from fastapi import Request
from werkzeug.http import parse_options_header

from app.api.problems.catalogue import BodyTooLarge, RequestTimeout, UnsupportedMediaType

# The longest pause between two parts of a body. A waiting request holds its connection, and neither a
# thread nor a lock.
_STALL_SECONDS = 30


def check_media_type(request: Request, *accepted: str) -> str:
    """Return the body's media type in lower case.

    Raises UnsupportedMediaType if it is not accepted, if the charset is not UTF-8, or if the body is
    compressed.
    """
    media_type, parameters = parse_options_header(request.headers.get("content-type", ""))
    if media_type.lower() not in accepted:
        fault = (
            f"the body is {media_type[:100]!r}" if media_type else "the request has no Content-Type"
        )
        raise UnsupportedMediaType(
            f"{fault}; this path takes {' or '.join(accepted)}", {"Accept": ", ".join(accepted)}
        )
    if (charset := parameters.get("charset", "utf-8")).lower() not in ("utf-8", "utf8", "us-ascii"):
        raise UnsupportedMediaType(f"the charset is {charset[:100]!r}; a body must be in utf-8")
    coding = request.headers.get("content-encoding", "identity")
    if coding.lower() not in ("", "identity"):
        raise UnsupportedMediaType(
            f"the body is compressed ({coding[:100]!r}); send it uncompressed",
            {"Accept-Encoding": "identity"},
        )
    return media_type.lower()


async def read_body(request: Request, at_most: int) -> bytes:
    """Return the whole body; raises BodyTooLarge above `at_most` bytes, and RequestTimeout."""
    return b"".join([chunk async for chunk in stream_body(request, at_most)])


async def stream_body(request: Request, at_most: int) -> AsyncIterator[bytes]:
    """Yield the body as it arrives; raises as `read_body`, at once if Content-Length is too large."""
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
    """Write the body to the file, rewind it, and return the body's SHA-256 in hexadecimal.

    Raises as `read_body`.
    """
    digest = sha256()
    async for chunk in stream_body(request, at_most):
        digest.update(chunk)
        # Not in a thread: a write to the page cache takes less time than starting a thread.
        file.write(chunk)
    file.seek(0)
    return digest.hexdigest()


async def _in_time(chunks: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """Yield the chunks; raises RequestTimeout if the next one takes longer than 30 s."""
    while True:
        try:
            async with asyncio.timeout(_STALL_SECONDS):
                chunk = await anext(chunks)
        except TimeoutError:
            raise RequestTimeout(f"no part of the body arrived for {_STALL_SECONDS} s") from None
        except StopAsyncIteration:
            return
        yield chunk


def _too_large(at_most: int) -> BodyTooLarge:
    return BodyTooLarge(f"a body may have at most {at_most} bytes here")
