"""A small OpenAPI document with one example of each part that can break."""

from typing import Any

from tests.compatibility.nodes import JsonObject


def make_sample() -> JsonObject:
    """Return a document with a list that needs no key, and with an update that needs one."""
    return {
        "openapi": "3.1.0",
        "paths": {
            "/things": {"get": _list_things()},
            "/things/{thing_id}": {"put": _put_thing()},
        },
        "components": {
            "schemas": _schemas(),
            "parameters": {
                "Limit": {
                    "name": "limit",
                    "in": "query",
                    "schema": {"type": "integer", "minimum": 1, "maximum": 200, "default": 50},
                }
            },
            "headers": {"ETag": {"required": True, "schema": {"type": "string"}}},
            "responses": {"NotFound": {"content": _json("Problem")}},
            "securitySchemes": {"key": {"type": "http", "scheme": "bearer"}},
        },
    }


def _list_things() -> JsonObject:
    words = {"type": "string", "minLength": 2, "maxLength": 100}
    sorts = {"type": "array", "maxItems": 10, "items": _ref("schemas", "Sort")}
    return {
        "operationId": "list_things",
        "parameters": [
            _ref("parameters", "Limit"),
            {"name": "q", "in": "query", "schema": words},
            {"name": "sort", "in": "query", "schema": sorts},
        ],
        "responses": {
            "200": {
                "headers": {"ETag": _ref("headers", "ETag")},
                "content": {**_json("Thing"), "text/csv": {"schema": {"type": "string"}}},
            },
            "404": _ref("responses", "NotFound"),
        },
        "security": [{}, {"key": []}],
    }


def _put_thing() -> JsonObject:
    thing_id = {"type": "string", "pattern": "^[a-z]+$"}
    return {
        "operationId": "put_thing",
        "parameters": [{"name": "thing_id", "in": "path", "required": True, "schema": thing_id}],
        "requestBody": {"content": {**_json("ThingRecord"), "application/yaml": {}}},
        "responses": {"200": {"content": _json("Thing")}},
        "security": [{"key": []}],
    }


def _schemas() -> JsonObject:
    return {
        "Sort": {"type": "string", "enum": ["name", "date"]},
        "Kind": {"type": "string", "enum": ["tool", "toy"]},
        "Person": _object(kind={"const": "person"}, name={"type": "string"}),
        "Firm": _object(kind={"const": "firm"}, number={"type": "integer"}),
        "Owner": {
            "oneOf": [_ref("schemas", "Person"), _ref("schemas", "Firm")],
            "discriminator": {"propertyName": "kind"},
        },
        "Problem": _object(detail={"type": "string"}),
        "Thing": _object(
            name={"type": "string", "maxLength": 300},
            made_on={"type": "string", "format": "date"},
            kind=_ref("schemas", "Kind"),
            note={"anyOf": [{"type": "string"}, {"type": "null"}], "default": None},
            owner=_ref("schemas", "Owner"),
            parts={"type": "array", "items": _ref("schemas", "Thing")},
            numbers={"type": "object", "additionalProperties": {"type": "integer"}},
            former_owner={"anyOf": [_ref("schemas", "Owner"), {"type": "null"}]},
        ),
        "ThingRecord": {
            **_object(
                name={"type": "string", "maxLength": 300},
                note={"anyOf": [{"type": "string"}, {"type": "null"}], "default": None},
                owner=_ref("schemas", "Owner"),
                size={"anyOf": [{"type": "integer"}, {"type": "string"}]},
                numbers={"type": "object", "patternProperties": {"^n": {"type": "integer"}}},
            ),
            "required": ["name"],
            "additionalProperties": False,
        },
    }


def _object(**properties: Any) -> JsonObject:
    return {"type": "object", "properties": properties, "required": [*properties]}


def _json(name: str) -> JsonObject:
    return {"application/json": {"schema": _ref("schemas", name)}}


def _ref(kind: str, name: str) -> JsonObject:
    return {"$ref": f"#/components/{kind}/{name}"}
