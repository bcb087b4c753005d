"""Publishers: the list, and single publishers."""

from typing import Annotated

from fastapi import Query, Response

from app.api.dependencies.kinds import PublisherPath
from app.api.dependencies.named_page import thing_page
from app.api.dependencies.reader import ReaderDep
from app.api.problems.catalogue import InvalidCursor, InvalidParameter, NotFound, Withdrawn
from app.api.problems.openapi import declare
from app.api.routes.router import make_router
from app.api.runtime.short_reads import brief
from app.documents.entities.publisher import PublisherDocument
from app.documents.pages import PublisherPage
from app.domain.vocabulary import EntityKind
from app.reading import lists
from app.reading.parameters.common import PageRequest
from app.reading.parameters.entities import PublisherFilters

router = make_router(prefix="/v1/publishers", tags=["publishers"])


@router.get(
    "",
    summary="List publishers",
    response_model=PublisherPage,
    responses=declare(InvalidParameter, InvalidCursor),
)
@brief
def list_publishers(
    filters: Annotated[PublisherFilters, Query()],
    page: Annotated[PageRequest, Query()],
    reader: ReaderDep,
) -> Response:
    """List publishers by id: agencies, newspapers, archives and other houses."""
    return thing_page(reader, EntityKind.PUBLISHER, lists.publishers, filters, page)


@router.get(
    "/{publisher_id}",
    summary="Get a publisher",
    response_model=PublisherDocument,
    responses=declare(InvalidParameter, NotFound, Withdrawn),
)
@brief
def get_publisher(publisher_id: PublisherPath, reader: ReaderDep) -> Response:
    """Get one publisher: its names, its kind, and the house whose texts it copies."""
    return reader.one(EntityKind.PUBLISHER, publisher_id)
