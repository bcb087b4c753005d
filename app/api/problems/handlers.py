"""Whatever goes wrong, the framework's own errors included, answered as a problem."""

from collections.abc import Iterable
from http import HTTPStatus
from typing import Any

import structlog
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from pydantic_core import ErrorDetails
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

from app.api.http.allowed_methods import answered_methods
from app.api.http.urls import local_path
from app.api.problems import (
    InvalidCursor,
    InvalidParameter,
    MethodNotAllowed,
    NotFound,
    NotReady,
    Problem,
    ProblemItem,
    QueryTimeout,
    problem_response,
)
from app.api.problems.from_errors import REFUSALS, refusal
from app.api.problems.missing import MovedError, answer_moved
from app.domain.dates import DateError
from app.domain.wording import quote_value
from app.reading.cursors import CursorError
from app.reading.lists import SortError
from app.records.parsing.errors import explain_error
from app.tables.database import BusyError, SlowQueryError

_log = structlog.get_logger("timeline.request")


def install_handlers(app: FastAPI) -> None:
    """Make every error of the app a problem document."""
    app.add_exception_handler(Problem, _answer)
    app.add_exception_handler(CursorError, _answer_cursor)
    app.add_exception_handler(SortError, _answer_sort)
    app.add_exception_handler(MovedError, answer_moved)
    for refused in REFUSALS:
        app.add_exception_handler(refused, _answer_refusal)
    app.add_exception_handler(OperationalError, _answer_not_ready)
    app.add_exception_handler(PoolTimeout, _answer_not_ready)
    app.add_exception_handler(SlowQueryError, _answer_slow)
    app.add_exception_handler(BusyError, _answer_busy)
    app.add_exception_handler(RequestValidationError, _answer_invalid)
    app.add_exception_handler(HTTPException, _answer_http)
    app.add_exception_handler(ClientDisconnect, _answer_gone)


def _answer(request: Request, problem: Exception) -> Response:
    assert isinstance(problem, Problem)
    return problem_response(problem, request.url.path, request.state.request_id)


def _answer_refusal(request: Request, error: Exception) -> Response:
    return _answer(request, refusal(error))


def _answer_cursor(request: Request, error: Exception) -> Response:
    remedy = "follow page.next as it is, or leave cursor out to begin at the first page"
    return _answer(request, InvalidCursor(f"{error}: {remedy}"))


def _answer_sort(request: Request, error: Exception) -> Response:
    item = ProblemItem(parameter="sort", detail=str(error))
    return _answer(request, InvalidParameter(f"sort: {error}", [item]))


def _answer_not_ready(request: Request, error: Exception) -> Response:
    _log.error(
        "the database does not answer", request_id=request.state.request_id, error=str(error)
    )
    return _answer(request, NotReady("the database does not answer now: try again in a while"))


def _answer_slow(request: Request, error: Exception) -> Response:
    return _answer(request, QueryTimeout(f"the query was given up: {error}; narrow it"))


def _answer_busy(request: Request, error: Exception) -> Response:
    return _answer(request, NotReady(f"{error}: try again in a while"))


def _answer_invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    items = list(_items(error.errors()))
    detail = "; ".join(f"{item.parameter}: {item.detail}" for item in items[:3])
    return _answer(request, InvalidParameter(detail, items))


def _items(errors: Iterable[Any]) -> Iterable[ProblemItem]:
    for error in errors:
        # The location is ("query", name) and, within a repeatable one, the number of the value.
        yield ProblemItem(parameter=str(error["loc"][1]), detail=_detail(error))


def _detail(error: ErrorDetails) -> str:
    reason = error.get("ctx", {}).get("error")
    if reason is None or isinstance(reason, DateError):
        several = error["type"] == "enum" and "," in str(error["input"])
        hint = "; for several values, give the parameter several times" if several else ""
        return explain_error(error) + hint  # It names the value itself.
    return f"found {quote_value(error['input'])}: {reason}"


def _answer_http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if error.status_code == HTTPStatus.NOT_FOUND:
        return _answer(request, NotFound("nothing is at this path; /docs lists what there is"))
    if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        allow = _allowed(request, (error.headers or {}).get("Allow", ""))
        detail = f"{request.method} is not answered here; this path answers {allow}"
        return _answer(request, MethodNotAllowed(detail, allow))
    return _answer(request, _other(HTTPStatus(error.status_code), str(error.detail)))


def _answer_gone(request: Request, _: Exception) -> Response:
    """For the log: whoever sent half a body is there no more."""
    return _answer(request, _other(HTTPStatus.BAD_REQUEST, "the body was not sent to its end"))


def _allowed(request: Request, found: str) -> str:
    """The methods of the path; with HEAD beside GET, as the routes do not know that it is answered."""
    methods = answered_methods(request.app.openapi(), local_path(request)) or {*found.split(", ")}
    return ", ".join(sorted(methods | {"HEAD"} if "GET" in methods else methods))


def _other(status: HTTPStatus, detail: str) -> Problem:
    """A problem for a status that has no kind of its own: its type is no more than the status."""
    kind = type(
        "OtherProblem",
        (Problem,),
        {
            "status": status,
            "title": status.phrase,
            "type_uri": classmethod(lambda _: "about:blank"),
        },
    )
    problem: Problem = kind(detail)
    return problem
