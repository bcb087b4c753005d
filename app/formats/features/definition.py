"""The definition of the API in OpenAPI 3.0, from which programs know its paths and parameters."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from app.domain import dataset
from app.domain.languages import DEFAULT_LANGUAGE, Language
from app.formats.features.collections import (
    COLLECTIONS,
    CRS,
    GEOJSON,
    HTML,
    JSON,
    OPENAPI,
    SCHEMA,
    FeatureCollectionInfo,
)
from app.formats.json_objects import JsonObject

_PROBLEM: Final = "application/problem+json"
# Pages are texts, and the schemas of all others are objects.
_TEXT: Final = {"type": "string"}
_SOME_TEXT: Final = {"type": "string", "minLength": 1}
_OBJECT: Final = {"type": "object"}
_LINK: Final = {
    "type": "object",
    "required": ["href", "rel", "type"],
    "properties": {name: _TEXT for name in ("href", "rel", "type", "title")},
}
_LINKS: Final = {"type": "array", "items": {"$ref": "#/components/schemas/link"}}


_ERRORS: Final = (
    ("400", "A parameter is unknown or wrong."),
    ("404", "No feature has this id."),
    ("410", "The record was withdrawn."),
)


def _schema(required: str, **properties: JsonObject) -> JsonObject:
    return {"type": "object", "required": required.split(), "properties": properties}


_COUNT: Final = {"type": "integer", "minimum": 0}
_FEATURE: Final = _schema(
    "type id geometry properties",
    type={"type": "string", "enum": ["Feature"]},
    id=_TEXT,
    geometry={"type": "object", "nullable": True},
    properties=_OBJECT,
    links=_LINKS,
)
_SCHEMAS: Final[JsonObject] = {
    "link": _LINK,
    "landingPage": _schema("title links", title=_TEXT, description=_TEXT, links=_LINKS),
    "confClasses": _schema("conformsTo", conformsTo={"type": "array", "items": _TEXT}),
    "collection": _schema(
        "id links", id=_TEXT, title=_TEXT, description=_TEXT, extent=_OBJECT, links=_LINKS
    ),
    "collections": _schema(
        "links collections",
        links=_LINKS,
        collections={"type": "array", "items": {"$ref": "#/components/schemas/collection"}},
    ),
    "feature": _FEATURE,
    "featureCollection": _schema(
        "type features links timeStamp numberMatched numberReturned",
        type={"type": "string", "enum": ["FeatureCollection"]},
        features={"type": "array", "items": {"$ref": "#/components/schemas/feature"}},
        links=_LINKS,
        timeStamp={"type": "string", "format": "date-time"},
        numberMatched=_COUNT,
        numberReturned=_COUNT,
    ),
    "problem": _schema("type title status detail", type=_TEXT, title=_TEXT, detail=_TEXT),
}
_SCHEMAS["problem"]["properties"]["status"] = {"type": "integer"}


def _parameter(name: str, description: str, schema: JsonObject) -> JsonObject:
    return {
        "name": name,
        "in": "query",
        "required": False,
        "description": description,
        "schema": schema,
        "style": "form",
        "explode": False,
    }


_BOX: Final = {
    "type": "array",
    "oneOf": [{"minItems": 4, "maxItems": 4}, {"minItems": 6, "maxItems": 6}],
    "items": {"type": "number"},
}
_CRS: Final = {"type": "string", "enum": [CRS], "default": CRS}
_CURSOR: Final = "The place in the list, as a `next` link has it."
_OFFSET: Final = (
    "The number of features to skip, for clients that follow no links; without effect beside `cursor`. "
    "A write between two requests may shift the features."
)
_F: Final = "The form of the answer: `json` or `html`. Without it, the header `Accept` decides."


class Limits(NamedTuple):
    """The most features that a page has, and the most that a request may skip."""

    items: int
    skipped: int


def _parameters(limits: Limits) -> JsonObject:
    limit = {"type": "integer", "minimum": 1, "maximum": limits.items, "default": 100}
    offset = {"type": "integer", "minimum": 0, "maximum": limits.skipped, "default": 0}
    languages = {"type": "string", "enum": [*Language], "default": DEFAULT_LANGUAGE}
    return {
        "limit": _parameter(
            "limit", f"The most features of a page; a larger number means {limits.items}.", limit
        ),
        "bbox": _parameter(
            "bbox",
            "West, south, east and north in degrees (CRS84); if west is greater than east, the box "
            "crosses the antimeridian. Features without a geometry lie in every box.",
            _BOX,
        ),
        "datetime": _parameter(
            "datetime",
            "An instant or an interval of RFC 3339, with `..` or nothing for an open end; also a "
            "day, or another date in EDTF. Events that may have happened then meet it. Features "
            "without a time meet each.",
            _SOME_TEXT,
        ),
        "cursor": _parameter("cursor", _CURSOR, {**_SOME_TEXT, "maxLength": 2000}),
        "offset": _parameter("offset", _OFFSET, offset),
        "crs": _parameter("crs", "The coordinate reference system of the answer.", _CRS),
        "bbox-crs": _parameter("bbox-crs", "The coordinate reference system of `bbox`.", _CRS),
        "f": _parameter("f", _F, {"type": "string", "enum": ["json", "html"]}),
        "lang": _parameter("lang", "The language of texts.", languages),
    }


def _get(
    name: str,
    summary: str,
    types: Sequence[str],
    schema: str,
    parameters: Sequence[JsonObject] = (),
    errors: Sequence[str] = ("400",),
) -> JsonObject:
    reference = {"$ref": f"#/components/schemas/{schema}"} if schema else _OBJECT
    content = {each: {"schema": _TEXT if each == HTML else reference} for each in types}
    return {
        "get": {
            "operationId": name,
            "summary": summary,
            "tags": ["features"],
            "parameters": [*parameters],
            "responses": {
                "200": {"description": summary, "content": content},
                **{code: {"$ref": f"#/components/responses/{code}"} for code in errors},
            },
        }
    }


def _named(*names: str) -> list[JsonObject]:
    return [{"$ref": f"#/components/parameters/{name}"} for name in names]


def _of_collection(info: FeatureCollectionInfo) -> JsonObject:
    path, word = f"/collections/{info.id}", info.title
    item = {"name": "featureId", "in": "path", "required": True, "schema": _TEXT}
    own = [
        _parameter(name, f"{schema['description']} The property must equal it.", schema)
        for name, schema in info.queryables.items()
    ]
    shown = _named("f", "lang")
    return {
        path: _get(
            f"describe{word}", f"Describe the {info.id}", (JSON, HTML), "collection", shown[:1]
        ),
        f"{path}/queryables": _get(
            f"get{word}Queryables",
            f"Get the properties of {info.id} that can be asked for",
            (SCHEMA, HTML),
            "",
            shown[:1],
        ),
        f"{path}/items": _get(
            f"get{word}",
            f"Get {info.id}",
            (GEOJSON, HTML),
            "featureCollection",
            [
                *_named("limit", "bbox", "bbox-crs", "datetime", "cursor", "offset", "crs"),
                *own,
                *shown,
            ],
        ),
        f"{path}/items/{{featureId}}": _get(
            f"get{word[:-1]}",
            f"Get one of the {info.id}",
            (GEOJSON, HTML),
            "feature",
            [item, *_named("crs"), *shown],
            ("308", "400", "404", "410"),
        ),
    }


def write_definition(
    root: str, title: str, description: str, version: str, limits: Limits
) -> JsonObject:
    """Return the definition of the service at a URL."""
    form = _named("f")
    paths = {
        "/": _get("getLandingPage", "Get the landing page", (JSON, HTML), "landingPage", form),
        "/api": _get("getApiDefinition", "Get this document", (OPENAPI, HTML), "", form),
        "/conformance": _get(
            "getConformance", "Get the classes of conformance", (JSON, HTML), "confClasses", form
        ),
        "/collections": _get(
            "getCollections", "List the collections", (JSON, HTML), "collections", form
        ),
    }
    for info in COLLECTIONS.values():
        paths |= _of_collection(info)
    problem = {"schema": {"$ref": "#/components/schemas/problem"}}
    return {
        "openapi": "3.0.3",
        "info": {
            "title": title,
            "description": description,
            "version": version,
            "license": {"name": "CC BY 4.0", "url": dataset.LICENCE_URL},
        },
        "servers": [{"url": root}],
        # Reading needs no key.
        "security": [],
        "tags": [{"name": "features", "description": "Events and places (OGC API – Features)"}],
        "paths": paths,
        "components": {
            "schemas": _SCHEMAS,
            "parameters": _parameters(limits),
            "responses": {
                "308": {"description": "The record was merged into the one at `Location`."},
                **{
                    code: {"description": text, "content": {_PROBLEM: problem}}
                    for code, text in _ERRORS
                },
            },
        },
    }
