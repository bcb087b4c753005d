"""Pages of any origin may read every answer, also one that a cache kept from somebody else."""

from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.api.http.headers import HEADERS

# Of these the script of a page may read the values anyway (Fetch, CORS-safelisted response headers).
_READABLE = {"Cache-Control", "Content-Language", "Last-Modified"}
# The rest it never sees unless we say so.
_EXPOSED = ", ".join(name for name in HEADERS if name not in _READABLE)


class CorsMiddleware:
    """Says of every answer that any page may read it, and grants every preflight.

    Starlette's own middleware answers preflights only: to a request without an origin it does not
    say who may read the answer, so a shared cache would give a page what its browser then hides,
    and to prevent that it would have the cache keep a copy for each origin (`Vary: Origin`).
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        # A preflight is never refused: what is not answered says so itself, as a problem.
        self._preflights = CORSMiddleware(
            app,
            allow_origins=["*"],
            allow_methods=["DELETE", "GET", "HEAD", "PATCH", "POST", "PUT"],
            allow_headers=["*"],
            allow_private_network=True,
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a preflight, or pass on with the answer open to all."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if _is_preflight(scope):
            await self._preflights(scope, receive, send)
            return

        async def send_open(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["Access-Control-Allow-Origin"] = "*"
                headers["Access-Control-Expose-Headers"] = _EXPOSED
            await send(message)

        await self._app(scope, receive, send_open)


def _is_preflight(scope: Scope) -> bool:
    if scope["method"] != "OPTIONS":
        return False
    headers = Headers(scope=scope)
    return "origin" in headers and "access-control-request-method" in headers
