"""What can be too much, or take too long."""

from collections.abc import Mapping
from http import HTTPStatus

from app.api.problems.base import Problem


class QueryTimeout(Problem):
    """The database took longer over the request than this server allows.

    Narrow it, for example by date, type or participant; the same again would take as long.
    """

    status = HTTPStatus.SERVICE_UNAVAILABLE
    slug = "query-timeout"
    title = "Query timeout"


class UriTooLong(Problem):
    """The path and the query are longer than this server takes; the detail says how long they may be."""

    status = HTTPStatus.REQUEST_URI_TOO_LONG
    slug = "uri-too-long"
    title = "URI too long"


class HeadersTooLarge(Problem):
    """The headers are larger than this server takes; the detail says how large they may be."""

    status = HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE
    slug = "headers-too-large"
    title = "Headers too large"


class RequestTimeout(Problem):
    """The body of the request did not arrive in time."""

    status = HTTPStatus.REQUEST_TIMEOUT
    slug = "request-timeout"
    title = "Request timeout"


class TooManyRequests(Problem):
    """More requests than the server's rate limit allows; `Retry-After` says in how many seconds there
    may be more.
    """

    status = HTTPStatus.TOO_MANY_REQUESTS
    slug = "too-many-requests"
    title = "Too many requests"
    sends = ("RateLimit", "RateLimit-Policy", "Retry-After")

    def __init__(self, detail: str, retry_after: int) -> None:
        super().__init__(detail)
        self._retry_after = retry_after

    @property
    def headers(self) -> Mapping[str, str]:
        """When to try again, in seconds."""
        return {"Retry-After": str(self._retry_after)}
