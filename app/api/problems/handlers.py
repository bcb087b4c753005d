"""Exception handlers: every error, the framework's own included, is answered with a problem document."""

import errno
import sqlite3
from http import HTTPStatus

import structlog
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import DatabaseError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

from app.api.http.allowed_methods import allowed_methods
from app.api.http.request_state import request_state
from app.api.http.urls import local_path
from app.api.problems.base import Problem, ProblemItem, problem_response
from app.api.problems.catalogue import InvalidParameter, MethodNotAllowed, NotFound, NotReady
from app.api.problems.from_errors import ERRORS, problem_from
from app.api.problems.missing import MovedError, answer_moved
from app.api.problems.parameters import parameter_items
from app.domain.vocabulary import EntityKind
from app.tables.clock import ClockJumpError
from app.tables.engines import is_refused
from app.tables.files.database_file import UnusableFileError

_log = structlog.get_logger("timeline.request")
# The system has no room for a file, no more file descriptors, or cannot write.
_NO_ROOM = {
    errno.EDQUOT,
    errno.EFBIG,
    errno.EIO,
    errno.EMFILE,
    errno.ENFILE,
    errno.ENOSPC,
    errno.EROFS,
}


class OtherProblem(Problem):
    """An HTTP status without a problem type: its `type` is `about:blank` (RFC 9457 §4.2.1)."""

    def __init__(self, status: HTTPStatus, detail: str) -> None:
        super().__init__(detail)
        self.status = status
        self.title = status.phrase

    @classmethod
    def type_uri(cls) -> str:
        """Return `about:blank`."""
        return "about:blank"


def install_handlers(app: FastAPI) -> None:
    """Have the app answer every error with a problem document."""
    app.add_exception_handler(Problem, _answer)
    app.add_exception_handler(MovedError, answer_moved)
    for error_type in ERRORS:
        app.add_exception_handler(error_type, _answer_error)
    app.add_exception_handler(OperationalError, _answer_not_ready)
    app.add_exception_handler(PoolTimeout, _answer_not_ready)
    app.add_exception_handler(DatabaseError, _answer_unreadable)
    app.add_exception_handler(OSError, _answer_no_room)
    # Of the spool of an import; all others are wrapped by SQLAlchemy.
    app.add_exception_handler(sqlite3.OperationalError, _answer_no_room)
    app.add_exception_handler(RequestValidationError, _answer_invalid)
    app.add_exception_handler(HTTPException, _answer_http)
    app.add_exception_handler(ClientDisconnect, _answer_disconnect)


def _answer(request: Request, problem: Exception) -> Response:
    assert isinstance(problem, Problem)
    scope = request.scope
    return problem_response(problem, scope["path"], request_state(scope).request_id)


def _note(request: Request, event: str, error: object) -> None:
    """Log the cause, which the answer does not tell."""
    _log.error(event, request_id=request_state(request.scope).request_id, error=str(error))


def _answer_error(request: Request, error: Exception) -> Response:
    if isinstance(error, (UnusableFileError, ClockJumpError)):
        _note(request, "the database or its clock cannot be used", error)
    return _answer(request, problem_from(error))


def _answer_not_ready(request: Request, error: Exception) -> Response:
    _note(request, "the database does not answer", error)
    return _answer(request, NotReady("the database does not answer: retry later"))


def _answer_unreadable(request: Request, error: Exception) -> Response:
    """Answer for a damaged page of an SQLite file, or a user of PostgreSQL without the right.

    Other subclasses of the error are bugs.
    """
    if isinstance(error, DatabaseError) and is_refused(error):
        _note(request, "the database refuses this", error.orig)
        return _answer(
            request, NotReady("the database refuses this: the server's log gives the reason")
        )
    if type(error) is not DatabaseError:
        raise error
    _note(request, "the database cannot be read", error)
    return _answer(
        request, NotReady("the database cannot be read: the server's log gives the reason")
    )


def _answer_no_room(request: Request, error: Exception) -> Response:
    # `tempfile` reports with this code, and without a name, that no folder can be written.
    no_folder = isinstance(error, FileNotFoundError) and error.filename is None
    if isinstance(error, OSError) and error.errno not in _NO_ROOM and not no_folder:
        raise error
    _note(request, "a file cannot be written", error)
    detail = "the server has no room for the files that this request needs: retry later"
    return _answer(request, NotReady(detail))


_COLLECTIONS = {f"/v1/{kind.collection}" for kind in EntityKind}


def _answer_invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    items: list[ProblemItem] = []
    for item in parameter_items(request, error.errors()):
        # Several dependencies of a route may read one parameter.
        if item not in items:
            items.append(item)
    detail = "; ".join(f"{item.parameter}: {item.detail}" for item in items[:3])
    return _answer(request, InvalidParameter(detail, items))


def _answer_http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if error.status_code == HTTPStatus.NOT_FOUND:
        return _answer(request, NotFound("this path does not exist; /docs lists the paths"))
    if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        allow = _allowed(request, (error.headers or {}).get("Allow", ""))
        detail = f"this path does not support {request.method}; it supports {allow}"
        if local_path(request) in _COLLECTIONS:
            verb = "add" if request.method == "POST" else "write"
            detail += f"; to {verb} one, PUT {local_path(request)}/{{id}}"
        return _answer(request, MethodNotAllowed(detail, allow))
    return _answer(request, OtherProblem(HTTPStatus(error.status_code), str(error.detail)))


def _answer_disconnect(request: Request, _: Exception) -> Response:
    """Return a 400 for the log only: the client disconnected before the end of the body."""
    return _answer(request, OtherProblem(HTTPStatus.BAD_REQUEST, "the body is incomplete"))


def _allowed(request: Request, of_route: str) -> str:
    """Return the path's methods; HEAD accompanies GET, because no route knows that it is supported."""
    methods = allowed_methods(request.app.state.methods, local_path(request)) or {
        *of_route.split(", ")
    }
    return ", ".join(sorted(methods | {"HEAD"} if "GET" in methods else methods))
