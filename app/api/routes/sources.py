"""The routes of sources."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from app.api.dependencies.kinds import SourcePath
from app.api.dependencies.reader import ReaderDep
from app.api.problems import InvalidCursor, InvalidParameter, NotFound, Withdrawn, declare
from app.documents.entities.source import SourceDocument
from app.documents.pages import SourcePage
from app.domain.vocabulary import EntityKind
from app.reading import lists
from app.reading.parameters.common import PageRequest
from app.reading.parameters.entities import SourceFilters

router = APIRouter(prefix="/v1/sources", tags=["sources"])


@router.get(
    "",
    summary="List sources",
    response_model=SourcePage,
    responses=declare(InvalidParameter, InvalidCursor),
)
def list_sources(
    filters: Annotated[SourceFilters, Query()],
    page: Annotated[PageRequest, Query()],
    reader: ReaderDep,
) -> Response:
    """Publications that report events, by id; `source=` on events finds what cites one."""
    return reader.page(lists.sources(filters), page)


@router.get(
    "/{source_id}",
    summary="Get a source",
    response_model=SourceDocument,
    responses=declare(InvalidParameter, NotFound, Withdrawn),
)
def get_source(source_id: SourcePath, reader: ReaderDep) -> Response:
    """One source: where it was seen, whose text it carries, and where it can be found."""
    return reader.one(EntityKind.SOURCE, source_id)
