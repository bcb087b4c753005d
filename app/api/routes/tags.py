"""Tags: the list, and single tags."""

from typing import Annotated

from fastapi import Query, Response

from app.api.dependencies.kinds import TagPath
from app.api.dependencies.named_page import thing_page
from app.api.dependencies.reader import ReaderDep
from app.api.problems.catalogue import InvalidCursor, InvalidParameter, NotFound, Withdrawn
from app.api.problems.openapi import declare
from app.api.routes.router import make_router
from app.api.runtime.short_reads import brief
from app.documents.entities.tag import TagDocument
from app.documents.pages import TagPage
from app.domain.vocabulary import EntityKind
from app.reading import lists
from app.reading.parameters.common import PageRequest
from app.reading.parameters.entities import TagFilters

router = make_router(prefix="/v1/tags", tags=["tags"])


@router.get(
    "",
    summary="List tags",
    response_model=TagPage,
    responses=declare(InvalidParameter, InvalidCursor),
)
@brief
def list_tags(
    filters: Annotated[TagFilters, Query()],
    page: Annotated[PageRequest, Query()],
    reader: ReaderDep,
) -> Response:
    """List tags by id: the subjects of events, each with a definition."""
    return thing_page(reader, EntityKind.TAG, lists.tags, filters, page)


@router.get(
    "/{tag_id}",
    summary="Get a tag",
    response_model=TagDocument,
    responses=declare(InvalidParameter, NotFound, Withdrawn),
)
@brief
def get_tag(tag_id: TagPath, reader: ReaderDep) -> Response:
    """Get one tag with its names, its definition and its broader tag."""
    return reader.one(EntityKind.TAG, tag_id)
