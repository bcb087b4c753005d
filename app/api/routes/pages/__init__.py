"""The pages for people: one module for each group of them. OpenAPI lists none."""

from app.api.routes.pages import about, assets, entities, entity_lists, events, explore, history

PAGES = (explore, events, entities, entity_lists, history, about, assets)
