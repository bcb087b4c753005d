"""Feeds of events: Atom, RSS and JSON Feed in pages, with the filters of the list."""

from typing import Annotated

from fastapi import Query, Response
from sqlalchemy import Connection

from app.api.dependencies.event_page import name_timeline
from app.api.dependencies.language import AnswerLanguage, LanguageDep
from app.api.dependencies.reader import Reader, ReaderDep
from app.api.http.media_types import Atom, FeedJson, Rss
from app.api.problems.catalogue import InvalidCursor, InvalidParameter, NotFound
from app.api.problems.openapi import declare
from app.api.routes.router import make_router
from app.documents.entities.earlier import read_event
from app.domain.vocabulary import EntityKind
from app.formats.events.atom import write_atom
from app.formats.events.feed import Feed
from app.formats.events.jsonfeed import JsonFeed, write_jsonfeed
from app.formats.events.rss import write_rss
from app.formats.uuids import feed_uuid
from app.reading import lists
from app.reading.entity_names import entity_names
from app.reading.log import edit_instants
from app.reading.parameters.common import PageRequest
from app.reading.parameters.events import EventFilters, FeedOrder, FeedRequest
from app.reading.search import few_hits
from app.reading.unknown_ids import refuse_ids

router = make_router(prefix="/v1", tags=["formats"])


@router.get(
    "/events.atom",
    summary="Follow events by Atom",
    response_class=Atom,
    responses=declare(InvalidParameter, InvalidCursor, NotFound),
)
def export_events_atom(
    filters: Annotated[EventFilters, Query()],
    request: Annotated[FeedRequest, Query()],
    language: LanguageDep,
    reader: ReaderDep,
) -> Response:
    """List the newest matching events as an Atom feed (RFC 4287); `rel="next"` links older pages."""
    feed = _feed(reader, filters, request, language)
    return _answer(feed, language, write_atom(feed), Atom.media_type)


@router.get(
    "/events.rss",
    summary="Follow events by RSS",
    response_class=Rss,
    responses=declare(InvalidParameter, InvalidCursor, NotFound),
)
def export_events_rss(
    filters: Annotated[EventFilters, Query()],
    request: Annotated[FeedRequest, Query()],
    language: LanguageDep,
    reader: ReaderDep,
) -> Response:
    """List the newest matching events as an RSS 2.0 feed, for programs without Atom; `rel="next"` links older pages."""
    feed = _feed(reader, filters, request, language)
    return _answer(feed, language, write_rss(feed), Rss.media_type)


@router.get(
    "/events.jsonfeed",
    summary="Follow events by JSON Feed",
    response_class=FeedJson,
    response_model=JsonFeed,
    responses=declare(InvalidParameter, InvalidCursor, NotFound),
)
def export_events_jsonfeed(
    filters: Annotated[EventFilters, Query()],
    request: Annotated[FeedRequest, Query()],
    language: LanguageDep,
    reader: ReaderDep,
) -> Response:
    """List the newest matching events as a JSON Feed 1.1; `next_url` links older pages."""
    feed = _feed(reader, filters, request, language)
    return _answer(feed, language, write_jsonfeed(feed), FeedJson.media_type)


def _feed(
    reader: Reader, filters: EventFilters, request: FeedRequest, language: AnswerLanguage
) -> Feed:
    chosen = reader.follow_whole(filters)
    part = PageRequest(limit=request.limit, cursor=request.cursor)

    def fetch(connection: Connection) -> Feed:
        listing = lists.newest_events(chosen, request.by, few_hits(connection, chosen.q))
        page = reader.fetch(connection, listing, part, filters=chosen)
        refuse_ids(page.unknown)
        events = [read_event(item) for item in page.items]
        ids = [event.id for event in events]
        return Feed(
            id=feed_uuid(reader.urls.list_name),
            title=name_timeline(connection, reader.request, language.language, chosen),
            language=language.language,
            by_added=request.by is FeedOrder.ADDED,
            events=events,
            tag_names=entity_names(
                connection, EntityKind.TAG, {tag for event in events for tag in event.tags}
            ),
            edited_at=edit_instants(connection, EntityKind.EVENT, ids) if request.direct else {},
            url=reader.urls.url,
            next_url=reader.urls.page_url(page.cursor),
            list_page=reader.urls.list_page_url(language.language),
            event_page=reader.urls.event_page(language.language),
        )

    return reader.find(fetch)


def _answer(feed: Feed, language: AnswerLanguage, content: bytes, media_type: str) -> Response:
    answer = Response(content, headers=language.headers, media_type=media_type)
    if feed.next_url is not None:
        answer.headers["Link"] = f'<{feed.next_url}>; rel="next"'
    return answer
