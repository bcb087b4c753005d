"""Offices: the list, and single offices."""

from typing import Annotated

from fastapi import Query, Response

from app.api.dependencies.kinds import OfficePath
from app.api.dependencies.named_page import thing_page
from app.api.dependencies.reader import ReaderDep
from app.api.problems.catalogue import InvalidCursor, InvalidParameter, NotFound, Withdrawn
from app.api.problems.openapi import declare
from app.api.routes.router import make_router
from app.api.runtime.short_reads import brief
from app.documents.entities.office import OfficeDocument
from app.documents.pages import OfficePage
from app.domain.vocabulary import EntityKind
from app.reading import lists
from app.reading.parameters.common import PageRequest
from app.reading.parameters.entities import OfficeFilters

router = make_router(prefix="/v1/offices", tags=["offices"])


@router.get(
    "",
    summary="List offices",
    response_model=OfficePage,
    responses=declare(InvalidParameter, InvalidCursor),
)
@brief
def list_offices(
    filters: Annotated[OfficeFilters, Query()],
    page: Annotated[PageRequest, Query()],
    reader: ReaderDep,
) -> Response:
    """List offices by id: the posts that people hold, with their ranks."""
    followed = reader.follow(filters)
    return thing_page(reader, EntityKind.OFFICE, lists.offices, followed, page)


@router.get(
    "/{office_id}",
    summary="Get an office",
    response_model=OfficeDocument,
    responses=declare(InvalidParameter, NotFound, Withdrawn),
)
@brief
def get_office(office_id: OfficePath, reader: ReaderDep) -> Response:
    """Get one office with its names, its rank, and the dates of the office itself."""
    return reader.one(EntityKind.OFFICE, office_id)
