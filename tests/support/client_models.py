"""Write the types of the client package from the OpenAPI document; run as a program."""

import keyword
import re
from collections.abc import Iterator
from typing import Any, Final

from app.settings import PROJECT_ROOT
from tests.support.answers import JsonObject
from tests.support.contract import SCHEMAS

FILE: Final = PROJECT_ROOT / "clients/package/src/timeline_client/models.py"
# The documents that the client returns; the others are parts of them.
_ROOTS: Final = (
    *("EventDocument", "ParticipantDocument", "PlaceDocument", "SourceDocument", "TreatyDocument"),
    *("Candidate", "Counterpart", "Histogram"),
)
_SCALARS: Final = {"string": "str", "integer": "int", "number": "float", "boolean": "bool"}
_HEAD: Final = '''"""The documents of the API as typed dictionaries, made from its OpenAPI document: do not edit.

Words of vocabularies are texts, because vocabularies gain members, and so are days and instants.
"""

from typing import NotRequired, TypedDict

'''


def make_models() -> str:
    """Return the module, with a type before those that use it."""
    done: dict[str, str] = {}
    for root in _ROOTS:
        _add(root, done)
    return _HEAD + "\n".join(done.values())


def _add(name: str, done: dict[str, str]) -> None:
    if name in done:
        return
    schema = SCHEMAS[name]
    for part in _parts(schema):
        _add(part, done)
    done[name] = _model(name, schema)


def _parts(node: Any) -> Iterator[str]:
    """Yield the names of the schemas of objects that a schema refers to."""
    if isinstance(node, dict):
        name = str(node.get("$ref", "")).rpartition("/")[2]
        if name and SCHEMAS[name].get("type") == "object":
            yield name
        for value in node.values():
            yield from _parts(value)
    elif isinstance(node, list):
        for value in node:
            yield from _parts(value)


def _model(name: str, schema: JsonObject) -> str:
    fields = {
        key: _type(value) if key in schema.get("required", ()) else f"NotRequired[{_type(value)}]"
        for key, value in schema["properties"].items()
    }
    if all(re.fullmatch(r"[a-z_]+", key) and not keyword.iskeyword(key) for key in fields):
        lines = [f"    {key}: {kind}\n" for key, kind in fields.items()]
        text = schema["description"].splitlines()[0]
        return f'\nclass {name}(TypedDict):\n    """{text}"""\n\n{"".join(lines)}'
    # A key that is no name in Python, such as `from`.
    inner = "".join(f'        "{key}": {kind},\n' for key, kind in fields.items())
    return f'\n{name} = TypedDict(\n    "{name}",\n    {{\n{inner}    }},\n)\n'


def _type(schema: JsonObject) -> str:
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        target = SCHEMAS[name]
        return name if target.get("type") == "object" else _type(target)
    if options := schema.get("anyOf") or schema.get("oneOf"):
        return " | ".join(dict.fromkeys(map(_type, options)))
    match schema.get("type"):
        case "array":
            return f"list[{_type(schema['items'])}]"
        case "object":
            values = schema.get("additionalProperties")
            return f"dict[str, {_type(values) if isinstance(values, dict) else 'Any'}]"
        case "null":
            return "None"
        case list() as kinds:
            return " | ".join("None" if kind == "null" else _SCALARS[kind] for kind in kinds)
        case str() as kind:
            return _SCALARS[kind]
    return "str" if "enum" in schema or "const" in schema else "Any"


if __name__ == "__main__":
    FILE.write_text(make_models())
