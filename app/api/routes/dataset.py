"""The whole dataset as an SQLite file, of the present state or of a past one."""

from asyncio import Semaphore
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import format_datetime
from functools import lru_cache, partial
from hashlib import sha256
from pathlib import Path
from typing import Any

from anyio.to_thread import run_sync
from fastapi import APIRouter, Request, Response
from starlette.datastructures import Headers
from starlette.responses import FileResponse
from starlette.types import Receive, Scope, Send
from werkzeug.http import parse_range_header

from app.api.dependencies.reader import PresentReaderDep
from app.api.dependencies.state import StateDep
from app.api.http.etags import is_known
from app.api.http.headers import links, sends
from app.api.http.media_types import Sqlite
from app.api.problems import InvalidParameter, RangeNotSatisfiable, declare
from app.api.runtime.snapshots import Snapshots
from app.api.streaming.exports import pass_in_time, turn
from app.reading.states import DataState, NoSuchStateError, newest_state

router = APIRouter(prefix="/v1", tags=["changes"])
_FILE = ("Accept-Ranges", "Content-Disposition", "Last-Modified", "Link")
_ANSWERS: dict[int | str, dict[str, Any]] = {
    **sends(*_FILE),
    206: {
        "description": "The part of the file that `Range` asks for.",
        "headers": links((*_FILE, "Content-Range", "ETag", "Vary")),
        "content": {Sqlite.media_type: {"schema": {"type": "string"}}},
    },
}
# The route parses these headers: a range that makes no sense counts as a request for the whole file.
_RANGE = [
    {
        "name": name,
        "in": "header",
        "required": False,
        "schema": {"type": "string"},
        "description": text,
        "example": example,
    }
    for name, text, example in (
        ("Range", "The part of the file to send (RFC 9110 §14.2).", "bytes=0-1023"),
        (
            "If-Range",
            "The `ETag` of the file that `Range` continues; with any other, all of it is sent (§13.1.5).",
            '"0123456789abcdef0123456789abcdef"',
        ),
    )
]
# The state of an empty change log, whose file has no rows.
_EMPTY_STATE = DataState(0, datetime.fromtimestamp(0, UTC), "")


@router.get(
    "/dataset.sqlite",
    summary="Download the dataset",
    response_class=Sqlite,
    responses=_ANSWERS | declare(InvalidParameter, RangeNotSatisfiable),
    openapi_extra={"parameters": _RANGE},
)
async def export_dataset(request: Request, state: StateDep, reader: PresentReaderDep) -> Response:
    """Download all entities and the change log of one state as an SQLite file.

    The state is the present one, or a past one with `as_of` or `release`. The file has the tables of
    the server's own database, except API keys, so it answers the same questions offline. `Range` and
    `If-Range` continue an interrupted download.
    """
    snapshots: Snapshots = request.app.state.past
    state = state or await _newest(snapshots)
    path = await snapshots.file(state)
    tag = f'"{await run_sync(_digest, path)}"'
    name = f"timeline-{request.query_params.get('release') or state.seq}.sqlite"
    headers = {
        "ETag": tag,
        "Last-Modified": format_datetime(state.at, usegmt=True),
        "Accept-Ranges": "bytes",
        "Content-Disposition": f'attachment; filename="{name}"',
        "Link": reader.urls.description_link,
    }
    if is_known(request.scope, tag):
        return Response(status_code=304, headers=headers)
    # A range applies to GET only (RFC 9110 §14.2).
    bodiless = getattr(request.state, "bodiless", False)
    ranged = not bodiless and _wants_part(request.headers, tag, path.stat().st_size)
    return _Download(path, headers, reader.export_turns, ranged=ranged)


async def _newest(snapshots: Snapshots) -> DataState:
    try:
        return await snapshots.find(newest_state)
    except NoSuchStateError:
        return _EMPTY_STATE


class _Download(FileResponse):
    """A file, or a part of it; for HEAD its headers.

    It waits for its turn and for its reader as exports do: a file that is being read is on the disk
    until it is sent, also when it was taken away meanwhile.
    """

    media_type = Sqlite.media_type

    def __init__(
        self, path: Path, headers: Mapping[str, str], turns: Semaphore, *, ranged: bool
    ) -> None:
        super().__init__(path, headers=headers, media_type=self.media_type)
        self._turns = turns
        self._ranged = ranged

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send it, as the request was before our own middleware took HEAD for GET."""
        headers = scope["headers"]
        if not self._ranged:
            headers = [(name, value) for name, value in headers if name != b"range"]
        bodiless = scope["state"].get("bodiless", False)
        method = "HEAD" if bodiless else "GET"
        changed = {**scope, "headers": headers, "method": method}
        async with turn(self._turns):
            await super().__call__(changed, receive, partial(pass_in_time, send))


def _wants_part(headers: Headers, tag: str, size: int) -> bool:
    """Return whether the request asks for one part of the file (RFC 9110 §14).

    Raises RangeNotSatisfiable for a part after the file's end. A range that makes no sense asks for the
    whole file; Starlette would answer it with a plain-text error.
    """
    parsed = parse_range_header(headers.get("range"))
    if parsed is None or parsed.units != "bytes" or len(parsed.ranges) != 1:
        return False
    if headers.get("if-range", tag) != tag:
        return False
    if parsed.ranges[0][0] >= size:
        raise RangeNotSatisfiable(size)
    return True


@lru_cache(maxsize=64)
def _digest(path: Path) -> str:
    """Return 128 bits of the file's SHA-256; cached, because a file of one name never changes."""
    digest = sha256()
    with path.open("rb") as file:
        for chunk in iter(partial(file.read, 1 << 20), b""):
            digest.update(chunk)
    return digest.hexdigest()[:32]
