"""Parts of error messages that several layers share: quoted values and suggestions."""

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence

from app.domain.names.folding import without_marks

_MAX_REPR = 60


def quote_value(value: object) -> str:
    """Return the value as part of a sentence, shortened: `the text 'hos'`, `the number 2024`."""
    match value:
        case None:
            return "nothing (null)"
        case bool():
            return str(value).lower()
        case int() | float():
            return f"the number {short_repr(value)}"
        case str():
            return f"the text {short_repr(value)}"
        case Mapping():
            return "a mapping"
        case list():
            return f"a list of {len(value)}" if value else "an empty list"
    return f"a {type(value).__name__}"


def plain_number(value: object) -> object:
    """Return a number without a fraction as a whole one, so that 1000000.0 is not shown as 1e+06."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def short_repr(value: object) -> str:
    """Return the `repr` of the value, cut to 60 characters."""
    text = repr(value[:_MAX_REPR] if isinstance(value, str) else value)
    return text if len(text) <= _MAX_REPR else f"{text[: _MAX_REPR - 1]}…"


def did_you_mean(word: object, known: Iterable[str]) -> str:
    """Return `; did you mean 'role'?` with the closest known words, or nothing if none is close."""
    return list_meant(difflib.get_close_matches(str(word)[:_MAX_REPR].lower(), known))


def list_meant(words: Sequence[str]) -> str:
    """Return `; did you mean 'one' or 'other'?`, or nothing without a word."""
    return f"; did you mean {' or '.join(map(repr, words))}?" if words else ""


def slug_of(text: str) -> str:
    """Return the id that a text in Latin letters would be: `kim-il-sung` of `Kim Il Sung`, or nothing."""
    bare = without_marks(text.lower())
    return re.sub(r"[^a-z0-9]+", "-", bare).strip("-") if bare.isascii() else ""
