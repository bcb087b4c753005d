"""The document of the framework, completed: it tells the truth, and generators can trust it."""

from typing import Any

from fastapi import FastAPI

from app.api.openapi.answers import declare_answers
from app.api.openapi.parameters import forbid_empty_values
from app.api.openapi.schemas import complete_schemas
from app.api.openapi.sharing import share


def describe(app: FastAPI) -> None:
    """Replace the app's way of making its document by ours; the document is made once."""
    make = app.openapi

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = _completed(make())
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]  # FastAPI's documented way


def _completed(document: dict[str, Any]) -> dict[str, Any]:
    # Reading needs no key, but takes one; what writes says itself that it needs one.
    document["security"] = [{}, {"key": []}]
    complete_schemas(document)
    declare_answers(document)
    forbid_empty_values(document)
    share(document)
    return document
