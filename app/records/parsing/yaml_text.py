"""Parse YAML strictly: the scalars of YAML 1.2, without tags, anchors and repeated keys.

This module builds the values from the parser's events one by one, so it can bound the depth before
any stack grows. Numbers, nulls and booleans follow YAML 1.2's core schema without hexadecimal,
octal and infinite numbers; every other plain scalar is a text (`NO`, `2024-11-01`, `1:30`, `0777`).
"""

import re

import yaml

from app.domain.wording import quote_value, short_repr
from app.records.parsing.errors import MAX_DEPTH, Unreadable, pointer_step

_LOADER = yaml.CBaseLoader if yaml.__with_libyaml__ else yaml.BaseLoader

_CONSTANTS: dict[str, bool | None] = {
    "": None,
    "~": None,
    **dict.fromkeys(("null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
# 18 digits fit the integers of both engines. A longer number is a text, which number fields refuse.
_INTEGER = re.compile(r"[-+]?(?:0|[1-9][0-9]{0,17})")
_FLOAT = re.compile(
    r"[-+]?(?=[0-9]*[.eE])(?:(?:0|[1-9][0-9]*)(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?"
)
# A plain scalar that is read as a number. A text that looks like this needs quotes.
NUMBER = re.compile(rf"(?:{_INTEGER.pattern}|{_FLOAT.pattern})\Z")
# The characters that YAML 1.2 does not call printable.
_FORBIDDEN = re.compile(r"[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

# Advice by a part of the parser's message, for the usual mistakes.
_ADVICE = {
    "unexpected end of stream": "close the quote that opens here",
    "could not find expected ':'": "write a colon and a space after a key",
    "mapping values are not allowed": "indent this line like its neighbours, or write a text that holds ': ' in quotes",
    "tab character": "indent with spaces, not with tabs",
    "cannot start any token": "write a text that begins with a special character in quotes",
    "did not find expected key": "indent this line like its neighbours, or double the quote within the text",
    "did not find expected '-'": "indent this line like its neighbours",
    "expected <block end>": "indent this line like its neighbours, or double the quote within the text",
    "',' or '": "close the bracket or brace before this, or write a text that holds ': ' in quotes",
}


def parse(text: str) -> object:
    """Parse the one document of a YAML text into plain values.

    Raises Unreadable, with the line, for a text that is not YAML, and for repeated keys, keys that
    are not texts, anchors and aliases, tags, several documents, and more than MAX_DEPTH levels.
    """
    return _Builder(text, None).document()


def find_lines(text: str) -> dict[str, int]:
    """Return the line of each value of a text that `parse` accepts, by JSON pointer."""
    lines: dict[str, int] = {}
    _Builder(text, lines).document()
    return lines


class _Builder:
    """Build values from the parser's events and, if `lines` is given, record the line of each."""

    def __init__(self, text: str, lines: dict[str, int] | None) -> None:
        self._text = text
        self._lines = lines
        self._events = yaml.parse(text, Loader=_LOADER)

    def document(self) -> object:
        if match := _FORBIDDEN.search(self._text):
            line = self._text.count("\n", 0, match.start()) + 1
            raise Unreadable(line, f"character U+{ord(match[0]):04X} is not allowed in YAML")
        try:
            return self._only_document()
        except yaml.MarkedYAMLError as error:
            raise _with_advice(error, self._text) from None
        except yaml.YAMLError as error:
            raise Unreadable(None, f"not valid YAML: {error}") from None

    def _only_document(self) -> object:
        next(self._events)
        if isinstance(next(self._events), yaml.StreamEndEvent):
            raise Unreadable(1, "the file is empty")
        value = self._value(next(self._events), "")
        next(self._events)
        if not isinstance(after := next(self._events), yaml.StreamEndEvent):
            raise Unreadable(
                _line(after), "a file holds one document: write this into another file"
            )
        return value

    def _value(self, event: yaml.Event, pointer: str) -> object:
        self._record_line(pointer, event)
        if problem := _refusal(event):
            raise Unreadable(_line(event), problem, pointer)
        if isinstance(event, yaml.ScalarEvent):
            return _scalar(event)
        if pointer.count("/") >= MAX_DEPTH:
            raise Unreadable(_line(event), f"more than {MAX_DEPTH} levels deep")
        if isinstance(event, yaml.SequenceStartEvent):
            return self._list(pointer)
        return self._mapping(pointer)

    def _list(self, pointer: str) -> list[object]:
        items: list[object] = []
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            items.append(self._value(event, f"{pointer}/{len(items)}"))
        return items

    def _mapping(self, pointer: str) -> dict[str, object]:
        mapping: dict[str, object] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            key = self._key(event, pointer)
            place = pointer + pointer_step(key)
            if key in mapping:
                raise Unreadable(_line(event), "this key appears twice in one mapping", place)
            self._record_line(place, event)
            mapping[key] = self._value(next(self._events), place)
        return mapping

    def _key(self, event: yaml.Event, pointer: str) -> str:
        if not isinstance(event, yaml.ScalarEvent):
            raise Unreadable(_line(event), "a key must be one text, on one line", pointer)
        key = self._value(event, pointer)
        if not isinstance(key, str):
            raise Unreadable(
                _line(event), f"found {quote_value(key)} as a key: write a text", pointer
            )
        return key

    def _record_line(self, pointer: str, event: yaml.Event) -> None:
        if self._lines is not None:
            self._lines.setdefault(pointer, _line(event))


def _refusal(event: yaml.Event) -> str | None:
    if isinstance(event, yaml.NodeEvent) and event.anchor is not None:
        return "anchors and aliases (& and *) are refused: write the value out"
    if isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent) and event.tag is not None:
        return f"tags are refused: remove {short_repr(event.tag)}"
    return None


def _scalar(event: yaml.ScalarEvent) -> object:
    text: str = event.value
    if not event.implicit[0]:
        return text
    if text in _CONSTANTS:
        return _CONSTANTS[text]
    if _INTEGER.fullmatch(text):
        return int(text)
    return float(text) if _FLOAT.fullmatch(text) else text


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1


def _with_advice(error: yaml.MarkedYAMLError, text: str) -> Unreadable:
    """Return the parser's problem with advice, on the line that most likely has the mistake."""
    problem = error.problem or "it cannot be read"
    mark = error.problem_mark or error.context_mark
    if mark and text[mark.index : mark.index + 1] == "\t":
        problem = "found a tab character"
    elif "end of stream" in problem or "expected ':'" in problem:
        mark = error.context_mark or mark
    advice = next((words for part, words in _ADVICE.items() if part in problem), "")
    sentence = f"not valid YAML: {problem}" + (f" ({advice})" if advice else "")
    return Unreadable(mark.line + 1 if mark else None, sentence)
