"""Problems: every error of the API, which one it is, and how routes declare them."""

from collections.abc import Sequence
from typing import Any

from app.api.http.headers import links, optional
from app.api.problems.base import (
    MEDIA_TYPE,
    Problem,
    ProblemDocument,
    ProblemItem,
    problem_response,
)
from app.api.problems.limits import (
    HeadersTooLarge,
    QueryTimeout,
    RequestTimeout,
    TooManyRequests,
    UriTooLong,
)
from app.api.problems.requests import (
    InternalError,
    InvalidCursor,
    InvalidParameter,
    MethodNotAllowed,
    NotFound,
    NotReady,
    RangeNotSatisfiable,
    RepeatedParameter,
    TooManyResults,
    UnknownParameter,
)
from app.api.problems.writes import (
    BodyTooLarge,
    IdempotencyKeyReused,
    ImportInProgress,
    InsufficientScope,
    InvalidRecords,
    PossibleDuplicate,
    PreconditionFailed,
    PreconditionRequired,
    StillReferred,
    Unauthorized,
    UnsupportedMediaType,
    Withdrawn,
)

PROBLEMS: tuple[type[Problem], ...] = (
    UnknownParameter,
    RepeatedParameter,
    InvalidParameter,
    InvalidCursor,
    TooManyResults,
    Unauthorized,
    InsufficientScope,
    NotFound,
    MethodNotAllowed,
    RequestTimeout,
    PossibleDuplicate,
    StillReferred,
    ImportInProgress,
    Withdrawn,
    PreconditionFailed,
    BodyTooLarge,
    UriTooLong,
    UnsupportedMediaType,
    RangeNotSatisfiable,
    InvalidRecords,
    IdempotencyKeyReused,
    PreconditionRequired,
    TooManyRequests,
    HeadersTooLarge,
    InternalError,
    NotReady,
    QueryTimeout,
)


def declare(*problems: type[Problem]) -> dict[int | str, dict[str, Any]]:
    """The problems for a route's `responses`, by status, with those that any route can give."""
    by_status: dict[int | str, list[type[Problem]]] = {}
    first: tuple[type[Problem], ...] = (UnknownParameter, RepeatedParameter)
    last: tuple[type[Problem], ...] = (InternalError, NotReady, QueryTimeout)
    for problem in dict.fromkeys((*first, *problems, *last)):
        by_status.setdefault(int(problem.status), []).append(problem)
    return {status: problem_answer(*of_status) for status, of_status in by_status.items()}


def problem_answer(*problems: type[Problem]) -> dict[str, Any]:
    """What the OpenAPI document says of an answer that tells of one of these problems of a status."""
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


_SCHEMA = {"$ref": "#/components/schemas/ProblemDocument"}

__all__ = [
    "MEDIA_TYPE",
    "PROBLEMS",
    "BodyTooLarge",
    "HeadersTooLarge",
    "IdempotencyKeyReused",
    "ImportInProgress",
    "InsufficientScope",
    "InternalError",
    "InvalidCursor",
    "InvalidParameter",
    "InvalidRecords",
    "MethodNotAllowed",
    "NotFound",
    "NotReady",
    "PossibleDuplicate",
    "PreconditionFailed",
    "PreconditionRequired",
    "Problem",
    "ProblemDocument",
    "ProblemItem",
    "QueryTimeout",
    "RangeNotSatisfiable",
    "RepeatedParameter",
    "RequestTimeout",
    "StillReferred",
    "TooManyRequests",
    "TooManyResults",
    "Unauthorized",
    "UnknownParameter",
    "UnsupportedMediaType",
    "UriTooLong",
    "Withdrawn",
    "declare",
    "problem_answer",
    "problem_response",
]
