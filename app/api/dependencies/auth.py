"""Who may write: the caller whose key came with a request (RFC 6750)."""

from collections.abc import Awaitable, Callable
from typing import Annotated, Any

from fastapi import Depends, Request, Security
from fastapi.security import HTTPBearer

from app.api.http.request_state import Caller, request_state
from app.api.problems.catalogue import InsufficientScope, Unauthorized
from app.domain.vocabulary import Scope

_bearer = HTTPBearer(
    scheme_name="key",
    auto_error=False,
    description="A key for writing, from whoever runs the server. Reading needs none.",
)


def _require(scope: Scope) -> Callable[..., Awaitable[Caller]]:
    # The second parameter is there for the OpenAPI document: `Keys` has read the header.
    async def get_caller(request: Request, _: Annotated[Any, Security(_bearer)]) -> Caller:
        caller = request_state(request.scope).caller
        if caller is None:
            raise Unauthorized(
                "writing needs a key, in the header Authorization: Bearer tl_…", key_sent=False
            )
        if scope is Scope.ADMIN and caller.scope is not Scope.ADMIN:
            raise InsufficientScope(
                f"this needs the scope admin; the key {caller.name!r} has the scope {caller.scope}"
            )
        return caller

    return get_caller


WriterDep = Annotated[Caller, Depends(_require(Scope.WRITE))]
AdminDep = Annotated[Caller, Depends(_require(Scope.ADMIN))]
