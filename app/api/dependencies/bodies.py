"""Read request bodies: check their media type, and limit their size and time."""

import asyncio
from collections.abc import AsyncIterator
from hashlib import sha256
from typing import IO, NamedTuple

from fastapi import Request
from werkzeug.http import parse_options_header

from app.api.problems.catalogue import BodyTooLarge, RequestTimeout, UnsupportedMediaType


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
        more = f" or {' or '.join(accepted[1:])}" if len(accepted) > 1 else ""
        raise UnsupportedMediaType(
            f"{fault}; send the header Content-Type: {accepted[0]}{more} (curl: -H 'Content-Type: "
            f"{accepted[0]}')",
            {"Accept": ", ".join(accepted)},
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


class BodyLimits(NamedTuple):
    """The bytes that a body may have, and how slowly it may arrive.

    In every `seconds` it must end, or `seconds` × `rate` bytes of it must arrive. While the server waits
    for it, the request holds its connection, and neither a thread nor a lock.
    """

    at_most: int
    seconds: float
    rate: int


def record_limits(request: Request) -> BodyLimits:
    """Return the limits of a body that writes one record."""
    settings = request.app.state.settings
    return BodyLimits(settings.body_bytes, settings.body_seconds, settings.body_rate)


def import_limits(request: Request) -> BodyLimits:
    """Return the limits of the body of an import."""
    settings = request.app.state.settings
    return BodyLimits(settings.import_bytes, settings.body_seconds, settings.body_rate)


async def read_body(request: Request, limits: BodyLimits) -> bytes:
    """Return the whole body; raises BodyTooLarge, and RequestTimeout if it arrives too slowly."""
    return b"".join([chunk async for chunk in stream_body(request, limits)])


async def stream_body(request: Request, limits: BodyLimits) -> AsyncIterator[bytes]:
    """Yield the body as it arrives; raises as `read_body`, at once if Content-Length is too large."""
    announced = request.headers.get("content-length", "")
    if announced.isdecimal() and int(announced) > limits.at_most:
        raise _too_large(limits.at_most)
    received = 0
    async for chunk in _in_time(request.stream(), limits):
        received += len(chunk)
        if received > limits.at_most:
            raise _too_large(limits.at_most)
        yield chunk


async def save_body(request: Request, file: IO[bytes], limits: BodyLimits) -> str:
    """Write the body to the file, rewind it, and return the body's SHA-256 in hexadecimal.

    Raises as `read_body`.
    """
    digest = sha256()
    async for chunk in stream_body(request, limits):
        digest.update(chunk)
        # Not in a thread: a write to the page cache takes less time than starting a thread.
        file.write(chunk)
    file.seek(0)
    return digest.hexdigest()


async def _in_time(chunks: AsyncIterator[bytes], limits: BodyLimits) -> AsyncIterator[bytes]:
    """Yield the chunks; raises RequestTimeout if they arrive too slowly."""
    loop = asyncio.get_running_loop()
    part = int(limits.seconds * limits.rate)
    while True:
        deadline, missing = loop.time() + limits.seconds, part
        while missing > 0:
            try:
                async with asyncio.timeout_at(deadline):
                    chunk = await anext(chunks)
            except TimeoutError:
                raise RequestTimeout(
                    f"the body arrived too slowly: in {limits.seconds:g} s it must end, or {part} "
                    "bytes of it must arrive"
                ) from None
            except StopAsyncIteration:
                return
            missing -= len(chunk)
            yield chunk


def _too_large(at_most: int) -> BodyTooLarge:
    return BodyTooLarge(f"a body may have at most {at_most} bytes here")
