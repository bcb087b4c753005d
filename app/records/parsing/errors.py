"""Errors of records: the position, the mistake, and the correct form."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from app.domain.values import EXPECTED_BY_PATTERN, SLUG_PATTERN
from app.domain.vocabulary import INVERSES, EntityKind, KindAndSlug, RelationType
from app.domain.wording import (
    did_you_mean,
    list_meant,
    plain_number,
    quote_value,
    short_repr,
    slug_of,
)
from app.records.parsing.declarations import example_at, fields_of, kind_at, model_in
from app.records.parsing.other_words import suggest_field

MAX_DEPTH = 50
# The relation types that records have, by their inverses, which only answers have, and by other words
# for those.
_WRITTEN_AS = {str(inverse): type_ for type_, inverse in INVERSES.items()} | {
    "contains": RelationType.PART_OF,
    "includes": RelationType.PART_OF,
    "comprises": RelationType.PART_OF,
    "precedes": RelationType.FOLLOWS,
    "replied_by": RelationType.REPLIES_TO,
    "answered_by": RelationType.REPLIES_TO,
    "replaced_by": RelationType.SUPERSEDES,
}
# Other words for the relation types. Read in the same direction.
_SAME_RELATION = {
    "preceded_by": RelationType.FOLLOWS,
    "contained_in": RelationType.PART_OF,
    "included_in": RelationType.PART_OF,
    "belongs_to": RelationType.PART_OF,
    "answers": RelationType.REPLIES_TO,
    "reply_to": RelationType.REPLIES_TO,
    "replaces": RelationType.SUPERSEDES,
}

# The end of "found …, expected …" for Pydantic's error types; its context fills the braces.
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
    "bool_type": "true or false",
    "float_type": "a number",
    "float_parsing": "a number",
    "finite_number": "a finite number",
    "greater_than_equal": "a number of at least {ge}",
    "less_than_equal": "a number of at most {le}",
    "list_type": "a list",
    "too_short": "at least {min_length}",
    "too_long": "at most {max_length}",
    "dict_type": "a mapping",
    "model_type": "a mapping{example}",
    "model_attributes_type": "a mapping",
}


class GoneEntity(NamedTuple):
    """An entity that was withdrawn or merged; `to` is the revision before that, or 0 after a merge."""

    kind: EntityKind
    slug: str
    to: int


@dataclass(frozen=True, slots=True)
class RecordError:
    """One mistake in a file. `pointer` is a JSON pointer (RFC 6901) into it, or names a CSV column.

    `kind` is the kind of the record, if known. `meant` is the kind of the entity that a wrong id means,
    and that id or name. `gone` is the entity that had the record's id.
    """

    file: str
    line: int | None
    record: str | None
    pointer: str
    problem: str
    kind: EntityKind | None = None
    meant: KindAndSlug | None = None
    gone: GoneEntity | None = None

    def __str__(self) -> str:
        pointer = self.pointer if len(self.pointer) <= 200 else f"{self.pointer[:199]}…"
        parts = (self._position(), self.record, pointer, self.problem)
        return on_one_line(": ".join(part for part in parts if part))

    def _position(self) -> str:
        if self.line is None:
            return self.file
        # The body of a request has no file name.
        return f"{self.file}:{self.line}" if self.file else f"line {self.line}"


class Unreadable(Exception):
    """A text, row or document that cannot be read from `line` on; `problem` says why."""

    def __init__(self, line: int | None, problem: str, pointer: str = "") -> None:
        super().__init__(problem)
        self.line = line
        self.problem = problem
        self.pointer = pointer


def pointer_step(name: object) -> str:
    """Return one step of a JSON pointer: `/name`, escaped according to RFC 6901."""
    return "/" + str(name).replace("~", "~0").replace("/", "~1")


def describe_error(error: ErrorDetails, model: type[BaseModel], value: object) -> tuple[str, str]:
    """Return the JSON pointer of a Pydantic error in `value`, and a sentence that explains it.

    The pointer uses the names of the fields in files. `model` is the model that refused `value`.
    """
    return pointer_of(error["loc"], value), explain_error(error, model)


def pointer_of(loc: tuple[int | str, ...], value: object) -> str:
    """Return the part of Pydantic's path that exists in the value, plus a missing field."""
    pointer = ""
    for name in loc:
        # A value that stands for a list of one has no place in it.
        is_list_of_one = isinstance(name, int) and isinstance(value, Mapping) and name not in value
        if isinstance(value, Mapping) and name != "[key]" and not is_list_of_one:
            value = value.get(name)
        elif isinstance(value, list) and isinstance(name, int):
            value = value[name]
        else:
            break
        pointer += pointer_step(name)
    return pointer


