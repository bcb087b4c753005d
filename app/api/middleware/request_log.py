"""One log line per request, with the request id that the response carries, and its measure."""

import asyncio
import logging
import re
import time
from collections.abc import Callable
from random import getrandbits

import structlog
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.api.http.raw_headers import header
from app.api.http.request_state import request_state
from app.api.http.stalls import StalledReaderError
from app.api.http.trace_context import trace_id_of
from app.api.problems.base import problem_response
from app.api.problems.catalogue import InternalError, NotReady

_log = structlog.get_logger("timeline.request")
# Request ids that a client may choose; other characters could forge log lines.
_ACCEPTABLE_ID = re.compile(r"[A-Za-z0-9._:/+=-]{1,128}")
# Takes the method, path template, status (0 if none was sent) and seconds of each request, for metrics.
Measure = Callable[[str, str, int, float], None]


class RequestLogMiddleware:
    """Gives each request its id, logs its response, and answers exceptions that nothing caught."""

    def __init__(self, app: ASGIApp, measure: Measure | None = None) -> None:
        self._app = app
        self._measure = measure

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request, and log it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id = request_state(scope).request_id = request_id_of(scope)
        started, status, stall = time.perf_counter(), 0, ""

        async def send_with_id(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                named = (b"x-request-id", request_id.encode())
                message["headers"] = [*message["headers"], named]
            await send(message)

        try:
            await self._app(scope, receive, send_with_id)
        except StalledReaderError as error:
            stall = str(error)
            raise
        except asyncio.CancelledError:
            # The server is stopping, and has waited for its full shutdown timeout. A client whose
            # write was committed must not read that it was not: then the connection breaks off.
            if not status and not request_state(scope).written:
                stopping = NotReady("the server is stopping: retry later")
                await problem_response(stopping, scope["path"], request_id)(
                    scope, receive, send_with_id
                )
            raise
        except Exception:
            _log.exception(
                "request failed", request_id=request_id, path=scope["path"], **_trace(scope)
            )
            if status:
                raise  # Part of the response was sent: only a broken connection reports the error.
            failure = InternalError(f"the request failed; its id in the log is {request_id}")
            await problem_response(failure, scope["path"], request_id)(scope, receive, send_with_id)
        finally:
            more = {"aborted": stall} if stall else {}
            note_request(scope, status, started, self._measure, **more)


def note_request(
    scope: Scope, status: int, started: float, measure: Measure | None, **more: str
) -> None:
    """Measure a request that began at this time of `time.perf_counter`, and write its line."""
    seconds = time.perf_counter() - started
    state = request_state(scope)
    if measure is not None:
        measure(scope["method"], state.route, status, seconds)
    log = _log.bind()
    if not log.is_enabled_for(logging.INFO):
        return
    log.info(
        "request",
        request_id=state.request_id,
        method=scope["method"],
        path=scope["path"],
        query=scope["query_string"].decode("latin-1"),
        status=status,
        ms=round(seconds * 1000, 2),
        client=scope["client"][0] if scope.get("client") else None,
        key=None if state.caller is None else state.caller.name,
        **({"kept": True} if state.kept else {}),
        **_trace(scope),
        **more,
    )


def _trace(scope: Scope) -> dict[str, str]:
    trace_id = trace_id_of(scope)
    return {"trace_id": trace_id} if trace_id else {}


def request_id_of(scope: Scope) -> str:
    """Return the id that the client chose, or a new one."""
    chosen = header(scope, b"x-request-id").decode("latin-1")
    # It need not be secret, and a system call would take longer than the rest of a kept answer.
    return chosen if _ACCEPTABLE_ID.fullmatch(chosen) else f"{getrandbits(128):032x}"
