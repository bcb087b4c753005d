"""Rate limits: so many requests of one caller in so much time (draft-ietf-httpapi-ratelimit-headers)."""

import asyncio
import time
from ipaddress import IPv6Address, ip_address, ip_network
from math import ceil
from typing import Any, NamedTuple

import structlog
from limits import parse
from limits.aio.storage import Storage
from limits.aio.strategies import FixedWindowRateLimiter
from limits.errors import StorageError
from limits.storage import storage_from_string
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.api.http.headers import UNCOUNTED_PATHS
from app.api.problems.base import problem_response
from app.api.problems.catalogue import TooManyRequests

_log = structlog.get_logger("timeline.rate_limit")
# How long the storage may take, and how long it is left alone when it does not answer, in seconds.
_STORAGE_SECONDS = 0.5
_REST_SECONDS = 10


class Allowance(NamedTuple):
    """What a caller may still do."""

    granted: bool
    remaining: int
    seconds: int


class RateLimitMiddleware:
    """Refuses the requests of a caller, a key or else an address, that are more than the limit.

    A 304 is free: who asks with a tag is counted when it turns out that the answer is another one.
    """

    def __init__(self, app: ASGIApp, limit: str, storage: str) -> None:
        self._app = app
        self._item = parse(limit)
        self._window = self._item.get_expiry()
        self._policy = f'"default";q={self._item.amount};w={self._window}'
        self._limiter = FixedWindowRateLimiter(open_storage(storage))
        self._rests_until = 0.0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request, or refuse it."""
        if scope["type"] != "http" or scope["path"] in UNCOUNTED_PATHS:
            await self._app(scope, receive, send)
            return
        caller = _caller(scope)
        conditional = "if-none-match" in Headers(scope=scope)
        allowance = await self._ask(caller, take=not conditional)

        async def send_counted(message: Message) -> None:
            nonlocal allowance
            if message["type"] == "http.response.start":
                if conditional and message["status"] not in (304, 429):
                    allowance = await self._ask(caller, take=True)
                if allowance is not None:
                    self._tell(allowance, MutableHeaders(scope=message))
            await send(message)

        if allowance is None or allowance.granted:
            await self._app(scope, receive, send_counted)
        else:
            answer = problem_response(
                self._refusal(allowance), scope["path"], scope["state"]["request_id"]
            )
            await answer(scope, receive, send_counted)

    async def _ask(self, caller: str, *, take: bool) -> Allowance | None:
        """What the caller may still do, one request less if it is to be taken; None if nobody knows.

        A storage that does not answer stops nobody.
        """
        if time.monotonic() < self._rests_until:
            return None
        try:
            async with asyncio.timeout(_STORAGE_SECONDS):
                ask = self._limiter.hit if take else self._limiter.test
                granted = await ask(self._item, caller)
                window = await self._limiter.get_window_stats(self._item, caller)
        except (StorageError, OSError) as error:  # TimeoutError is an OSError.
            self._rests_until = time.monotonic() + _REST_SECONDS
            _log.error("requests are not counted", seconds=_REST_SECONDS, error=repr(error))
            return None
        # A caller who took nothing yet has no window.
        seconds = ceil(window.reset_time - time.time())
        return Allowance(granted, window.remaining, seconds if seconds > 0 else self._window)

    def _tell(self, allowance: Allowance, headers: MutableHeaders) -> None:
        headers["RateLimit-Policy"] = self._policy
        headers["RateLimit"] = f'"default";r={allowance.remaining};t={allowance.seconds}'

    def _refusal(self, allowance: Allowance) -> TooManyRequests:
        amount, seconds = self._item.amount, allowance.seconds
        detail = f"more than {amount} requests in {self._window} s: ask again in {seconds} s"
        return TooManyRequests(detail, seconds)


def open_storage(url: str) -> Storage:
    """Where requests are counted; it is connected to when it is first used."""
    options: dict[str, Any] = {} if url == "memory://" else {"implementation": "redispy"}
    storage = storage_from_string(f"async+{url}", wrap_exceptions=True, **options)
    assert isinstance(storage, Storage)
    return storage


def _caller(scope: Scope) -> str:
    """The name of the key, or the address; a network of IPv6 is one caller, as it is one household."""
    caller = scope.get("state", {}).get("caller")
    if caller is not None:
        return f"key/{caller.name}"
    host = scope["client"][0] if scope.get("client") else "unknown"
    try:
        address = ip_address(host)
    except ValueError:
        return f"address/{host}"
    if isinstance(address, IPv6Address):
        return f"address/{address.ipv4_mapped or ip_network((address, 64), strict=False)}"
    return f"address/{address}"
