"""What is wrong with a record, where it stands, and what would be right."""

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import get_args

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from app.domain.values import SLUG_PATTERN
from app.domain.vocabulary import EntityKind

MAX_DEPTH = 50
_MAX_SHOWN = 60

# Every pattern of the record models, as the end of "found …, expected …".
PATTERNS = {
    f"^{SLUG_PATTERN}$": (
        "an id: lower-case letters and digits joined by single hyphens, such as sergey-lavrov"
    ),
    r"^[0-9]{4}(?:-[a-z0-9]+)+$": (
        "an event's id: the date as first known, then lower-case words and digits joined by "
        "single hyphens, such as 2024-11-01-lavrov-choe-strategic-consultations"
    ),
    r"^[A-Z]{2}$": "a country code: ISO 3166-1 alpha-2 such as RU or KP, or SU",
    r"^[a-z]{2,3}$": "a language code: ISO 639, two or three lower-case letters such as fr",
    r"""^https?://[^\s"<>\\^`{|}]+$""": (
        'an address that begins with http:// or https://, with spaces and any of "<>\\^`{|} encoded'
    ),
    r"^[0-9a-f]{64}$": "a SHA-256: 64 hexadecimal digits in lower case",
    r"^[A-Za-z0-9][A-Za-z0-9._-]*$": (
        "the name of an article: letters, digits and . _ - such as 000_32bf51e976ece39f"
    ),
    r"^[a-z][a-z0-9_]{0,31}$": (
        "a scheme: a lower-case letter, then at most 31 of a-z 0-9 _, such as wikidata"
    ),
    r"^[\x21-\x7e]{1,100}$": "1 to 100 ASCII characters without a space, such as Q58217",
}

# The end of the same sentence for Pydantic's other errors; the braces are filled from its context.
_EXPECTED = {
    "string_type": "a text",
    "string_unicode": "a text without lone surrogates",
    "string_too_short": "a text of {min_length} or more characters",
    "string_too_long": "a text of at most {max_length} characters",
    "int_type": "a whole number",
    "int_parsing": "a whole number",
    "int_parsing_size": "a smaller whole number",
    "int_from_float": "a whole number",
    "bool_parsing": "true or false",
    "float_type": "a number",
    "float_parsing": "a number",
    "finite_number": "a finite number",
    "greater_than_equal": "a number of at least {ge:g}",
    "less_than_equal": "a number of at most {le:g}",
    "list_type": "a list",
    "too_short": "at least {min_length}",
    "too_long": "at most {max_length}",
    "dict_type": "a mapping",
    "model_type": "a mapping",
    "model_attributes_type": "a mapping",
}


@dataclass(frozen=True, slots=True)
class RecordError:
    """One thing that is wrong in a file: `pointer` is a JSON pointer (RFC 6901) into it.

    `kind` is that of the record, where it is known.
    """

    file: str
    line: int | None
    record: str | None
    pointer: str
    problem: str
    kind: EntityKind | None = None

    def __str__(self) -> str:
        pointer = self.pointer if len(self.pointer) <= 200 else f"{self.pointer[:199]}…"
        parts = (self._place(), self.record, pointer, self.problem)
        return _on_one_line(": ".join(part for part in parts if part))

    def _place(self) -> str:
        if self.line is None:
            return self.file
        # The body of a request has no name.
        return f"{self.file}:{self.line}" if self.file else f"line {self.line}"


class Unreadable(Exception):
    """A text that cannot be read at all: `problem` says why, from `line` of the text on."""

    def __init__(self, line: int | None, problem: str, pointer: str = "") -> None:
        super().__init__(problem)
        self.line = line
        self.problem = problem
        self.pointer = pointer


def step(name: object) -> str:
    """One step of a JSON pointer: `/name`, escaped as RFC 6901 says."""
    return "/" + str(name).replace("~", "~0").replace("/", "~1")


def describe_error(error: ErrorDetails, model: type[BaseModel], value: object) -> tuple[str, str]:
    """Where one of Pydantic's errors stands in `value`, and a sentence that says what is wrong.

    The place is a JSON pointer with the names that `value` has, or would have, for its fields.
    `model` is what `value` was read as.
    """
    return _pointer(error["loc"], value), sentence(error, model)


def shown(value: object) -> str:
    """The value as a sentence names it, shortened: `the text 'hos'`, `the number 2024`."""
    match value:
        case None:
            return "nothing (null)"
        case bool():
            return str(value).lower()
        case int() | float():
            return f"the number {shorten(value)}"
        case str():
            return f"the text {shorten(value)}"
        case Mapping():
            return "a mapping"
        case list():
            return f"a list of {len(value)}" if value else "an empty list"
    return f"a {type(value).__name__}"


def shorten(value: object) -> str:
    """The value's `repr`, of at most 60 characters."""
    text = repr(value[:_MAX_SHOWN] if isinstance(value, str) else value)
    return text if len(text) <= _MAX_SHOWN else f"{text[: _MAX_SHOWN - 1]}…"


def nearest(word: object, known: Iterable[str]) -> str:
    """`; did you mean 'role'?` with the closest known words, or nothing if none is close."""
    close = difflib.get_close_matches(str(word)[:_MAX_SHOWN].lower(), known)
    return f"; did you mean {' or '.join(map(repr, close))}?" if close else ""


def _pointer(loc: tuple[int | str, ...], value: object) -> str:
    """Pydantic's path as far as the value goes, and one field further if a field is missing."""
    pointer = ""
    for name in loc:
        if isinstance(value, Mapping) and name != "[key]":
            value = value.get(name)
        elif isinstance(value, list) and isinstance(name, int):
            value = value[name]
        else:
            break
        pointer += step(name)
    return pointer


def sentence(error: ErrorDetails, model: type[BaseModel] = BaseModel) -> str:
    """What is wrong and what would be right; `model` knows the fields that there are."""
    found, context = error["input"], error.get("ctx", {})
    match error["type"]:
        case "missing":
            return "is required"
        case "extra_forbidden":
            return _unknown_field(error["loc"], model)
        case "value_error":
            return str(context["error"])
        case "enum":
            words = str(context["expected"]).replace(" or ", ", ").replace("'", "").split(", ")
            expected = f"one of: {', '.join(words)}{nearest(found, words)}"
        case "string_pattern_mismatch" if context["pattern"] in PATTERNS:
            expected = PATTERNS[context["pattern"]]
        case type_ if type_ in _EXPECTED:
            expected = _EXPECTED[type_].format(**context)
        case _:
            return error["msg"]
    quote = error["type"] == "string_type" and isinstance(found, int | float)
    return f"found {shown(found)}, expected {expected}{': write it in quotes' if quote else ''}"


def _unknown_field(loc: tuple[int | str, ...], model: type[BaseModel]) -> str:
    part: type[BaseModel] | None = model
    for name in loc[:-1]:
        if part is not None and isinstance(name, str):
            part = _fields(part).get(name)
    known = list(_fields(part)) if part else []
    here = f"; the fields here are {', '.join(known)}" if known else ""
    return f"unknown field{nearest(loc[-1], known) or here}"


def _fields(model: type[BaseModel]) -> dict[str, type[BaseModel] | None]:
    """The names that a model's fields have in a file, each with the model of its values."""
    return {
        field.alias or name: _model_in(field.annotation)
        for name, field in model.model_fields.items()
    }


def _model_in(annotation: object) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next(filter(None, map(_model_in, get_args(annotation))), None)


def _on_one_line(text: str) -> str:
    return "".join(c if c.isprintable() else repr(c)[1:-1] for c in text)
