"""Complete FastAPI's document, so that it states all that the server does and generators can read it."""

from collections.abc import Callable
from threading import Lock
from typing import Final

from fastapi import FastAPI

from app.api.openapi.components import share
from app.api.openapi.examples import add_examples
from app.api.openapi.links import declare_links
from app.api.openapi.parameters import forbid_empty_values, order_path_parameters
from app.api.openapi.responses import declare_answers
from app.api.openapi.schemas import complete_schemas
from app.api.openapi.walk import Node


def _make_keys_optional(document: Node) -> None:
    document["security"] = [{}, {"key": []}]


def _link_guide(document: Node) -> None:
    (server,) = document["servers"]
    document["externalDocs"] = {
        "url": f"{server['url']}/guide",
        "description": "The guide: every path and parameter with examples, and answers to questions.",
    }


# Each changes the document in place. The order counts: later passes read the result of earlier ones.
PASSES: Final[tuple[tuple[Callable[[Node], None], str], ...]] = (
    (
        _make_keys_optional,
        "Reading accepts a key and needs none; operations that write require it.",
    ),
    (_link_guide, "FastAPI knows no documentation of the API as a whole."),
    (complete_schemas, "FastAPI leaves out schemas of problems, records and patches."),
    (declare_answers, "Middleware adds headers, 304s and refusals that no route declares."),
    (forbid_empty_values, "The server refuses empty values, which FastAPI declares as defaults."),
    (order_path_parameters, "Generators make positional arguments in the document's order."),
    (declare_links, "Links name the parameters of finished operations."),
    (add_examples, "Examples need the finished answers and bodies."),
    (share, "Comes last, because it replaces repeated parts by references."),
)
# The document depends on the code and on no setting, so all applications of a process share it.
_document: Node = {}
# It is made by the first request for it, in a thread.
_making = Lock()


def install_openapi(app: FastAPI) -> None:
    """Replace the app's `openapi` method; the completed document is made once in a process."""
    make = app.openapi

    def openapi() -> Node:
        with _making:
            if not _document:
                document = make()
                for complete, _ in PASSES:
                    complete(document)
                _document.update(document)
        return _document

    app.openapi = openapi  # type: ignore[method-assign]  # FastAPI's documented way
