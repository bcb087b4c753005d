"""Answer again from memory, as long as the data is proved to be the same."""

from collections.abc import Mapping

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.api.http.headers import UNCOUNTED_PATHS
from app.api.http.raw_headers import header_lines, joined
from app.api.http.request_state import request_state
from app.api.middleware.compression import choose_coding
from app.api.middleware.kept_answers import Asked, KeptAnswer, KeptAnswers, RawHeaders

# A caller with a key gets other headers, and the part that `Range` asks for is not the whole answer. A
# client that needs a certain change is rare, and each read proves that its state holds it.
_PASSING = frozenset((b"authorization", b"range", b"if-modified-since", b"timeline-at-least"))
# Headers that `Vary` may name, although no two kept answers differ by them.
_APART = frozenset((b"", b"accept-encoding", b"authorization", b"timeline-at-least"))


class KeepingMiddleware:
    """Answers an anonymous GET from memory, if nothing was committed since that answer was made.

    The proof is the version of the data, which is asked for at each request. It is asked for *before* an
    answer is made, so an answer may be newer than the version that it is kept under, and never older.
    Streams and exports, which come in parts, are not kept, nor are problems.
    """

    def __init__(
        self, app: ASGIApp, kept: KeptAnswers, of_replicas: Mapping[str, KeptAnswers]
    ) -> None:
        self._app = app
        self._kept = kept
        # By name: each database has a version that means nothing to the others.
        self._of_replicas = of_replicas

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        asked = asked_for(scope) if scope["type"] == "http" else None
        if asked is None:
            await self._app(scope, receive, send)
            return
        state = request_state(scope)
        kept, data_version = self._kept, scope["app"].state.data_version
        if state.replica is not None:
            kept, data_version = self._of_replicas[state.replica.name], state.replica.version
        version = state.version or await data_version.find()
        if version is None:
            await self._app(scope, receive, send)
            return
        answer = None if state.version else kept.find(asked, version)
        if answer is None:
            recorder = _Recorder(send)
            await self._app(scope, receive, recorder.send)
            if recorder.answer is not None:
                kept.keep(asked, version, recorder.answer._replace(route=state.route))
        else:
            state.kept, state.route = True, answer.route
            start = {"type": "http.response.start", "headers": answer.headers}
            await send({**start, "status": answer.status})
            await send({"type": "http.response.body", "body": answer.body})


class _Recorder:
    """Forwards a response, and notes it if it is whole and may be kept."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._start: Message = {}
        self.answer: KeptAnswer | None = None

    async def send(self, message: Message) -> None:
        """Forward one message."""
        if message["type"] == "http.response.start":
            self._start = {**message}
        elif self._start and not message.get("more_body"):
            status, headers = self._start["status"], self._start["headers"]
            self.answer = _keepable(status, [*headers], message.get("body", b""))
        else:
            self._start = {}
        await self._send(message)


def _keepable(status: int, headers: RawHeaders, body: bytes) -> KeptAnswer | None:
    """Return the answer if caches may store it, and it is the same for everybody who asks like this."""
    named = joined(headers)
    whole = status == 304 or (
        status == 200 and named.get(b"content-length") == str(len(body)).encode()
    )
    if not whole or b"no-store" in named.get(b"cache-control", b"no-store"):
        return None
    names = {name.strip().lower() for name in named.get(b"vary", b"").split(b",")}
    # The coding is part of every resource, and requests with the other headers are not answered here.
    varies_by = tuple(sorted(names - _APART))
    if b"*" in varies_by:
        return None
    if b"content-encoding" in named:
        # The result of zstd lies in a block with room for the whole text. A copy has a block of its own size.
        body = bytes(memoryview(body))
    return KeptAnswer(status, headers, header_lines(headers), body, varies_by)


def asked_for(scope: Scope) -> Asked | None:
    """Return everything in the request that may change its answer; None if its answer is not kept.

    A 304 depends on the tags that the client sent, so each list of tags has its own answer.
    """
    if scope["method"] != "GET" or scope["path"] in UNCOUNTED_PATHS:
        return None
    headers = joined(scope["headers"])
    if not _PASSING.isdisjoint(headers):
        return None
    coding = choose_coding(headers.get(b"accept-encoding", b"").decode("latin-1")[:500])
    # Links begin with the address that the client sees, and without a Host that is the server's.
    host = headers.get(b"host") or str(scope.get("server"))
    origin = (scope["scheme"], host, scope.get("root_path"))
    tags = headers.get(b"if-none-match")
    return Asked((scope["path"], scope["query_string"], coding, tags, origin), headers)
