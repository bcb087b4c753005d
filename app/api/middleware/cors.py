"""CORS: pages of any origin may read every response, also one that a shared cache stored."""

from starlette.datastructures import Headers
from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.api.http.headers import HEADERS

# CORS-safelisted response headers (Fetch): scripts can read them without permission.
_READABLE = {"Cache-Control", "Content-Language", "Last-Modified"}
# Of OGC API – Features, whose paths OpenAPI does not list.
_OF_FEATURES = ("Content-Crs",)
_EXPOSED = ", ".join([*(name for name in HEADERS if name not in _READABLE), *_OF_FEATURES])
OPEN_HEADERS = (
    (b"access-control-allow-origin", b"*"),
    (b"access-control-expose-headers", _EXPOSED.encode()),
)


class CorsMiddleware:
    """Allows any page to read every response, and grants every preflight.

    Starlette's CORSMiddleware adds these headers only if the request has an `Origin`. A shared cache
    could then serve a page a response without them, which the browser would hide; to prevent that,
    the cache would have to store a copy per origin (`Vary: Origin`).
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        # Every preflight is granted: the request itself then gets a problem document if it is refused.
        self._preflights = CORSMiddleware(
            app,
            allow_origins=["*"],
            allow_methods=["DELETE", "GET", "HEAD", "PATCH", "POST", "PUT"],
            allow_headers=["*"],
            allow_private_network=True,
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a preflight, or serve the request and open its response to all origins."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if _is_preflight(scope):
            await self._preflights(scope, receive, send)
            return

        async def send_open(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *OPEN_HEADERS]
            await send(message)

        await self._app(scope, receive, send_open)


def _is_preflight(scope: Scope) -> bool:
    if scope["method"] != "OPTIONS":
        return False
    headers = Headers(scope=scope)
    return "origin" in headers and "access-control-request-method" in headers
