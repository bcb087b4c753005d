"""Read documents for one request, and answer them as JSON."""

from collections.abc import AsyncIterator, Callable, Iterable
from dataclasses import replace
from typing import Annotated, TypeVar

from fastapi import Depends, Request, Response
from pydantic import BaseModel
from sqlalchemy import Connection

from app.api.dependencies.costly import costly_slot
from app.api.dependencies.request_urls import RequestUrls
from app.api.dependencies.state import DatabaseDep, StateDep, present_database
from app.api.http.at_least import pinned
from app.api.http.request_state import request_state
from app.api.http.urls import merge_links
from app.api.problems.catalogue import NotFound, TooManyResults
from app.api.problems.missing import Missing, absence
from app.api.runtime.gates import Gate
from app.documents.pages import Extent, PageInfo
from app.documents.tombstone import find_fates, find_survivors
from app.domain.vocabulary import EntityKind, KindAndSlug
from app.reading.listing import Listing, Page, count_items, fetch_page, find_document, stream_items
from app.reading.merged_ids import mergeable_ids, with_survivors
from app.reading.names.known import with_known_people
from app.reading.names.titled import has_titles, without_titles
from app.reading.names.unknown import find_unknown
from app.reading.parameters.common import PageRequest
from app.reading.parameters.events import EventFilters
from app.reading.sets.event_sets import EventSets
from app.reading.sets.kept import KeptSets
from app.reading.sets.pages import with_sets
from app.reading.states import first_state_of
from app.tables.database import Database

JSON_MEDIA_TYPE = "application/json"
_T = TypeVar("_T")
_Filters = TypeVar("_Filters", bound=BaseModel)


class Reader:
    """Answers a request from a database: the present one, or the one of a past state.

    Each method reads one snapshot; `find` runs several queries in the same one.
    """

    def __init__(self, request: Request, database: Database, *, is_present: bool = True) -> None:
        self.request = request
        self.database = database
        self._is_present = is_present
        self.urls = RequestUrls(request)
        self.export_gate: Gate = request.app.state.export_gate
        self._kept_sets: KeptSets = request.app.state.kept_sets

    def find(self, query: Callable[[Connection], _T]) -> _T:
        """Return the result of a query, which may consist of several statements.

        Of an entity that a past state does not have yet, NotFound says which state has it.
        """
        try:
            return self.database.find(query)
        except Missing as missing:
            raise self._explained(missing) from None

    def _explained(self, missing: Missing) -> NotFound:
        if self._is_present:
            return missing
        present: Database = self.request.app.state.database
        first = present.find(lambda c: first_state_of(c, missing.kind, missing.slug))
        return missing if first is None else missing.until(first.seq, first.at)

    def find_sets(self, connection: Connection) -> EventSets | None:
        """Return the sets that count the present events, or None, such as for a past state."""
        return self._kept_sets.find(connection) if self._is_present else None

    def with_sets(self, listing: Listing, filters: EventFilters) -> Listing:
        """Return the list of the events that meet the filters; of the present, read with sets in memory."""
        return with_sets(listing, filters, self._kept_sets) if self._is_present else listing

    def follow(self, filters: _Filters) -> _Filters:
        """Return the filters as they are meant, as `followed` does."""
        if not (_has_titles(filters) or mergeable_ids(filters)):
            return filters
        return self.find(lambda connection: self.followed(connection, filters))

    def followed(self, connection: Connection, filters: _Filters) -> _Filters:
        """Return the filters as they are meant: by ids of survivors, and without titles in `q`.

        One statement, only if the filters have ids of events, or of participants not known to have events; one
        more if one of them was merged, and the response then links both. Titles take those of `without_titles`.
        """
        if isinstance(filters, EventFilters) and has_titles(filters.q):
            plain = without_titles(connection, filters.q)
            filters = filters.model_copy(update={"q": plain})
        sets = self._kept_sets.find_noted(connection) if self._is_present else None
        ids = [each for each in mergeable_ids(filters) if not _is_known(sets, *each)]
        if not ids:
            return filters
        survivors = find_survivors(connection, ids)
        request_state(self.request.scope).links = merge_links(self.urls.api_url, survivors)
        return with_survivors(filters, survivors)

    def follow_whole(self, filters: EventFilters) -> EventFilters:
        """Return the filters of an answer without pages as they are meant: also by spellings in `q`.

        With `q` it takes one statement more, and if nothing matches, `with_known_people` takes others. A
        page of JSON takes them only if it is empty.
        """
        followed = self.follow(filters)
        return self.find(lambda connection: spelled(connection, followed))

    def document(self, kind: EntityKind, slug: str) -> bytes:
        """Return the JSON of an entity; raises NotFound, Withdrawn, or MovedError after a merge."""
        return self.find(lambda connection: existing_document(connection, kind, slug))

    def one(self, kind: EntityKind, slug: str) -> Response:
        """Answer with the document of an entity and a link to its page; raises as `document` does."""
        return self.as_record(json_response(self.document(kind, slug)), kind, slug)

    def as_record(self, answer: Response, kind: EntityKind, slug: str) -> Response:
        """Return the answer with a link to the page of the entity."""
        answer.headers["Link"] = self.urls.page_link(kind, slug)
        return answer

    def page(
        self,
        listing: Listing,
        request: PageRequest,
        of: KindAndSlug | None = None,
        filters: BaseModel | None = None,
    ) -> Response:
        """Answer with a page of a list; raises as `fetch` does."""
        return self.page_response(self.find(lambda c: self.fetch(c, listing, request, of, filters)))

    def fetch(
        self,
        connection: Connection,
        listing: Listing,
        request: PageRequest,
        of: KindAndSlug | None = None,
        filters: BaseModel | None = None,
    ) -> Page:
        """Return a page of a list; raises CursorError, and as `document` does if `of` is missing.

        `of` is the entity that the list belongs to. With `filters`, the page is `with_unknown`.
        """
        if of is not None:
            existing_document(connection, *of)
        page = self.pinned(fetch_page(connection, listing, request, self.urls.list_name))
        return page if filters is None else self.with_unknown(connection, page, request, filters)

    def with_unknown(
        self, connection: Connection, page: Page, request: PageRequest, filters: BaseModel
    ) -> Page:
        """Return the page; of an empty list, it names the ids and words in the filters that nothing has."""
        is_read = request.limit > 0 or page.total == 0
        if page.items or request.cursor or not is_read:
            return page
        return replace(page, unknown=find_unknown(connection, filters))

    def pinned(self, page: Page) -> Page:
        """Return the page with cursors that name its state, if some replica does not hold this state yet.

        The pages beside it are then read from a state that holds all of it.
        """
        seq, replicas = request_state(self.request.scope).seq, self.request.app.state.replicas
        if replicas is None or not self._is_present or seq is None or seq <= replicas.everywhere:
            return page
        cursor, before = (each and pinned(each, seq) for each in (page.cursor, page.prev_cursor))
        return replace(page, cursor=cursor, prev_cursor=before)

    def everything(self, listing: Listing, at_most: int) -> list[bytes]:
        """Return all items of a list; raises TooManyResults if it has more than `at_most`."""
        with self.database.read() as connection:
            count = count_items(connection, listing)
            if count > at_most:
                raise TooManyResults(
                    f"{count} events match, and this format holds at most {at_most}: "
                    "narrow the filters, for example by date, type or participant"
                )
            return [*stream_items(connection, listing)]

    def page_response(
        self, page: Page, more: bytes = b"", media_type: str = JSON_MEDIA_TYPE
    ) -> Response:
        """Answer with a page as JSON; `more` holds further members, each after its comma."""
        info = PageInfo(
            limit=page.limit,
            returned=len(page.items),
            next=self.urls.page_url(page.cursor),
            total=page.total,
            cursor=page.cursor,
            prev=self.urls.page_url(page.prev_cursor),
            prev_cursor=page.prev_cursor,
            unknown=[*page.unknown],
        )
        return list_response(page.items, info, more, media_type)


