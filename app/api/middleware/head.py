"""HEAD on every path that answers GET: the same answer, without its body."""

from starlette.types import ASGIApp, Message, Receive, Scope, Send


class HeadMiddleware:
    """Answers HEAD with what GET would answer, status and headers, and sends no body.

    A route that would stream can know (`request.state.bodiless`) and leave the work.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve HEAD as GET, or pass on what is not HEAD."""
        if scope["type"] != "http" or scope["method"] != "HEAD":
            await self._app(scope, receive, send)
            return

        async def send_head(message: Message) -> None:
            if message["type"] == "http.response.body":
                message = {**message, "body": b""}
            await send(message)

        state = {**scope.get("state", {}), "bodiless": True}
        await self._app({**scope, "method": "GET", "state": state}, receive, send_head)
