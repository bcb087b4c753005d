"""Exports of events except tables: one path for each format, all with the filters of the list."""

from typing import Annotated

from fastapi import Query, Response

from app.api.dependencies.event_page import name_timeline
from app.api.dependencies.language import LanguageDep
from app.api.dependencies.reader import ReaderDep
from app.api.http.headers import sends
from app.api.http.media_types import Calendar, GeoJson, Ndjson
from app.api.problems.catalogue import InvalidParameter, NotFound, TooManyResults
from app.api.problems.openapi import declare
from app.api.routes.router import make_router
from app.api.streaming.exports import export
from app.documents.entities.earlier import read_events
from app.formats.dates import Imprecise
from app.formats.events.geojson import EventFeatureCollection, write_geojson
from app.formats.events.ndjson import write_json_lines
from app.formats.events.timelinejs import MAX_SLIDES, TimelineJs, write_timelinejs
from app.reading import lists
from app.reading.listing import select_fields
from app.reading.parameters.events import EventFields, EventFilters, EventOrder

router = make_router(prefix="/v1", tags=["formats"])
FiltersQuery = Annotated[EventFilters, Query()]
OrderQuery = Annotated[EventOrder, Query()]


@router.get(
    "/events.ndjson",
    summary="Export events as NDJSON",
    response_class=Ndjson,
    responses=sends("Link") | declare(InvalidParameter, NotFound),
)
def export_events_ndjson(
    filters: FiltersQuery,
    order: OrderQuery,
    view: Annotated[EventFields, Query()],
    reader: ReaderDep,
) -> Response:
    """Export every matching event as a line of JSON, the same document as in the list."""
    listing = select_fields(lists.events(reader.follow_whole(filters), order.sort), view.fields)
    return export(reader, listing, write_json_lines, Ndjson.media_type, {})


@router.get(
    "/events.geojson",
    summary="Export events as GeoJSON",
    response_class=GeoJson,
    response_model=EventFeatureCollection,
    responses=sends("Link") | declare(InvalidParameter, NotFound),
)
def export_events_geojson(
    filters: FiltersQuery,
    order: OrderQuery,
    language: LanguageDep,
    reader: ReaderDep,
    nested: Annotated[
        bool,
        Query(
            description="Add the properties `date_bounds` and `participants`, which are objects. GIS "
            "programs read them as text."
        ),
    ] = False,
) -> Response:
    """Export every matching event as a feature (RFC 7946), for maps.

    `start_earliest` to `end_latest` are the days on which the event may have begun and ended. A journey
    has the point of its first place, and an event without a known place a null geometry. `place_precision` says whether the point is an
    exact site or represents a whole city, region or country.
    """
    return export(
        reader,
        lists.events(reader.follow_whole(filters), order.sort),
        lambda texts: write_geojson(
            read_events(texts),
            language.language,
            reader.urls.api_url,
            reader.urls.event_page(language.language),
            nested=nested,
        ),
        GeoJson.media_type,
        language.headers,
    )


@router.get(
    "/events.ics",
    summary="Export events as a calendar",
    response_class=Calendar,
    responses=sends("Link") | declare(InvalidParameter, NotFound),
)
def export_events_ics(
    filters: FiltersQuery,
    order: OrderQuery,
    language: LanguageDep,
    reader: ReaderDep,
    imprecise: Annotated[
        Imprecise,
        Query(
            description="How to treat events whose day is unknown: `omit` leaves them out; `include` "
            "makes them last for all their possible days, such as the whole month or year."
        ),
    ] = Imprecise.OMIT,
) -> Response:
    """Export every matching event as an all-day entry (RFC 5545); calendars can subscribe to it."""
    # Slow to import, and a start needs none of it.
    from app.formats.events.icalendar import write_icalendar

    chosen = reader.follow_whole(filters)
    name = reader.find(lambda c: name_timeline(c, reader.request, language.language, chosen))
    return export(
        reader,
        lists.events(chosen, order.sort),
        lambda texts: write_icalendar(
            read_events(texts),
            name,
            language.language,
            reader.urls.event_page(language.language),
            imprecise,
        ),
        Calendar.media_type,
        language.headers,
    )


@router.get(
    "/events.timelinejs",
    summary="Export events as slides for TimelineJS",
    response_model=TimelineJs,
    responses=sends("Link") | declare(InvalidParameter, TooManyResults, NotFound),
)
def export_events_timelinejs(
    filters: FiltersQuery, order: OrderQuery, language: LanguageDep, reader: ReaderDep
) -> Response:
    """Export the matching events as slides for TimelineJS; more than 300 events are refused.

    A date known to the month has no day, and a date known to the year has no month. `display_date` is
    the date in words, with the doubts that the numbers cannot express.
    """
    texts = reader.everything(
        lists.events(reader.follow_whole(filters), order.sort), at_most=MAX_SLIDES
    )
    slides = write_timelinejs(read_events(texts), language.language)
    headers = {**language.headers, "Link": reader.urls.alternate_link}
    return Response(slides, headers=headers, media_type="application/json")
