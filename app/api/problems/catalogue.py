"""All problem types, in the order of their status and slug; docstrings are their public descriptions."""

from collections.abc import Iterable, Mapping
from http import HTTPStatus
from typing import Self

from app.api.problems.base import Problem, ProblemItem
from app.formats.pages.catalogues import N_


class InvalidCursor(Problem):
    """The cursor does not belong to this list with these filters and this sort order.

    Follow the link to the next page unchanged, or omit `cursor` to begin at the first page. A list has the link as
    `page.next`.
    """

    status = HTTPStatus.BAD_REQUEST
    slug = "invalid-cursor"
    title = N_("Invalid cursor")


class InvalidParameter(Problem):
    """A parameter has an invalid value. `errors` names each of them and the values that it takes."""

    status = HTTPStatus.BAD_REQUEST
    slug = "invalid-parameter"
    title = N_("Invalid parameter")

    @classmethod
    def of(cls, *reasons: tuple[str, str]) -> Self:
        """Return the problem of parameters: each by its name, with the reason. The detail has the first three."""
        items = [ProblemItem(parameter=name, detail=reason) for name, reason in reasons]
        return cls("; ".join(f"{name}: {reason}" for name, reason in reasons[:3]), items)


class RepeatedParameter(Problem):
    """The request repeats a query parameter that takes one value."""

    status = HTTPStatus.BAD_REQUEST
    slug = "repeated-parameter"
    title = N_("Repeated query parameter")

    @classmethod
    def of(cls, names: Iterable[str]) -> Self:
        """Return the problem of the parameters with these names."""
        items = [ProblemItem(parameter=name, detail=f"{name} takes one value") for name in names]
        return cls("; ".join(item.detail for item in items), items)


class TooManyResults(Problem):
    """More results match than this format can hold.

    The detail says how many match, and which filters would narrow them.
    """

    status = HTTPStatus.BAD_REQUEST
    slug = "too-many-results"
    title = N_("Too many results")


class UnknownParameter(Problem):
    """The path has no query parameter of this name. The detail suggests the closest one that it has."""

    status = HTTPStatus.BAD_REQUEST
    slug = "unknown-parameter"
    title = N_("Unknown query parameter")


class Unauthorized(Problem):
    """The request needs a key and has none, or its key is mistyped, unknown, expired or revoked.

    An invalid key is refused even on paths that need no key.
    """

    status = HTTPStatus.UNAUTHORIZED
    slug = "unauthorized"
    title = N_("No valid key")
    sends = ("WWW-Authenticate",)

    def __init__(self, detail: str, *, key_sent: bool) -> None:
        super().__init__(detail)
        # A request without credentials gets no error code (RFC 6750 §3.1).
        error = ', error="invalid_token"' if key_sent else ""
        self.headers = {"WWW-Authenticate": f'Bearer realm="timeline"{error}'}


class InsufficientScope(Problem):
    """The key is valid, but its scope does not allow this request. The detail names the scope needed."""

    status = HTTPStatus.FORBIDDEN
    slug = "insufficient-scope"
    title = N_("Insufficient scope")
    sends = ("WWW-Authenticate",)
    # RFC 6750 §3.1
    headers = {
        "WWW-Authenticate": 'Bearer realm="timeline", error="insufficient_scope", scope="admin"'
    }


class NotFound(Problem):
    """The path does not exist, or no entity has this id."""

    status = HTTPStatus.NOT_FOUND
    slug = "not-found"
    title = N_("Not found")


class MethodNotAllowed(Problem):
    """The path does not support this method; the `Allow` header lists the methods that it supports."""

    status = HTTPStatus.METHOD_NOT_ALLOWED
    slug = "method-not-allowed"
    title = N_("Method not allowed")
    sends = ("Allow",)

    def __init__(self, detail: str, allow: str) -> None:
        super().__init__(detail)
        self.headers = {"Allow": allow}


class RequestTimeout(Problem):
    """The body of the request did not arrive in time."""

    status = HTTPStatus.REQUEST_TIMEOUT
    slug = "request-timeout"
    title = N_("Request timeout")


class ImportInProgress(Problem):
    """An import with this `Idempotency-Key` is in progress; retry when it has ended."""

    status = HTTPStatus.CONFLICT
    slug = "import-in-progress"
    title = N_("Import in progress")
    sends = ("Retry-After",)
    headers = {"Retry-After": "2"}


class LaterChanges(Problem):
    """The import cannot be reverted, because later changes depend on it.

    `errors` has the first 20, each with the request that undoes it. Undo them first, or revert single
    records.
    """

    status = HTTPStatus.CONFLICT
    slug = "later-changes"
    title = N_("Later changes depend on it")


class PossibleDuplicate(Problem):
    """A new event has the same date, type and participants as the events that `errors` names.

    If it is a different event, send it with `allow_duplicate=true`.
    """

    status = HTTPStatus.CONFLICT
    slug = "possible-duplicate"
    title = N_("Possible duplicate")


class StillReferred(Problem):
    """The entity cannot be withdrawn, because the entities in `errors` still refer to it."""

    status = HTTPStatus.CONFLICT
    slug = "still-referred"
    title = N_("Still referred to")


class Withdrawn(Problem):
    """The entity was withdrawn; the detail gives the reason. Its id is never reused, and its revisions
    remain readable.
    """

    status = HTTPStatus.GONE
    slug = "withdrawn"
    title = N_("Withdrawn")


