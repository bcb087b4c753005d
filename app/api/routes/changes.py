"""The routes of the change log: by pages, as a whole, and as it grows."""

from typing import Annotated

from fastapi import APIRouter, Depends, Header, Query, Request, Response

from app.api.dependencies.reader import PresentReaderDep, ReaderDep, list_response
from app.api.http.headers import sends
from app.api.http.media_types import EventStream, Ndjson
from app.api.problems import InvalidParameter, ProblemItem, declare
from app.api.runtime.change_feed import ChangeFeed
from app.api.streaming.change_stream import ChangeStream
from app.api.streaming.exports import export
from app.documents.change import change_json
from app.documents.pages import ChangePage, ChangePageInfo
from app.formats.events import ndjson
from app.reading.log import changes, fetch_changes, newest_change
from app.reading.parameters.changes import MAX_SEQ, ChangeFilters, ChangesRequest, FollowRequest
from app.reading.parameters.common import PlainNumber

router = APIRouter(prefix="/v1", tags=["changes"])
# A page with another one behind it is the same for ever; but a newer program may add keys.
_WHOLE_PAGE = "public, max-age=86400"
# At the end of the log, what is a second old may be too old.
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
    """Every write, in order, with the document as it then was: what a mirror is made from.

    Numbers have no gap, and what is seen once stays as it is. Follow `page.next` until it is null,
    and ask again later with `after` set to `page.last`. What was withdrawn or merged has a change
    too, its last one.
    """
    batch = reader.find(lambda c: fetch_changes(c, request.after, request.kind, request.limit))
    _refuse_beyond("after", request.after, batch.last)
    info = ChangePageInfo(
        limit=request.limit,
        returned=len(batch.changes),
        next=reader.url_with("after", batch.last) if batch.more else None,
        total=None,
        last=batch.last,
    )
    answer = list_response(map(change_json, batch.changes), info)
    answer.headers["Cache-Control"] = _WHOLE_PAGE if batch.more else _LAST_PAGE
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
    """Every write as a line of JSON, in order: the whole log, or all that is new, in one answer."""
    headers = {
        "Cache-Control": _LAST_PAGE,
        "Link": f'<{reader.api_url}/changes>; rel="alternate"; type="application/json"',
    }
    _refuse_beyond("after", filters.after, reader.find(newest_change))
    listing = changes(filters.after, filters.kind)
    return export(reader, listing, ndjson.write, Ndjson.media_type, headers)


@router.get(
    "/changes/stream",
    summary="Follow changes",
    response_class=EventStream,
    responses=sends("X-Accel-Buffering") | declare(InvalidParameter),
)
def follow_changes(
    request: Annotated[FollowRequest, Query()],
    reader: PresentReaderDep,
    feed: FeedDep,
    last_event_id: Annotated[
        int,
        Header(
            alias="Last-Event-ID",
            ge=-1,
            le=MAX_SEQ,
            description="Where a stream that broke off is to go on; it counts before `after`. "
            "Browsers send it by themselves.",
        ),
        PlainNumber,
    ] = -1,
) -> Response:
    """Each change within a second after it was made, as Server-Sent Events; the answer has no end.

    An event is called `change`, its `id` is the `seq`, its data the change as lists give it. No
    change is left out or comes twice, whoever writes and however often the connection breaks off.
    """
    newest = reader.find(newest_change)
    name, given = (
        ("Last-Event-ID", last_event_id) if last_event_id >= 0 else ("after", request.after)
    )
    _refuse_beyond(name, given, newest)
    after = newest if given < 0 else given
    return ChangeStream(feed, after, request.kind, bodiless=reader.bodiless)


def _refuse_beyond(name: str, after: int, newest: int) -> None:
    """Raise InvalidParameter for a change that this log does not have: it was another log's."""
    if after > newest:
        detail = f"the newest change is {newest}: {after} is not of this log, begin again with 0"
        raise InvalidParameter(f"{name}: {detail}", [ProblemItem(parameter=name, detail=detail)])
