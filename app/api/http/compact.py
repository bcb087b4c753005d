"""Responses that are made seldom and sent often, compressed better than the middleware has time for."""

import gzip
from collections.abc import Callable, Mapping
from typing import Final

import brotli
import zstandard
from fastapi import Request, Response

from app.api.http.etags import entity_tag, is_known

# In a thread, so no level blocks the event loop. Higher ones take much longer and save a hundredth.
_COMPRESS: Final[Mapping[str, Callable[[bytes], bytes]]] = {
    # A compressor belongs to one thread.
    "zstd": lambda body: zstandard.ZstdCompressor(level=15).compress(body),
    "br": lambda body: brotli.compress(body, quality=9),
    # Without a time, so that equal bodies have equal bytes.
    "gzip": lambda body: gzip.compress(body, 9, mtime=0),
}
# Returns a body in a content coding.
Pack = Callable[[bytes, str], bytes]


def pack(body: bytes, coding: str) -> bytes:
    """Return the body in a content coding that the server offers."""
    return _COMPRESS[coding](body)


def compact_response(
    request: Request,
    body: bytes,
    media_type: str,
    headers: Mapping[str, str] | None = None,
    packed: Pack = pack,
) -> Response:
    """Answer with the body in the coding that the middleware chose for the request.

    It has the tag of the uncompressed body, as any answer. A client that has this body gets it from the
    middleware as a 304, so it is not compressed.
    """
    tag = entity_tag(body)
    headers = {**(headers or {}), "ETag": tag}
    coding = request.headers.get("accept-encoding", "")
    if coding in _COMPRESS and not is_known(request.headers, tag):
        body = packed(body, coding)
        headers |= {"Content-Encoding": coding, "Vary": "Accept-Encoding"}
    return Response(body, headers=headers, media_type=media_type)
