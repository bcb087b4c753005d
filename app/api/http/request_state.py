"""The state of one request, which middleware and routes share."""

from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import NamedTuple

from starlette.types import Scope

from app.domain.vocabulary import Scope as KeyScope

_NAME = "timeline"


class Caller(NamedTuple):
    """The sender of a valid API key."""

    name: str
    scope: KeyScope


@dataclass
class RequestState:
    """The state of one request.

    | field        | set by                   | read by                                           |
    |--------------|--------------------------|---------------------------------------------------|
    | `request_id` | RequestLogMiddleware     | every problem document                            |
    | `caller`     | ApiKeyMiddleware         | CallerDep, the rate limit, the log                |
    | `refusal`    | ApiKeyMiddleware         | RefuseBadKeysMiddleware                           |
    | `bodiless`   | HeadMiddleware           | exports, streams and downloads, to skip the body  |
    | `unchanging` | `as_of` and `release`    | ConditionalMiddleware, for `Cache-Control`        |
    | `kept`       | KeepingMiddleware        | RequestLogMiddleware                              |
    | `route`      | NoteRouteMiddleware      | RequestLogMiddleware, for metrics                 |
    | `version`    | Shortcut                 | KeepingMiddleware                                 |
    | `written`    | Writes                   | RequestLogMiddleware, when the server stops       |
    | `links`      | filters with merged ids  | ConditionalMiddleware, for `Link`                 |
    """

    request_id: str = ""
    # None for a request without a valid key.
    caller: Caller | None = None
    # The Problem to answer a request whose key is invalid.
    refusal: Exception | None = None
    # The request was HEAD, so the server drops the body.
    bodiless: bool = False
    # The response is about a past state, and so can never change.
    unchanging: bool = False
    # The answer came from memory.
    kept: bool = False
    # The path template of the route that answers; empty if there is none, or no metrics are served.
    route: str = ""
    # The version of the data as the request arrived, if no answer of that version was kept.
    version: Hashable = None
    # The write of this request was committed, so no response may say otherwise.
    written: bool = False
    # Values of `Link` headers, beside those of the route.
    links: list[str] = field(default_factory=list)


def request_state(scope: Scope) -> RequestState:
    """Return the request's state; it is created at its first use."""
    # Each request gets a shallow copy of the lifespan's state (ASGI), where an object would be shared.
    assert scope["type"] == "http"
    shared = scope.setdefault("state", {})
    state: RequestState | None = shared.get(_NAME)
    if state is None:
        state = shared[_NAME] = RequestState()
    return state
