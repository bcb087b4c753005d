"""The routes that give events to other programs: a path for each format, with the same filters."""

from collections.abc import Iterable, Iterator
from typing import Annotated

from fastapi import APIRouter, Query, Response
from pydantic import BeforeValidator
from pydantic_core import PydanticKnownError

from app.api.dependencies.language import LanguageDep
from app.api.dependencies.reader import ReaderDep
from app.api.http.headers import sends
from app.api.http.media_types import Calendar, Csv, GeoJson, Ndjson
from app.api.problems import InvalidParameter, TooManyResults, declare
from app.api.streaming.exports import export
from app.documents.entities.event import EventDocument
from app.formats.events import csv, geojson, icalendar, ndjson, timelinejs
from app.reading import lists
from app.reading.listing import select_fields
from app.reading.parameters.events import EventFields, EventFilters, EventOrder

router = APIRouter(prefix="/v1", tags=["formats"])
FiltersQuery = Annotated[EventFilters, Query()]
OrderQuery = Annotated[EventOrder, Query()]


def _plain_boolean(value: object) -> object:
    # Pydantic would take `1`, `yes` and `on` as well; the document says boolean.
    if isinstance(value, str) and value not in ("true", "false"):
        raise PydanticKnownError("bool_parsing")
    return value


@router.get(
    "/events.csv",
    summary="Export events as CSV",
    response_class=Csv,
    responses=sends("Content-Disposition", "Link") | declare(InvalidParameter),
)
def export_events_csv(
    filters: FiltersQuery,
    order: OrderQuery,
    language: LanguageDep,
    reader: ReaderDep,
    bom: Annotated[
        bool,
        Query(description="Begin with a byte order mark, by which Excel knows UTF-8."),
        BeforeValidator(_plain_boolean),
    ] = False,
) -> Response:
    """Every matching event as a row (RFC 4180), for spreadsheets and statistics.

    Columns keep their names and order; new ones may come at the end. Lists are joined with `; `.
    A text that a spreadsheet would take for a formula begins with an apostrophe.
    """
    return export(
        reader,
        lists.events(filters, order.sort),
        lambda texts: csv.write(_parsed(texts), language.language, bom=bom),
        "text/csv; charset=utf-8; header=present",
        {
            **language.headers,
            "Content-Disposition": 'attachment; filename="events.csv"',
            "Link": f"{reader.alternate_link}, {reader.description_link}",
        },
    )


@router.get(
    "/events.ndjson",
    summary="Export events as NDJSON",
    response_class=Ndjson,
    responses=sends("Link") | declare(InvalidParameter),
)
def export_events_ndjson(
    filters: FiltersQuery,
    order: OrderQuery,
    view: Annotated[EventFields, Query()],
    reader: ReaderDep,
) -> Response:
    """Every matching event as a line of JSON: the same documents that lists and details give."""
    listing = select_fields(lists.events(filters, order.sort), view.fields)
    return export(reader, listing, ndjson.write, Ndjson.media_type)


@router.get(
    "/events.geojson",
    summary="Export events as GeoJSON",
    response_class=GeoJson,
    response_model=geojson.EventFeatureCollection,
    responses=sends("Link") | declare(InvalidParameter),
)
def export_events_geojson(
    filters: FiltersQuery, order: OrderQuery, language: LanguageDep, reader: ReaderDep
) -> Response:
    """Every matching event as a feature (RFC 7946), for maps.

    An event without a known place has a null geometry. `place_precision` says whether the point is
    a site or stands for a whole city, region or country.
    """
    return export(
        reader,
        lists.events(filters, order.sort),
        lambda texts: geojson.write(_parsed(texts), language.language, reader.api_url),
        GeoJson.media_type,
        language.headers,
    )


@router.get(
    "/events.ics",
    summary="Export events as a calendar",
    response_class=Calendar,
    responses=sends("Link") | declare(InvalidParameter),
)
def export_events_ics(
    filters: FiltersQuery,
    order: OrderQuery,
    language: LanguageDep,
    reader: ReaderDep,
    imprecise: Annotated[
        icalendar.Imprecise,
        Query(
            description="Events that are not known to the day: `omit` leaves them out, `include` "
            "gives them all the days that are possible, such as their whole month or year."
        ),
    ] = icalendar.Imprecise.OMIT,
) -> Response:
    """Every matching event as an all-day entry (RFC 5545), for calendars to subscribe to."""
    return export(
        reader,
        lists.events(filters, order.sort),
        lambda texts: icalendar.write(_parsed(texts), language.language, reader.api_url, imprecise),
        Calendar.media_type,
        language.headers,
    )


@router.get(
    "/events.timelinejs",
    summary="Export events as slides for TimelineJS",
    response_model=timelinejs.TimelineJs,
    responses=sends("Link") | declare(InvalidParameter, TooManyResults),
)
def export_events_timelinejs(
    filters: FiltersQuery, order: OrderQuery, language: LanguageDep, reader: ReaderDep
) -> Response:
    """The matching events as TimelineJS draws them, up to 300; more are refused.

    A date known to the month has no day, and one known to the year no month; `display_date` says
    what these fields cannot.
    """
    texts = reader.everything(lists.events(filters, order.sort), at_most=timelinejs.MAX_SLIDES)
    slides = timelinejs.write(_parsed(texts), language.language)
    headers = {**language.headers, "Link": reader.alternate_link}
    return Response(slides, headers=headers, media_type="application/json")


def _parsed(texts: Iterable[str]) -> Iterator[EventDocument]:
    return map(EventDocument.model_validate_json, texts)
