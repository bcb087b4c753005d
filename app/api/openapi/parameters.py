"""Passes over the parameters of operations."""

from app.api.openapi.walk import Node, parameter_definitions

# Keywords that already keep a text from being empty.
_BOUNDED = {"minLength", "pattern", "enum"}


def order_path_parameters(document: Node) -> None:
    """Put path parameters first, in the path's order: generators make positional arguments of them."""
    for path, item in document["paths"].items():
        for operation in item.values():
            operation.get("parameters", []).sort(
                key=lambda p: path.find(f"{{{p['name']}}}") if p.get("in") == "path" else len(path)
            )


def forbid_empty_values(document: Node) -> None:
    """Remove empty defaults, and require at least one character of a query parameter's text.

    Inside the program an empty text means that a parameter is absent. A request that sends an empty
    text is refused, and a client generated from the empty default would send one.
    """
    for parameter in parameter_definitions(document):
        schema = parameter["schema"]
        if schema.get("default") == "":
            del schema["default"]
        if parameter["in"] == "query":
            for text in (schema, schema.get("items", {})):
                if text.get("type") == "string" and not text.keys() & _BOUNDED:
                    text["minLength"] = 1
