"""The routes: one module for each part of the API."""

from app.api.routes import (
    catalog,
    changes,
    citations,
    dataset,
    drafts,
    edits,
    entity_tables,
    event_exports,
    event_feeds,
    event_tables,
    events,
    health,
    imports,
    merges,
    names,
    network,
    offices,
    participants,
    places,
    proof,
    publishers,
    records,
    releases,
    reverts,
    revisions,
    service_index,
    sources,
    tags,
    treaties,
    vocabularies,
)
from app.api.routes.features import FEATURE_ROUTES
from app.api.routes.pages import PAGE_ROUTES
from app.api.routes.pages.section import PageSection
from app.api.routes.reconciliation import RECONCILIATION_ROUTES

# The order of the paths in the OpenAPI document, and so in clients that are generated from it. Which
# route answers a request does not depend on it: only routes of one module can match the same path, and
# there the fixed path comes first (`/events/histogram` before `/events/{event_id}`).
API_ROUTES = [
    route
    for module in (
        events,
        event_tables,
        event_exports,
        event_feeds,
        citations,
        proof,
        entity_tables,
        participants,
        names,
        network,
        treaties,
        places,
        offices,
        sources,
        publishers,
        tags,
        revisions,
        changes,
        releases,
        dataset,
        records,
        imports,
        drafts,
        edits,
        merges,
        reverts,
        vocabularies,
        catalog,
        service_index,
        health,
    )
    for route in module.router.routes
]
_BESIDE_THE_API = [*PAGE_ROUTES, *RECONCILIATION_ROUTES, *FEATURE_ROUTES]
ROUTES = [*API_ROUTES, *_BESIDE_THE_API]
# As the application looks at them.
SERVED_ROUTES = [PageSection(_BESIDE_THE_API), *API_ROUTES]
