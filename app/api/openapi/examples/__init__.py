"""The examples of the document: requests, and what a server over the seeds answers to them.

Each is a file beside this one, by the id of its operation and, where there are several, what it
shows. `make examples` asks all of them again.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

Part = dict[str, Any]


class Example(NamedTuple):
    """A request, and the status, media type and body of its answer; of text the body is a string."""

    name: str
    request: str
    # What is sent, if anything, and as what.
    body_type: str = ""
    body: Any = None
    # Those that write are asked one after the other.
    turn: int = 0
    # How many items of long lists are shown, by key.
    shortened: Mapping[str, int] = {}
    # From here on, what was answered: nothing, while nobody has asked.
    status: int = 0
    media_type: str = ""
    answer: Any = None

    @property
    def operation_id(self) -> str:
        """The id of the operation that is asked."""
        return self.name.partition(".")[0]

    @property
    def summary(self) -> str:
        """The request, and what of the answer is not shown."""
        left_out = ", ".join(f"the first of `{key}`" for key in self.shortened)
        return f"{self.request} ({left_out})" if left_out else self.request


@cache
def read_examples() -> tuple[Example, ...]:
    """All examples, by name."""
    found = [each for each in files(__name__).iterdir() if each.name.endswith(".json")]
    return tuple(
        Example(each.name.removesuffix(".json"), **json.loads(each.read_text("utf-8")))
        for each in sorted(found, key=lambda each: each.name)
    )


def add_examples(document: Part) -> None:
    """Show, at each answer and each body of the document, what it looks like."""
    operations = {o["operationId"]: o for item in document["paths"].values() for o in item.values()}
    answered = [example for example in read_examples() if example.status]
    shown = _Shown(answered)
    for example in answered:
        operation = operations[example.operation_id]
        _show(
            operation["responses"][str(example.status)], example.media_type, shown.answer(example)
        )
        if example.body is not None:
            _show(operation["requestBody"], example.body_type, shown.body(example))
    document["components"]["examples"] = shown.components
    for operation in operations.values():
        for parameter in operation.get("parameters", ()):
            if parameter.get("required"):
                _lift_example(parameter)


def _lift_example(parameter: Part) -> None:
    """Show what is needed to ask where every tool looks, not only those that read schemas."""
    if "examples" in parameter["schema"]:
        parameter["example"] = parameter["schema"].pop("examples")[0]


def _show(part: Part, media_type: str, named: Part) -> None:
    part["content"][media_type].setdefault("examples", {}).update(named)


class _Shown:
    """The examples as the document has them: what is shown in several places is a component."""

    def __init__(self, examples: Iterable[Example]) -> None:
        self.components: Part = {}
        self._names: dict[str, list[str]] = {}
        for name, value in _values(examples):
            self._names.setdefault(json.dumps(value), []).append(name)

    def answer(self, example: Example) -> Part:
        """What is answered, by name."""
        return {example.name: self._part(example.summary, example.answer)}

    def body(self, example: Example) -> Part:
        """What is sent, by name."""
        return {example.name: self._part(example.request, example.body)}

    def _part(self, summary: str, value: Any) -> Part:
        first, *others = self._names[json.dumps(value)]
        if not others:
            return {"summary": summary, "value": value}
        self.components.setdefault(first, {"value": value})
        return {"$ref": f"#/components/examples/{first}", "summary": summary}


def _values(examples: Iterable[Example]) -> Iterator[tuple[str, Any]]:
    for each in examples:
        yield each.name, each.answer
        if each.body is not None:
            yield f"{each.name}.body", each.body
