"""What generated TypeScript declares, and what the OpenAPI document says that it should."""

import json
import re
from typing import NamedTuple

from answers import JsonObject
from clients.tools import DOCUMENT

_CONTRACT: JsonObject = json.loads(DOCUMENT.read_text())
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
        operation["operationId"]: Operation(
            frozenset(_resolved(each)["name"] for each in operation.get("parameters", ())),
            frozenset(operation["responses"]),
        )
        for item in _CONTRACT["paths"].values()
        for operation in item.values()
    }


def properties() -> dict[str, set[str]]:
    """The properties of each object of the document, by its name."""
    schemas = _CONTRACT["components"]["schemas"].items()
    return {name: {*schema["properties"]} for name, schema in schemas if "properties" in schema}


def declarations(text: str) -> JsonObject:
    """The keys of a generated file, each with those that are within it."""
    open_ones: list[JsonObject] = [{}]
    for indent, name in _KEY.findall(text):
        del open_ones[len(indent) // 4 + 1 :]
        open_ones.append(open_ones[-1].setdefault(name, {}))
    return open_ones[0]


def _resolved(parameter: JsonObject) -> JsonObject:
    if "$ref" not in parameter:
        return parameter
    found: JsonObject = _CONTRACT["components"]["parameters"][parameter["$ref"].split("/")[-1]]
    return found
