"""Pass that shares the parts many operations repeat: each becomes a component, referred to by name."""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from app.api.http.headers import header_components
from app.api.openapi.walk import Node, operations
from app.api.problems.catalogue import PROBLEMS

# A part that fewer operations repeat is easier to read in its place.
_MIN_REPEATS = 4
_NAMES = {problem.type_uri(): problem.__name__ for problem in PROBLEMS}
# These can occur wherever another problem of their status can, so component names leave them out.
_USUAL = {"UnknownParameter", "RepeatedParameter", "QueryTimeout", "ReadOnly"}


class _RepeatedParts:
    """The repeated parts of one section of the components, each keyed by its JSON text."""

    def __init__(self, section: str, parts: Iterable[Node], name: Callable[[Node], str]) -> None:
        counts = Counter(json.dumps(part) for part in parts if "$ref" not in part)
        repeated = [text for text, count in counts.most_common() if count >= _MIN_REPEATS]
        self._section = section
        texts: dict[str, str] = {}
        for text in repeated:
            # Of two parts with one name, such as `q` of events and of names, the more frequent is shared.
            texts.setdefault(name(json.loads(text)), text)
        self._names = {text: part_name for part_name, text in texts.items()}

    def reference(self, part: Node) -> Node:
        """Return a reference to the part if it is a component, otherwise the part itself."""
        name = self._names.get(json.dumps(part))
        return part if name is None else {"$ref": f"#/components/{self._section}/{name}"}

    @property
    def components(self) -> Node:
        """The components by name, sorted."""
        return dict(sorted((name, json.loads(text)) for text, name in self._names.items()))


def share(document: Node) -> None:
    """Make components of headers, and of parameters and problems that many operations repeat."""
    components, every = document["components"], list(operations(document))
    parameters = _RepeatedParts("parameters", _parameters(every), _parameter_name)
    problems = _RepeatedParts("responses", _problems(every), _problem_name)
    for operation in every:
        operation["parameters"] = [*map(parameters.reference, _parameters([operation]))]
        operation["responses"] = {
            status: problems.reference(answer) for status, answer in operation["responses"].items()
        }
    components["parameters"].update(parameters.components)
    components["responses"].update(problems.components)
    components["headers"] = header_components(_header_names(document))


def _parameters(every: Iterable[Node]) -> Iterator[Node]:
    return (parameter for operation in every for parameter in operation.get("parameters", ()))


def _problems(every: Iterable[Node]) -> Iterator[Node]:
    answers = (answer for operation in every for answer in operation["responses"].values())
    return (answer for answer in answers if "x-problem-types" in answer)


def _parameter_name(parameter: Node) -> str:
    """Return its location and name: the dot keeps the name apart from all names of schemas.

    A query parameter that is required in some operations and optional in others has two names.
    """
    required = parameter["in"] == "query" and parameter["required"]
    return f"{parameter['in']}.{parameter['name']}" + (".required" if required else "")


def _problem_name(answer: Node) -> str:
    names = [_NAMES[uri] for uri in answer["x-problem-types"]]
    return "Or".join([name for name in names if name not in _USUAL] or names)


def _header_names(document: Node) -> set[str]:
    """Return the names of the header components that answers refer to."""
    text = json.dumps(document)
    return {part.partition('"')[0] for part in text.split('"#/components/headers/')[1:]}
