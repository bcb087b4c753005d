"""The route of the whole dataset as a file, of the present state or of a past one."""

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
from app.api.http.headers import links, sends
from app.api.http.media_types import Sqlite
from app.api.problems import InvalidParameter, RangeNotSatisfiable, declare
from app.api.runtime.snapshots import Snapshots
from app.api.streaming.exports import pass_in_time, turn
from app.reading.states import NoSuchStateError, newest_state
from app.tables.log import DataState

router = APIRouter(prefix="/v1", tags=["changes"])
_FILE = ("Accept-Ranges", "Content-Disposition", "Last-Modified", "Link")
_ANSWERS: dict[int | str, dict[str, Any]] = {
    **sends(*_FILE),
    206: {
        "description": "The part that `Range` asks for.",
        "headers": links((*_FILE, "Content-Range", "ETag", "Vary")),
        "content": {Sqlite.media_type: {"schema": {"type": "string"}}},
    },
}
# Read by hand: what makes no sense asks for the whole file.
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
        ("Range", "The part of the file that is wanted (RFC 9110 §14.2).", "bytes=0-1023"),
        (
            "If-Range",
            "The `ETag` of the file that `Range` goes on with; of another it is all sent (§13.1.5).",
            '"0123456789abcdef0123456789abcdef"',
        ),
    )
]

# Of this there is a file too, without a row.
_BEFORE_ALL = DataState(0, datetime.fromtimestamp(0, UTC), "")


@router.get(
    "/dataset.sqlite",
    summary="Download the dataset",
    response_class=Sqlite,
    responses=_ANSWERS | declare(InvalidParameter, RangeNotSatisfiable),
    openapi_extra={"parameters": _RANGE},
)
async def export_dataset(request: Request, moment: StateDep, reader: PresentReaderDep) -> Response:
    """All that is in the timeline, and its change log, as one SQLite file.

    The file is that of a state: the present one, or with `as_of` or `release` a past one. It answers
    the same questions offline; the tables are those that the server has, without its keys. A download
    that broke off can go on (`Range`, `If-Range`).
    """
    past: Snapshots = request.app.state.past
    moment = moment or await _newest(past)
    path = await past.file(moment)
    tag = f'"{await run_sync(_digest, path)}"'
    name = f"timeline-{request.query_params.get('release') or moment.seq}.sqlite"
    headers = {
        "ETag": tag,
        "Last-Modified": format_datetime(moment.at, usegmt=True),
        "Accept-Ranges": "bytes",
        "Content-Disposition": f'attachment; filename="{name}"',
        "Link": reader.description_link,
    }
    if reader.has(tag):
        return Response(status_code=304, headers=headers)
    # A range is for GET alone (RFC 9110 §14.2).
    ranged = not reader.bodiless and _wants_part(request.headers, tag, path.stat().st_size)
    return _Download(path, headers, reader.export_turns, ranged=ranged)


async def _newest(past: Snapshots) -> DataState:
    try:
        return await past.find(newest_state)
    except NoSuchStateError:
        return _BEFORE_ALL


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
    """Whether one part of the file is asked for (RFC 9110 §14); raises RangeNotSatisfiable.

    The framework answers what makes no sense in plain text; here that counts as asking for all.
    """
    asked = parse_range_header(headers.get("range"))
    if asked is None or asked.units != "bytes" or len(asked.ranges) != 1:
        return False
    if headers.get("if-range", tag) != tag:
        return False
    if asked.ranges[0][0] >= size:
        raise RangeNotSatisfiable(size)
    return True


@lru_cache(maxsize=64)
def _digest(path: Path) -> str:
    """The SHA-256 of a file of this name, which always has the same bytes."""
    digest = sha256()
    with path.open("rb") as file:
        for chunk in iter(partial(file.read, 1 << 20), b""):
            digest.update(chunk)
    return digest.hexdigest()[:32]
