"""One line in the log for each request, with the id that the answer carries too."""

import asyncio
import re
import time
from typing import Any
from uuid import uuid4

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.api.problems.base import problem_response
from app.api.problems.catalogue import InternalError, NotReady

_log = structlog.get_logger("timeline.request")
# What a caller may choose as a request's id; anything else could forge lines of the log.
_ACCEPTABLE_ID = re.compile(r"[A-Za-z0-9._:/+=-]{1,128}")


class RequestLogMiddleware:
    """Gives each request its id, logs it when it is answered, and answers what nobody caught."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request, or pass on what is none."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id = _request_id(scope)
        scope.setdefault("state", {})["request_id"] = request_id
        started, status = time.perf_counter(), 0

        async def send_with_id(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)["X-Request-Id"] = request_id
            await send(message)

        try:
            await self._app(scope, receive, send_with_id)
        except asyncio.CancelledError:
            # The server stops, and has waited as long as it was told to.
            if not status:
                stopping = NotReady("the server is stopping: ask again in a while")
                await problem_response(stopping, scope["path"], request_id)(
                    scope, receive, send_with_id
                )
            raise
        except Exception:
            _log.exception("request failed", request_id=request_id, path=scope["path"])
            if status:
                raise  # Half an answer is out: only breaking the connection tells the reader so.
            failure = InternalError(f"the request could not be answered; its id is {request_id}")
            await problem_response(failure, scope["path"], request_id)(scope, receive, send_with_id)
        finally:
            _log.info(
                "request",
                request_id=request_id,
                method=scope["method"],
                path=scope["path"],
                query=scope["query_string"].decode("latin-1"),
                status=status,
                ms=round((time.perf_counter() - started) * 1000, 2),
                client=scope["client"][0] if scope.get("client") else None,
                key=_key_name(scope),
            )


def _key_name(scope: Scope) -> str | None:
    caller: Any = scope["state"].get("caller")
    return None if caller is None else str(caller.name)


def _request_id(scope: Scope) -> str:
    given = Headers(scope=scope).get("x-request-id", "")
    return given if _ACCEPTABLE_ID.fullmatch(given) else uuid4().hex
