"""HEAD on every path that supports GET: the same response without its body."""

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.api.http.request_state import request_state


class HeadMiddleware:
    """Answers HEAD with the status and headers of GET, and drops the body.

    A streaming route can read `RequestState.bodiless` and skip the work.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve HEAD as GET; other methods pass unchanged."""
        if scope["type"] != "http" or scope["method"] != "HEAD":
            await self._app(scope, receive, send)
            return

        async def send_head(message: Message) -> None:
            if message["type"] == "http.response.body":
                message = {**message, "body": b""}
            await send(message)

        request_state(scope).bodiless = True
        await self._app({**scope, "method": "GET"}, receive, send_head)
