"""API keys: identify the caller by `Authorization: Bearer tl_…` (RFC 6750)."""

from collections.abc import Sequence
from typing import Any

import structlog
from anyio.to_thread import run_sync
from sqlalchemy import Row
from sqlalchemy.exc import DatabaseError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.api.http.at_least import AT_LEAST
from app.api.http.request_state import Caller, request_state
from app.api.problems.base import Problem, problem_response
from app.api.problems.catalogue import NotReady, Unauthorized
from app.domain.api_keys import MistypedKeyError
from app.reading.api_keys import find_api_key
from app.tables.base import utc_now
from app.tables.database import Database
from app.tables.files.database_file import UnusableFileError
from app.writing.api_keys import note_use

_log = structlog.get_logger("timeline.request")

# A client with a key may be about to write: its own cache may store the response, but must
# revalidate it.
_KEYED = "private, no-cache"


class ApiKeyMiddleware:
    """Identifies the caller of a request by its key.

    An invalid key is refused further in, by RefuseBadKeysMiddleware, so that the rate limit between
    the two counts those requests as well.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request, and note its caller or the reason to refuse it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if has_credentials(scope):
            credentials = Headers(scope=scope).getlist("authorization")
            state, database = request_state(scope), scope["app"].state.database
            try:
                state.caller = await run_sync(_find_caller, database, credentials)
            except Problem as problem:
                state.refusal = problem
        await self._app(scope, receive, send)


class RefuseBadKeysMiddleware:
    """Refuses a request with an invalid key on every path."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request, or refuse it."""
        if scope["type"] == "http":
            state = request_state(scope)
            if isinstance(state.refusal, Problem):
                answer = problem_response(state.refusal, scope["path"], state.request_id)
                await answer(scope, receive, send)
                return
        await self._app(scope, receive, send)


class SeparateCallersMiddleware:
    """Keeps caches from mixing callers up."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request; its response says for whom it is."""

        async def send_apart(message: Message) -> None:
            if message["type"] == "http.response.start":
                _separate_in_caches(MutableHeaders(scope=message), keyed=has_credentials(scope))
            await send(message)

        await self._app(scope, receive, send_apart)


def has_credentials(scope: Scope) -> bool:
    """Return whether the request has a key, valid or not."""
    return any(name == b"authorization" for name, _ in scope["headers"])


def _separate_in_caches(headers: MutableHeaders, *, keyed: bool) -> None:
    """Keep a cache from serving a response to a request with a different key, or with none.

    Otherwise an invalid key would sometimes pass for none, and a writer could read stale ETags.
    """
    if "no-store" not in headers.get("cache-control", "no-store"):
        headers.add_vary_header("Authorization")
        # A client that needs a later state must not get an earlier one from a cache.
        headers.add_vary_header(AT_LEAST)
        if keyed:
            headers["Cache-Control"] = _KEYED


def _find_caller(database: Database, credentials: Sequence[str]) -> Caller:
    """Return the caller of these `Authorization` headers; raises Unauthorized and NotReady."""
    scheme, _, key = credentials[0].partition(" ")
    if scheme.lower() != "bearer" or len(credentials) > 1:
        raise Unauthorized("expected one header Authorization: Bearer tl_…", key_sent=True)
    if not key.strip():
        problem = "the header Authorization has no key: is the variable with the key empty?"
        raise Unauthorized(f"{problem} Send Authorization: Bearer tl_…", key_sent=True)
    row = _find_row(database, key.strip())
    if row is None:
        raise Unauthorized("this key is unknown", key_sent=True)
    if row.revoked_at is not None:
        raise Unauthorized(f"the key {row.name!r} was revoked", key_sent=True)
    if row.expires_at is not None and row.expires_at <= utc_now():
        raise Unauthorized(f"the key {row.name!r} has expired", key_sent=True)
    note_use(database, row)
    return Caller(row.name, row.scope)


def _find_row(database: Database, key: str) -> Row[Any] | None:
    try:
        return database.find(lambda connection: find_api_key(connection, key))
    except MistypedKeyError as error:
        raise Unauthorized(str(error), key_sent=True) from None
    except UnusableFileError as error:
        raise NotReady(str(error)) from None
    except (DatabaseError, PoolTimeout) as error:
        _log.error("the database does not answer", error=str(error))
        raise NotReady("the database does not answer: retry later") from None
