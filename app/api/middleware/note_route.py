"""Note the route of each request, for metrics."""

from functools import lru_cache

from fastapi import FastAPI
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from app.api.http.request_state import request_state


class NoteRouteMiddleware:
    """Notes the path template of the route that answers, such as `/v1/events/{event_id}`."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request, and note its route."""
        try:
            await self._app(scope, receive, send)
        finally:
            if scope["type"] == "http":
                request_state(scope).route = _template_of(scope)


def _template_of(scope: Scope) -> str:
    if "route" in scope:
        return getattr(scope["route"], "path_format", "")
    # The framework notes only its own kind of route. `/docs`, `/guide` and `/mcp` are of Starlette's kind.
    return _templates(scope["app"]).get(id(scope.get("endpoint")), "")


@lru_cache(maxsize=1)
def _templates(app: FastAPI) -> dict[int, str]:
    """Return the path templates of the routes of Starlette's kind, by the id of their endpoint."""
    plain = (route for route in app.routes if type(route) is Route)
    return {id(route.endpoint): route.path_format for route in plain}
