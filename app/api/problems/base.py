"""The one kind of document that every error of the API is (RFC 9457)."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import ClassVar

from fastapi import Response
from pydantic import Field

from app.documents.entities.base import DocumentPart

MEDIA_TYPE = "application/problem+json"


class ProblemItem(DocumentPart):
    """One of several things that are wrong with a request: with a parameter, or within its body."""

    parameter: str | None = Field(
        default=None,
        description="The name of the parameter or header; null for a body.",
        examples=["limit"],
    )
    record: str | None = Field(
        default=None,
        description="The id of the record; null where none is meant.",
        examples=["2024-11-01-lavrov-choe-strategic-consultations"],
    )
    pointer: str | None = Field(
        default=None,
        description="Where in the body, or in its line, as a JSON pointer (RFC 6901); null without.",
        examples=["/events/0/date"],
    )
    line: int | None = Field(
        default=None, description="The line of the body, from 1; null if not known."
    )
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
    # The names of the headers that its answer has beside those of any: always, and now and then.
    sends: ClassVar[tuple[str, ...]] = ()
    may_send: ClassVar[tuple[str, ...]] = ()

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
