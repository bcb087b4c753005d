"""Compression by zstd, Brotli or gzip; each coding has a separate entity tag (RFC 9110)."""

from functools import lru_cache

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette_compress import CompressMiddleware, add_compress_type, remove_compress_type
from werkzeug.datastructures import Accept
from werkzeug.http import parse_accept_header

from app.api.http.etags import CODINGS, coded_tag, quote_tags, without_coding

# Responses of fewer bytes are sent uncompressed: the saving would be negligible.
MINIMUM_SIZE = 500
# The coding that every client can read, and so the only one that `*` means.
_ANY = "gzip"


class CompressionMiddleware:
    """Compresses responses with a coding that the client accepts, and suffixes their entity tags.

    Further in, a response has one tag, `"abc"`. Its gzip leaves with `"abc-gzip"`, and when the client
    sends that tag, the application receives `"abc"`: routes need to know nothing of codings.
    """

    def __init__(self, app: ASGIApp) -> None:
        # Compression blocks the event loop: 0.15, 0.2 and 0.5 ms for a page of 106 kB, which shrinks
        # to a fifth. The next level of Brotli takes twice as long and saves a twentieth more.
        self._app = CompressMiddleware(
            app, minimum_size=MINIMUM_SIZE, zstd_level=3, brotli_quality=1, gzip_level=1
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request in the coding that the client prefers."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        # Real headers are shorter, and parsing one of 64 kB would block the event loop for 50 ms.
        coding = choose_coding(", ".join(headers.getlist("accept-encoding"))[:500])
        known = quote_tags(", ".join(headers.getlist("if-none-match")))
        answer = _CodedAnswer(send, coding, known)
        inner = {**scope, "headers": _inner_headers(scope, coding, known)}
        await self._app(inner, receive, answer.send)


@lru_cache(maxsize=64)
def choose_coding(accept_encoding: str) -> str:
    """Return the coding that an `Accept-Encoding` prefers, by our order among equals; empty for none.

    A `*` means gzip alone: clients that send it can rarely read zstd or Brotli, so the header must
    name these.
    """
    accepted = parse_accept_header(accept_encoding, Accept)
    named = {name.lower() for name in accepted.values()}
    offered = [coding for coding in CODINGS if coding == _ANY or coding in named]
    coding = accepted.best_match((*offered, "identity"), default="identity")
    return "" if coding == "identity" else coding


def _inner_headers(scope: Scope, coding: str, known: str) -> list[tuple[bytes, bytes]]:
    """Return the request's headers with the chosen coding only, and entity tags without its suffix."""
    headers = [
        (name, value)
        for name, value in scope["headers"]
        if name not in (b"accept-encoding", b"if-none-match")
    ]
    if coding:
        headers.append((b"accept-encoding", coding.encode()))
    if known:
        inner = without_coding(known, coding) if coding else known
        headers.append((b"if-none-match", inner.encode("latin-1")))
    return headers


class _CodedAnswer:
    """Forwards one response with its coding's entity tag, and with the same bytes every time."""

    def __init__(self, send: Send, coding: str, known: str) -> None:
        self._send = send
        self._coding = coding
        self._known = known
        self._begins_gzip = False

    async def send(self, message: Message) -> None:
        """Forward one message of the response."""
        if message["type"] == "http.response.start":
            self._tag(MutableHeaders(scope=message), message["status"])
        elif self._begins_gzip:
            self._begins_gzip = False
            if not message.get("more_body"):
                message["body"] = _without_time(message.get("body", b""))
        await self._send(message)

    def _tag(self, headers: MutableHeaders, status: int) -> None:
        tag = headers.get("etag")
        is_coded = headers.get("content-encoding") == self._coding
        self._begins_gzip = is_coded and self._coding == "gzip"
        if tag is not None and self._coding:
            coded = coded_tag(tag, self._coding)
            # A client that sent the uncompressed response's tag has that response, and may keep it.
            if is_coded or (status == 304 and coded in self._known):
                headers["ETag"] = coded


def _without_time(gzipped: bytes) -> bytes:
    """Return a whole gzip file with its modification time set to 0, which means none (RFC 1952 §2.3.1).

    Before Python 3.14 `gzip.compress` writes the current time, and a strong tag promises equal bytes.
    """
    return gzipped[:4] + bytes(4) + gzipped[8:]


for _media_type in (
    "application/feed+json",
    "application/graphml+xml",
    "application/json-patch+json",
    "application/linkset+json",
    "application/schema+json",
    "application/vnd.citationstyles.csl+json",
    "application/vnd.oai.openapi+json",
    "application/vnd.timeline.partial+json",
    "application/vnd.timeline.review+json",
    "application/x-bibtex",
    "application/x-ndjson",
    "application/x-research-info-systems",
    "text/csv",
):
    add_compress_type(_media_type)
# Events are small and must leave at once; a compressor would hold them back, and memory per stream.
remove_compress_type("text/event-stream")
