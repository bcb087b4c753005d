"""Places: the list, single places, and all places of events as GeoJSON."""

from typing import Annotated

from fastapi import Query, Response
from sqlalchemy import Connection

from app.api.dependencies.kinds import PlacePath
from app.api.dependencies.language import LanguageDep
from app.api.dependencies.named_page import place_page
from app.api.dependencies.reader import ReaderDep, json_response
from app.api.http.media_types import GeoJson
from app.api.problems.catalogue import InvalidCursor, InvalidParameter, NotFound, Withdrawn
from app.api.problems.openapi import declare
from app.api.routes.router import make_router
from app.api.runtime.short_reads import brief
from app.documents.entities.earlier import read_place
from app.documents.entities.place import PlaceDocument
from app.documents.pages import PlacePage
from app.domain.vocabulary import EntityKind
from app.formats.places_geojson import PlaceFeatureCollection, places_geojson
from app.reading.counts.facets import count_by_place
from app.reading.listing import find_documents
from app.reading.parameters.common import PageRequest
from app.reading.parameters.entities import PlaceFilters
from app.reading.parameters.events import EventFilters
from app.reading.parameters.participants import ActivityView
from app.reading.unknown_ids import refuse_unknown

router = make_router(prefix="/v1", tags=["places"])


@router.get(
    "/places.geojson",
    summary="Get the places with their events as GeoJSON",
    response_class=GeoJson,
    response_model=PlaceFeatureCollection,
    responses=declare(InvalidParameter, NotFound),
)
def get_places_geojson(
    filters: Annotated[EventFilters, Query()], language: LanguageDep, reader: ReaderDep
) -> Response:
    """Get a feature for each place of the chosen events, with their number, for maps.

    A city counts the events at the sites in it too; with `within=false` each place counts only its own.
    """
    chosen = reader.follow_whole(filters)

    def find(connection: Connection) -> PlaceFeatureCollection:
        events = count_by_place(connection, chosen)
        if not events:
            refuse_unknown(connection, chosen)
        texts = find_documents(connection, EntityKind.PLACE, events)
        places = [*map(read_place, texts)]
        return places_geojson(places, events, language.language, reader.urls.api_url)

    answer = json_response(reader.find(find).model_dump_json(), GeoJson.media_type)
    answer.headers.update(language.headers)
    return answer


@router.get(
    "/places",
    summary="List places",
    response_model=PlacePage,
    responses=declare(InvalidParameter, InvalidCursor),
)
@brief
def list_places(
    filters: Annotated[PlaceFilters, Query()],
    page: Annotated[PageRequest, Query()],
    view: Annotated[ActivityView, Query()],
    reader: ReaderDep,
) -> Response:
    """List the places of events by id.

    The activity of a place includes the events at places within it.
    """
    return place_page(reader, filters, page, view)


@router.get(
    "/places/{place_id}",
    summary="Get a place",
    response_model=PlaceDocument,
    responses=declare(InvalidParameter, NotFound, Withdrawn),
)
@brief
def get_place(place_id: PlacePath, reader: ReaderDep) -> Response:
    """Get one place with its names, its country and its coordinates (WGS 84)."""
    return reader.one(EntityKind.PLACE, place_id)
