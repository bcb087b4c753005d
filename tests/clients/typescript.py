"""What generated TypeScript declares, and what the OpenAPI document says that it should."""

import re
from typing import NamedTuple

from tests.support.answers import JsonObject
from tests.support.contract import OPERATIONS, SCHEMAS

# A line that begins a declaration or a key of one; comments begin with ` *`.
_KEY = re.compile(
    r"""^((?:    )*)(?:export (?:const|interface|type) )?["']?([\w@$/{}.-]+)["']?(?:\??:| =| \{$)""",
    re.MULTILINE,
)


class Operation(NamedTuple):
    """What is declared of an operation: by which names it takes parameters, and its answers."""

    parameters: frozenset[str]
    statuses: frozenset[str]


def operations() -> dict[str, Operation]:
    """The operations of the document, by their ids."""
    return {
        name: Operation(
            frozenset(parameter["name"] for parameter in operation["parameters"]),
            frozenset(operation["responses"]),
        )
        for name, (*_, operation) in OPERATIONS.items()
    }


def properties() -> dict[str, set[str]]:
    """The properties of each object of the document, by its name."""
    return {name: {*s["properties"]} for name, s in SCHEMAS.items() if "properties" in s}


def declarations(text: str) -> JsonObject:
    """The keys of a generated file, each with those that are within it."""
    open_ones: list[JsonObject] = [{}]
    for indent, name in _KEY.findall(text):
        del open_ones[len(indent) // 4 + 1 :]
        open_ones.append(open_ones[-1].setdefault(name, {}))
    return open_ones[0]
