"""The kind of router that every module of routes has."""

from collections.abc import Sequence
from enum import Enum

from fastapi import APIRouter, Depends
from fastapi.routing import APIRoute

from app.api.dependencies.compiled_route import CompiledRoute
from app.api.dependencies.methods import refuse_unsupported_methods
from app.api.dependencies.parameters import refuse_undeclared


def make_router(prefix: str = "", tags: Sequence[str | Enum] = ()) -> APIRouter:
    """Return a router whose routes refuse undeclared methods and query parameters.

    An operation id is the name of its route. The application takes the routes as they are:
    `include_router` would build each of them a second time, a tenth of a server's start.
    """
    return APIRouter(
        prefix=prefix,
        tags=[*tags],
        dependencies=[Depends(refuse_unsupported_methods), Depends(refuse_undeclared)],
        route_class=CompiledRoute,
        generate_unique_id_function=_operation_id,
    )


def _operation_id(route: APIRoute) -> str:
    return route.name
