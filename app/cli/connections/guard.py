"""The connections of one process, and the limits on what all of them may hold."""

import asyncio
from collections import Counter, deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import structlog

_log = structlog.get_logger("timeline.connections")
# Under an attack each refusal would be a line.
_SECONDS_BETWEEN_WARNINGS = 60


@dataclass(frozen=True)
class ConnectionLimits:
    """The limits of one process; `head_bytes` and `unread_bytes` limit memory, not messages."""

    connections: int
    address_connections: int
    head_seconds: float
    head_bytes: int
    reader_seconds: float
    unread_bytes: int
    # How often the limits of time are checked.
    check_seconds: float = 1


class Watched(Protocol):
    """A connection, as the guard sees it."""

    @property
    def address(self) -> str:
        """The address that the connection counts for; empty for a trusted proxy."""

    @property
    def idle_since(self) -> float:
        """When the last response was complete, or the connection made."""

    @property
    def is_busy(self) -> bool:
        """Whether the application is answering a request."""

    @property
    def unread_bytes(self) -> int:
        """The bytes of complete responses that the client has not read."""

    def check(self, now: float) -> None:
        """Close the connection if its client has exceeded a limit of time."""

    def abort(self) -> None:
        """Close the connection at once."""


class Guard:
    """Admits connections, makes room for new ones, and bounds the responses that nobody reads.

    A trusted proxy carries the connections of many clients, so only the total limits it.
    """

    def __init__(self, limits: ConnectionLimits) -> None:
        self.limits = limits
        # In order of arrival: the clock of the event loop has milliseconds only.
        self._connections: dict[Watched, None] = {}
        self._by_address: Counter[str] = Counter()
        self._beginning: deque[Callable[[], None]] = deque()
        # Whether the next turn of the event loop begins one of them.
        self._begins_soon = False
        self._checking = False
        self._warned_at = float("-inf")
        self._unlogged = 0

    @property
    def unread_bytes(self) -> int:
        """The bytes of complete responses that clients have not read."""
        return sum(each.unread_bytes for each in self._connections)

    def admit(self, connection: Watched, now: float) -> str:
        """Count the connection; return the reason to refuse it instead, or an empty text.

        If the limit is reached, the connection that has been idle longest makes room.
        """
        address, limits = connection.address, self.limits
        if address and self._by_address[address] >= limits.address_connections:
            reason = f"at most {limits.address_connections} connections from one address"
            if not self._make_room(lambda other: other.address == address):
                self._warn("an address has all its connections in use", now, address=address)
                return reason
        elif len(self._connections) >= limits.connections:
            self._warn("all connections are in use", now, limit=limits.connections)
            if not self._make_room(lambda _: True):
                return f"all {limits.connections} connections of the server are in use"
        self._connections[connection] = None
        self._by_address[address] += 1
        self._check_later()
        return ""

    def forget(self, connection: Watched) -> None:
        """Stop counting the connection, if it is counted."""
        if connection in self._connections:
            del self._connections[connection]
            self._by_address[connection.address] -= 1
            self._by_address += Counter()  # Drops the addresses that have none.

    def begin(self, start: Callable[[], None], *, urgent: bool) -> None:
        """Begin to answer a request: an urgent one now, the others one in each turn of the event loop.

        Otherwise a burst of requests would be one long turn, and a health check would wait for its end.
        """
        if urgent:
            start()
            return
        self._beginning.append(start)
        self._begin_soon()

    def _begin_soon(self) -> None:
        if self._beginning and not self._begins_soon:
            self._begins_soon = True
            asyncio.get_running_loop().call_soon(self._begin_next)

    def _begin_next(self) -> None:
        self._begins_soon = False
        start = self._beginning.popleft()
        # First, because the request may fail, or be answered at once and let the next one of its connection begin.
        self._begin_soon()
        start()

    def bound_unread(self) -> None:
        """Abort connections until the unread responses of all of them are within the limit.

        The address that holds most loses its longest idle connection first.
        """
        unread = {each: size for each in self._connections if (size := each.unread_bytes)}
        excess = sum(unread.values()) - self.limits.unread_bytes
        while excess > 0:
            by_address: Counter[str] = Counter()
            for each, size in unread.items():
                by_address[each.address] += size
            ((greedy, _),) = by_address.most_common(1)
            victim = min(
                (each for each in unread if each.address == greedy), key=lambda one: one.idle_since
            )
            excess -= unread.pop(victim)
            self._drop(victim)

    def _make_room(self, eligible: Callable[[Watched], bool]) -> bool:
        idle = (each for each in self._connections if not each.is_busy and eligible(each))
        victim = min(idle, key=lambda one: one.idle_since, default=None)
        if victim is not None:
            self._drop(victim)
        return victim is not None

    def _drop(self, connection: Watched) -> None:
        # Forgotten here, because the event loop reports the loss of a connection later.
        self.forget(connection)
        connection.abort()

    def _check_later(self) -> None:
        if not self._checking:
            self._checking = True
            asyncio.get_running_loop().call_later(self.limits.check_seconds, self._check)

    def _check(self) -> None:
        self._checking = False
        now = asyncio.get_running_loop().time()
        for connection in [*self._connections]:
            connection.check(now)
        if self._connections:
            self._check_later()

    def _warn(self, event: str, now: float, **details: object) -> None:
        self._unlogged += 1
        if now - self._warned_at >= _SECONDS_BETWEEN_WARNINGS:
            _log.warning(event, times=self._unlogged, **details)
            self._warned_at, self._unlogged = now, 0
