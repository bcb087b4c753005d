"""Answer reads without a key from replicas, and from the primary if no replica can."""

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.api.http.at_least import MalformedNumberError, wanted_seq
from app.api.http.headers import UNCOUNTED_PATHS
from app.api.http.request_state import RequestState, request_state
from app.api.middleware.api_keys import has_credentials
from app.tables.replicas.replica import Replica
from app.tables.replicas.replicas import Replicas


class ReplicasMiddleware:
    """Chooses the replica that answers a request; without one, or with a key, the primary answers.

    If a read of the replica fails before anything was sent, the primary answers the same request.
    """

    def __init__(self, app: ASGIApp, replicas: Replicas) -> None:
        self._app = app
        self._replicas = replicas

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        replica = self._choose(scope)
        if replica is None:
            await self._app(scope, receive, send)
            return
        state = request_state(scope)
        state.replica = replica
        attempt = _Attempt(state, receive, send)
        # The router adds to the scope, and a second attempt must begin with the same.
        await self._app({**scope}, attempt.receive, attempt.send)
        if attempt.failed:
            state.begin_again()
            await self._app({**scope}, attempt.receive_again, send)
        elif state.seq is not None and not state.past:
            replica.see(state.seq)

    def _choose(self, scope: Scope) -> Replica | None:
        # A client with a key may be about to write, and needs its own writes.
        if scope["type"] != "http" or scope["path"] in UNCOUNTED_PATHS or has_credentials(scope):
            return None
        try:
            seq = wanted_seq(scope)
        except MalformedNumberError:
            # The route refuses it.
            return None
        address = scope["path"].encode() + b"?" + scope["query_string"]
        return self._replicas.choose(address, seq)


class _Attempt:
    """Holds back the answer of a failed attempt, and keeps the parts of the body for the next one."""

    def __init__(self, state: RequestState, receive: Receive, send: Send) -> None:
        self._state = state
        self._receive = receive
        self._send = send
        self._body: list[Message] = []
        self._started = False
        self.failed = False

    async def receive(self) -> Message:
        """Return a part of the body."""
        message = await self._receive()
        self._body.append(message)
        return message

    async def receive_again(self) -> Message:
        """Return a part of the body from its beginning."""
        return self._body.pop(0) if self._body else await self._receive()

    async def send(self, message: Message) -> None:
        """Send a part of the answer, unless a read failed before its beginning."""
        if message["type"] == "http.response.start" and not self._started:
            self.failed = self._state.failed
            self._started = True
        if not self.failed:
            await self._send(message)
