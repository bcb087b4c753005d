"""Places: the list, and single places."""

from typing import Annotated

from fastapi import Query, Response

from app.api.dependencies.kinds import PlacePath
from app.api.dependencies.reader import ReaderDep
from app.api.problems.catalogue import InvalidCursor, InvalidParameter, NotFound, Withdrawn
from app.api.problems.openapi import declare
from app.api.routes.router import make_router
from app.documents.entities.place import PlaceDocument
from app.documents.pages import PlacePage
from app.domain.vocabulary import EntityKind
from app.reading import lists
from app.reading.parameters.common import PageRequest
from app.reading.parameters.entities import PlaceFilters

router = make_router(prefix="/v1/places", tags=["places"])


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
    """List the places of events by id."""
    return reader.page(lists.places(filters), page, filters=filters)


@router.get(
    "/{place_id}",
    summary="Get a place",
    response_model=PlaceDocument,
    responses=declare(InvalidParameter, NotFound, Withdrawn),
)
def get_place(place_id: PlacePath, reader: ReaderDep) -> Response:
    """Get one place with its names, its country and its coordinates (WGS 84)."""
    return reader.one(EntityKind.PLACE, place_id)
