"""The problem document (RFC 9457), and the base class of the exceptions that it answers."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from http import HTTPStatus
from typing import ClassVar

from anyio.to_thread import run_sync
from fastapi import Request, Response
from pydantic import Field
from starlette.types import Receive, Scope, Send

from app.api.http.pages import (
    is_embed,
    is_no_address,
    page_headers,
    page_language,
    preferred_language,
    prefers_html,
    site_of,
)
from app.api.http.urls import path_reference
from app.documents.entities.base import DocumentPart
from app.formats.pages.problem import problem_page

MEDIA_TYPE = "application/problem+json"


class ProblemItem(DocumentPart):
    """One of the errors of a request, in a parameter or in the body."""

    parameter: str | None = Field(
        default=None,
        description="Name of the parameter or header; null for an error in the body.",
        examples=["limit"],
    )
    record: str | None = Field(
        default=None,
        description="Id of the record; null if the error concerns no record.",
        examples=["2024-11-01-lavrov-choe-strategic-consultations"],
    )
    pointer: str | None = Field(
        default=None,
        description="Place in the body, or in its line, as a JSON pointer (RFC 6901); null if the "
        "error has none.",
        examples=["/events/0/date"],
    )
    line: int | None = Field(
        default=None, description="Line of the body, counted from 1; null if unknown."
    )
    detail: str = Field(description="Which value is wrong, and which values are right.")


class ProblemDocument(DocumentPart):
    """An error, in the format of RFC 9457."""

    type: str = Field(
        description="Problem type, as a path that describes it.", examples=["/problems/not-found"]
    )
    title: str = Field(description="Short name of the problem type; never varies.")
    status: int = Field(description="HTTP status.")
    detail: str = Field(
        description="Explanation of this error: which value is wrong, and which values are right."
    )
    instance: str = Field(description="Path of the request.")
    request_id: str = Field(description="The response's `X-Request-Id`.")
    errors: list[ProblemItem] = Field(description="Each error of the request; may be empty.")


class Problem(Exception):
    """An error that is answered with a problem document; `detail` explains this occurrence.

    A subclass with a `slug` is a problem type: it registers itself in `types`, and its docstring is
    its public description.
    """

    status: HTTPStatus
    slug: str
    title: str
    # Response headers, beyond the headers of every problem. A subclass or an instance sets the values;
    # the class names the headers that its responses always have, and those that they may have.
    headers: Mapping[str, str] = {}
    sends: ClassVar[tuple[str, ...]] = ()
    may_send: ClassVar[tuple[str, ...]] = ()
    # The number of the first state that has the entity; None if there is none, or it is not known.
    first_state: int | None = None
    # The path of the last revision of an entity that is gone, below a language or the API.
    last_revision: str = ""
    types: ClassVar[list[type["Problem"]]] = []

    def __init__(self, detail: str, errors: Sequence[ProblemItem] = ()) -> None:
        super().__init__(detail)
        self.detail = detail
        self.errors = list(errors)

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        if "slug" in vars(cls):
            cls.types.append(cls)

    @classmethod
    def type_uri(cls) -> str:
        """Return the problem document's `type`."""
        return f"/problems/{cls.slug}"


class _ProblemResponse(Response):
    """A problem document; a browser that asked for a page gets the page of the same problem.

    Caches must not store it.
    """

    def __init__(
        self, document: ProblemDocument, headers: Mapping[str, str], problem: Problem
    ) -> None:
        self._document = document
        self._problem = problem
        super().__init__(
            document.model_dump_json(), document.status, headers, media_type=MEDIA_TYPE
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope)
        language = page_language(request)
        named = language is not None
        if language is None and is_no_address(request, self.status_code):
            language = preferred_language(request.headers.get("accept-language", ""))
            self.headers.add_vary_header("Accept-Language")
        if language is None:
            await super().__call__(scope, receive, send)
            return
        self.headers.add_vary_header("Accept")
        if prefers_html(request):
            # The parameters are left out: they may be the error.
            site = replace(site_of(request, language), pairs=())
            if not named:
                # Its links to other languages lead to the list of events.
                site = replace(site, path="/explore")
            # Making a page may mean reading its templates.
            html = await run_sync(problem_page, site, self._document, self._problem)
            self.body = html.encode()
            self.headers.update(page_headers(language, framed=is_embed(request)))
            self.headers["Content-Type"] = "text/html; charset=utf-8"
            self.headers["Content-Length"] = str(len(self.body))
        await super().__call__(scope, receive, send)


def problem_response(problem: Problem, path: str, request_id: str) -> Response:
    """Return the response with the problem document for a path; caches must not store it."""
    document = ProblemDocument(
        type=problem.type_uri(),
        title=problem.title,
        status=problem.status,
        detail=problem.detail,
        instance=path_reference(path),
        request_id=request_id,
        errors=problem.errors,
    )
    headers = {"Cache-Control": "no-store", **problem.headers}
    return _ProblemResponse(document, headers, problem)
