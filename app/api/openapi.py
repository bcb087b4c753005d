"""The OpenAPI document: its introduction, and what the framework would add that is not true."""

from typing import Any

from fastapi import FastAPI
from pydantic import BaseModel

from app.api.input_schemas import input_schemas
from app.api.openapi_refusals import declare_refusals
from app.api.problems import ProblemDocument
from app.documents.partial import PartialEventPage

DESCRIPTION = """
The timeline of diplomatic interactions between Russia (the USSR before it) and the DPRK: meetings,
visits, letters, treaties, calls, statements, ceremonies and appointments, who took part in them,
and the sources that prove them.

Reading needs no key. Every list answers `items` and `page`; `page.next` is the URL of the next page.
Dates are EDTF (ISO 8601-2) with the days that they may mean in `date_bounds`. Texts and names come in
several languages. Enums may grow and objects may gain keys: tolerate what you do not know. Every
error is a problem document (RFC 9457).
"""

# What routes declare by reference: the framework adds the schemas of response models only.
_DECLARED_BY_HAND: tuple[type[BaseModel], ...] = (ProblemDocument, PartialEventPage)

TAGS = [
    {"name": "events", "description": "Dated interactions, with the sources that prove them."},
    {"name": "formats", "description": "The same events for other programs."},
    {"name": "participants", "description": "People, organisations and states."},
    {"name": "treaties", "description": "Instruments, their stages and period in force."},
    {"name": "places", "description": "Where events took place."},
    {"name": "sources", "description": "Publications that report events."},
    {"name": "changes", "description": "The log of every write, to follow and to mirror."},
    {"name": "imports", "description": "Many records in one request."},
    {"name": "vocabularies", "description": "The closed word lists, with labels."},
    {"name": "service", "description": "Health, readiness, and what problems mean."},
]

# What caches need, said once: a read refers to it.
_HEADERS = {
    "Cache-Control": "How long the answer may be kept (RFC 9111).",
    "Content-Location": "The URL of the document in the answer, to which the `ETag` belongs.",
    "Content-Language": "The one language that the answer's texts are in.",
    "ETag": "A strong entity tag: the same tag, the same bytes (RFC 9110). With `If-None-Match` it "
    "saves sending them again.",
    "Link": 'The URL of the next page, `rel="next"`; absent on the last (RFC 8288).',
    "Location": "The URL of what is new, or of what is to be asked instead.",
    "Vary": "The request headers that another answer could follow from.",
    "X-Request-Id": "The id of the request in the server's log: the caller's own, or a new one.",
}
_NOT_MODIFIED = "The reader has this answer already: its entity tag is in `If-None-Match`."
_MOVED = "The entity was merged into another: `Location` is the same of that one."
_ON_EVERY_READ = ("Cache-Control", "ETag", "Vary", "X-Request-Id")
# A read that takes the parameter may answer with the header.
_WITH_PARAMETER = {"limit": "Link", "lang": "Content-Language"}


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
    for model in _DECLARED_BY_HAND:
        schemas.update(_schemas(model))
    for schema in schemas.values():
        # Some shapes are those of records, which are closed; what is answered may gain keys.
        schema.pop("additionalProperties", None)
    schemas.update(input_schemas(schemas))
    for path, item in document["paths"].items():
        for operation in item.values():
            _remove_invented(operation["responses"])
        for method in item.keys() & {"put", "patch", "post"}:
            if path != "/v1/imports":  # Its answer is no document that could be asked for again.
                _declare_written(item[method]["responses"])
        is_read = "get" in item and path.startswith(("/v1/", "/problems/"))
        if is_read and not _is_stream(item["get"]):
            _declare_caching(item["get"])
    document["components"].update(_answer_parts(document))
    declare_refusals(document)
    return document


def _is_stream(read: dict[str, Any]) -> bool:
    """Whether the answer has no end, and so no tag."""
    return "text/event-stream" in read["responses"]["200"]["content"]


def _remove_invented(responses: dict[str, Any]) -> None:
    """Remove the framework's own 422, if it is that and not ours."""
    if "application/json" in responses.get("422", {}).get("content", {}):
        del responses["422"]


def _declare_written(responses: dict[str, Any]) -> None:
    """Declare the headers of an answer that is the document of what was written."""
    for status in responses.keys() & {"200", "201"}:
        names = ("ETag", "Content-Location", *(["Location"] if status == "201" else []))
        responses[status]["headers"] = _headers(*names, "X-Request-Id")


def _declare_caching(read: dict[str, Any]) -> None:
    """Declare the headers of a read, and the 304."""
    parameters = {parameter["name"] for parameter in read.get("parameters", ())}
    further = [name for parameter, name in _WITH_PARAMETER.items() if parameter in parameters]
    responses = read["responses"]
    responses["200"]["headers"] = _headers(*_ON_EVERY_READ, *further)
    responses["304"] = {"$ref": "#/components/responses/NotModified"}
    if "410" in responses:
        responses["308"] = {"$ref": "#/components/responses/Moved"}
    read["responses"] = dict(sorted(responses.items()))


def _headers(*names: str) -> dict[str, Any]:
    return {name: {"$ref": f"#/components/headers/{name}"} for name in sorted(names)}


def _answer_parts(document: dict[str, Any]) -> dict[str, Any]:
    """The components that the declarations of headers and of the 304 refer to."""
    answers = [
        answer
        for item in document["paths"].values()
        for operation in item.values()
        for answer in operation["responses"].values()
    ]
    used = {name for answer in answers for name in answer.get("headers", ())}
    headers = {
        name: {"description": text, "schema": {"type": "string"}}
        for name, text in _HEADERS.items()
        if name in used
    }
    not_modified = {"description": _NOT_MODIFIED, "headers": _headers(*_ON_EVERY_READ)}
    moved = {
        "description": _MOVED,
        "headers": _headers("Cache-Control", "Location", "X-Request-Id"),
    }
    return {"headers": headers, "responses": {"NotModified": not_modified, "Moved": moved}}


def _schemas(model: type[BaseModel]) -> dict[str, Any]:
    schema = model.model_json_schema(
        mode="serialization", ref_template="#/components/schemas/{model}"
    )
    return {**schema.pop("$defs"), model.__name__: schema}
