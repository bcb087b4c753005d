"""Problems: every error of the API as one kind of document (RFC 9457)."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any, ClassVar

from fastapi import Response
from pydantic import Field

from app.documents.base import DocumentPart

MEDIA_TYPE = "application/problem+json"


class ProblemItem(DocumentPart):
    """One of several things that are wrong with a request."""

    parameter: str = Field(description="The name of the parameter.", examples=["limit"])
    detail: str = Field(description="What is wrong, and what would be right.")


class ProblemDocument(DocumentPart):
    """An error, as RFC 9457 has it."""

    type: str = Field(
        description="Which problem; the path describes it.", examples=["/problems/not-found"]
    )
    title: str = Field(description="The problem in a few words, the same each time.")
    status: int = Field(description="The HTTP status.")
    detail: str = Field(description="What is wrong this time, and what would be right.")
    instance: str = Field(description="The path that was asked for.")
    request_id: str = Field(description="The `X-Request-Id` of the answer.")
    errors: list[ProblemItem] = Field(description="Each thing that is wrong; may be empty.")


class Problem(Exception):
    """An error to tell the reader; `detail` is the sentence for this occasion.

    The docstring of each kind is its public description.
    """

    status: ClassVar[HTTPStatus]
    slug: ClassVar[str]
    title: ClassVar[str]

    def __init__(self, detail: str, errors: Sequence[ProblemItem] = ()) -> None:
        super().__init__(detail)
        self.detail = detail
        self.errors = list(errors)

    @property
    def headers(self) -> Mapping[str, str]:
        """Headers that the answer needs beside its body."""
        return {}

    @classmethod
    def type_uri(cls) -> str:
        """The problem's `type`."""
        return f"/problems/{cls.slug}"


class UnknownParameter(Problem):
    """A query parameter that the path does not have. The detail names the nearest that it has."""

    status = HTTPStatus.BAD_REQUEST
    slug = "unknown-parameter"
    title = "Unknown query parameter"


class RepeatedParameter(Problem):
    """A query parameter that takes one value was given several times."""

    status = HTTPStatus.BAD_REQUEST
    slug = "repeated-parameter"
    title = "Repeated query parameter"


class InvalidParameter(Problem):
    """A parameter has a value that it cannot have. `errors` names each one and what would be right."""

    status = HTTPStatus.BAD_REQUEST
    slug = "invalid-parameter"
    title = "Invalid parameter"


class InvalidCursor(Problem):
    """The cursor is not one that this list gave for these filters and this sort.

    Follow `page.next` as it is, or leave `cursor` out to begin at the first page.
    """

    status = HTTPStatus.BAD_REQUEST
    slug = "invalid-cursor"
    title = "Invalid cursor"


class TooManyResults(Problem):
    """There are more results than this form of answer holds. The detail says how many, and what would
    narrow them.
    """

    status = HTTPStatus.BAD_REQUEST
    slug = "too-many-results"
    title = "Too many results"


class NotFound(Problem):
    """There is nothing at this path, or no entity with this id."""

    status = HTTPStatus.NOT_FOUND
    slug = "not-found"
    title = "Not found"


class MethodNotAllowed(Problem):
    """The path does not answer this method; the `Allow` header lists those that it answers."""

    status = HTTPStatus.METHOD_NOT_ALLOWED
    slug = "method-not-allowed"
    title = "Method not allowed"

    def __init__(self, detail: str, allow: str) -> None:
        super().__init__(detail)
        self.allow = allow

    @property
    def headers(self) -> Mapping[str, str]:
        """The methods that are answered."""
        return {"Allow": self.allow}


class InternalError(Problem):
    """Something failed on our side; the request id leads to the cause in the server's log."""

    status = HTTPStatus.INTERNAL_SERVER_ERROR
    slug = "internal-error"
    title = "Internal error"


class NotReady(Problem):
    """The server cannot answer now: its database does not, it stops, or it is busy. Try again later."""

    status = HTTPStatus.SERVICE_UNAVAILABLE
    slug = "not-ready"
    title = "Not ready"

    @property
    def headers(self) -> Mapping[str, str]:
        """When to try again, in seconds."""
        return {"Retry-After": "10"}


PROBLEMS: tuple[type[Problem], ...] = (
    UnknownParameter,
    RepeatedParameter,
    InvalidParameter,
    InvalidCursor,
    TooManyResults,
    NotFound,
    MethodNotAllowed,
    InternalError,
    NotReady,
)


def problem_response(problem: Problem, instance: str, request_id: str) -> Response:
    """The answer that tells of the problem."""
    document = ProblemDocument(
        type=problem.type_uri(),
        title=problem.title,
        status=problem.status,
        detail=problem.detail,
        instance=instance,
        request_id=request_id,
        errors=problem.errors,
    )
    return Response(
        document.model_dump_json(),
        problem.status,
        headers={"Cache-Control": "no-store", **problem.headers},
        media_type=MEDIA_TYPE,
    )


def declare(*problems: type[Problem]) -> dict[int | str, dict[str, Any]]:
    """The problems for a route's `responses`, by status, with those that any route can give."""
    declared: dict[int | str, dict[str, Any]] = {}
    first: tuple[type[Problem], ...] = (UnknownParameter, RepeatedParameter)
    last: tuple[type[Problem], ...] = (InternalError, NotReady)
    for problem in dict.fromkeys((*first, *problems, *last)):
        entry = declared.setdefault(
            int(problem.status),
            {"description": "", "content": {MEDIA_TYPE: {"schema": _SCHEMA}}},
        )
        titles = [*filter(None, [entry["description"]]), f"{problem.title} (`{problem.slug}`)"]
        entry["description"] = ". ".join(titles)
    return declared


_SCHEMA = {"$ref": "#/components/schemas/ProblemDocument"}