def _is_known(sets: EventSets | None, kind: EntityKind, slug: str) -> bool:
    """Return whether the sets have an entity, which then is neither withdrawn nor merged."""
    return sets is not None and kind is EntityKind.PARTICIPANT and sets.has_participant(slug)


def _has_titles(filters: BaseModel) -> bool:
    return isinstance(filters, EventFilters) and has_titles(filters.q)


def spelled(connection: Connection, filters: EventFilters) -> EventFilters:
    """Return the filters with the names of people for spellings in `q` that no event has."""
    if not filters.q:
        return filters
    return filters.model_copy(update={"q": with_known_people(connection, filters.q)})


def existing_document(connection: Connection, kind: EntityKind, slug: str) -> bytes:
    """Return the JSON of an entity; raises NotFound, Withdrawn, or MovedError after a merge."""
    document = find_document(connection, kind, slug)
    if document is None:
        fates = find_fates(connection, [(kind, slug)])
        raise absence(fates.get((kind, slug)), kind, slug)
    return document


def list_response(
    items: Iterable[bytes], info: Extent, more: bytes = b"", media_type: str = JSON_MEDIA_TYPE
) -> Response:
    """Answer with items that are JSON, their position in the list, and `Link`s to the pages beside it."""
    page = info.model_dump_json().encode()
    answer = json_response(
        b'{"items":[%b],"page":%b%b}' % (b",".join(items), page, more), media_type
    )
    links = {"next": info.next, "prev": info.prev if isinstance(info, PageInfo) else None}
    if link := ", ".join(f'<{url}>; rel="{relation}"' for relation, url in links.items() if url):
        answer.headers["Link"] = link
    return answer


def json_response(text: str | bytes, media_type: str = JSON_MEDIA_TYPE) -> Response:
    """Answer with JSON text as it is stored, without parsing and writing it again."""
    return Response(text, media_type=media_type)


async def _make_reader(
    request: Request, state: StateDep, database: DatabaseDep
) -> AsyncIterator[Reader]:
    # A request that waits for a past state to be built needs no slot yet.
    async with costly_slot(request):
        yield Reader(request, database, is_present=state is None)


async def _make_present_reader(request: Request) -> AsyncIterator[Reader]:
    async with costly_slot(request):
        yield Reader(request, present_database(request))


# A route with this dependency takes `as_of` and `release`.
# The scope ends a slot with the route's function, before the response is sent.
ReaderDep = Annotated[Reader, Depends(_make_reader, scope="function")]
# Reads the present state only: for releases, and for routes that follow the log.
PresentReaderDep = Annotated[Reader, Depends(_make_present_reader, scope="function")]
