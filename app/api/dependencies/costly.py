"""Costly reads: requests that look at every match, and so take long on a large timeline."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import Request

from app.api.http.request_state import request_state
from app.api.runtime.gates import Gate

# These count or compare everything that the filters leave.
_OPERATIONS = {
    "answer_reconciliation",
    "export_dataset_bib",
    "export_dataset_csl_json",
    "export_dataset_ris",
    "export_events_timelinejs",
    "get_coverage",
    "get_event_histogram",
    "get_event_items",
    "get_explorer_index",
    "get_explorer_matches",
    "get_import",
    "get_network",
    "get_network_graphml",
    "list_counterparts",
    "resolve_name",
    "resolve_participants",
    # Pages that count all that they list.
    "show_about",
    "show_embedded_events",
    "show_events",
    "show_offices",
    "show_participant",
    "show_participants",
    "show_places",
    "show_publishers",
    "show_sources",
    "show_tags",
    "show_treaties",
    "suggest_entity",
}
# Any list becomes costly with one of these.
_PARAMETERS = {"activity", "facets", "q", "total"}
_VALUES = {("sort", "events")}


@asynccontextmanager
async def costly_slot(request: Request) -> AsyncIterator[None]:
    """Hold one of the slots of costly reads, if this is one; raises NotReady if none becomes free.

    Pages need threads too: without slots, a few costly reads would take all of them.
    """
    if is_costly(request):
        request_state(request.scope).costly = True
        gate: Gate = request.app.state.costly_gate
        async with gate.slot():
            yield
    else:
        yield


def is_costly(request: Request) -> bool:
    """Return whether the request looks at every match."""
    query = request.query_params
    return (
        request.scope["route"].name in _OPERATIONS
        or not _PARAMETERS.isdisjoint(query)
        or not _VALUES.isdisjoint(query.multi_items())
    )
