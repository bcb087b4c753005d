"""Query parameters that a path does not have, or has once only, are refused, never ignored."""

from collections import Counter
from collections.abc import Collection
from difflib import get_close_matches
from typing import NamedTuple

from fastapi import Request

from app.api.problems import (
    InvalidParameter,
    ProblemItem,
    RepeatedParameter,
    UnknownParameter,
)

# Enough to mend a query by; a query of nothing but unknown names would take seconds to compare.
_MAX_NAMED = 20
_NO_VALUE = "is there without a value: leave it out, or say what it is to be"


class QueryParameter(NamedTuple):
    """What the OpenAPI document says of a query parameter."""

    repeatable: bool
    default: str


# By operation id, and then by name.
QueryParameters = dict[str, dict[str, QueryParameter]]


def declared_parameters(request: Request) -> dict[str, QueryParameter]:
    """The query parameters of the operation that answers the request."""
    operation: str = request.scope["route"].name
    declared: QueryParameters = request.app.state.query_parameters
    return declared[operation]


async def refuse_undeclared(request: Request) -> None:
    """Raise a problem for a parameter that is not declared, or not as repeatable, or has no value."""
    if not request.scope["query_string"]:
        return
    declared = declared_parameters(request)
    given = Counter(name for name, _ in request.query_params.multi_items())
    unknown = [name for name in given if name not in declared]
    if unknown:
        items = [
            ProblemItem(parameter=name, detail=_nearest(name, declared))
            for name in unknown[:_MAX_NAMED]
        ]
        raise UnknownParameter("; ".join(item.detail for item in items[:3]), items)
    repeated = [
        name for name, times in given.items() if times > 1 and not declared[name].repeatable
    ]
    if repeated:
        items = [ProblemItem(parameter=n, detail=f"{n} takes one value") for n in repeated]
        raise RepeatedParameter("; ".join(item.detail for item in items), items)
    empty = dict.fromkeys(name for name, value in request.query_params.multi_items() if not value)
    if empty:
        # To take nothing for no filter would answer a broken form with everything there is.
        items = [ProblemItem(parameter=name, detail=_NO_VALUE) for name in empty]
        detail = "; ".join(f"{item.parameter}: {item.detail}" for item in items[:3])
        raise InvalidParameter(detail, items)


def _nearest(name: str, declared: Collection[str]) -> str:
    shown = name if len(name) <= 60 else f"{name[:58]}…"
    if not declared:
        return f"there is no parameter {shown!r}: this path takes none"
    near = get_close_matches(name[:60].lower(), declared, n=1, cutoff=0.6)
    hint = f"did you mean {near[0]!r}?" if near else f"there are: {', '.join(sorted(declared))}"
    return f"there is no parameter {shown!r}: {hint}"
