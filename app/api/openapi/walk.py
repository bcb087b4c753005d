"""Walk the parts of an OpenAPI document: its operations, parameters, contents and schemas."""

from collections.abc import Iterator
from typing import Any

Node = dict[str, Any]
# Keywords of JSON Schema whose value holds schemas: by name, as one schema, as a list.
_SCHEMAS_BY_NAME = ("properties", "patternProperties")
_ONE_SCHEMA = ("items", "additionalProperties")
_SCHEMA_LISTS = ("anyOf", "oneOf", "allOf", "prefixItems")


def operations(document: Node) -> Iterator[Node]:
    """Yield each operation, in the order of paths and methods."""
    return (operation for item in document["paths"].values() for operation in item.values())


def parameter_definitions(document: Node) -> Iterator[Node]:
    """Yield each parameter once: the components, then the parameters written at operations."""
    yield from document["components"].get("parameters", {}).values()
    for operation in operations(document):
        yield from (p for p in operation.get("parameters", ()) if "$ref" not in p)


def contents(operation: Node) -> Iterator[tuple[str, Node]]:
    """Yield each media type of an operation's body and answers, with its schema."""
    for holder in (operation.get("requestBody", {}), *operation["responses"].values()):
        for media_type, content in holder.get("content", {}).items():
            yield media_type, content["schema"]


def schemas(document: Node) -> Iterator[Node]:
    """Yield each schema of the document with all nested ones, inner schemas first."""
    for schema in document["components"]["schemas"].values():
        yield from _with_nested(schema)
    for parameter in parameter_definitions(document):
        yield from _with_nested(parameter["schema"])
    for operation in operations(document):
        for _, schema in contents(operation):
            yield from _with_nested(schema)


def _with_nested(schema: Node) -> Iterator[Node]:
    for key in _SCHEMAS_BY_NAME:
        for nested in schema.get(key, {}).values():
            yield from _with_nested(nested)
    for key in _ONE_SCHEMA:
        if isinstance(schema.get(key), dict):
            yield from _with_nested(schema[key])
    for key in _SCHEMA_LISTS:
        for nested in schema.get(key, ()):
            yield from _with_nested(nested)
    yield schema
