"""Answer with events: optionally only some keys of each, and a page with facet counts; and name a list of them."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

from fastapi import Request, Response
from pydantic import TypeAdapter
from sqlalchemy import Connection

from app.api.dependencies.reader import JSON_MEDIA_TYPE, Reader, json_response, spelled
from app.api.http.pages import site_of
from app.api.problems.catalogue import InvalidParameter
from app.documents.counting import Facets
from app.documents.pages import Counted, Highlight
from app.documents.partial import PARTIAL_MEDIA_TYPE
from app.domain.languages import Language
from app.domain.search.query import parse_query
from app.domain.vocabulary import EntityKind, KindAndSlug
from app.formats.pages.explore import chips, with_filters
from app.formats.phrases import WORDS
from app.reading import lists
from app.reading.counts.facets import count_facets
from app.reading.highlights import find_highlights
from app.reading.listing import Listing, Page, as_cards, keep, select_fields
from app.reading.names.filtered import filter_names
from app.reading.parameters.common import PageRequest
from app.reading.parameters.events import EventFields, EventFilters, EventOrder, EventView
from app.reading.parameters.ids import id_parameters
from app.tables.at_once import refuse_at_once


def _or_parts(schema: str, description: str) -> dict[int | str, dict[str, Any]]:
    """Declare that a route answers with this schema of parts of events when `fields` is sent."""
    content = {PARTIAL_MEDIA_TYPE: {"schema": {"$ref": f"#/components/schemas/{schema}"}}}
    return {200: {"description": description, "content": content}}


PARTIAL_PAGE = _or_parts(
    "PartialEventPage", "A page of events; with `fields`, a page of parts of events."
)
PARTIAL_EVENT = _or_parts("PartialEvent", "The event; with `fields`, parts of it.")
# More documents take longer to parse than the event loop may wait.
_MOST_PARSED: Final = 100
# More facets take longer to count, and the names of all values take longer to compare.
_MOST_COUNTED: Final = 4
_FACETS = TypeAdapter(Facets)
_HIGHLIGHTS = TypeAdapter(dict[str, list[Highlight]])


def event_page(
    reader: Reader,
    filters: EventFilters,
    order: EventOrder,
    request: PageRequest,
    view: EventView,
    participant: str | None = None,
) -> Response:
    """Answer with a page of events, their facets and highlights, all from one snapshot.

    With the id of a participant, the events are those in which this one took part. Raises as
    `Reader.fetch` does, and InvalidParameter for a parameter without effect.
    """
    _refuse_idle(filters, view)
    if view.fields:
        _parse_many_in_a_thread(request)
    if len(view.facets) > _MOST_COUNTED or view.facet_q:
        refuse_at_once()

    def shape(listing: Listing) -> Listing:
        return select_fields(listing, view.fields)

    with reader.database.read() as connection:
        filters = reader.followed(connection, filters)
        of = None
        if participant:
            of = (EntityKind.PARTICIPANT, participant)
            filters = lists.involving(participant, filters)
        page, filters = fetch_events(reader, connection, filters, order, request, of, shape)
        sets = reader.find_sets(connection) if view.facets else None
        facets = count_facets(connection, filters, view, sets)
        highlights = _highlights(connection, filters.q, page) if view.highlight else {}
    counted = Counted.OCCASIONS if filters.top else Counted.EVENTS
    more = b',"counted":"%b","facets":%b,"highlights":%b' % (
        counted.encode(),
        _FACETS.dump_json(facets),
        _HIGHLIGHTS.dump_json(highlights),
    )
    media_type = PARTIAL_MEDIA_TYPE if view.fields else JSON_MEDIA_TYPE
    return reader.page_response(page, more, media_type)


def card_page(
    reader: Reader,
    filters: EventFilters,
    order: EventOrder,
    request: PageRequest,
    language: Language,
) -> Response:
    """Answer with a page of events as cards. Raises as `Reader.fetch` does."""
    _parse_many_in_a_thread(request)

    def shape(listing: Listing) -> Listing:
        return as_cards(listing, language)

    with reader.database.read() as connection:
        filters = reader.followed(connection, filters)
        page, _ = fetch_events(reader, connection, filters, order, request, shape=shape)
    return reader.page_response(page)


def fetch_events(
    reader: Reader,
    connection: Connection,
    filters: EventFilters,
    order: EventOrder,
    request: PageRequest,
    of: KindAndSlug | None = None,
    shape: Callable[[Listing], Listing] = lambda listing: listing,
) -> tuple[Page, EventFilters]:
    """Return a page and its filters; an empty one is read again if `q` has other spellings of names.

    `shape` chooses the form of the items. Raises as `Reader.fetch` does.
    """

    def make(chosen: EventFilters) -> Listing:
        listing = lists.find_events(connection, chosen, order.sort)
        return shape(reader.with_sets(listing, chosen))

    page = reader.fetch(connection, make(filters), request, of)
    if not (page.items or page.total):
        known = spelled(connection, filters)
        if known.q != filters.q:
            filters = known
            page = reader.fetch(connection, make(filters), request)
    return reader.with_unknown(connection, page, request, filters), filters


def one_event(reader: Reader, event: str, view: EventFields) -> Response:
    """Answer with an event, or with only some of its keys; raises as `Reader.document` does."""
    if not view.fields:
        return reader.one(EntityKind.EVENT, event)
    document = reader.document(EntityKind.EVENT, event)
    answer = json_response(keep(document, view.fields), PARTIAL_MEDIA_TYPE)
    return reader.as_record(answer, EntityKind.EVENT, event)


def _parse_many_in_a_thread(request: PageRequest) -> None:
    if request.limit > _MOST_PARSED:
        refuse_at_once()


def _refuse_idle(filters: EventFilters, view: EventView) -> None:
    """Refuse a parameter without effect: its sender expects one."""
    if idle := [*view.idle(filters.q)]:
        raise InvalidParameter.of(*idle)


def _highlights(connection: Connection, q: str, page: Page) -> dict[str, list[Highlight]]:
    ids = [json.loads(item)["id"] for item in page.items]
    return find_highlights(connection, parse_query(q), ids) if q else {}


def name_timeline(
    connection: Connection, request: Request, language: Language, filters: EventFilters
) -> str:
    """Return the name of the timeline with the filters of a feed or calendar, so that a reader tells two apart."""
    site = site_of(request, language)
    ids = id_parameters(EventFilters)
    sent = [pair for pair in site.pairs if pair[0] in EventFilters.model_fields]
    # The ids of merged entities are named as the survivors, whose events the feed has.
    pairs = tuple(
        (name, value)
        for name in dict.fromkeys(name for name, _ in sent)
        for value in (getattr(filters, name) if name in ids else [v for n, v in sent if n == name])
    )
    names = filter_names(connection, filters)
    in_words = chips(language, replace(site, pairs=pairs), names, EntityKind.EVENT)
    return with_filters(WORDS[language].title, in_words)
