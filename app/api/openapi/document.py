"""The document of the framework, completed: it tells the truth, and generators can trust it."""

from typing import Any

from fastapi import FastAPI

from app.api.openapi.components import share
from app.api.openapi.examples import add_examples
from app.api.openapi.links import declare_links
from app.api.openapi.parameters import forbid_empty_values, order_path_parameters
from app.api.openapi.responses import declare_answers
from app.api.openapi.schemas import complete_schemas

# It follows from the code, not from the settings: the applications of a process have it in common.
_document: dict[str, Any] = {}


def install_openapi(app: FastAPI) -> None:
    """Replace the app's way of making its document by ours; it is made once in a process."""
    make = app.openapi

    def openapi() -> dict[str, Any]:
        if not _document:
            _document.update(_completed(make()))
        return _document

    app.openapi = openapi  # type: ignore[method-assign]  # FastAPI's documented way


def _completed(document: dict[str, Any]) -> dict[str, Any]:
    # Reading needs no key, but takes one; what writes says itself that it needs one.
    document["security"] = [{}, {"key": []}]
    complete_schemas(document)
    declare_answers(document)
    forbid_empty_values(document)
    order_path_parameters(document)
    declare_links(document)
    add_examples(document)
    share(document)
    return document
