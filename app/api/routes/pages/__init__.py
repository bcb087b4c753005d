"""The pages for people: one module for each group of them. OpenAPI lists none."""

from app.api.routes.pages import (
    about,
    assets,
    entities,
    entity_lists,
    events,
    explore,
    history,
    search_engines,
)

PAGE_ROUTES = [
    route
    for router in (
        events.router,
        explore.router,
        entities.router,
        entity_lists.router,
        history.router,
        about.router,
        assets.router,
        search_engines.router,
        search_engines.files,
    )
    for route in router.routes
]
