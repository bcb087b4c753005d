"""Costly reads: requests that look at every match, and so take long on a large timeline."""

from contextlib import AbstractAsyncContextManager, nullcontext

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
# Sets in memory count these in a millisecond or two.
_COUNTED = {"facets"}


def costly_slot(request: Request) -> AbstractAsyncContextManager[object]:
    """Return the context that holds one of the slots of costly reads, if this is one.

    It raises NotReady if none becomes free. Pages need threads too: without slots, a few costly reads would
    take all of them.
    """
    reasons = _reasons(request)
    if not reasons:
        return nullcontext()
    state = request_state(request.scope)
    state.costly, state.counted = True, reasons == _COUNTED
    gate: Gate = request.app.state.costly_gate
    return gate.slot()


def _reasons(request: Request) -> set[str]:
    """Return the operation and the parameters for which the request looks at every match."""
    sent = request.query_params.multi_items()
    return {
        *_OPERATIONS.intersection([request.scope["route"].name]),
        *(name for name, value in sent if name in _PARAMETERS or (name, value) in _VALUES),
    }
