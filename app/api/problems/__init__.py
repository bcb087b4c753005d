"""Problems: every error of the API, which one it is, and how routes declare them."""

from typing import Any

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
    declared: dict[int | str, dict[str, Any]] = {}
    first: tuple[type[Problem], ...] = (UnknownParameter, RepeatedParameter)
    last: tuple[type[Problem], ...] = (InternalError, NotReady, QueryTimeout)
    for problem in dict.fromkeys((*first, *problems, *last)):
        entry = declared.setdefault(
            int(problem.status),
            {"description": "", "content": {MEDIA_TYPE: {"schema": _SCHEMA}}},
        )
        titles = [*filter(None, [entry["description"]]), f"{problem.title} (`{problem.slug}`)"]
        entry["description"] = ". ".join(titles)
    return declared


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
    "problem_response",
]
