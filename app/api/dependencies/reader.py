"""One request's way to the documents: from a listing or an id to the answer."""

import asyncio
from collections.abc import Callable, Collection, Iterable
from typing import Annotated, TypeVar
from urllib.parse import urlencode

from fastapi import Depends, Request, Response
from sqlalchemy import Connection

from app.api.dependencies.parameters import declared_parameters
from app.api.dependencies.state import DatabaseDep
from app.api.http.etags import is_known
from app.api.http.urls import base_url, local_path
from app.api.problems import TooManyResults
from app.api.problems.missing import absence
from app.documents.pages import Extent, PageInfo
from app.documents.tombstone import follow_tombstones
from app.domain.vocabulary import EntityKind
from app.reading.listing import Listing, Page, count_items, fetch_page, find_document, stream_items
from app.reading.names.resolve import resolve
from app.reading.parameters.common import PageRequest
from app.reading.parameters.events import EventFilters, EventOrder
from app.reading.parameters.names import NameQuery
from app.tables.database import Database

JSON_MEDIA_TYPE = "application/json"
# These choose a part of a list, and how it is shown; all other parameters say which list it is.
_PAGING = ("cursor", "limit", "total")
_SHOWING = ("fields", "facets", "lang")
_STATE = ("as_of", "release")
_CHOOSING_EVENTS = {*EventFilters.model_fields, *EventOrder.model_fields, *_STATE}
_T = TypeVar("_T")


class Reader:
    """Answers the request from the database, the present one or that of a past state."""

    def __init__(self, request: Request, database: Database) -> None:
        self._request = request
        self.database = database
        self.export_turns: asyncio.Semaphore = request.app.state.export_turns

    def one(self, kind: EntityKind, slug: str) -> Response:
        """The document of an entity; raises NotFound."""
        with self.database.read() as connection:
            return json_response(_document(connection, kind, slug))

    def document(self, kind: EntityKind, slug: str) -> str:
        """The JSON of an entity; raises NotFound."""
        with self.database.read() as connection:
            return _document(connection, kind, slug)

    def page(
        self,
        listing: Listing,
        request: PageRequest,
        of: tuple[EntityKind, str] | None = None,
    ) -> Response:
        """A page of a list; raises NotFound when the entity that it is a list of is not there."""
        page, following = self.fetch(listing, request, of)
        return page_response(page, following)

    def candidates(self, query: NameQuery) -> Response:
        """The participants who may be meant by a name."""
        with self.database.read() as connection:
            page = resolve(connection, query)
        return page_response(page, self._following(page))

    def fetch(
        self,
        listing: Listing,
        request: PageRequest,
        of: tuple[EntityKind, str] | None = None,
    ) -> tuple[Page, str | None]:
        """A page of a list and the URL of the next one; raises as `page` does."""
        with self.database.read() as connection:
            return self.fetch_from(connection, listing, request, of)

    def fetch_from(
        self,
        connection: Connection,
        listing: Listing,
        request: PageRequest,
        of: tuple[EntityKind, str] | None = None,
    ) -> tuple[Page, str | None]:
        """As `fetch`, from a connection of which more is wanted."""
        if of is not None:
            _document(connection, *of)
        page = fetch_page(connection, listing, request, self.query())
        return page, self._following(page)

    def find(self, query: Callable[[Connection], _T]) -> _T:
        """What a query finds."""
        with self.database.read() as connection:
            return query(connection)

    def everything(self, listing: Listing, at_most: int) -> list[str]:
        """All items of a list that has no more than so many; raises TooManyResults."""
        with self.database.read() as connection:
            count = count_items(connection, listing)
            if count > at_most:
                raise TooManyResults(
                    f"{count} match and {at_most} is the most that this format holds: "
                    "narrow them, for example by date, type or participant"
                )
            return [*stream_items(connection, listing)]

    @property
    def asks_for_news(self) -> bool:
        """Whether whoever asks has some answer already, and names it."""
        return "if-none-match" in self._request.headers

    def has(self, tag: str) -> bool:
        """Whether whoever asks has the answer with this entity tag already."""
        return is_known(self._request.scope, tag)

    @property
    def bodiless(self) -> bool:
        """Whether nothing but the headers is asked for."""
        return getattr(self._request.state, "bodiless", False)

    @property
    def url(self) -> str:
        """The absolute URL of what is asked for."""
        query = self._request.url.query
        return f"{self._base_url()}{self._path()}" + (f"?{query}" if query else "")

    @property
    def alternate_link(self) -> str:
        """The value of a `Link` header that leads to the list of the same events."""
        return f'<{self.list_url}>; rel="alternate"; type="application/json"'

    @property
    def description_link(self) -> str:
        """The value of a `Link` header that leads to what describes the columns of a file."""
        query = f"?{self.state_query}" if self.state_query else ""
        url = f"{self.api_url}/datapackage.json{query}"
        return f'<{url}>; rel="describedby"; type="application/json"'

    @property
    def state_query(self) -> str:
        """The part of the query that says which state is meant; empty for the present one."""
        given = self._request.query_params.multi_items()
        return urlencode([pair for pair in given if pair[0] in _STATE])

    @property
    def root_url(self) -> str:
        """The absolute URL below which all paths stand."""
        return self._base_url()

    @property
    def list_url(self) -> str:
        """The absolute URL of the list of the same events."""
        given = self._request.query_params.multi_items()
        query = urlencode([p for p in given if p[0] in _CHOOSING_EVENTS])
        return f"{self.api_url}/events" + (f"?{query}" if query else "")

    @property
    def api_url(self) -> str:
        """The absolute URL of `/v1`, as the reader sees it."""
        return f"{self._base_url()}/v1"

    def _base_url(self) -> str:
        return base_url(self._request)

    def _path(self) -> str:
        return local_path(self._request)

    def query(self) -> str:
        """The list that is asked for: the path, the filters and the sort, however they are written.

        What is left out and what says the same as leaving it out are one.
        """
        return self._asked(without=(*_PAGING, *_SHOWING))

    def representation(self) -> str:
        """The list that is asked for, as `query` names it, and how it is shown."""
        return self._asked(without=_PAGING)

    def _asked(self, without: Collection[str]) -> str:
        declared = declared_parameters(self._request)
        chosen = {
            (name, value)
            for name, value in self._request.query_params.multi_items()
            if name not in without and value != declared[name].default
        }
        return f"{self._path()}?{urlencode(sorted(chosen))}"

    def _following(self, page: Page) -> str | None:
        return None if page.cursor is None else self.url_with("cursor", page.cursor)

    def url_with(self, name: str, value: object) -> str:
        """The absolute URL of what is asked for, with this value of a parameter."""
        given = [p for p in self._request.query_params.multi_items() if p[0] != name]
        query = urlencode([*given, (name, value)])
        return f"{self._base_url()}{self._path()}?{query}"


