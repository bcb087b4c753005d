"""Query parameters that a path does not have, or has once only, are refused, never ignored."""

from collections import Counter
from difflib import get_close_matches

from fastapi import Request

from app.api.problems import ProblemItem, RepeatedParameter, UnknownParameter

# Enough to mend a query by; a query of nothing but unknown names would take seconds to compare.
_MAX_NAMED = 20

# For each operation id, the names of its query parameters, and whether each may be repeated.
QueryParameters = dict[str, dict[str, bool]]


def query_parameters(openapi: dict[str, object]) -> QueryParameters:
    """The parameters as the OpenAPI document declares them: what it says is what is taken."""
    operations = (
        operation
        for item in openapi["paths"].values()  # type: ignore[attr-defined]  # plain JSON
        for operation in item.values()
    )
    return {
        operation["operationId"]: {
            parameter["name"]: parameter["schema"].get("type") == "array"
            for parameter in operation.get("parameters", ())
            if parameter["in"] == "query"
        }
        for operation in operations
    }


async def refuse_undeclared(request: Request) -> None:
    """Raise a problem for a parameter that the operation does not declare, or not as repeatable."""
    if not request.scope["query_string"]:
        return
    declared = request.app.state.query_parameters[request.scope["endpoint"].__name__]
    given = Counter(name for name, _ in request.query_params.multi_items())
    unknown = [name for name in given if name not in declared]
    if unknown:
        items = [
            ProblemItem(parameter=name, detail=_nearest(name, declared))
            for name in unknown[:_MAX_NAMED]
        ]
        raise UnknownParameter("; ".join(item.detail for item in items[:3]), items)
    repeated = [name for name, times in given.items() if times > 1 and not declared[name]]
    if repeated:
        items = [ProblemItem(parameter=n, detail=f"{n} takes one value") for n in repeated]
        raise RepeatedParameter("; ".join(item.detail for item in items), items)


def _nearest(name: str, declared: dict[str, bool]) -> str:
    shown = name if len(name) <= 60 else f"{name[:58]}…"
    if not declared:
        return f"there is no parameter {shown!r}: this path takes none"
    near = get_close_matches(name[:60].lower(), declared, n=1, cutoff=0.5)
    hint = f"did you mean {near[0]!r}?" if near else f"there are: {', '.join(sorted(declared))}"
    return f"there is no parameter {shown!r}: {hint}"
