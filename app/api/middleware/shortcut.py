"""Kept answers without the framework, for a server that can send bytes at once."""

import time
from collections.abc import Hashable
from typing import NamedTuple

from starlette.datastructures import State
from starlette.types import Scope

from app.api.http.raw_headers import header_lines
from app.api.http.request_state import request_state
from app.api.middleware.cors import OPEN_HEADERS
from app.api.middleware.keeping import asked_for
from app.api.middleware.kept_answers import KeptAnswer, KeptAnswers
from app.api.middleware.request_log import Measure, note_request, request_id_of
from app.api.middleware.size_limits import SizeLimitMiddleware
from app.tables.data_versions.data_version import DataVersion

# A proxy changes the address of the client, and a body must be read: the framework does both.
_PASSING = frozenset(
    (b"x-forwarded-for", b"x-forwarded-proto", b"content-length", b"transfer-encoding")
)

_OPEN_LINES = header_lines(OPEN_HEADERS)


class WholeAnswer(NamedTuple):
    """A response that needs nothing more."""

    status: int
    # Its headers as they are sent.
    lines: bytes
    body: bytes


class Shortcut:
    """Answers a request before the middleware sees it, as the middleware would.

    It does the work of the middleware outside of KeepingMiddleware: the limits of size, the id, the line in
    the log, and the headers for pages of other origins. A server with a rate limit has no shortcut.
    """

    def __init__(
        self,
        kept: KeptAnswers,
        data_version: DataVersion,
        sizes: SizeLimitMiddleware,
        measure: Measure | None = None,
    ) -> None:
        self._kept = kept
        self._data_version = data_version
        self._version: Hashable = None
        self._asked_at = 0.0
        self._sizes = sizes
        self._measure = measure

    def find(self, scope: Scope, arrived: float) -> WholeAnswer | None:
        """Return the answer to the request, if one is kept that can be proved current without waiting.

        `arrived` is the time of `time.perf_counter` at which all of the request had arrived.
        """
        answer = self._find(scope, arrived)
        if answer is None:
            return None
        state = request_state(scope)
        state.kept, state.route, state.request_id = True, answer.route, request_id_of(scope)
        note_request(scope, answer.status, arrived, self._measure)
        lines = b"%bx-request-id: %b\r\n%b" % (answer.lines, state.request_id.encode(), _OPEN_LINES)
        return WholeAnswer(answer.status, lines, answer.body)

    def _find(self, scope: Scope, arrived: float) -> KeptAnswer | None:
        asked = asked_for(scope)
        if asked is None or not _PASSING.isdisjoint(asked.headers):
            return None
        if self._sizes.find_problem(scope) is not None:
            return None
        if self._asked_at <= arrived:
            # All requests that have arrived by now share the version. Each system call that finds it takes
            # as long as the rest of such an answer.
            self._asked_at = time.perf_counter()
            self._version = self._data_version.find_at_once()
        if self._version is None:
            return None
        answer = self._kept.find(asked, self._version)
        if answer is None:
            # KeepingMiddleware need not look again.
            request_state(scope).version = self._version
        return answer


def shortcut_of(state: State) -> Shortcut | None:
    """Return the application's shortcut, if it has one."""
    found: Shortcut | None = getattr(state, "shortcut", None)
    return found
