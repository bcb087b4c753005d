"""The schemas of the document: all there, open where they answer, and without what nobody reads."""

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from app.api.openapi.inputs import input_schemas
from app.api.problems.base import ProblemDocument
from app.documents.partial import PartialEventPage

Schema = dict[str, Any]
# What routes declare by reference: the framework adds the schemas of response models only.
_DECLARED_BY_HAND: tuple[type[BaseModel], ...] = (ProblemDocument, PartialEventPage)
_NULL = {"type": "null"}


def complete_schemas(document: Schema) -> None:
    """Add what the framework leaves out, take away what it invents, and write all of it one way."""
    schemas = document["components"]["schemas"]
    for name in ("HTTPValidationError", "ValidationError"):
        schemas.pop(name, None)
    for model in _DECLARED_BY_HAND:
        schemas.update(_schemas(model))
    for schema in schemas.values():
        # Some shapes are those of records, which are closed; what is answered may gain keys.
        if schema.get("additionalProperties") is False:
            del schema["additionalProperties"]
    schemas.update(input_schemas(schemas))
    for name in sorted(schemas):
        schemas[name] = schemas.pop(name)
    for schema in _all_schemas(document):
        _tidy(schema)
    for operation in _operations(document):
        _tell_bytes(operation)


def _schemas(model: type[BaseModel]) -> Schema:
    schema = model.model_json_schema(
        mode="serialization", ref_template="#/components/schemas/{model}"
    )
    return {**schema.pop("$defs"), model.__name__: schema}


def _all_schemas(document: Schema) -> Iterator[Schema]:
    """Each schema of the document, and each within another, the inner ones first."""
    for schema in document["components"]["schemas"].values():
        yield from _with_parts(schema)
    for operation in _operations(document):
        for parameter in operation.get("parameters", ()):
            # The framework says it twice.
            parameter["schema"].pop("description", None)
            yield from _with_parts(parameter["schema"])
        for _, schema in _contents(operation):
            yield from _with_parts(schema)


def _operations(document: Schema) -> Iterator[Schema]:
    return (operation for item in document["paths"].values() for operation in item.values())


def _contents(operation: Schema) -> Iterator[tuple[str, Schema]]:
    """Each media type that is sent or answered, with its schema."""
    for holder in (operation.get("requestBody", {}), *operation["responses"].values()):
        for media_type, content in holder.get("content", {}).items():
            yield media_type, content["schema"]


def _with_parts(schema: Schema) -> Iterator[Schema]:
    for key in ("properties", "patternProperties"):
        for part in schema.get(key, {}).values():
            yield from _with_parts(part)
    for key in ("items", "additionalProperties"):
        if isinstance(schema.get(key), dict):
            yield from _with_parts(schema[key])
    for key in ("anyOf", "oneOf", "allOf", "prefixItems"):
        for part in schema.get(key, ()):
            yield from _with_parts(part)
    yield schema


def _tidy(schema: Schema) -> None:
    """Without a title, which says no more than its name and by which generators would call a class.

    A value that may be null has a list of types: a union without a name helps nobody.
    """
    schema.pop("title", None)
    union = schema.get("anyOf", [])
    if len(union) == 2 and union[1] == _NULL and "type" in union[0]:
        del schema["anyOf"]
        # What is said of the field stands before what is said of its type.
        schema.update({**union[0], **schema, "type": [union[0]["type"], "null"]})
    patterns = schema.pop("patternProperties", None)
    if patterns is not None:
        # Other keys are refused, and generators know this way to say that all values are of one type.
        ((pattern, values),) = patterns.items()
        schema.update({"propertyNames": {"pattern": pattern}, "additionalProperties": values})
    if schema.get("type") == "integer":
        # Numbers of Pydantic's that the framework read as its own, with fractions.
        schema.update({key: int(schema[key]) for key in ("minimum", "maximum") if key in schema})


def _tell_bytes(operation: Schema) -> None:
    """What is neither JSON nor text is bytes, which generated clients would decode else.

    OpenAPI 3.1 leaves `format: binary` to 3.0, but it is what generators know.
    """
    for media_type, schema in _contents(operation):
        if schema == {"type": "string"} and not media_type.startswith("text/"):
            schema["format"] = "binary"
