"""What can be wrong with a request that writes, or that is too much."""

from collections.abc import Mapping
from http import HTTPStatus

from app.api.problems.base import Problem


class Unauthorized(Problem):
    """The request needs a key and has none, or has one that opens nothing: mistyped, unknown, expired
    or revoked. A key that opens nothing is refused where none is needed, too.
    """

    status = HTTPStatus.UNAUTHORIZED
    slug = "unauthorized"
    title = "No valid key"
    sends = ("WWW-Authenticate",)

    def __init__(self, detail: str, *, given: bool) -> None:
        super().__init__(detail)
        self._given = given

    @property
    def headers(self) -> Mapping[str, str]:
        """How to prove oneself (RFC 6750 §3): no error is named to whoever gave no key."""
        error = ', error="invalid_token"' if self._given else ""
        return {"WWW-Authenticate": f'Bearer realm="timeline"{error}'}


class InsufficientScope(Problem):
    """The key is valid, and does not allow this. The detail says which scope does."""

    status = HTTPStatus.FORBIDDEN
    slug = "insufficient-scope"
    title = "Insufficient scope"
    sends = ("WWW-Authenticate",)

    @property
    def headers(self) -> Mapping[str, str]:
        """Which scope it takes (RFC 6750 §3.1)."""
        return {
            "WWW-Authenticate": 'Bearer realm="timeline", error="insufficient_scope", scope="admin"'
        }


class BodyTooLarge(Problem):
    """The body of the request is larger than this server takes; the detail says how much it takes."""

    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    slug = "body-too-large"
    title = "Body too large"


class UnsupportedMediaType(Problem):
    """The body is of a media type that this path does not take; the detail says which it takes."""

    status = HTTPStatus.UNSUPPORTED_MEDIA_TYPE
    slug = "unsupported-media-type"
    title = "Unsupported media type"
    may_send = ("Accept", "Accept-Encoding")

    def __init__(self, detail: str, taken: Mapping[str, str] | None = None) -> None:
        super().__init__(detail)
        self._taken = taken or {}

    @property
    def headers(self) -> Mapping[str, str]:
        """What would be taken: `Accept`, or `Accept-Encoding` (RFC 9110 §15.5.16)."""
        return self._taken


class PossibleDuplicate(Problem):
    """A new event has the date, the type and the participants of another, which `errors` names.

    If it is another event all the same, say so with `allow_duplicate=true`.
    """

    status = HTTPStatus.CONFLICT
    slug = "possible-duplicate"
    title = "Possible duplicate"


class StillReferred(Problem):
    """What is to be withdrawn is still referred to, by what `errors` names."""

    status = HTTPStatus.CONFLICT
    slug = "still-referred"
    title = "Still referred to"


class ImportInProgress(Problem):
    """An import with this `Idempotency-Key` is under way: ask again when it is done."""

    status = HTTPStatus.CONFLICT
    slug = "import-in-progress"
    title = "Import in progress"
    sends = ("Retry-After",)

    @property
    def headers(self) -> Mapping[str, str]:
        """When to try again, in seconds."""
        return {"Retry-After": "2"}


class Withdrawn(Problem):
    """The entity was withdrawn; the detail says why. Its id is not given again, and its revisions stay."""

    status = HTTPStatus.GONE
    slug = "withdrawn"
    title = "Withdrawn"


class PreconditionFailed(Problem):
    """The entity is not in the state that `If-Match` or `If-None-Match` asks for: somebody else was
    quicker. The `ETag` of the answer is the present one, if there is an entity.
    """

    status = HTTPStatus.PRECONDITION_FAILED
    slug = "precondition-failed"
    title = "Precondition failed"
    may_send = ("ETag",)

    def __init__(self, detail: str, tag: str | None = None) -> None:
        super().__init__(detail)
        self._tag = tag

    @property
    def headers(self) -> Mapping[str, str]:
        """The present entity tag."""
        return {} if self._tag is None else {"ETag": self._tag}


class InvalidRecords(Problem):
    """The body is not what it should be, or breaks a rule; nothing of it was written.

    `errors` has each fault with its place.
    """

    status = HTTPStatus.UNPROCESSABLE_ENTITY
    slug = "invalid-records"
    title = "Invalid records"


class IdempotencyKeyReused(Problem):
    """The `Idempotency-Key` was used for another body or other parameters; give a new one."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY
    slug = "idempotency-key-reused"
    title = "Idempotency key reused"


class PreconditionRequired(Problem):
    """A change of what is there needs `If-Match` with its `ETag`, so that nobody's work is lost."""

    status = HTTPStatus.PRECONDITION_REQUIRED
    slug = "precondition-required"
    title = "Precondition required"
