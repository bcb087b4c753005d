"""The features of the two collections, a page at a time or one alone."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Annotated, Literal
from urllib.parse import urlencode

from fastapi import Query, Request, Response
from sqlalchemy import Connection

from app.api.dependencies.reader import PresentReaderDep, Reader
from app.api.http.urls import local_path
from app.api.problems.catalogue import NotFound
from app.api.routes.features.answers import (
    FormChoice,
    answer,
    find_collection,
    make_features_router,
    root_url,
    url_without_form,
    wanted_form,
)
from app.documents.entities.earlier import read_event, read_place
from app.domain.languages import DEFAULT_LANGUAGE, Language
from app.domain.values import is_slug
from app.domain.vocabulary import EntityKind
from app.domain.wording import short_repr
from app.formats.features.collections import (
    COLLECTIONS,
    CRS,
    GEOJSON,
    JSON,
    QUERYABLES,
    SCHEMA,
    link,
    self_links,
)
from app.formats.features.items import (
    write_event_feature,
    write_item,
    write_items,
    write_place_feature,
)
from app.formats.features.pages import show_item, show_items
from app.formats.json_objects import JsonObject
from app.reading.features.items import event_items, place_items
from app.reading.listing import Listing, Page, count_items, cursor_after, fetch_page
from app.reading.parameters.common import PageRequest, Total
from app.reading.parameters.features import (
    MOST_ITEMS,
    EventItemsQuery,
    ItemsQuery,
    PlaceItemsQuery,
)

router = make_features_router()
# Part 2: GDAL 3.12 sends both. CRS84 is the only one, so a value that is read needs no further work.
_Crs84 = Literal["http://www.opengis.net/def/crs/OGC/1.3/CRS84"]
_Crs = Annotated[_Crs84, Query()]
_BoxCrs = Annotated[_Crs84, Query(alias="bbox-crs")]
# Parameters that choose a part of the list or its form.
_BESIDE = ("cursor", "offset", "limit", "f", "lang", "crs", "bbox-crs")
_Write = Callable[[Reader, Language, bytes], JsonObject]


@router.get("/collections/events/items")
def get_event_items(
    query: Annotated[EventItemsQuery, Query()],
    reader: PresentReaderDep,
    crs: _Crs = CRS,
    bbox_crs: _BoxCrs = CRS,
) -> Response:
    """Get events, the earliest first."""
    return _answer_page(reader, EntityKind.EVENT, event_items(query), query, _event)


@router.get("/collections/places/items")
def get_place_items(
    query: Annotated[PlaceItemsQuery, Query()],
    reader: PresentReaderDep,
    crs: _Crs = CRS,
    bbox_crs: _BoxCrs = CRS,
) -> Response:
    """Get places, by id."""
    return _answer_page(reader, EntityKind.PLACE, place_items(query), query, _place)


@router.get("/collections/events/items/{event_id}")
def get_event_item(
    event_id: str,
    reader: PresentReaderDep,
    f: FormChoice = "",
    lang: Language = DEFAULT_LANGUAGE,
    crs: _Crs = CRS,
) -> Response:
    """Get an event."""
    return _answer_one(reader, EntityKind.EVENT, event_id, f, lang, _event)


@router.get("/collections/places/items/{place_id}")
def get_place_item(
    place_id: str,
    reader: PresentReaderDep,
    f: FormChoice = "",
    lang: Language = DEFAULT_LANGUAGE,
    crs: _Crs = CRS,
) -> Response:
    """Get a place."""
    return _answer_one(reader, EntityKind.PLACE, place_id, f, lang, _place)


@router.get("/collections/{collection_id}/items")
@router.get("/collections/{collection_id}/items/{feature_id}")
def refuse_collection(collection_id: str) -> Response:
    """Refuse any other collection, with the names of those that exist."""
    find_collection(collection_id)
    raise AssertionError("every collection has a route of its items before this one")


def _answer_page(
    reader: Reader, kind: EntityKind, listing: Listing, query: ItemsQuery, write: _Write
) -> Response:
    request = reader.request
    page = reader.find(lambda c: reader.pinned(_fetch(c, request, listing, query)))
    shown = wanted_form(request, query.f, GEOJSON)
    features = (write(reader, query.lang, item) for item in page.items)
    links = _page_links(request, page, shown)
    document = write_items(features, links, page.total or 0, datetime.now(UTC))
    title, url = COLLECTIONS[kind.collection].title, _items_url(request, kind)
    return answer(
        request, document, shown, lambda s: show_items(s, document, title, url), GEOJSON, query.lang
    )


def _fetch(connection: Connection, request: Request, listing: Listing, query: ItemsQuery) -> Page:
    pairs = [pair for pair in request.query_params.multi_items() if pair[0] not in _BESIDE]
    name = f"{local_path(request)}?{urlencode(sorted(pairs))}"
    limit, cursor = min(query.limit, MOST_ITEMS), query.cursor
    if query.offset and not cursor:
        after = cursor_after(connection, listing, query.offset, name)
        if after is None:
            return Page([], limit, cursor=None, total=count_items(connection, listing))
        cursor = after
    asked = PageRequest.model_construct(limit=limit, cursor=cursor, total=Total.EXACT)
    return fetch_page(connection, listing, asked, name)


def _page_links(request: Request, page: Page, shown: str) -> Sequence[JsonObject]:
    links = self_links(url_without_form(request), GEOJSON, shown)
    own = links[0 if shown == "json" else 1]
    for relation, cursor, title in (
        ("next", page.cursor, "The next page"),
        ("prev", page.prev_cursor, "The page before"),
    ):
        if cursor:
            url = url_without_form(request, offset="", cursor=cursor)
            links.append(link(f"{url}&f={shown}", relation, own["type"], title))
    collection = root_url(request) + local_path(request).removeprefix("/ogc").removesuffix("/items")
    return [
        *links,
        link(collection, "collection", JSON, "The collection"),
        link(
            f"{collection}/queryables", QUERYABLES, SCHEMA, "The properties that can be asked for"
        ),
    ]


def _answer_one(
    reader: Reader, kind: EntityKind, slug: str, form: str, language: Language, write: _Write
) -> Response:
    request = reader.request
    if not is_slug(slug):
        # Part 1, table 8: an id of another form than ours is the id of no feature.
        raise NotFound(f"there is no {kind} with the id {short_repr(slug)}")
    feature = write(reader, language, reader.document(kind, slug))
    shown = wanted_form(request, form, GEOJSON)
    collection = _items_url(request, kind).removesuffix("/items")
    document = write_item(feature, url_without_form(request), collection, shown)
    return answer(request, document, shown, lambda s: show_item(s, document), GEOJSON, language)


def _items_url(request: Request, kind: EntityKind) -> str:
    return f"{root_url(request)}/collections/{kind.collection}/items"


def _event(reader: Reader, language: Language, document: bytes) -> JsonObject:
    event, urls = read_event(document), reader.urls
    return write_event_feature(language, event, urls.api_url, urls.event_page(language)(event.id))


def _place(reader: Reader, language: Language, document: bytes) -> JsonObject:
    place = read_place(document)
    page = f"{reader.urls.root_url}/{language}/places/{place.id}"
    return write_place_feature(language, place, reader.urls.api_url, page)
