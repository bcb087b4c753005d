"""Texts that spreadsheets would run as formulas, made harmless, and given back as they were."""

import re
from typing import Final

# What a spreadsheet takes for the beginning of a formula (OWASP, "CSV Injection"), full-width forms
# too. Spreadsheets of half of Europe read `;` as the end of a cell, so what follows one counts.
# So do marks that nobody sees: they do not stop all spreadsheets.
_UNSEEN: Final = r"[\s\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
_BEGINNING: Final = rf"(?={_UNSEEN}*[=+\-@\t\r＝＋－＠])"
_FORMULA: Final = re.compile(rf"(?:^|(?<=;)){_BEGINNING}")
_GUARDED: Final = re.compile(rf"(?:^|(?<=;))'{_BEGINNING}")


def guard_formulas(text: str) -> str:
    """The text with an apostrophe before what a spreadsheet would run; Excel does not show it."""
    return _FORMULA.sub("'", text)


def unguard_formulas(text: str) -> str:
    """The text without the apostrophes that `guard_formulas` sets.

    One that was there before looks like them, and goes too.
    """
    return _GUARDED.sub("", text)