def _document(connection: Connection, kind: EntityKind, slug: str) -> str:
    document = find_document(connection, kind, slug)
    if document is None:
        raise absence(follow_tombstones(connection, kind, slug), kind, slug)
    return document


def page_response(
    page: Page, following: str | None, more: str = "", media_type: str = JSON_MEDIA_TYPE
) -> Response:
    """A page as JSON; `more` are further members, each with its comma."""
    info = PageInfo(
        limit=page.limit,
        returned=len(page.items),
        next=following,
        total=page.total,
        cursor=page.cursor,
    )
    return list_response(page.items, info, more, media_type)


def list_response(
    items: Iterable[str], info: Extent, more: str = "", media_type: str = JSON_MEDIA_TYPE
) -> Response:
    """Items that are JSON, and where in the list they stand."""
    answer = json_response(
        f'{{"items":[{",".join(items)}],"page":{info.model_dump_json()}{more}}}', media_type
    )
    if info.next is not None:
        answer.headers["Link"] = f'<{info.next}>; rel="next"'
    return answer


def json_response(text: str, media_type: str = JSON_MEDIA_TYPE) -> Response:
    """JSON that is text already."""
    return Response(text, media_type=media_type)


async def _make_reader(request: Request, database: DatabaseDep) -> Reader:
    return Reader(request, database)


async def _make_present_reader(request: Request) -> Reader:
    return Reader(request, request.app.state.database)


# A route with this takes `as_of` and `release`.
ReaderDep = Annotated[Reader, Depends(_make_reader)]
# For what is no part of the data, or not yet: releases, what follows the log, what writes.
PresentReaderDep = Annotated[Reader, Depends(_make_present_reader)]
