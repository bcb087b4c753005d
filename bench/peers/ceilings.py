"""The ceilings: bare bytes over ASGI, and FastAPI routes that return constant bytes.

BODY names a file with the bytes of a page.
"""

import os
from pathlib import Path
from typing import Annotated, Any

from fastapi import FastAPI, Query, Response

from app.reading.parameters.common import PageRequest
from app.reading.parameters.events import EventFilters, EventOrder, EventView

BODY = Path(os.environ["BODY"]).read_bytes()
_BARE = {
    "/bare": (200, BODY),
    "/bare-304": (304, b""),
}
routes = FastAPI()


@routes.get("/simple")
def simple(limit: int = 50) -> Response:
    """Return the bytes; one parameter."""
    return Response(BODY, media_type="application/json")


@routes.get("/constant")
def constant(
    filters: Annotated[EventFilters, Query()],
    order: Annotated[EventOrder, Query()],
    page: Annotated[PageRequest, Query()],
    view: Annotated[EventView, Query()],
) -> Response:
    """Return the bytes; the parameters of the product."""
    return Response(BODY, media_type="application/json")


async def app(scope: Any, receive: Any, send: Any) -> None:
    """Answer bare requests without any framework."""
    if scope["type"] != "http" or scope["path"] not in _BARE:
        await routes(scope, receive, send)
        return
    status, body = _BARE[scope["path"]]
    headers = [(b"content-type", b"application/json")]
    if status == 200:
        headers.append((b"content-length", str(len(body)).encode()))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
