"""The pages for people: one module for each group of them. OpenAPI lists none."""

from app.api.routes.pages import (
    about,
    assets,
    desk,
    embeds,
    entities,
    entity_lists,
    events,
    explore,
    explorer,
    history,
    pins,
    search_engines,
)

PAGE_ROUTES = [
    route
    for router in (
        events.router,
        explore.router,
        explorer.router,
        entities.router,
        entity_lists.router,
        history.router,
        about.router,
        desk.router,
        assets.router,
        pins.router,
        embeds.router,
        embeds.oembed,
        search_engines.router,
        search_engines.files,
    )
    for route in router.routes
]
