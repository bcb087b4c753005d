"""The Reconciliation API 0.2, with which programs match tables to entities. OpenAPI lists none of it."""

from app.api.routes.reconciliation import service, suggestions

RECONCILIATION_ROUTES = [*service.router.routes, *suggestions.router.routes]
