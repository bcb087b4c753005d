"""What is said of parameters: their order, and that a text without a character is no value."""

from collections.abc import Iterator
from typing import Any

Schema = dict[str, Any]
# What keeps a text from being empty already.
_BOUNDED = ("minLength", "pattern", "enum")


def order_path_parameters(document: Schema) -> None:
    """Put those of a path first, as they stand in it: generators make arguments of them in this order."""
    for path, item in document["paths"].items():
        for operation in item.values():
            operation.get("parameters", []).sort(
                key=lambda p: path.find(f"{{{p['name']}}}") if p.get("in") == "path" else len(path)
            )


def forbid_empty_values(document: Schema) -> None:
    """Say that a query parameter is left out, or has a value; nothing is sent by default.

    In the program an empty text stands for a parameter that was not given. To send one is refused, and
    a client that was generated from the empty default would do so.
    """
    for parameter in _parameters(document):
        schema = parameter["schema"]
        if schema.get("default") == "":
            del schema["default"]
        if parameter["in"] == "query":
            for text in (schema, schema.get("items", {})):
                if text.get("type") == "string" and not text.keys() & set(_BOUNDED):
                    text["minLength"] = 1


def _parameters(document: Schema) -> Iterator[Schema]:
    yield from document["components"]["parameters"].values()
    for item in document["paths"].values():
        for operation in item.values():
            yield from (p for p in operation.get("parameters", ()) if "$ref" not in p)
