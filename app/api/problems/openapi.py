"""How routes declare problems in the OpenAPI document."""

from collections.abc import Sequence
from typing import Any

from app.api.http.headers import links, optional
from app.api.problems.base import MEDIA_TYPE, Problem
from app.api.problems.catalogue import (
    Behind,
    InternalError,
    NotReady,
    QueryTimeout,
    ReadOnly,
    RepeatedParameter,
    UnknownParameter,
)

_SCHEMA = {"$ref": "#/components/schemas/ProblemDocument"}
# Any route can answer these; they come before and after the route's own problems.
_FIRST: tuple[type[Problem], ...] = (UnknownParameter, RepeatedParameter)
_LAST: tuple[type[Problem], ...] = (InternalError, Behind, NotReady, QueryTimeout, ReadOnly)


def declare(*problems: type[Problem]) -> dict[int | str, dict[str, Any]]:
    """Return a route's `responses` by status: these problems, and those that any route can answer."""
    by_status: dict[int | str, list[type[Problem]]] = {}
    for problem in dict.fromkeys((*_FIRST, *problems, *_LAST)):
        by_status.setdefault(int(problem.status), []).append(problem)
    return {status: problem_answer(*kinds) for status, kinds in by_status.items()}


def problem_answer(*problems: type[Problem]) -> dict[str, Any]:
    """Return the OpenAPI response object of problems that share a status."""
    return {
        "description": ". ".join(f"{problem.title} (`{problem.slug}`)" for problem in problems),
        "headers": _headers(problems),
        "content": {MEDIA_TYPE: {"schema": _SCHEMA}},
        "x-problem-types": [problem.type_uri() for problem in problems],
    }


def _headers(problems: Sequence[type[Problem]]) -> dict[str, Any]:
    always = set.intersection(*(set(problem.sends) for problem in problems))
    named = {name for problem in problems for name in (*problem.sends, *problem.may_send)}
    return links(always) | optional(named - always)
