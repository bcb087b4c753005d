"""Require a caller with an API key that may write (RFC 6750)."""

from typing import Annotated, Any

from fastapi import Depends, Request, Security
from fastapi.security import HTTPBearer

from app.api.http.request_state import Caller, request_state
from app.api.problems.catalogue import InsufficientScope, Unauthorized
from app.domain.vocabulary import Scope

_bearer = HTTPBearer(
    scheme_name="key",
    auto_error=False,
    description="An API key for writing, issued by the operator of the server. Reading needs none.",
)


# The middleware has read the header already: the second parameter only declares the scheme in OpenAPI.
async def _get_caller(request: Request, _: Annotated[Any, Security(_bearer)]) -> Caller:
    caller = request_state(request.scope).caller
    if caller is None:
        raise Unauthorized(
            "writing needs an API key: send the header Authorization: Bearer tl_…", key_sent=False
        )
    return caller


CallerDep = Annotated[Caller, Depends(_get_caller)]


async def _get_admin(caller: CallerDep) -> Caller:
    if caller.scope is not Scope.ADMIN:
        raise InsufficientScope(
            f"this operation needs the scope admin; the key {caller.name!r} has the scope "
            f"{caller.scope}"
        )
    return caller


AdminCallerDep = Annotated[Caller, Depends(_get_admin)]
