"""Entity tags, 304 to whoever has the answer already, and how long caches may keep it (RFC 9110, 9111)."""

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.api.http.caching import UNCHANGING, cache_control
from app.api.http.etags import entity_tag, is_known
from app.api.middleware.compression import MINIMUM_SIZE


class ConditionalMiddleware:
    """Tags each whole answer to GET by its bytes, and sends none to a reader who has them.

    What a route says itself is left as it is: a tag, a `Cache-Control`, and with `no-store` both.
    A stream brings its own tag, or has none. What a request asks of a past state may be kept for ever.
    """

    def __init__(self, app: ASGIApp, cache_seconds: int) -> None:
        self._app = app
        self._cache_control = cache_control(cache_seconds)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a GET, or pass on what is none."""
        if scope["type"] != "http" or scope["method"] != "GET":
            await self._app(scope, receive, send)
            return
        held: Message | None = None

        async def send_conditionally(message: Message) -> None:
            nonlocal held
            if message["type"] == "http.response.start" and message["status"] in (200, 206, 304):
                headers = MutableHeaders(scope=message)
                headers.setdefault("Cache-Control", self._cache_control)
                if scope.get("state", {}).get("unchanging"):
                    headers["Cache-Control"] = UNCHANGING
                held = message
                return
            if held is not None:
                # The tag is made of the body, and stands before it.
                start, held = held, None
                if _is_not_modified(scope, start, message):
                    start, message = _not_modified(start, message)
                await send(start)
            await send(message)

        await self._app(scope, receive, send_conditionally)


def _is_not_modified(scope: Scope, start: Message, message: Message) -> bool:
    """Whether a whole answer is one that the reader has; tags it on the way."""
    headers = MutableHeaders(scope=start)
    if message.get("more_body") or start["status"] != 200 or "no-store" in headers["cache-control"]:
        return False
    tag = headers.setdefault("ETag", entity_tag(message.get("body", b"")))
    return is_known(scope, tag)


def _not_modified(start: Message, message: Message) -> tuple[Message, Message]:
    """The 304 in place of an answer: its headers, but for those that tell of the body."""
    headers = MutableHeaders(scope=start)
    if len(message.get("body", b"")) >= MINIMUM_SIZE:
        headers.add_vary_header("Accept-Encoding")  # As the answer itself would, further out.
    del headers["Content-Type"], headers["Content-Length"]
    return {**start, "status": 304}, {**message, "body": b""}
