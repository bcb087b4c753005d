"""`/mcp`: the tools over HTTP, if the SDK is installed. It is imported at the first request."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.util import find_spec
from typing import TYPE_CHECKING, Final

import anyio
from anyio.to_thread import run_sync
from fastapi import FastAPI, Request
from starlette.routing import Route
from starlette.types import Message, Receive, Scope, Send

from app.api.dependencies.bodies import check_media_type, read_body, record_limits
from app.mcp.refusals import PlainRefusals

if TYPE_CHECKING:
    from mcp.server.streamable_http_manager import StreamableHTTPSessionManager

PATH: Final = "/mcp"


def is_installed() -> bool:
    """Return whether the SDK is installed, without importing it."""
    return find_spec("mcp") is not None


class McpDoor:
    """Answers the requests to `/mcp` by a session manager of the SDK, which it makes when it is asked.

    The task of the lifespan must start and end the manager, so a request only tells it to.
    """

    def __init__(self, app: FastAPI) -> None:
        self._app = app
        self._manager: StreamableHTTPSessionManager | None = None
        self._wanted = self._ready = asyncio.Event()
        self._making = asyncio.Lock()

    @asynccontextmanager
    async def open(self) -> AsyncIterator[None]:
        """Serve requests until the end of the lifespan."""
        self._manager = None
        self._wanted, self._ready = asyncio.Event(), asyncio.Event()
        self._making = asyncio.Lock()
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(self._run)
            yield
            tasks.cancel_scope.cancel()

    async def _run(self) -> None:
        await self._wanted.wait()
        assert self._manager is not None
        async with self._manager.run():
            self._ready.set()
            await anyio.sleep_forever()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request; raises the problems of a body that is too large, too slow or no JSON."""
        request = Request(scope, receive)
        media_type = check_media_type(request, "application/json")
        # The SDK would read a body of any size.
        body = await read_body(request, record_limits(request))
        parts = [{"type": "http.request", "body": body, "more_body": False}]

        async def receive_read() -> Message:
            return parts.pop() if parts else await receive()

        manager = await self._started()
        # The SDK knows the media type in lower case only.
        headers = [pair for pair in scope["headers"] if pair[0] != b"content-type"]
        headers.append((b"content-type", media_type.encode()))
        send_plain = PlainRefusals(scope, body, receive, send)
        await manager.handle_request({**scope, "headers": headers}, receive_read, send_plain)

    async def _started(self) -> "StreamableHTTPSessionManager":
        async with self._making:
            if self._manager is None:
                # The import takes long: in a thread, so that other requests go on.
                self._manager = await run_sync(_make_manager, self._app)
                self._wanted.set()
        await self._ready.wait()
        return self._manager


def _make_manager(app: FastAPI) -> "StreamableHTTPSessionManager":
    from app.mcp.http import make_manager

    return make_manager(app)


def install_mcp(app: FastAPI) -> McpDoor | None:
    """Add the route `/mcp`, and return its door for the lifespan; None if the SDK is not installed."""
    if not is_installed():
        return None
    door = McpDoor(app)
    # A GET would open a stream that never has an event: there are no sessions.
    app.router.routes.append(Route(PATH, door, methods=["POST"], include_in_schema=False))
    return door
