"""The state of one request, which middleware and routes share."""

from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from starlette.types import Scope

from app.domain.vocabulary import Scope as KeyScope

if TYPE_CHECKING:
    # Only servers with replicas import it.
    from app.tables.replicas.replica import Replica

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
    | `past`       | `as_of` and `release`    | each read, and ReplicasMiddleware                 |
    | `unchanging` | `as_of` and `release`    | ConditionalMiddleware, for `Cache-Control`        |
    | `kept`       | KeepingMiddleware        | RequestLogMiddleware                              |
    | `costly`     | `costly_slot`            | CompiledRoute, which then takes any thread        |
    | `counted`    | `costly_slot`            | CompiledRoute, which first tries the event loop   |
    | `route`      | NoteRouteMiddleware      | RequestLogMiddleware, for metrics                 |
    | `version`    | Shortcut                 | KeepingMiddleware                                 |
    | `written`    | Writes                   | RequestLogMiddleware, when the server stops       |
    | `links`      | filters with merged ids  | ConditionalMiddleware, for `Link`                 |
    | `seq`        | each read and write      | StateNumberMiddleware, for `Timeline-Seq`         |
    | `replica`    | ReplicasMiddleware       | KeepingMiddleware, present_database               |
    | `failed`     | reads of a replica       | ReplicasMiddleware, to ask the primary            |
    """

    request_id: str = ""
    # None for a request without a valid key.
    caller: Caller | None = None
    # The Problem to answer a request whose key is invalid.
    refusal: Exception | None = None
    # The request was HEAD, so the server drops the body.
    bodiless: bool = False
    # The response is about a past state.
    past: bool = False
    # So it can never change, unless it is a page: another version of the program makes another page.
    unchanging: bool = False
    # The request looks at every match, and so takes long on a large timeline.
    costly: bool = False
    # Facets alone make it costly, and sets in memory may count them.
    counted: bool = False
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
    # The number of the last change in the newest state that the answer was made from; None if it read no data.
    seq: int | None = None

    # The replica that answers, instead of the primary.
    replica: "Replica | None" = None
    # A read of the replica failed for a reason of the replica.
    failed: bool = False

    def note_seq(self, seq: int) -> None:
        """Note the number of the last change that a read saw, or a write left.

        Of a request for a past state, only its number counts.
        """
        if not self.past:
            self.seq = seq if self.seq is None else max(seq, self.seq)

    def note_failure(self) -> None:
        """Note that a read of the replica failed, although the primary may answer."""
        self.failed = True

    def begin_again(self) -> None:
        """Forget everything that an attempt to answer from a replica left."""
        self.replica, self.failed, self.seq = None, False, None
        self.past = self.unchanging = False
        self.links = []


def request_state(scope: Scope) -> RequestState:
    """Return the request's state; it is created at its first use."""
    # Each request gets a shallow copy of the lifespan's state (ASGI), where an object would be shared.
    assert scope["type"] == "http"
    shared = scope.setdefault("state", {})
    state: RequestState | None = shared.get(_NAME)
    if state is None:
        state = shared[_NAME] = RequestState()
    return state
