"""Cells of CSV: texts that no spreadsheet runs as a formula, and lists of values. Both can be undone."""

import re
from collections.abc import Iterable
from typing import Final

# Separates the values of a list.
SEPARATOR: Final = "; "

# The characters that begin a formula (OWASP, "CSV Injection"), full-width forms included.
# Spreadsheets in half of Europe read `;` as the end of a cell, and some spreadsheets skip invisible
# characters, so a formula may also begin after those.
_INVISIBLE: Final = r"[\s\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
# A text that looks guarded gets another apostrophe, so that removing one gives the text again.
_BEGINNING: Final = rf"(?='*{_INVISIBLE}*[=+\-@\t\r＝＋－＠])"
_FORMULA: Final = re.compile(rf"(?:^|(?<=;)){_BEGINNING}")
_GUARDED: Final = re.compile(rf"(?:^|(?<=;))'{_BEGINNING}")
# A value of a list, up to the next semicolon or the end. In quotes it may contain semicolons.
_VALUE: Final = re.compile(r'\s*(?:"(?P<quoted>(?:[^"]|"")*)"\s*|(?P<plain>[^;]*))(?P<end>;|\Z)')


def guard_formulas(text: str) -> str:
    """Put an apostrophe before each formula in the text. Excel does not show the apostrophe."""
    # Nearly every text: no formula begins with a letter or a digit.
    if text[:1].isalnum() and ";" not in text:
        return text
    return _FORMULA.sub("'", text)


def unguard_formulas(text: str) -> str:
    """Remove the apostrophes that `guard_formulas` adds."""
    return _GUARDED.sub("", text)


def join_values(values: Iterable[str | None]) -> str:
    """Return the cell of a list; an unknown value is empty. `split_values` gives the values again."""
    return SEPARATOR.join([_quoted(value) if value else "" for value in values])


def split_values(cell: str) -> list[str]:
    """Return the values of a list; an unknown value is empty."""
    values = []
    for match in _VALUE.finditer(cell):
        quoted = match["quoted"]
        values.append(match["plain"].strip() if quoted is None else quoted.replace('""', '"'))
        if not match["end"]:
            break
    return values


def _quoted(value: str) -> str:
    if ";" in value or value.startswith('"'):
        return '"' + value.replace('"', '""') + '"'
    return value
