"""Treaties: the list, and single treaties."""

from functools import partial
from typing import Annotated

from fastapi import Query, Response

from app.api.dependencies.kinds import TreatyPath
from app.api.dependencies.named_page import thing_page
from app.api.dependencies.reader import ReaderDep
from app.api.problems.catalogue import InvalidCursor, InvalidParameter, NotFound, Withdrawn
from app.api.problems.openapi import declare
from app.api.routes.router import make_router
from app.api.runtime.short_reads import brief
from app.documents.entities.treaty import TreatyDocument
from app.documents.pages import TreatyPage
from app.domain.vocabulary import EntityKind
from app.reading import lists
from app.reading.parameters.common import PageRequest
from app.reading.parameters.entities import TreatyFilters, TreatyOrder

router = make_router(prefix="/v1/treaties", tags=["treaties"])


@router.get(
    "",
    summary="List treaties",
    response_model=TreatyPage,
    responses=declare(InvalidParameter, InvalidCursor),
)
@brief
def list_treaties(
    filters: Annotated[TreatyFilters, Query()],
    order: Annotated[TreatyOrder, Query()],
    page: Annotated[PageRequest, Query()],
    reader: ReaderDep,
) -> Response:
    """List treaties, agreements, protocols and plans, with their stages and period in force."""

    in_order = partial(lists.treaties, sort=order.sort)
    return thing_page(reader, EntityKind.TREATY, in_order, filters, page)


@router.get(
    "/{treaty_id}",
    summary="Get a treaty",
    response_model=TreatyDocument,
    responses=declare(InvalidParameter, NotFound, Withdrawn),
)
@brief
def get_treaty(treaty_id: TreatyPath, reader: ReaderDep) -> Response:
    """Get one treaty with its parties, its stages (each an event) and its period in force."""
    return reader.one(EntityKind.TREATY, treaty_id)
