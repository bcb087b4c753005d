"""Who may write: keys, `Authorization: Bearer tl_…` (RFC 6750)."""

from typing import Annotated, Any, NamedTuple

from anyio.to_thread import run_sync
from fastapi import Depends, Request, Security
from fastapi.security import HTTPBearer
from sqlalchemy import Row

from app.api.problems import Unauthorized
from app.domain.api_keys import MistypedKeyError
from app.domain.vocabulary import Scope
from app.reading.keys import find_key
from app.tables.base import utc_now
from app.tables.database import Database
from app.writing.keys import note_use

_bearer = HTTPBearer(
    scheme_name="key",
    auto_error=False,
    description="A key for writing, from whoever runs the server. Reading needs none.",
)


class Caller(NamedTuple):
    """Whoever sent a valid key."""

    name: str
    scope: Scope


async def check_key(request: Request) -> None:
    """Refuse a request whose key opens nothing, wherever it goes; one without a key passes."""
    given = request.headers.get("authorization")
    if given is not None:
        request.state.caller = await run_sync(_find_caller, request.app.state.database, given)


def _find_caller(database: Database, authorization: str) -> Caller:
    scheme, _, key = authorization.partition(" ")
    if scheme.lower() != "bearer":
        raise Unauthorized("the header is to be: Authorization: Bearer tl_…", given=True)
    try:
        with database.read() as connection:
            row = find_key(connection, key.strip())
    except MistypedKeyError as error:
        raise Unauthorized(str(error), given=True) from None
    if row is None:
        raise Unauthorized("nobody was given this key", given=True)
    _refuse_ended(row)
    note_use(database, row)
    return Caller(row.name, row.scope)


def _refuse_ended(row: Row[Any]) -> None:
    if row.revoked_at is not None:
        raise Unauthorized(f"the key {row.name!r} was revoked", given=True)
    if row.expires_at is not None and row.expires_at <= utc_now():
        raise Unauthorized(f"the key {row.name!r} has expired", given=True)


async def _get_writer(request: Request) -> Caller:
    caller: Caller | None = getattr(request.state, "caller", None)
    if caller is None:
        raise Unauthorized(
            "writing needs a key, in the header Authorization: Bearer tl_…", given=False
        )
    return caller


WriterDep = Annotated[Caller, Depends(_get_writer), Security(_bearer)]
