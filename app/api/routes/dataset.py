"""The whole dataset as an SQLite file, of the present state or of a past one."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any, Final

from fastapi import Request, Response
from starlette.datastructures import Headers

from app.api.dependencies.reader import PresentReaderDep
from app.api.dependencies.state import StateDep
from app.api.http.etags import is_known
from app.api.http.headers import links, sends
from app.api.http.media_types import Sqlite
from app.api.http.request_state import request_state
from app.api.problems.catalogue import InvalidParameter, RangeNotSatisfiable
from app.api.problems.openapi import declare
from app.api.routes.router import make_router
from app.api.runtime.snapshots import Snapshots
from app.api.streaming.download import Download, requests_part
from app.reading.states import NoSuchStateError, newest_state
from app.tables.database import Database
from app.tables.log import DataState
from app.writing.snapshots.store import digest_in_name

router = make_router(prefix="/v1", tags=["changes"])
# Then a date identifies a state, as RFC 9110 §8.8.2.2 says of a clear difference.
_SETTLED: Final = timedelta(minutes=1)
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
    the server's own database, except those for keys, releases and answers to imports, so it answers the
    same questions offline. `Range` and `If-Range` continue an interrupted download. `If-Modified-Since` with the
    `Last-Modified` of an earlier answer gives a 304 if nothing changed, as `If-None-Match` does.
    """
    snapshots: Snapshots = request.app.state.snapshots
    state = state or await _newest(snapshots, reader.database)
    path = await snapshots.file(state)
    request_state(request.scope).seq = state.seq
    # 128 bits of the SHA-256 of the bytes.
    tag = f'"{digest_in_name(path)[:32]}"'
    name = f"timeline-{request.query_params.get('release') or state.seq}.sqlite"
    headers = {
        "ETag": tag,
        **_modified(state),
        "Accept-Ranges": "bytes",
        "Content-Disposition": f'attachment; filename="{name}"',
        "Link": reader.urls.description_link,
    }
    if is_known(request.headers, tag) or _is_unmodified(request.headers, headers):
        return Response(status_code=304, headers=headers)
    # A range applies to GET only (RFC 9110 §14.2).
    bodiless = request_state(request.scope).bodiless
    ranged = not bodiless and requests_part(request.headers, tag, path.stat().st_size)
    return Download(path, headers, reader.export_gate, ranged=ranged)


def _modified(state: DataState) -> dict[str, str]:
    """Return `Last-Modified`, or nothing if another state with the same one may still appear.

    A long write is stamped at its beginning, and a replica receives it later still.
    """
    is_settled = datetime.now(UTC) >= state.at + _SETTLED
    return {"Last-Modified": format_datetime(state.at, usegmt=True)} if is_settled else {}


def _is_unmodified(asked: Headers, sent: Mapping[str, str]) -> bool:
    """Return whether `If-Modified-Since` repeats `Last-Modified` (RFC 9110 §13.1.3); a tag precedes it.

    A later date does not count: after a restore the data may be older than the client's.
    """
    since = asked.get("if-modified-since")
    return since is not None and "if-none-match" not in asked and since == sent.get("Last-Modified")


async def _newest(snapshots: Snapshots, database: Database) -> DataState:
    try:
        return await snapshots.find(newest_state, database)
    except NoSuchStateError:
        return _EMPTY_STATE
