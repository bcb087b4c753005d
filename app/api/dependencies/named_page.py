"""Answer with a page of entities that have names: found by half-typed names, with their activity."""

import json
from collections.abc import Callable, Collection
from typing import TypeVar

from fastapi import Response
from pydantic import TypeAdapter
from sqlalchemy import Connection

from app.api.dependencies.reader import Reader
from app.documents.pages import Activity, Completion
from app.domain.vocabulary import EntityKind
from app.reading import lists
from app.reading.counts.activity import find_activity
from app.reading.listing import Listing, Page
from app.reading.names.bearers import bearers, completions, known_by_typed
from app.reading.names.things import named_so
from app.reading.parameters.common import PageRequest
from app.reading.parameters.entities import NamedFilters, PlaceFilters
from app.reading.parameters.participants import ActivityView, ParticipantFilters, ParticipantOrder

_COMPLETIONS = TypeAdapter(list[Completion])
_ACTIVITY = TypeAdapter(list[Activity])
_Filters = TypeVar("_Filters", bound=NamedFilters)


def participant_page(
    reader: Reader,
    filters: ParticipantFilters,
    order: ParticipantOrder,
    request: PageRequest,
    view: ActivityView,
) -> Response:
    """Answer with a page of participants from one snapshot. Raises as `Reader.fetch` does."""
    with reader.database.read() as connection:
        named = bearers(connection, filters.name) if filters.name else ()
        listing = lists.participants(filters, named, order.sort)
        page = reader.fetch(connection, listing, request, filters=filters)
        if filters.q and not page.items and not page.total:
            known = known_by_typed(connection, filters.q)
            listing = lists.participants(filters, named, order.sort, known)
            page = reader.fetch(connection, listing, request, filters=filters) if known else page
        found = completions(connection, filters.q, page.items) if filters.q else []
        activity = _activity(connection, EntityKind.PARTICIPANT, page, view)
    matches = _COMPLETIONS.dump_json(found)
    return reader.page_response(page, b',"matches":%b,"activity":%b' % (matches, activity))


def place_page(
    reader: Reader, filters: PlaceFilters, request: PageRequest, view: ActivityView
) -> Response:
    """Answer with a page of places from one snapshot. Raises as `Reader.fetch` does."""
    with reader.database.read() as connection:
        page = _fetch_named(reader, connection, EntityKind.PLACE, lists.places, filters, request)
        activity = _activity(connection, EntityKind.PLACE, page, view)
    return reader.page_response(page, b',"activity":%b' % activity)


def thing_page(
    reader: Reader,
    kind: EntityKind,
    make_listing: Callable[[_Filters, Collection[int]], Listing],
    filters: _Filters,
    request: PageRequest,
) -> Response:
    """Answer with a page of treaties, offices, publishers or tags. Raises as `Reader.fetch` does."""
    return reader.page_response(
        reader.find(lambda c: _fetch_named(reader, c, kind, make_listing, filters, request))
    )


def participant_listing(
    connection: Connection, filters: ParticipantFilters, order: ParticipantOrder
) -> Listing:
    """Return the list; with `q`, the participants whom it means if no name begins so.

    `participant_page` looks for them only if its page is empty, which spares a statement.
    """
    named = bearers(connection, filters.name) if filters.name else ()
    known = known_by_typed(connection, filters.q) if filters.q else ()
    return lists.participants(filters, named, order.sort, known)


def named_listing(
    connection: Connection,
    kind: EntityKind,
    make_listing: Callable[[_Filters, Collection[int]], Listing],
    filters: _Filters,
) -> Listing:
    """Return the list; with `q`, only the entities with a name that begins so."""
    named = named_so(connection, kind, filters.q) if filters.q else ()
    return make_listing(filters, named)


def _fetch_named(
    reader: Reader,
    connection: Connection,
    kind: EntityKind,
    make_listing: Callable[[_Filters, Collection[int]], Listing],
    filters: _Filters,
    request: PageRequest,
) -> Page:
    listing = named_listing(connection, kind, make_listing, filters)
    return reader.fetch(connection, listing, request, filters=filters)


def _activity(connection: Connection, kind: EntityKind, page: Page, view: ActivityView) -> bytes:
    slugs = [json.loads(item)["id"] for item in page.items] if view.activity else []
    return _ACTIVITY.dump_json(find_activity(connection, kind, slugs))
