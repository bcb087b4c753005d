"""Guard texts that spreadsheets would run as formulas, and remove the guard again."""

import re
from typing import Final

# The characters that begin a formula (OWASP, "CSV Injection"), full-width forms included.
# Spreadsheets in half of Europe read `;` as the end of a cell, and some spreadsheets skip invisible
# characters, so a formula may also begin after those.
_INVISIBLE: Final = r"[\s\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
_BEGINNING: Final = rf"(?={_INVISIBLE}*[=+\-@\t\r＝＋－＠])"
_FORMULA: Final = re.compile(rf"(?:^|(?<=;)){_BEGINNING}")
_GUARDED: Final = re.compile(rf"(?:^|(?<=;))'{_BEGINNING}")


def guard_formulas(text: str) -> str:
    """Put an apostrophe before each formula in the text. Excel does not show the apostrophe."""
    return _FORMULA.sub("'", text)


def unguard_formulas(text: str) -> str:
    """Remove the apostrophes that `guard_formulas` adds.

    An apostrophe that the text already had before a formula looks the same and is removed too.
    """
    return _GUARDED.sub("", text)
