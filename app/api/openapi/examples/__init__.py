"""The document's examples: requests, and the answers of a server that holds the seeds.

Each example is a JSON file in this folder. Its name is the operation id and, if the operation has
several examples, a dot and a word. `make examples` sends all requests again and rewrites the files.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from app.api.openapi.walk import Node, operations


class Example(NamedTuple):
    """A request with its recorded answer; a body that is no JSON is a string."""

    name: str
    request: str
    # Media type and body of the request, if it has one.
    body_type: str = ""
    body: Any = None
    # The position among examples that write, because each builds on the ones before.
    turn: int = 0
    # The number of items shown of a long list, by the key of the list.
    shortened: Mapping[str, int] = {}
    # The recorded answer; status 0 until the first recording.
    status: int = 0
    media_type: str = ""
    answer: Any = None

    @property
    def operation_id(self) -> str:
        """The id of the operation that the request calls."""
        return self.name.partition(".")[0]

    @property
    def summary(self) -> str:
        """The request, and the keys whose lists are shortened."""
        shortened = ", ".join(f"the first of `{key}`" for key in self.shortened)
        return f"{self.request} ({shortened})" if shortened else self.request


@cache
def read_examples() -> tuple[Example, ...]:
    """Return all examples, sorted by name."""
    paths = [path for path in files(__name__).iterdir() if path.name.endswith(".json")]
    return tuple(
        Example(path.name.removesuffix(".json"), **json.loads(path.read_text("utf-8")))
        for path in sorted(paths, key=lambda path: path.name)
    )


def add_examples(document: Node) -> None:
    """Add each recorded example to the answer and the request body that it shows."""
    by_id = {operation["operationId"]: operation for operation in operations(document)}
    recorded = [example for example in read_examples() if example.status]
    nodes = _ExampleNodes(recorded)
    for example in recorded:
        operation = by_id[example.operation_id]
        answer = operation["responses"][str(example.status)]
        _add(answer, example.media_type, nodes.answer(example))
        if example.body is not None:
            for media_type in _of_same_schema(operation["requestBody"], example.body_type):
                _add(operation["requestBody"], media_type, nodes.body(example))
    document["components"]["examples"] = nodes.components
    for operation in by_id.values():
        for parameter in operation.get("parameters", ()):
            if parameter.get("required"):
                _lift_example(parameter)


def _lift_example(parameter: Node) -> None:
    """Move a required parameter's example out of its schema, because some tools look only there."""
    if "examples" in parameter["schema"]:
        parameter["example"] = parameter["schema"].pop("examples")[0]


def _of_same_schema(body: Node, media_type: str) -> list[str]:
    """Return the media types of a body that hold the same as this one: the same schema by name."""
    schema = body["content"][media_type]["schema"]
    same = (each for each, content in body["content"].items() if content["schema"] == schema)
    return [*same] if "$ref" in schema else [media_type]


def _add(holder: Node, media_type: str, example: Node) -> None:
    holder["content"][media_type].setdefault("examples", {}).update(example)


class _ExampleNodes:
    """Examples as nodes of the document: a value that several examples show becomes a component."""

    def __init__(self, examples: Iterable[Example]) -> None:
        self.components: Node = {}
        self._names: dict[str, list[str]] = {}
        for name, value in _values(examples):
            self._names.setdefault(json.dumps(value), []).append(name)

    def answer(self, example: Example) -> Node:
        """Return the node of the answer, by name."""
        return {example.name: self._node(example.summary, example.answer)}

    def body(self, example: Example) -> Node:
        """Return the node of the request body, by name."""
        return {example.name: self._node(example.request, example.body)}

    def _node(self, summary: str, value: Any) -> Node:
        first, *others = self._names[json.dumps(value)]
        if not others:
            return {"summary": summary, "value": value}
        self.components.setdefault(first, {"value": value})
        return {"$ref": f"#/components/examples/{first}", "summary": summary}


def _values(examples: Iterable[Example]) -> Iterator[tuple[str, Any]]:
    for example in examples:
        yield example.name, example.answer
        if example.body is not None:
            yield f"{example.name}.body", example.body
