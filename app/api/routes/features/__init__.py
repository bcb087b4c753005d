"""OGC API – Features 1.0: events and places for programs that draw maps. `/ogc/api` is its contract."""

from app.api.routes.features import collections, items

FEATURE_ROUTES = [*collections.router.routes, *items.router.routes]
