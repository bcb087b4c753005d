"""`Timeline-Seq`: the state from which an answer was made."""

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.api.http.request_state import request_state


class StateNumberMiddleware:
    """Adds the number of the last change that the state of the answer holds, if it was made from data."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_numbered(message: Message) -> None:
            if message["type"] == "http.response.start":
                seq = request_state(scope).seq
                if seq is not None:
                    named = (b"timeline-seq", b"%d" % seq)
                    message["headers"] = [*message["headers"], named]
            await send(message)

        await self._app(scope, receive, send_numbered)
