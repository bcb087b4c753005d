"""The items of the two collections: events and places, as the standard chooses them."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, func, select

from app.domain.bounding_box import Box
from app.domain.dates import OPEN_END, OPEN_START
from app.domain.vocabulary import EntityKind
from app.reading import lists
from app.reading.filters.shared import Condition, lies_in
from app.reading.listing import Listing
from app.reading.parameters.entities import PlaceFilters
from app.reading.parameters.events import EventFilters, EventSort
from app.reading.parameters.features import EventItemsQuery, PlaceItemsQuery
from app.tables import core as t


class FeatureExtent(NamedTuple):
    """The box around all points of a collection, and its first and last day; None for none, or open."""

    box: Box | None
    first_on: date | None
    last_on: date | None


def event_items(query: EventItemsQuery) -> Listing:
    """Return the events that meet the query, the earliest first.

    An event whose place is unknown meets every box, as the standard demands. Of a journey, the first place counts:
    it is the geometry.
    """
    filters = EventFilters(
        type=_given(query.type),
        subtype=_given(query.subtype),
        status=_given(query.status),
        confidence=_given(query.confidence),
    )
    listing = lists.events(filters, EventSort.DATE)
    more = [*_overlapping(query.times), *([_near(query.box)] if query.box else [])]
    return replace(listing, make_conditions=lambda: [*listing.conditions, *more])


def place_items(query: PlaceItemsQuery) -> Listing:
    """Return the places that meet the query, by id. A place has no time, so each meets every one."""
    filters = PlaceFilters(country=_given(query.country), part_of=_given(query.part_of))
    listing = lists.places(filters)
    more = [lies_in(query.box)] if query.box else []
    return replace(listing, make_conditions=lambda: [*listing.conditions, *more])


def _given(value: str | None) -> list[str]:
    return [] if value is None else [value]


def _overlapping(times: Sequence[tuple[date, date]]) -> Iterator[Condition]:
    """Yield a condition for each time: the event may have happened then."""
    event = t.event.c
    for first, last in times:
        yield (event.start_earliest <= last) & (event.end_latest >= first)


def _near(box: Box) -> Condition:
    event, of = t.event.c.id, t.event_place.c
    inside = select(of.event_id).where(
        of.ordinal == 0, of.place_id.in_(select(t.place.c.id).where(lies_in(box)))
    )
    return event.in_(inside) | event.not_in(select(of.event_id))


def find_extent(connection: Connection, kind: EntityKind) -> FeatureExtent:
    """Return the extent of the collection of a kind: one statement, and for events two."""
    place, of, event = t.place.c, t.event_place.c, t.event.c
    columns = (place.longitude, place.latitude)
    ends: list[ColumnElement[float]] = [
        *(func.min(column) for column in columns),
        *(func.max(column) for column in columns),
    ]
    points = select(*ends)
    if kind is EntityKind.EVENT:
        points = points.where(place.id.in_(select(of.place_id).where(of.ordinal == 0)))
    edges = tuple(connection.execute(points).one())
    box = None if edges[0] is None else Box._make(edges)
    if kind is not EntityKind.EVENT:
        return FeatureExtent(box, None, None)
    days = select(func.min(event.start_earliest), func.max(event.end_latest))
    first, last = connection.execute(days).one()
    return FeatureExtent(
        box, None if first == OPEN_START else first, None if last == OPEN_END else last
    )
