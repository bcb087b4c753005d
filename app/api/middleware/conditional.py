"""Entity tags, 304 responses and cache lifetimes (RFC 9110, 9111)."""

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.api.http.caching import UNCHANGING, cache_control
from app.api.http.etags import entity_tag, is_known
from app.api.http.request_state import request_state
from app.api.middleware.compression import MINIMUM_SIZE


class ConditionalMiddleware:
    """Tags each whole response to GET by its bytes, and answers 304 to a client that has it.

    Also adds the links of the request's state: it is the middleware next to the routes.

    A route's own ETag or `Cache-Control` is kept; `no-store` responses are never tagged. A stream
    brings its tag, or has none. Responses about a past state may be cached forever.
    """

    def __init__(self, app: ASGIApp, cache_seconds: int) -> None:
        self._app = app
        self._cache_control = cache_control(cache_seconds)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request; only the response to a GET is changed."""
        if scope["type"] != "http" or scope["method"] != "GET":
            await self._app(scope, receive, send)
            return
        held: Message | None = None

        async def send_conditionally(message: Message) -> None:
            nonlocal held
            if message["type"] == "http.response.start" and message["status"] in (200, 206, 304):
                headers = MutableHeaders(scope=message)
                headers.setdefault("Cache-Control", self._cache_control)
                state = request_state(scope)
                if state.unchanging:
                    headers["Cache-Control"] = UNCHANGING
                for link in state.links:
                    headers.append("Link", link)
                held = message
                return
            if held is not None:
                # The tag is the digest of the body, and must be sent before it.
                start, held = held, None
                if _is_not_modified(scope, start, message):
                    start, message = _not_modified(start, message)
                await send(start)
            await send(message)

        await self._app(scope, receive, send_conditionally)


def _is_not_modified(scope: Scope, start: Message, message: Message) -> bool:
    """Tag a whole response, and return whether the client has it (RFC 9110 §13.1.2)."""
    headers = MutableHeaders(scope=start)
    if message.get("more_body") or start["status"] != 200 or "no-store" in headers["cache-control"]:
        return False
    tag = headers.setdefault("ETag", entity_tag(message.get("body", b"")))
    return is_known(Headers(scope=scope), tag)


def _not_modified(start: Message, message: Message) -> tuple[Message, Message]:
    """Return the 304 in place of a response: its headers, except the headers that describe the body."""
    headers = MutableHeaders(scope=start)
    if len(message.get("body", b"")) >= MINIMUM_SIZE:
        # CompressionMiddleware would add it to the response itself.
        headers.add_vary_header("Accept-Encoding")
    del headers["Content-Type"], headers["Content-Length"]
    return {**start, "status": 304}, {**message, "body": b""}
