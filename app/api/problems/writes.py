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

    def __init__(self, detail: str, taken: Mapping[str, str] | None = None) -> None:
        super().__init__(detail)
        self._taken = taken or {}

    @property
    def headers(self) -> Mapping[str, str]:
        """What would be taken: `Accept`, or `Accept-Encoding` (RFC 9110 §15.5.16)."""
        return self._taken
