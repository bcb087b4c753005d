"""Who may write: keys, `Authorization: Bearer tl_…` (RFC 6750)."""

from typing import Any, NamedTuple

import structlog
from anyio.to_thread import run_sync
from sqlalchemy import Row
from sqlalchemy.exc import DatabaseError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Send
from starlette.types import Scope as AsgiScope

from app.api.problems.base import Problem, problem_response
from app.api.problems.catalogue import NotReady, Unauthorized
from app.domain.api_keys import MistypedKeyError
from app.domain.vocabulary import Scope
from app.reading.keys import find_api_key
from app.tables.base import utc_now
from app.tables.database import Database
from app.writing.keys import note_use

_log = structlog.get_logger("timeline.request")


# Whoever sends a key may be about to write: a cache of his own may keep the answer, but has to ask.
_KEYED = "private, no-cache"


class Caller(NamedTuple):
    """Whoever sent a valid key."""

    name: str
    scope: Scope


class ApiKeyMiddleware:
    """Finds out whose key a request brings: `request.state.caller`. Keeps caches from mixing callers up.

    A key that opens nothing is not refused here but further in, by `RefuseBadKeys`, so that what
    stands between them sees those requests too.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: AsgiScope, receive: Receive, send: Send) -> None:
        """Serve one request, known to be the caller's, or passed on as nobody's."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        given = Headers(scope=scope).getlist("authorization")
        if given:
            database: Database = scope["app"].state.database
            try:
                scope["state"]["caller"] = await run_sync(_find_caller, database, given)
            except Problem as problem:
                scope["state"]["refusal"] = problem

        async def send_apart(message: Message) -> None:
            if message["type"] == "http.response.start":
                _keep_apart(MutableHeaders(scope=message), keyed=bool(given))
            await send(message)

        await self._app(scope, receive, send_apart)


def _keep_apart(headers: MutableHeaders, *, keyed: bool) -> None:
    """Have caches give nobody with a key what they kept from others, nor the other way round.

    Else a bad key would now and then be as good as none, and a writer get tags that are old.
    """
    if "no-store" not in headers.get("cache-control", "no-store"):
        headers.add_vary_header("Authorization")
        if keyed:
            headers["Cache-Control"] = _KEYED


class RefuseBadKeysMiddleware:
    """Answers a request whose key opens nothing, whatever its path; the others pass."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: AsgiScope, receive: Receive, send: Send) -> None:
        """Serve one request, or refuse it."""
        refusal = scope.get("state", {}).get("refusal")
        if refusal is not None:
            answer = problem_response(refusal, scope["path"], scope["state"]["request_id"])
            await answer(scope, receive, send)
            return
        await self._app(scope, receive, send)


def _find_caller(database: Database, given: list[str]) -> Caller:
    scheme, _, key = given[0].partition(" ")
    if scheme.lower() != "bearer" or len(given) > 1:
        raise Unauthorized("the header is to be, once: Authorization: Bearer tl_…", key_sent=True)
    row = _find_row(database, key.strip())
    if row is None:
        raise Unauthorized("nobody was given this key", key_sent=True)
    _refuse_ended(row)
    note_use(database, row)
    return Caller(row.name, row.scope)


def _find_row(database: Database, key: str) -> Row[Any] | None:
    try:
        with database.read() as connection:
            return find_api_key(connection, key)
    except MistypedKeyError as error:
        raise Unauthorized(str(error), key_sent=True) from None
    except (DatabaseError, PoolTimeout) as error:
        _log.error("the database does not answer", error=str(error))
        raise NotReady("the database does not answer now: try again in a while") from None


def _refuse_ended(row: Row[Any]) -> None:
    if row.revoked_at is not None:
        raise Unauthorized(f"the key {row.name!r} was revoked", key_sent=True)
    if row.expires_at is not None and row.expires_at <= utc_now():
        raise Unauthorized(f"the key {row.name!r} has expired", key_sent=True)
