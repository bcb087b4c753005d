"""Pages of events with what a reader wants to see of them: only some keys, and counts."""

from typing import Any

from fastapi import Response
from pydantic import TypeAdapter

from app.api.dependencies.reader import JSON_MEDIA_TYPE, Reader, page_response
from app.documents.counting import Facets
from app.documents.partial import PARTIAL_MEDIA_TYPE
from app.domain.vocabulary import EntityKind
from app.reading import lists
from app.reading.counts.facets import count_facets
from app.reading.listing import select_fields
from app.reading.parameters.common import PageRequest
from app.reading.parameters.events import EventFilters, EventOrder, EventView

# How a route declares that it answers in parts when `fields` is given.
PARTIAL: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "A page of events; with `fields`, of parts of events.",
        "content": {
            PARTIAL_MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/PartialEventPage"}}
        },
    }
}
_FACETS = TypeAdapter(Facets)


def event_page(
    reader: Reader,
    filters: EventFilters,
    order: EventOrder,
    request: PageRequest,
    view: EventView,
    of: tuple[EntityKind, str] | None = None,
) -> Response:
    """A page of events; raises NotFound when the entity that they are events of is not there."""
    listing = select_fields(lists.events(filters, order.sort), view.fields)
    with reader.database.read() as connection:
        page, following = reader.fetch_from(connection, listing, request, of)
        facets = count_facets(connection, filters, view.facets)
    counts = f',"facets":{_FACETS.dump_json(facets).decode()}'
    media_type = PARTIAL_MEDIA_TYPE if view.fields else JSON_MEDIA_TYPE
    return page_response(page, following, counts, media_type)
