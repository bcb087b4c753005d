"""Rate limits: requests per caller and time window (draft-ietf-httpapi-ratelimit-headers)."""

import asyncio
import time
from math import ceil
from typing import Any, NamedTuple

import structlog
from limits import parse
from limits.aio.storage import Storage
from limits.aio.storage.redis.redispy import RedispyBridge
from limits.aio.strategies import FixedWindowRateLimiter
from limits.errors import StorageError
from limits.storage import storage_from_string
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.api.http.callers import caller_name
from app.api.http.headers import UNCOUNTED_PATHS
from app.api.http.request_state import request_state
from app.api.problems.base import problem_response
from app.api.problems.catalogue import TooManyRequests

_log = structlog.get_logger("timeline.rate_limit")
# Timeout of the storage, in seconds.
_STORAGE_SECONDS = 0.5


class Allowance(NamedTuple):
    """The requests that a caller may still send, and the seconds until the current window ends."""

    granted: bool
    remaining: int
    seconds: int


class RateLimitMiddleware:
    """Refuses the requests of a caller, identified by key or address, beyond the limit.

    Each request counts before any work is done for it, also if it turns out to be a 304.
    While the storage does not answer, the process counts alone, from 0. After `pause_seconds` one request asks
    the storage again, and the others do not wait for it.
    """

    def __init__(self, app: ASGIApp, limit: str, storage: str, pause_seconds: float = 10) -> None:
        self._app = app
        self._item = parse(limit)
        self._window = self._item.get_expiry()
        self._policy = f'"default";q={self._item.amount};w={self._window}'
        self._together = FixedWindowRateLimiter(open_storage(storage))
        self._alone = FixedWindowRateLimiter(open_storage("memory://"))
        self._pause_seconds = pause_seconds
        # When to ask the storage again; None while it answers.
        self._paused_until: float | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request, or refuse it."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            await self._close()
            return
        if scope["type"] != "http" or scope["path"] in UNCOUNTED_PATHS:
            await self._app(scope, receive, send)
            return
        allowance = await self._count(caller_name(scope))

        async def send_counted(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._add_headers(allowance, MutableHeaders(scope=message))
            await send(message)

        if allowance.granted:
            await self._app(scope, receive, send_counted)
        else:
            refusal, request_id = self._refusal(allowance), request_state(scope).request_id
            answer = problem_response(refusal, scope["path"], request_id)
            await answer(scope, receive, send_counted)

    async def _count(self, caller: str) -> Allowance:
        """Count one request, and return the caller's allowance."""
        if self._may_ask():
            try:
                async with asyncio.timeout(_STORAGE_SECONDS):
                    allowance = await self._count_in(self._together, caller)
            except (StorageError, OSError) as error:  # TimeoutError is an OSError.
                self._pause(error)
            else:
                self._resume()
                return allowance
        return await self._count_in(self._alone, caller)

    def _may_ask(self) -> bool:
        """Whether to ask the storage; after a pause, only the first request may, until it has an answer."""
        now = time.monotonic()
        if self._paused_until is None:
            return True
        if now < self._paused_until:
            return False
        self._paused_until = now + self._pause_seconds
        return True

    def _pause(self, error: Exception) -> None:
        # Requests that were asking at the same time fail too, and later ones that try again.
        if self._paused_until is None:
            _log.error("this process counts requests alone", error=repr(error))
        self._paused_until = time.monotonic() + self._pause_seconds

    def _resume(self) -> None:
        if self._paused_until is not None:
            _log.info("this process counts requests with the others again")
        self._paused_until = None

    async def _close(self) -> None:
        """Close the connections to Redis when the server stops."""
        bridge = getattr(self._together.storage, "bridge", None)
        if isinstance(bridge, RedispyBridge):
            # The protocol of limits declares some methods of the client only.
            await bridge.get_connection().aclose()  # type: ignore[attr-defined]

    async def _count_in(self, limiter: FixedWindowRateLimiter, caller: str) -> Allowance:
        granted = await limiter.hit(self._item, caller)
        window = await limiter.get_window_stats(self._item, caller)
        # The window may end between the two calls.
        seconds = max(1, ceil(window.reset_time - time.time()))
        return Allowance(granted, window.remaining, seconds)

    def _add_headers(self, allowance: Allowance, headers: MutableHeaders) -> None:
        headers["RateLimit-Policy"] = self._policy
        headers["RateLimit"] = f'"default";r={allowance.remaining};t={allowance.seconds}'

    def _refusal(self, allowance: Allowance) -> TooManyRequests:
        limit = f"{self._item.amount} requests in {self._window} s"
        return TooManyRequests(
            f"more than {limit}: retry after {allowance.seconds} s", allowance.seconds
        )


def open_storage(url: str) -> Storage:
    """Return the storage of the counts; it connects at its first use."""
    options: dict[str, Any] = {} if url == "memory://" else {"implementation": "redispy"}
    storage = storage_from_string(f"async+{url}", wrap_exceptions=True, **options)
    assert isinstance(storage, Storage)
    return storage
