"""Declarations of generated TypeScript, and the OpenAPI document in the same form to compare them."""

import re
from typing import NamedTuple

from tests.support.answers import JsonObject
from tests.support.contract import OPERATIONS, SCHEMAS

# A line that begins a declaration or a key of a declaration; comments begin with ` *`.
_KEY = re.compile(
    r"""^((?:    )*)(?:export (?:const|interface|type) )?["']?([\w@$/{}.-]+)["']?(?:\??:| =| \{$)""",
    re.MULTILINE,
)


class Operation(NamedTuple):
    """The names of an operation's parameters, and the statuses of its answers."""

    parameters: frozenset[str]
    statuses: frozenset[str]


def operations() -> dict[str, Operation]:
    """Return the operations of the document by their ids."""
    return {
        name: Operation(
            frozenset(parameter["name"] for parameter in operation["parameters"]),
            frozenset(operation["responses"]),
        )
        for name, (*_, operation) in OPERATIONS.items()
    }


def properties() -> dict[str, set[str]]:
    """Return the properties of each object of the document by its name."""
    return {name: {*s["properties"]} for name, s in SCHEMAS.items() if "properties" in s}


def declarations(text: str) -> JsonObject:
    """Return the keys of a generated file, each with the keys that are nested in it."""
    open_keys: list[JsonObject] = [{}]
    for indent, name in _KEY.findall(text):
        del open_keys[len(indent) // 4 + 1 :]
        open_keys.append(open_keys[-1].setdefault(name, {}))
    return open_keys[0]
