"""Parse JSON strictly, and find the lines of its values."""

import json
import re
from collections.abc import Iterator

from app.records.parsing.errors import MAX_DEPTH, Unreadable, pointer_step

_LONG_INTEGER = re.compile(r"-?[0-9]{19,}")
_TOKEN = re.compile(
    r'(?P<text>"(?:[^"\\]++|\\.)*+")(?:\s*+(?P<colon>:))?|[{}\[\],]|[^\s{}\[\],:"]++', re.DOTALL
)
_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")
_NAN = "NaN"
_LONE = re.compile(r"[\ud800-\udfff]")


class _Refused(ValueError):
    """JSON that the standard library accepts and this module refuses."""


def parse(text: str, *, nan_is_null: bool = False) -> object:
    """Parse a JSON text. If `nan_is_null`, NaN is no mistake: pandas has it in empty cells.

    Raises Unreadable, with the line, for a text that is not JSON (RFC 8259), and for repeated keys,
    NaN and infinities, integers of more than 18 digits, lone surrogates, and nesting that is too
    deep for the parser.
    """
    try:
        value = _load(text, nan_is_null)
    except json.JSONDecodeError as error:
        problem = f"not valid JSON: {error.msg[:1].lower()}{error.msg[1:]}, column {error.colno}"
        raise Unreadable(error.lineno, problem) from None
    except (_Refused, RecursionError):
        raise _first_refused(text, nan_is_null) or Unreadable(
            None, "this JSON cannot be read"
        ) from None
    if _SURROGATE.search(text) and (refused := _first_refused(text, nan_is_null)):
        raise refused
    return value


def find_lines(text: str) -> dict[str, int]:
    """Return the line of each value of a text that `parse` accepts, by JSON pointer."""
    return {pointer: line for pointer, line, _ in _values(text) if pointer.count("/") <= MAX_DEPTH}


def _load(text: str, nan_is_null: bool) -> object:
    constant = _null_for_nan if nan_is_null else _refuse
    try:
        return json.loads(
            text, object_pairs_hook=_mapping, parse_int=_integer, parse_constant=constant
        )
    except _Refused:
        # A syntax error further down comes first, because `_values` needs valid JSON.
        json.loads(text, parse_int=str)
        raise


def _mapping(pairs: list[tuple[str, object]]) -> dict[str, object]:
    mapping = dict(pairs)
    if len(mapping) < len(pairs):
        raise _Refused
    return mapping


def _integer(digits: str) -> int:
    return _refuse(digits) if _LONG_INTEGER.fullmatch(digits) else int(digits)


def _refuse(_: str) -> int:
    raise _Refused


def _null_for_nan(token: str) -> None:
    if token != _NAN:
        raise _Refused


def _first_refused(text: str, nan_is_null: bool) -> Unreadable | None:
    """Find the first refused value or key; the parser of the standard library gives no position."""
    seen: set[str] = set()
    for pointer, line, token in _values(text):
        if pointer.count("/") > MAX_DEPTH:
            return Unreadable(line, f"more than {MAX_DEPTH} levels deep")
        if pointer in seen:
            return Unreadable(line, "this key appears twice in one mapping", pointer)
        if problem := None if nan_is_null and token == _NAN else _refusal(pointer, token):
            return Unreadable(line, problem)
        seen.add(pointer)
    return None


def _refusal(pointer: str, token: str) -> str | None:
    if token in (_NAN, "Infinity", "-Infinity"):
        return f"{token} is not a number in JSON"
    if _LONG_INTEGER.fullmatch(token):
        return "an integer has at most 18 digits"
    text = pointer + (json.loads(token) if token.startswith('"') else "")
    if _LONE.search(text):
        return "half a character: an escape from \\ud800 to \\udfff lacks its other half"
    return None


def _values(text: str) -> Iterator[tuple[str, int, str]]:
    """Yield the pointer, line and first token of each value, up to the first syntax error."""
    pointers: list[str] = []
    names: list[str | int] = []
    line, counted = 1, 0
    for match in _TOKEN.finditer(text):
        token = match[0]
        if match["colon"]:
            names[-1] = json.loads(match["text"])
        elif token == ",":
            if isinstance(names[-1], int):
                names[-1] += 1
        elif token in ("]", "}"):
            del pointers[-1], names[-1]
        else:
            line += text.count("\n", counted, match.start())
            counted = match.start()
            pointer = pointers[-1] + pointer_step(names[-1]) if names else ""
            yield pointer, line, token
            if token in ("[", "{"):
                pointers.append(pointer)
                names.append(0 if token == "[" else "")
