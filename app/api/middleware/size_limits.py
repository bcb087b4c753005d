"""Limits on the length of a request's URL and the size of its headers."""

from itertools import chain

from starlette.types import ASGIApp, Receive, Scope, Send

from app.api.http.request_state import request_state
from app.api.problems.base import Problem, problem_response
from app.api.problems.catalogue import HeadersTooLarge, UriTooLong

# Characters of the path that the problem document repeats.
_INSTANCE_LENGTH = 200


class SizeLimitMiddleware:
    """Refuses a request whose URL or headers are too large, before anything parses them."""

    def __init__(self, app: ASGIApp, url_bytes: int, header_bytes: int) -> None:
        self._app = app
        self._url_bytes = url_bytes
        self._header_bytes = header_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request, or refuse it."""
        problem = self.find_problem(scope) if scope["type"] == "http" else None
        if problem is None:
            await self._app(scope, receive, send)
            return
        path, request_id = scope["path"][:_INSTANCE_LENGTH], request_state(scope).request_id
        await problem_response(problem, path, request_id)(scope, receive, send)

    def find_problem(self, scope: Scope) -> Problem | None:
        """Return the reason to refuse the request; None if it is small enough."""
        path = scope.get("raw_path") or scope["path"].encode()
        if len(path) + len(scope["query_string"]) > self._url_bytes:
            return UriTooLong(f"path and query may have at most {self._url_bytes} bytes")
        if sum(map(len, chain.from_iterable(scope["headers"]))) > self._header_bytes:
            return HeadersTooLarge(f"headers may have at most {self._header_bytes} bytes")
        return None
