"""The routes of places."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from app.api.dependencies.kinds import PlacePath
from app.api.dependencies.reader import ReaderDep
from app.api.problems import InvalidCursor, InvalidParameter, NotFound, Withdrawn, declare
from app.documents.entities.place import PlaceDocument
from app.documents.pages import PlacePage
from app.domain.vocabulary import EntityKind
from app.reading import lists
from app.reading.parameters.common import PageRequest
from app.reading.parameters.entities import PlaceFilters

router = APIRouter(prefix="/v1/places", tags=["places"])


@router.get(
    "",
    summary="List places",
    response_model=PlacePage,
    responses=declare(InvalidParameter, InvalidCursor),
)
def list_places(
    filters: Annotated[PlaceFilters, Query()],
    page: Annotated[PageRequest, Query()],
    reader: ReaderDep,
) -> Response:
    """Places where events took place, by id."""
    return reader.page(lists.places(filters), page)


@router.get(
    "/{place_id}",
    summary="Get a place",
    response_model=PlaceDocument,
    responses=declare(InvalidParameter, NotFound, Withdrawn),
)
def get_place(place_id: PlacePath, reader: ReaderDep) -> Response:
    """One place with its names, its country and its coordinates."""
    return reader.one(EntityKind.PLACE, place_id)
