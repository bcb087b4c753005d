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