class PreconditionFailed(Problem):
    """The entity does not match `If-Match`, or it matches `If-None-Match`: another client has changed or
    created it.

    The response's `ETag` is the entity's current one, if the entity exists.
    """

    status = HTTPStatus.PRECONDITION_FAILED
    slug = "precondition-failed"
    title = N_("Precondition failed")
    may_send = ("ETag",)

    def __init__(self, detail: str, tag: str | None = None) -> None:
        super().__init__(detail)
        if tag is not None:
            self.headers = {"ETag": tag}


class BodyTooLarge(Problem):
    """The body of the request exceeds the server's limit, which the detail gives."""

    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    slug = "body-too-large"
    title = N_("Body too large")


class UriTooLong(Problem):
    """The path and the query exceed the server's limit, which the detail gives."""

    status = HTTPStatus.REQUEST_URI_TOO_LONG
    slug = "uri-too-long"
    title = N_("URI too long")


class UnsupportedMediaType(Problem):
    """The path does not take bodies of this media type; the detail lists the media types it takes."""

    status = HTTPStatus.UNSUPPORTED_MEDIA_TYPE
    slug = "unsupported-media-type"
    title = N_("Unsupported media type")
    # RFC 9110 §15.5.16
    may_send = ("Accept", "Accept-Encoding")

    def __init__(self, detail: str, accepted: Mapping[str, str] | None = None) -> None:
        super().__init__(detail)
        self.headers = accepted or {}


class RangeNotSatisfiable(Problem):
    """The `Range` begins after the end of the file; `Content-Range` gives the file's size."""

    status = HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE
    slug = "range-not-satisfiable"
    title = N_("Range not satisfiable")
    sends = ("Content-Range",)

    def __init__(self, size: int) -> None:
        super().__init__("the range begins after the end of the file: Content-Range gives its size")
        self.headers = {"Content-Range": f"bytes */{size}"}


class IdempotencyKeyReused(Problem):
    """An earlier request sent this `Idempotency-Key` with another body or parameters; use a new key."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY
    slug = "idempotency-key-reused"
    title = N_("Idempotency key reused")


class InvalidRecords(Problem):
    """The body cannot be read as records, or its records break a rule; nothing was written.

    `errors` gives each error with its place.
    """

    status = HTTPStatus.UNPROCESSABLE_ENTITY
    slug = "invalid-records"
    title = N_("Invalid records")


class PreconditionRequired(Problem):
    """Changing an existing entity requires `If-Match` with its `ETag`, so that no edit is lost."""

    status = HTTPStatus.PRECONDITION_REQUIRED
    slug = "precondition-required"
    title = N_("Precondition required")


class TooManyRequests(Problem):
    """The caller exceeded the server's rate limit; retry after the seconds in `Retry-After`."""

    status = HTTPStatus.TOO_MANY_REQUESTS
    slug = "too-many-requests"
    title = N_("Too many requests")
    sends = ("RateLimit", "RateLimit-Policy", "Retry-After")

    def __init__(self, detail: str, retry_after: int) -> None:
        super().__init__(detail)
        self.headers = {"Retry-After": str(retry_after)}


class HeadersTooLarge(Problem):
    """The headers of the request exceed the server's limit, which the detail gives."""

    status = HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE
    slug = "headers-too-large"
    title = N_("Headers too large")


class InternalError(Problem):
    """The server failed; its log has the cause under the request id."""

    status = HTTPStatus.INTERNAL_SERVER_ERROR
    slug = "internal-error"
    title = N_("Internal error")


class FormatNotOffered(Problem):
    """The answer has no such format, and a standard asks for this status; the detail names those that it has."""

    status = HTTPStatus.NOT_IMPLEMENTED
    slug = "format-not-offered"
    title = N_("Format not offered")


class NotInstalled(Problem):
    """The server lacks a package that this format needs; the detail names it, and another format."""

    status = HTTPStatus.NOT_IMPLEMENTED
    slug = "not-installed"
    title = N_("Not installed")


class Behind(Problem):
    """No database of this server holds the change that `Timeline-At-Least` names, or not yet.

    Retry soon. If the number comes from another timeline, or was never given to a change, omit the header.
    """

    status = HTTPStatus.SERVICE_UNAVAILABLE
    slug = "behind"
    title = N_("State not reached")
    sends = ("Retry-After",)
    headers = {"Retry-After": "1"}


class NotReady(Problem):
    """The server cannot answer now: its database is unavailable, or it is stopping, busy or out of room.

    Retry later.
    """

    status = HTTPStatus.SERVICE_UNAVAILABLE
    slug = "not-ready"
    title = N_("Not ready")
    sends = ("Retry-After",)
    headers = {"Retry-After": "10"}


class QueryTimeout(Problem):
    """The database took longer over the request than this server allows.

    Narrow the request, for example by date, type or participant; the same request would take as long.
    """

    status = HTTPStatus.SERVICE_UNAVAILABLE
    slug = "query-timeout"
    title = N_("Query timeout")


class ReadOnly(Problem):
    """The database of this server accepts no writes now, but it answers reads.

    It is a standby, a failover is under way, or the operator has set it so. Send the request to the server
    of the primary; during a failover, retry later.
    """

    status = HTTPStatus.SERVICE_UNAVAILABLE
    slug = "read-only"
    title = N_("Read-only")
    sends = ("Retry-After",)
    headers = {"Retry-After": "10"}


PROBLEMS = tuple(sorted(Problem.types, key=lambda kind: (kind.status, kind.slug)))
