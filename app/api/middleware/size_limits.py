"""How long the URL and how large the headers of a request may be."""

from starlette.types import ASGIApp, Receive, Scope, Send

from app.api.problems.base import Problem, problem_response
from app.api.problems.catalogue import HeadersTooLarge, UriTooLong

# So much of a path that is too long stands in its problem.
_SHOWN = 200


class SizeLimitMiddleware:
    """Refuses a request whose URL or headers are too large, before anything reads them."""

    def __init__(self, app: ASGIApp, url_bytes: int, header_bytes: int) -> None:
        self._app = app
        self._url_bytes = url_bytes
        self._header_bytes = header_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request, or refuse it."""
        problem = self._find_problem(scope) if scope["type"] == "http" else None
        if problem is None:
            await self._app(scope, receive, send)
            return
        answer = problem_response(problem, scope["path"][:_SHOWN], scope["state"]["request_id"])
        await answer(scope, receive, send)

    def _find_problem(self, scope: Scope) -> Problem | None:
        path = scope.get("raw_path") or scope["path"].encode()
        if len(path) + len(scope["query_string"]) > self._url_bytes:
            return UriTooLong(f"path and query have at most {self._url_bytes} bytes here")
        if sum(len(name) + len(value) for name, value in scope["headers"]) > self._header_bytes:
            return HeadersTooLarge(f"headers have at most {self._header_bytes} bytes here")
        return None
