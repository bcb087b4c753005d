"""YAML read strictly: the scalars of YAML 1.2, and nothing that hides, repeats or runs.

The parser's events are built into values here, one by one, and so the depth is bounded before any
stack grows. Numbers, nulls and booleans are those of YAML 1.2's core schema without hexadecimal,
octal and infinite numbers; every other plain scalar is a text (`NO`, `2024-11-01`, `1:30`, `0777`).
"""

import re

import yaml

from app.records.parsing.errors import MAX_DEPTH, Unreadable, pointer_step, quote_value, short_repr

_LOADER = yaml.CBaseLoader if yaml.__with_libyaml__ else yaml.BaseLoader

_CONSTANTS: dict[str, bool | None] = {
    "": None,
    "~": None,
    **dict.fromkeys(("null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
# At most 18 digits fit every engine's integers; a longer one is a text, and is refused as such.
_INTEGER = re.compile(r"[-+]?(?:0|[1-9][0-9]{0,17})")
_FLOAT = re.compile(
    r"[-+]?(?=[0-9]*[.eE])(?:(?:0|[1-9][0-9]*)(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?"
)
# A plain scalar that is read as a number: who writes a text like it puts it in quotes.
NUMBER = re.compile(rf"(?:{_INTEGER.pattern}|{_FLOAT.pattern})\Z")
# What YAML 1.2 does not call printable.
_FORBIDDEN = re.compile(r"[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

# The parser's words for what people usually did, and what to do about it.
_ADVICE = {
    "unexpected end of stream": "a quote opens here and never closes",
    "could not find expected ':'": "a key is followed by a colon and a space",
    "mapping values are not allowed": "a text that holds ': ' stands in quotes",
    "tab character": "indent with spaces, not with tabs",
    "cannot start any token": "a text that begins with a special character stands in quotes",
    "did not find expected key": "indent this line like its neighbours, or double the quote within the text",
    "did not find expected '-'": "indent this line like its neighbours",
    "expected <block end>": "indent this line like its neighbours, or double the quote within the text",
    "',' or '": "a bracket or a brace before this is not closed",
}


def parse(text: str) -> object:
    """The one document of a YAML text, as plain values.

    Raises Unreadable, with the line, for what is not YAML and for what is refused: keys that stand
    twice or are no texts, anchors and aliases, tags, several documents, more than MAX_DEPTH levels.
    """
    return _Builder(text, None).document()


def find_lines(text: str) -> dict[str, int]:
    """The line of every value of a text that `parse` accepts, by JSON pointer."""
    lines: dict[str, int] = {}
    _Builder(text, lines).document()
    return lines


class _Builder:
    """Builds values from the parser's events, and notes their lines if it has where to."""

    def __init__(self, text: str, lines: dict[str, int] | None) -> None:
        self._text = text
        self._lines = lines
        self._events = yaml.parse(text, Loader=_LOADER)

    def document(self) -> object:
        if found := _FORBIDDEN.search(self._text):
            line = self._text.count("\n", 0, found.start()) + 1
            raise Unreadable(line, f"character U+{ord(found[0]):04X} is not allowed in YAML")
        try:
            return self._only_document()
        except yaml.MarkedYAMLError as error:
            raise _explained(error, self._text) from None
        except yaml.YAMLError as error:
            raise Unreadable(None, f"not valid YAML: {error}") from None

    def _only_document(self) -> object:
        next(self._events)
        if isinstance(next(self._events), yaml.StreamEndEvent):
            raise Unreadable(1, "the file is empty")
        value = self._value(next(self._events), "")
        next(self._events)
        if not isinstance(after := next(self._events), yaml.StreamEndEvent):
            raise Unreadable(_line(after), "a file holds one document: make a second file of this")
        return value

    def _value(self, event: yaml.Event, pointer: str) -> object:
        self._note(pointer, event)
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
                raise Unreadable(_line(event), "this key stands twice in one mapping", place)
            self._note(place, event)
            mapping[key] = self._value(next(self._events), place)
        return mapping

    def _key(self, event: yaml.Event, pointer: str) -> str:
        if not isinstance(event, yaml.ScalarEvent):
            raise Unreadable(_line(event), "a key is one word or text, on one line", pointer)
        key = self._value(event, pointer)
        if not isinstance(key, str):
            raise Unreadable(
                _line(event), f"found {quote_value(key)} as a key: write a text", pointer
            )
        return key

    def _note(self, pointer: str, event: yaml.Event) -> None:
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


def _explained(error: yaml.MarkedYAMLError, text: str) -> Unreadable:
    """The parser's problem with our advice, on the line where the mistake most likely is."""
    problem = error.problem or "it cannot be read"
    mark = error.problem_mark or error.context_mark
    if mark and text[mark.index : mark.index + 1] == "\t":
        problem = "found a tab character"
    elif "end of stream" in problem or "expected ':'" in problem:
        mark = error.context_mark or mark
    advice = next((words for part, words in _ADVICE.items() if part in problem), "")
    sentence = f"not valid YAML: {problem}" + (f" ({advice})" if advice else "")
    return Unreadable(mark.line + 1 if mark else None, sentence)
