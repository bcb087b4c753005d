"""Refuse query parameters that a path does not declare, repeats of single ones, and empty values."""

from collections import Counter
from collections.abc import Collection
from difflib import get_close_matches
from typing import NamedTuple

from fastapi import Request

from app.api.problems.base import ProblemItem
from app.api.problems.catalogue import InvalidParameter, RepeatedParameter, UnknownParameter

# Enough to correct a query. To compare a URL full of unknown names would take seconds.
_MAX_NAMED = 20
_NO_VALUE = "has no value: give it one, or leave the parameter out"


class QueryParameter(NamedTuple):
    """A query parameter as the OpenAPI document declares it."""

    repeatable: bool
    default: str


# By operation id, then by parameter name.
QueryParameters = dict[str, dict[str, QueryParameter]]


def declared_parameters(request: Request) -> dict[str, QueryParameter]:
    """Return the query parameters of the operation that answers the request, by name."""
    operation: str = request.scope["route"].name
    declared: QueryParameters = request.app.state.query_parameters
    return declared[operation]


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


def _refuse_unknown(names: list[str], declared: Collection[str]) -> None:
    if names:
        items = [
            ProblemItem(parameter=name, detail=_suggestion(name, declared))
            for name in names[:_MAX_NAMED]
        ]
        raise UnknownParameter("; ".join(item.detail for item in items[:3]), items)


def _refuse_repeated(names: list[str]) -> None:
    if names:
        items = [ProblemItem(parameter=name, detail=f"{name} takes one value") for name in names]
        raise RepeatedParameter("; ".join(item.detail for item in items), items)


def _refuse_empty(names: list[str]) -> None:
    # To ignore an empty filter would answer an incomplete form with all data.
    if names:
        items = [ProblemItem(parameter=name, detail=_NO_VALUE) for name in names]
        detail = "; ".join(f"{item.parameter}: {item.detail}" for item in items[:3])
        raise InvalidParameter(detail, items)


def _suggestion(name: str, declared: Collection[str]) -> str:
    shortened = name if len(name) <= 60 else f"{name[:58]}…"
    near = get_close_matches(name[:60].lower(), declared, n=1, cutoff=0.6)
    names = ", ".join(sorted(declared)) or "none"
    hint = f"did you mean {near[0]!r}?" if near else f"this path takes {names}"
    return f"unknown parameter {shortened!r}: {hint}"