def explain_error(
    error: ErrorDetails, model: type[BaseModel] = BaseModel, example: str = ""
) -> str:
    """Return a sentence with the mistake and the correct form.

    `model` has the known fields; `example` is a value of the expected kind, if that is no field of the
    model, such as a parameter.
    """
    value, context = error["input"], error.get("ctx", {})
    match error["type"]:
        case "enum" if _is_relation(error) and value in _WRITTEN_AS:
            return (
                f"{value!r} is read from the other event: write {str(_WRITTEN_AS[value])!r} in the record "
                "of that event"
            )
        case "missing":
            return "is required"
        case "extra_forbidden":
            return _unknown_field(error["loc"], model)
        case "value_error":
            return str(context["error"])
        case "enum" | "literal_error":
            words = _words(error)
            same = _SAME_RELATION.get(str(value)) if _is_relation(error) else None
            hint = list_meant([str(same)]) if same else did_you_mean(value, words)
            expected = f"one of: {', '.join(words)}{hint}"
        case "string_pattern_mismatch" if context["pattern"] in EXPECTED_BY_PATTERN:
            expected = EXPECTED_BY_PATTERN[context["pattern"]].replace(
                "{example}", example or example_at(model, error["loc"])
            )
            if isinstance(value, str) and meant_id(error, model) is None:
                expected += _respelt(value, context["pattern"], is_own=error["loc"] == ("id",))
        case type_ if type_ in _EXPECTED:
            known = {k: plain_number(v) for k, v in context.items()}
            expected = _EXPECTED[type_].format_map({**known, "example": _wrapped(error, model)})
        case _:
            return error["msg"]
    quotes = ""
    if error["type"] == "string_type" and isinstance(value, int | float):
        quotes = ": write it in quotes"
    return f"found {quote_value(value)}, expected {expected}{quotes}"


def _is_relation(error: ErrorDetails) -> bool:
    """Whether a text was found where the type of a relation in a record was expected."""
    return isinstance(error["input"], str) and _words(error) == [*map(str, RelationType)]


def _words(error: ErrorDetails) -> list[str]:
    """Return the words of which one was expected."""
    expected = str(error.get("ctx", {}).get("expected", ""))
    # An empty word stands for no value.
    return [word for word in expected.replace(" or ", ", ").replace("'", "").split(", ") if word]


def meant_id(error: ErrorDetails, model: type[BaseModel]) -> KindAndSlug | None:
    """Return the kind and the text of a reference that is no id, such as a name; None for other errors."""
    value, loc = error["input"], error["loc"]
    if error["type"] != "string_pattern_mismatch" or not isinstance(value, str) or loc == ("id",):
        return None
    kind = kind_at(model, loc)
    return (kind, value) if kind else None


def _respelt(value: str, pattern: str, *, is_own: bool) -> str:
    """Return `; did you mean 'RU'?` if other spaces or capitals make the text one of the pattern.

    The record's own id may also be made of a name. The id of another entity may differ from its name.
    """
    if pattern == f"^{SLUG_PATTERN}$" and not is_own:
        return ""
    bare = value.strip()
    spellings = (bare, bare.upper(), bare.lower(), *([slug_of(value)] if is_own else ()))
    return list_meant([each for each in spellings if re.fullmatch(pattern, each)][:1])


def _wrapped(error: ErrorDetails, model: type[BaseModel]) -> str:
    """Return an example of a text by language, where a text alone was found."""
    value, class_name = error["input"], error.get("ctx", {}).get("class_name")
    if not isinstance(value, str) or class_name not in ("LanguageMap", "OptionalLanguageMap"):
        return ""
    return f" from languages to texts: {{en: {short_repr(value)}}}"


def _unknown_field(loc: tuple[int | str, ...], model: type[BaseModel]) -> str:
    part: type[BaseModel] | None = model
    for name in loc[:-1]:
        if part is not None and isinstance(name, str):
            field = fields_of(part).get(name)
            part = model_in(field.annotation) if field else None
    known = list(fields_of(part)) if part else []
    all_fields = f"; the fields here are {', '.join(known)}" if known else ""
    return f"unknown field{suggest_field(loc[-1], known) or all_fields}"


def on_one_line(text: str) -> str:
    """Return the text with an escape for each character that cannot be printed on a line, or at all."""
    return "".join(c if c.isprintable() else repr(c)[1:-1] for c in text)
