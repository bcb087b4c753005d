"""Sources: the list, and single sources."""

from typing import Annotated

from fastapi import Query, Response

from app.api.dependencies.kinds import SourcePath
from app.api.dependencies.reader import ReaderDep
from app.api.problems.catalogue import InvalidCursor, InvalidParameter, NotFound, Withdrawn
from app.api.problems.openapi import declare
from app.api.routes.router import make_router
from app.api.runtime.short_reads import brief
from app.documents.entities.source import SourceDocument
from app.documents.pages import SourcePage
from app.domain.vocabulary import EntityKind
from app.reading import lists
from app.reading.parameters.common import PageRequest
from app.reading.parameters.entities import SourceFilters

router = make_router(prefix="/v1/sources", tags=["sources"])


@router.get(
    "",
    summary="List sources",
    response_model=SourcePage,
    responses=declare(InvalidParameter, InvalidCursor),
)
@brief
def list_sources(
    filters: Annotated[SourceFilters, Query()],
    page: Annotated[PageRequest, Query()],
    reader: ReaderDep,
) -> Response:
    """List publications that report events, by id; `/v1/events?source=ID` lists the events that cite one."""
    return reader.page(lists.sources(filters), page, filters=filters)


@router.get(
    "/{source_id}",
    summary="Get a source",
    response_model=SourceDocument,
    responses=declare(InvalidParameter, NotFound, Withdrawn),
)
@brief
def get_source(source_id: SourcePath, reader: ReaderDep) -> Response:
    """Get one source: its publisher, the agency that wrote its text, and its URLs."""
    return reader.one(EntityKind.SOURCE, source_id)
