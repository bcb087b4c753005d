"""Names of entities of any kind, resolved to ids."""

from typing import Annotated

from fastapi import Query, Response

from app.api.dependencies.reader import ReaderDep
from app.api.problems.catalogue import InvalidParameter
from app.api.problems.openapi import declare
from app.api.routes.router import make_router
from app.documents.pages import NamedEntityPage
from app.reading.names.things import resolve_entities
from app.reading.parameters.names import EntityNameQuery

router = make_router(prefix="/v1", tags=["participants"])


@router.get(
    "/resolve",
    summary="Resolve a name to entities of any kind",
    response_model=NamedEntityPage,
    responses=declare(InvalidParameter),
)
def resolve_name(query: Annotated[EntityNameQuery, Query()], reader: ReaderDep) -> Response:
    """List the places, treaties, offices, publishers, tags and participants that a name may mean.

    A name or an alias matches in any script: 나진, Rajin, Раджин. The likeliest come first; `kind` narrows
    the answer. `/v1/participants/resolve` answers with whole participants, and takes a date.
    """
    return reader.page_response(reader.find(lambda connection: resolve_entities(connection, query)))
