"""The arguments of tools: the parameters of the API, with short descriptions."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final
from urllib.parse import urlencode

from pydantic import BaseModel

from app.domain.languages import DEFAULT_LANGUAGE, Language
from app.domain.wording import did_you_mean
from app.mcp.asking import RefusedError

Schema = Mapping[str, Any]
Arguments = Mapping[str, list[str]]
# The parts of a parameter's schema that an assistant needs. The API checks the rest, with a better message.
_KEPT: Final = ("type", "enum", "minimum", "maximum")

# No argument needs more: a cursor is the longest one.
MOST_CHARACTERS: Final = 2000
# Percent-encoded; less than the server takes as path and query, as `as_of` and defaults are added.
_MOST_ENCODED: Final = 15_000

LANG: Final[Schema] = {
    "type": "string",
    "enum": [*Language],
    "description": f"Language of names and texts; default {DEFAULT_LANGUAGE}.",
}
AS_OF: Final[Schema] = {
    "type": "string",
    "description": "Answer from a past state: the `as_of` of an earlier answer, or an instant.",
}


def described(model: type[BaseModel], texts: Mapping[str, str]) -> dict[str, Schema]:
    """Return the schemas of these parameters of a model, with its vocabularies and these descriptions."""
    whole = model.model_json_schema(mode="validation")
    return {
        name: _plain(whole["properties"][name], whole.get("$defs", {}))
        | ({"description": text} if text else {})
        for name, text in texts.items()
    }


def _plain(schema: Schema, definitions: Mapping[str, Schema]) -> dict[str, Any]:
    while "$ref" in schema:
        schema = definitions[schema["$ref"].rpartition("/")[2]]
    kept = {key: schema[key] for key in _KEPT if key in schema}
    if "items" in schema:
        kept["items"] = _plain(schema["items"], definitions)
    return kept


def object_schema(properties: Mapping[str, Schema], required: Iterable[str]) -> dict[str, Any]:
    """Return the schema of the arguments of a tool."""
    return {
        "type": "object",
        "properties": {**properties},
        "required": [*required],
        "additionalProperties": False,
    }


def read_arguments(given: Mapping[str, Any], schema: Schema) -> dict[str, list[str]]:
    """Return the values of each argument as the texts of query parameters; null counts as absent.

    Raises RefusedError for an unknown or missing argument, and for a value that is no text, number or
    boolean, or a list of these.
    """
    known = schema["properties"]
    for name in given:
        if name not in known:
            hint = did_you_mean(name, known) or f"; arguments are {', '.join(known)}"
            raise RefusedError(f"there is no argument {name!r}{hint}")
    found = {name: _texts(name, value) for name, value in given.items() if value is not None}
    found = {name: values for name, values in found.items() if values}
    missing = [name for name in schema["required"] if name not in found]
    if missing:
        raise RefusedError(f"{missing[0]} is missing: {known[missing[0]]['description']}")
    for name, values in found.items():
        if known[name]["type"] != "array" and len(values) > 1:
            raise RefusedError(f"{name} takes one value, not {len(values)}")
    _check_lengths(found)
    return found


def _check_lengths(found: Arguments) -> None:
    """Raise RefusedError for a text or for arguments that no request to the API can hold."""
    for name, values in found.items():
        longest = max(map(len, values))
        if longest > MOST_CHARACTERS:
            raise RefusedError(
                f"{name}: a text may have at most {MOST_CHARACTERS} characters; found {longest}"
            )
    sizes = {name: len(urlencode([(name, each) for each in found[name]])) for name in found}
    if sum(sizes.values()) > _MOST_ENCODED:
        name = max(sizes, key=lambda each: sizes[each])
        raise RefusedError(
            f"{name}: the arguments together may have at most {_MOST_ENCODED} characters as the query of "
            f"an address, of which {name} takes {sizes[name]}: send less"
        )


def _texts(name: str, value: Any) -> list[str]:
    values = value if isinstance(value, list) else [value]
    return [_text(name, each) for each in values]


def _text(name: str, value: Any) -> str:
    match value:
        case bool():
            return str(value).lower()
        case float() if value.is_integer():
            # Some programs write each number so, and a JSON Schema takes 5.0 for an integer.
            return str(int(value))
        case str() | int() | float():
            return str(value)
    raise RefusedError(f"{name} takes a text or a list of texts, not a {type(value).__name__}")


def take(arguments: dict[str, list[str]], name: str, default: str = "") -> str:
    """Remove an argument that takes one value, and return it."""
    return arguments.pop(name, [default])[0]


def one_of(name: str, value: str, known: Sequence[str]) -> str:
    """Return the value if it is known; raises RefusedError."""
    if value not in known:
        raise RefusedError(
            f"{name} takes {', '.join(known)}; not {value!r}{did_you_mean(value, known)}"
        )
    return value
