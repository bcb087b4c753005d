"""Refuse query parameters that a path does not declare, repeats of single ones, and empty values."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, NamedTuple, get_origin

from fastapi import Request
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute
from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined
from starlette.routing import BaseRoute

from app.api.problems.base import ProblemItem
from app.api.problems.catalogue import InvalidParameter, RepeatedParameter, UnknownParameter
from app.api.problems.other_names import advice_for

# Enough to correct a query. To compare a URL full of unknown names would take seconds.
_MAX_NAMED = 20
_NO_VALUE = "has no value: give it one, or leave the parameter out"


class QueryParameter(NamedTuple):
    """A query parameter as a route declares it: the OpenAPI document states the same."""

    repeatable: bool
    default: str


class QueryParameters(dict[str, Mapping[str, QueryParameter]]):
    """The query parameters that each route and its dependencies read: by operation id, then by name.

    Those of a route are found when they are first asked for, because the route is not made before.
    """

    def __init__(self, routes: Iterable[BaseRoute]) -> None:
        self._routes = {route.name: route for route in routes if isinstance(route, APIRoute)}

    def __missing__(self, operation: str) -> Mapping[str, QueryParameter]:
        found = self[operation] = {
            name: QueryParameter(get_origin(field.annotation) is list, _as_text(field.default))
            for name, field in _query_fields(self._routes[operation].dependant)
        }
        return found


def declared_parameters(request: Request) -> Mapping[str, QueryParameter]:
    """Return the query parameters of the operation that answers the request, by name."""
    operation: str = request.scope["route"].name
    declared: QueryParameters = request.app.state.query_parameters
    return declared[operation]


def _query_fields(dependant: Dependant) -> Iterator[tuple[str, FieldInfo]]:
    """Yield each query parameter of a route or dependency, and of its dependencies."""
    for parameter in dependant.query_params:
        annotation = parameter.field_info.annotation
        if isinstance(annotation, type) and issubclass(annotation, BaseModel):
            yield from annotation.model_fields.items()
        else:
            yield parameter.alias, parameter.field_info
    for dependency in dependant.dependencies:
        yield from _query_fields(dependency)


def _as_text(default: Any) -> str:
    """Return a default as a query writes it; empty for none."""
    if isinstance(default, bool):
        return str(default).lower()
    return "" if default in (None, PydanticUndefined) else str(default)


async def refuse_undeclared(request: Request) -> None:
    """Raise UnknownParameter, RepeatedParameter or, for an empty value, InvalidParameter."""
    if not request.scope["query_string"]:
        return
    declared = declared_parameters(request)
    pairs = request.query_params.multi_items()
    counts = Counter(name for name, _ in pairs)
    _refuse_unknown([name for name in counts if name not in declared], declared)
    _refuse_repeated([n for n, count in counts.items() if count > 1 and not declared[n].repeatable])
    _refuse_empty(list(dict.fromkeys(name for name, value in pairs if not value)))


def refuse_any(request: Request) -> None:
    """Raise UnknownParameter for any parameter, on a page outside the OpenAPI document."""
    _refuse_unknown([*request.query_params], ())


def _refuse_unknown(names: list[str], declared: Collection[str]) -> None:
    if names:
        items = [
            ProblemItem(parameter=name, detail=_suggestion(name, declared))
            for name in names[:_MAX_NAMED]
        ]
        raise UnknownParameter("; ".join(item.detail for item in items[:3]), items)


def _refuse_repeated(names: list[str]) -> None:
    if names:
        raise RepeatedParameter.of(names)


def _refuse_empty(names: list[str]) -> None:
    # To ignore an empty filter would answer an incomplete form with all data.
    if names:
        raise InvalidParameter.of(*((name, _NO_VALUE) for name in names))


def _suggestion(name: str, declared: Collection[str]) -> str:
    shortened = name if len(name) <= 60 else f"{name[:58]}…"
    names = ", ".join(sorted(declared)) or "none"
    hint = advice_for(name[:60], declared) or f"this path takes {names}"
    return f"unknown parameter {shortened!r}: {hint}"
