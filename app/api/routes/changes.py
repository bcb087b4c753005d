"""The change log: in pages, as one export, and as a stream."""

from typing import Annotated

from fastapi import Depends, Header, Query, Request, Response
from sqlalchemy import Connection

from app.api.dependencies.reader import PresentReaderDep, ReaderDep, list_response
from app.api.http.callers import caller_name
from app.api.http.headers import sends
from app.api.http.media_types import EventStream, Ndjson
from app.api.http.request_state import request_state
from app.api.problems.catalogue import InvalidParameter
from app.api.problems.openapi import declare
from app.api.routes.router import make_router
from app.api.runtime.change_feed import ChangeFeed
from app.api.streaming.change_stream import ChangeStream
from app.api.streaming.exports import export
from app.documents.change import change_json
from app.documents.pages import ChangePage, ChangePageInfo
from app.domain.instants import parse_instant
from app.formats.events.ndjson import write_json_lines
from app.reading.log import changes, fetch_changes
from app.reading.parameters.changes import MAX_SEQ, ChangeFilters, ChangesRequest, FollowRequest
from app.reading.parameters.common import PlainNumber
from app.reading.states import seq_at
from app.tables.log import newest_seq

router = make_router(prefix="/v1", tags=["changes"])
# A page that has a next page never changes, but a newer version of the server may add keys: 1 day.
_FULL_PAGE = "public, max-age=86400"
# At the end of the log an answer can be out of date after a second.
_LAST_PAGE = "no-cache"


async def _get_feed(request: Request) -> ChangeFeed:
    feed: ChangeFeed = request.app.state.change_feed
    return feed


FeedDep = Annotated[ChangeFeed, Depends(_get_feed)]


@router.get(
    "/changes",
    summary="List changes",
    response_model=ChangePage,
    responses=declare(InvalidParameter),
)
def list_changes(request: Annotated[ChangesRequest, Query()], reader: ReaderDep) -> Response:
    """List every write in order, each with the resulting document, so that a client can keep a mirror.

    Change numbers (`seq`) have no gaps, and a change never changes later. Follow `page.next` until it
    is null; for later changes, send `page.last` as `after`. A merge is the last change of its entity. A
    withdrawn entity may be restored by a later change.
    """
    with reader.database.read() as connection:
        after = _start(connection, request)
        batch = fetch_changes(connection, after, request, request.limit)
    _refuse_beyond("after", after, batch.last)
    info = ChangePageInfo(
        limit=request.limit,
        returned=len(batch.changes),
        next=(
            reader.urls.url_with("after", batch.last, instead_of="since") if batch.more else None
        ),
        total=None,
        last=batch.last,
    )
    answer = list_response([change_json(row).encode() for row in batch.changes], info)
    answer.headers["Cache-Control"] = _FULL_PAGE if batch.more else _LAST_PAGE
    return answer


@router.get(
    "/changes.ndjson",
    summary="Export changes as NDJSON",
    response_class=Ndjson,
    responses=sends("Link") | declare(InvalidParameter),
)
def export_changes_ndjson(
    filters: Annotated[ChangeFilters, Query()], reader: ReaderDep
) -> Response:
    """Export every write after `after` in order, one line of JSON each, in a single answer."""
    headers = {
        "Cache-Control": _LAST_PAGE,
        "Link": f'<{reader.urls.api_url}/changes>; rel="alternate"; type="application/json"',
    }
    with reader.database.read() as connection:
        after = _start(connection, filters)
        _refuse_beyond("after", after, newest_seq(connection))
    listing = changes(after, filters)
    return export(reader, listing, write_json_lines, Ndjson.media_type, headers)


@router.get(
    "/changes/stream",
    summary="Follow changes",
    response_class=EventStream,
    responses=sends("X-Accel-Buffering") | declare(InvalidParameter),
)
def follow_changes(
    request: Request,
    follow: Annotated[FollowRequest, Query()],
    reader: PresentReaderDep,
    feed: FeedDep,
    last_event_id: Annotated[
        int,
        Header(
            alias="Last-Event-ID",
            ge=-1,
            le=MAX_SEQ,
            description="Continue an interrupted stream after the change with this `seq`; takes "
            "precedence over `after`. Browsers send it automatically when they reconnect.",
        ),
        PlainNumber,
    ] = -1,
) -> Response:
    """Stream each change within a second of its write, as Server-Sent Events; the stream has no end.

    Each event has the name `change`, the change's `seq` as `id`, and as data the change as in the list.
    No change is skipped or repeated, even if the connection breaks and is resumed with `Last-Event-ID`.
    """
    newest = reader.find(newest_seq)
    name, after = (
        ("Last-Event-ID", last_event_id) if last_event_id >= 0 else ("after", follow.after)
    )
    _refuse_beyond(name, after, newest)
    start = newest if after < 0 else after
    bodiless = request_state(request.scope).bodiless
    caller = caller_name(request.scope)
    return ChangeStream(feed, caller, start, follow, tells_position=after < 0, bodiless=bodiless)


def _start(connection: Connection, filters: ChangeFilters) -> int:
    """Return the number of the change after which the request begins: the later of both parameters."""
    if not filters.since:
        return filters.after
    return max(filters.after, seq_at(connection, parse_instant(filters.since)))


def _refuse_beyond(name: str, after: int, newest: int) -> None:
    """Raise InvalidParameter for a change that does not exist: the number belongs to another log."""
    if after > newest:
        detail = f"the newest change is {newest}: {after} is not in this log, start again from 0"
        raise InvalidParameter.of((name, detail))
