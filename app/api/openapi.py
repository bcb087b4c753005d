"""The OpenAPI document: its introduction, and what the framework would add that is not true."""

from typing import Any

from fastapi import FastAPI

from app.api.problems import ProblemDocument

DESCRIPTION = """
The timeline of diplomatic interactions between Russia (the USSR before it) and the DPRK: meetings,
visits, letters, treaties, calls, statements, ceremonies and appointments, who took part in them,
and the sources that prove them.

Reading needs no key. Every list answers `items` and `page`; `page.next` is the URL of the next page.
Dates are EDTF (ISO 8601-2) with the days that they may mean in `date_bounds`. Texts and names come in
several languages. Enums may grow and objects may gain keys: tolerate what you do not know. Every
error is a problem document (RFC 9457).
"""

TAGS = [
    {"name": "events", "description": "Dated interactions, with the sources that prove them."},
    {"name": "participants", "description": "People, organisations and states."},
    {"name": "treaties", "description": "Instruments, their stages and period in force."},
    {"name": "places", "description": "Where events took place."},
    {"name": "sources", "description": "Publications that report events."},
    {"name": "vocabularies", "description": "The closed word lists, with labels."},
    {"name": "service", "description": "Health, readiness, and what problems mean."},
]


def describe(app: FastAPI) -> None:
    """Replace the app's way of making its document by ours; the document is made once."""
    make = app.openapi

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = _corrected(make())
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]  # FastAPI's documented way


def _corrected(document: dict[str, Any]) -> dict[str, Any]:
    """The framework's document, with our problems for its own 422, which is never answered."""
    schemas = document["components"]["schemas"]
    for name in ("HTTPValidationError", "ValidationError"):
        schemas.pop(name, None)
    schemas.update(_problem_schemas())
    for schema in schemas.values():
        # Some shapes are those of records, which are closed; what is answered may gain keys.
        schema.pop("additionalProperties", None)
    for path in document["paths"].values():
        for operation in path.values():
            operation["responses"].pop("422", None)
    return document


def _problem_schemas() -> dict[str, Any]:
    schema = ProblemDocument.model_json_schema(
        mode="serialization", ref_template="#/components/schemas/{model}"
    )
    return {**schema.pop("$defs"), "ProblemDocument": schema}
