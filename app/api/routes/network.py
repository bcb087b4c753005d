"""The network of participants, as JSON and as GraphML."""

from typing import Annotated

from fastapi import Query, Response

from app.api.dependencies.reader import Reader, ReaderDep, json_response
from app.api.problems.catalogue import InvalidParameter, NotFound, TooManyResults
from app.api.problems.openapi import declare
from app.api.routes.router import make_router
from app.documents.counting import Network
from app.formats.graphml import GRAPHML_MEDIA_TYPE, write_graphml
from app.reading.counts.network import MAX_EDGES, TooManyEdgesError, find_network
from app.reading.parameters.events import EventFilters, NetworkRequest
from app.reading.unknown_ids import refuse_ids

router = make_router(prefix="/v1", tags=["participants"])
_PROBLEMS = declare(InvalidParameter, TooManyResults)


@router.get(
    "/network",
    summary="Get the network of participants",
    response_model=Network,
    responses=_PROBLEMS,
)
def get_network(
    filters: Annotated[EventFilters, Query()],
    request: Annotated[NetworkRequest, Query()],
    reader: ReaderDep,
) -> Response:
    """Get the participants as nodes, and as an edge each pair that shares events, with their ids.

    The filters choose the events; all participants of these events count. A participant who shares
    `min_weight` events with no other is left out. A network of more than 5,000 edges is refused: choose
    fewer events, or raise `min_weight`.
    """
    return json_response(_find(reader, filters, request).model_dump_json())


@router.get(
    "/network.graphml",
    summary="Get the network of participants as GraphML",
    response_class=Response,
    responses=_PROBLEMS
    | declare(NotFound)
    | {200: {"content": {GRAPHML_MEDIA_TYPE: {"schema": {"type": "string"}}}}},
)
def get_network_graphml(
    filters: Annotated[EventFilters, Query()],
    request: Annotated[NetworkRequest, Query()],
    reader: ReaderDep,
) -> Response:
    """Get the same network as GraphML, for Gephi, Cytoscape, igraph or networkx.

    Nodes have `name` (English), `name_fr`, `name_ru` and `name_ko` where known, `kind`, `country` and
    `events`. Edges have `weight` and `events`, the ids of the shared events separated by spaces.
    """
    network = _find(reader, filters, request)
    refuse_ids(network.unknown)
    return Response(write_graphml(network), media_type=GRAPHML_MEDIA_TYPE)


def _find(reader: Reader, filters: EventFilters, request: NetworkRequest) -> Network:
    chosen = reader.follow_whole(filters)
    try:
        return reader.find(lambda connection: find_network(connection, chosen, request))
    except TooManyEdgesError as error:
        raise TooManyResults(
            f"the network has {error.edges} edges, and an answer holds at most {MAX_EDGES}: raise "
            f"min_weight above {request.min_weight}, or choose fewer events, for example one year "
            "(date=2024)"
        ) from error
