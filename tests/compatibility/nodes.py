"""The nodes of an OpenAPI document, with references followed."""

from collections.abc import Iterator
from typing import Any, NamedTuple

JsonObject = dict[str, Any]
METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")


class Operation(NamedTuple):
    """An operation with its place, and the parameters of its path among its own."""

    path: str
    method: str
    node: JsonObject
    parameters: dict[tuple[str, str], JsonObject]

    @property
    def id(self) -> str:
        return str(self.node["operationId"])


def name_of(node: JsonObject) -> str | None:
    """The name of the component that is referred to, if it is one."""
    reference = node.get("$ref")
    return reference.rpartition("/")[2] if isinstance(reference, str) else None


def resolve(document: JsonObject, node: JsonObject) -> JsonObject:
    """What a reference leads to, with what stands beside it; anything else as it is."""
    while (reference := node.get("$ref")) is not None:
        target: Any = document
        for key in reference.removeprefix("#/").split("/"):
            target = target[key]
        node = {**target, **{key: value for key, value in node.items() if key != "$ref"}}
    return node


def operations(document: JsonObject) -> dict[tuple[str, str], Operation]:
    """All operations by path and method, in the order of the document."""
    return {(each.path, each.method): each for each in _operations(document)}


def _operations(document: JsonObject) -> Iterator[Operation]:
    for path, item in document["paths"].items():
        for method in (method for method in METHODS if method in item):
            node = item[method]
            given = [*item.get("parameters", ()), *node.get("parameters", ())]
            found = [(resolve(document, each), each) for each in given]
            parameters = {(each["name"], each["in"]): node for each, node in found}
            yield Operation(path, method, node, parameters)
