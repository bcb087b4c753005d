"""Refusals of requests to `/mcp` in plain words and as JSON-RPC, where the SDK sends other text."""

import json
from collections.abc import Callable, Mapping
from typing import Any, Final

from starlette.datastructures import Headers
from starlette.responses import JSONResponse
from starlette.types import Message, Receive, Scope, Send

from app.domain.wording import quote_value

_INVALID_REQUEST: Final = -32600
# The words before the SDK's list of all forms that a message may have.
_SDK_LIST: Final = "Validation error"


class PlainRefusals:
    """Sends the answer of the SDK, or a refusal in its place; `body` is the message that was sent.

    The SDK refuses hosts and origins in plain text, lists its own classes for a message of no form,
    and answers a request with a wrong `id` as if it wanted no answer.
    """

    def __init__(self, scope: Scope, body: bytes, receive: Receive, send: Send) -> None:
        self._scope = scope
        self._body = body
        self._receive = receive
        self._send = send
        self._start: Message = {}
        self._parts: list[bytes] = []

    async def __call__(self, message: Message) -> None:
        """Send a message of the answer on; hold one back that may be refused in other words."""
        if message["type"] == "http.response.start" and message["status"] != 200:
            self._start = message
        elif not self._start:
            await self._send(message)
        else:
            self._parts.append(message.get("body", b""))
            if not message.get("more_body"):
                await self._end(b"".join(self._parts))

    async def _end(self, answer: bytes) -> None:
        if refusal := self._refusal(answer):
            await refusal(self._scope, self._receive, self._send)
        else:
            await self._send(self._start)
            await self._send({"type": "http.response.body", "body": answer})

    def _refusal(self, answer: bytes) -> JSONResponse | None:
        status = int(self._start["status"])
        if status in _HEADERS:
            return _error(status, _HEADERS[status](Headers(scope=self._scope)))
        if status == 202 or (status == 400 and _SDK_LIST.encode() in answer):
            fault = fault_of(self._body)
            return _error(400, fault) if fault else None
        return None


# By the status of the SDK's refusal.
_HEADERS: Final[Mapping[int, Callable[[Headers], str]]] = {
    403: lambda headers: f"pages of the origin {headers.get('origin', '')[:100]!r} may not ask",
    421: lambda headers: (
        f"nothing is answered at the host {headers.get('host', '')[:100]!r}: the operator sets "
        "TIMELINE_PUBLIC_URL to the address of this server"
    ),
}


def _error(status: int, message: str) -> JSONResponse:
    error = {"code": _INVALID_REQUEST, "message": message}
    return JSONResponse({"jsonrpc": "2.0", "id": None, "error": error}, status)


def fault_of(body: bytes) -> str:
    """Return what is wrong with the form of a message in JSON; empty for a message of JSON-RPC."""
    message: Any = json.loads(body)
    if isinstance(message, list):
        return "a body is one message: send each message of a batch by itself"
    if not isinstance(message, dict):
        return f"a message is a JSON object; found {quote_value(message)}"
    if message.get("jsonrpc") != "2.0":
        return "jsonrpc: expected the text '2.0'"
    if "id" in message and type(message["id"]) not in (int, str):
        return f"id: expected a text or a whole number; found {quote_value(message['id'])}"
    if not isinstance(message.get("method", ""), str) or not message.keys() & _PARTS:
        return "method: expected the name of a method, such as tools/list"
    if not isinstance(message.get("params", {}), dict):
        return f"params: expected a JSON object; found {quote_value(message['params'])}"
    return ""


# A message has one of these: a request or notification, or an answer to one.
_PARTS: Final = frozenset(["method", "result", "error"])
