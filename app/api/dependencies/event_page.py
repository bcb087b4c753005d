"""Answer with a page of events: optionally only some keys of each, and with facet counts."""

import json
from typing import Any

from fastapi import Response
from pydantic import TypeAdapter
from sqlalchemy import Connection

from app.api.dependencies.reader import JSON_MEDIA_TYPE, Reader
from app.documents.counting import Facets
from app.documents.pages import Counted, Highlight
from app.documents.partial import PARTIAL_MEDIA_TYPE
from app.domain.search.query import parse_query
from app.domain.vocabulary import EntityKind
from app.reading import lists
from app.reading.counts.facets import count_facets
from app.reading.highlights import find_highlights
from app.reading.listing import Page, select_fields
from app.reading.parameters.common import PageRequest
from app.reading.parameters.events import EventFilters, EventOrder, EventView

# The declaration of a route that answers with parts of events when `fields` is sent.
PARTIAL: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "A page of events; with `fields`, a page of parts of events.",
        "content": {
            PARTIAL_MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/PartialEventPage"}}
        },
    }
}
_FACETS = TypeAdapter(Facets)
_HIGHLIGHTS = TypeAdapter(dict[str, list[Highlight]])


def event_page(
    reader: Reader,
    filters: EventFilters,
    order: EventOrder,
    request: PageRequest,
    view: EventView,
    of: tuple[EntityKind, str] | None = None,
) -> Response:
    """Answer with a page of events, their facets and highlights, all from one snapshot.

    `of` is the entity that the events belong to. Raises as `Reader.fetch` does.
    """
    listing = select_fields(lists.events(filters, order.sort), view.fields)
    with reader.database.read() as connection:
        page = reader.fetch(connection, listing, request, of, filters)
        facets = count_facets(connection, filters, view)
        highlights = _highlights(connection, filters.q, page) if view.highlight else {}
    counted = Counted.OCCASIONS if filters.top else Counted.EVENTS
    more = (
        f',"counted":"{counted}","facets":{_FACETS.dump_json(facets).decode()}'
        f',"highlights":{_HIGHLIGHTS.dump_json(highlights).decode()}'
    )
    media_type = PARTIAL_MEDIA_TYPE if view.fields else JSON_MEDIA_TYPE
    return reader.page_response(page, more, media_type)


def _highlights(connection: Connection, q: str, page: Page) -> dict[str, list[Highlight]]:
    ids = [json.loads(item)["id"] for item in page.items]
    return find_highlights(connection, parse_query(q), ids) if q else {}
