"""Pass over the schemas: add the missing ones, drop the unused ones, and write all in one style."""

from pydantic import BaseModel

from app.api.openapi.inputs import input_schemas
from app.api.openapi.walk import Node, contents, operations, parameter_definitions, schemas
from app.api.problems.base import ProblemDocument
from app.documents.partial import PartialEventPage

# Routes declare these by reference, and FastAPI adds only the schemas of response models.
_DECLARED_BY_HAND: tuple[type[BaseModel], ...] = (ProblemDocument, PartialEventPage)
_NULL = {"type": "null"}


def complete_schemas(document: Node) -> None:
    """Add the schemas that FastAPI leaves out, remove its own, and tidy all of them."""
    components = document["components"]["schemas"]
    for name in ("HTTPValidationError", "ValidationError"):
        components.pop(name, None)
    for model in _DECLARED_BY_HAND:
        components.update(_schemas_of(model))
    for schema in components.values():
        # Answers share some shapes with records. Records are closed, but an answer may gain keys.
        if schema.get("additionalProperties") is False:
            del schema["additionalProperties"]
    components.update(input_schemas(components))
    for name in sorted(components):
        components[name] = components.pop(name)
    for parameter in parameter_definitions(document):
        # FastAPI repeats the parameter's description in its schema.
        parameter["schema"].pop("description", None)
    for schema in schemas(document):
        _tidy(schema)
    for operation in operations(document):
        _mark_binary(operation)


def _schemas_of(model: type[BaseModel]) -> Node:
    schema = model.model_json_schema(
        mode="serialization", ref_template="#/components/schemas/{model}"
    )
    return {**schema.pop("$defs"), model.__name__: schema}


def _tidy(schema: Node) -> None:
    """Remove the title, and write nullable values, defaults, keys and integers for generators.

    A title only repeats the schema's name, and some generators name a class after it. A nullable
    value gets a list of types, because generators make an unnamed class of a union.
    """
    schema.pop("title", None)
    union = schema.get("anyOf", [])
    if len(union) == 2 and union[1] == _NULL and "type" in union[0]:
        del schema["anyOf"]
        # The field's own description takes precedence over the description of its type.
        schema.update({**union[0], **schema, "type": [union[0]["type"], "null"]})
    patterns = schema.pop("patternProperties", None)
    if patterns is not None:
        # The server refuses other keys. Generators read this form as "all values have one type".
        ((pattern, values),) = patterns.items()
        schema.update({"propertyNames": {"pattern": pattern}, "additionalProperties": values})
    if isinstance(schema.get("default"), dict):
        # Generators of Go and Dart write it in Java's notation, which does not compile.
        del schema["default"]
    if schema.get("type") == "integer":
        # FastAPI reads Pydantic's integer limits as floats.
        schema.update({key: int(schema[key]) for key in ("minimum", "maximum") if key in schema})


def _mark_binary(operation: Node) -> None:
    """Mark content that is neither JSON nor text as binary; generated clients would decode it.

    OpenAPI 3.1 leaves `format: binary` to 3.0, but generators know no other way.
    """
    for media_type, schema in contents(operation):
        if schema == {"type": "string"} and not media_type.startswith("text/"):
            schema["format"] = "binary"
