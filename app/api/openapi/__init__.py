"""The OpenAPI document: what the framework makes of the routes, completed and put in order."""

from app.api.openapi.document import install_openapi
from app.api.openapi.info import INFO

__all__ = ["INFO", "install_openapi"]
