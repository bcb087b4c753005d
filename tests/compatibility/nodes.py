"""Nodes of an OpenAPI document, with resolved references."""

from collections.abc import Iterator
from typing import Any, NamedTuple

JsonObject = dict[str, Any]
METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")


class Operation(NamedTuple):
    """An operation with its path and method; its parameters include the parameters of the path."""

    path: str
    method: str
    node: JsonObject
    parameters: dict[tuple[str, str], JsonObject]

    @property
    def id(self) -> str:
        return str(self.node["operationId"])


def name_of(node: JsonObject) -> str | None:
    """Return the name of the component that the node refers to; None for an inline node."""
    reference = node.get("$ref")
    return reference.rpartition("/")[2] if isinstance(reference, str) else None


def resolve(document: JsonObject, node: JsonObject) -> JsonObject:
    """Return the target of a reference, merged with the keys beside it, or an inline node unchanged."""
    while (reference := node.get("$ref")) is not None:
        target: Any = document
        for key in reference.removeprefix("#/").split("/"):
            target = target[key]
        node = {**target, **{key: value for key, value in node.items() if key != "$ref"}}
    return node


def operations(document: JsonObject) -> dict[tuple[str, str], Operation]:
    """Return all operations by path and method, in the order of the document."""
    return {(each.path, each.method): each for each in _operations(document)}


def _operations(document: JsonObject) -> Iterator[Operation]:
    for path, item in document["paths"].items():
        for method in (method for method in METHODS if method in item):
            node = item[method]
            nodes = [*item.get("parameters", ()), *node.get("parameters", ())]
            resolved = [(resolve(document, each), each) for each in nodes]
            parameters = {(each["name"], each["in"]): node for each, node in resolved}
            yield Operation(path, method, node, parameters)
