"""What many operations have in common, said once: they refer to it."""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from app.api.http.headers import header_components
from app.api.problems.catalogue import PROBLEMS

# What fewer operations than this have in common is easier to read where it is.
_MANY = 4
_NAMES = {problem.type_uri(): problem.__name__ for problem in PROBLEMS}
# These can come wherever the others of their status can: they make no name longer.
_USUAL = {"UnknownParameter", "RepeatedParameter", "QueryTimeout"}

Part = dict[str, Any]


class _Components:
    """The parts of operations that become components of a kind, by their text."""

    def __init__(self, kind: str, found: Iterable[Part], name: Callable[[Part], str]) -> None:
        counts = Counter(json.dumps(part) for part in found if "$ref" not in part)
        self._kind = kind
        self._names = {text: name(json.loads(text)) for text, n in counts.items() if n >= _MANY}
        assert len(set(self._names.values())) == len(self._names), "two parts have one name"

    def reference(self, part: Part) -> Part:
        """The part by reference if it is a component, else as it is."""
        name = self._names.get(json.dumps(part))
        return part if name is None else {"$ref": f"#/components/{self._kind}/{name}"}

    @property
    def components(self) -> Part:
        """The components by name."""
        return {name: json.loads(text) for text, name in sorted(self._names.items(), key=_name)}


def share(document: Part) -> None:
    """Make components of headers, and of the parameters and problems that many operations have."""
    components, operations = document["components"], list(_operations(document))
    parameters = _Components("parameters", _parameters(operations), _parameter_name)
    problems = _Components("responses", _problems(operations), _problem_name)
    for operation in operations:
        operation["parameters"] = [*map(parameters.reference, _parameters([operation]))]
        operation["responses"] = {
            status: problems.reference(answer) for status, answer in operation["responses"].items()
        }
    components["parameters"].update(parameters.components)
    components["responses"].update(problems.components)
    components["headers"] = header_components(_header_names(document))


def _operations(document: Part) -> Iterator[Part]:
    return (operation for item in document["paths"].values() for operation in item.values())


def _parameters(operations: Iterable[Part]) -> Iterator[Part]:
    return (parameter for o in operations for parameter in o.get("parameters", ()))


def _problems(operations: Iterable[Part]) -> Iterator[Part]:
    answers = (answer for operation in operations for answer in operation["responses"].values())
    return (answer for answer in answers if "x-problem-types" in answer)


def _parameter_name(parameter: Part) -> str:
    """Its place and name, so that no schema has it; one that a query needs is not one that it may have."""
    needed = parameter["in"] == "query" and parameter["required"]
    return f"{parameter['in']}.{parameter['name']}" + (".required" if needed else "")


def _problem_name(answer: Part) -> str:
    names = [_NAMES[uri] for uri in answer["x-problem-types"]]
    return "Or".join([name for name in names if name not in _USUAL] or names)


def _name(item: tuple[str, str]) -> str:
    return item[1]


def _header_names(document: Part) -> set[str]:
    """The headers that answers refer to."""
    text = json.dumps(document)
    return {part.partition('"')[0] for part in text.split('"#/components/headers/')[1:]}
