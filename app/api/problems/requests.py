"""What can be wrong with any request, and with the server."""

from collections.abc import Mapping
from http import HTTPStatus

from app.api.problems.base import Problem


class UnknownParameter(Problem):
    """A query parameter that the path does not have. The detail names the nearest that it has."""

    status = HTTPStatus.BAD_REQUEST
    slug = "unknown-parameter"
    title = "Unknown query parameter"


class RepeatedParameter(Problem):
    """A query parameter that takes one value was given several times."""

    status = HTTPStatus.BAD_REQUEST
    slug = "repeated-parameter"
    title = "Repeated query parameter"


class InvalidParameter(Problem):
    """A parameter has a value that it cannot have. `errors` names each one and what would be right."""

    status = HTTPStatus.BAD_REQUEST
    slug = "invalid-parameter"
    title = "Invalid parameter"


class InvalidCursor(Problem):
    """The cursor is not one that this list gave for these filters and this sort.

    Follow `page.next` as it is, or leave `cursor` out to begin at the first page.
    """

    status = HTTPStatus.BAD_REQUEST
    slug = "invalid-cursor"
    title = "Invalid cursor"


class TooManyResults(Problem):
    """There are more results than this form of answer holds. The detail says how many, and what would
    narrow them.
    """

    status = HTTPStatus.BAD_REQUEST
    slug = "too-many-results"
    title = "Too many results"


class NotFound(Problem):
    """There is nothing at this path, or no entity with this id."""

    status = HTTPStatus.NOT_FOUND
    slug = "not-found"
    title = "Not found"


class MethodNotAllowed(Problem):
    """The path does not answer this method; the `Allow` header lists those that it answers."""

    status = HTTPStatus.METHOD_NOT_ALLOWED
    slug = "method-not-allowed"
    title = "Method not allowed"
    sends = ("Allow",)

    def __init__(self, detail: str, allow: str) -> None:
        super().__init__(detail)
        self.allow = allow

    @property
    def headers(self) -> Mapping[str, str]:
        """The methods that are answered."""
        return {"Allow": self.allow}


class RangeNotSatisfiable(Problem):
    """The part that `Range` asks for begins after the end of the file; `Content-Range` has its size."""

    status = HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE
    slug = "range-not-satisfiable"
    title = "Range not satisfiable"
    sends = ("Content-Range",)

    def __init__(self, size: int) -> None:
        super().__init__(
            "the file ends before this range: Content-Range says how many bytes it has"
        )
        self._size = size

    @property
    def headers(self) -> Mapping[str, str]:
        """The size of the file."""
        return {"Content-Range": f"bytes */{self._size}"}


class InternalError(Problem):
    """Something failed on our side; the request id leads to the cause in the server's log."""

    status = HTTPStatus.INTERNAL_SERVER_ERROR
    slug = "internal-error"
    title = "Internal error"


class NotReady(Problem):
    """The server cannot answer now: its database does not, it stops, or it is busy. Try again later."""

    status = HTTPStatus.SERVICE_UNAVAILABLE
    slug = "not-ready"
    title = "Not ready"
    sends = ("Retry-After",)

    @property
    def headers(self) -> Mapping[str, str]:
        """When to try again, in seconds."""
        return {"Retry-After": "10"}
