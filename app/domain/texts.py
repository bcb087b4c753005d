"""The one form in which a text is stored, so that texts that look alike are equal."""

import re
import unicodedata
from typing import Final

# Characters that nobody sees: the property Default_Ignorable_Code_Point of Unicode. Among them are soft
# hyphens, joiners, marks of direction, selectors of variants, Hangul fillers and the byte order mark.
_INVISIBLE: Final = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0000-\U000e0fff]"
)
# Spaces of any width (the category Zs), and two or more of them. Tabs and line ends stay.
_SPACES: Final = re.compile("[ \u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
# Marks of a thing that a text cannot hold, or that was lost when the text was decoded.
_REPLACED: Final = re.compile("[\ufff9-\ufffd]")
# Rare Chinese characters. Unicode adds some each year, and the tables of Python may lack the newest.
_IDEOGRAPHS: Final = range(0x20000, 0x3FFFE)


def is_settled(text: str) -> bool:
    """Return whether the text is surely settled, and one line without white space around it.

    Most texts are, and this test is fast. Control characters and spaces other than the plain one are
    not printable.
    """
    if not text.isprintable() or "  " in text or text != text.strip():
        return False
    return text.isascii() or (
        not _INVISIBLE.search(text) and unicodedata.is_normalized("NFC", text)
    )


def settle(text: str) -> str:
    """Return the text in NFC, without invisible characters, and with single plain spaces."""
    if text.isascii():
        return text if "  " not in text else _SPACES.sub(" ", text)
    visible = _INVISIBLE.sub("", text)
    return unicodedata.normalize("NFC", _SPACES.sub(" ", visible))


def unfit_character(text: str) -> tuple[str, str] | None:
    """Return the first character that no text should have, and why; None if each has a meaning.

    These are the characters that RFC 8264 allows in no text (FreeformClass), and marks of lost
    characters. Tabs and line ends are fit.
    """
    if text.isprintable() and not _REPLACED.search(text):
        return None
    reasons = ((character, _unfitness(character)) for character in text)
    return next(((character, reason) for character, reason in reasons if reason), None)


def _unfitness(character: str) -> str:
    if _REPLACED.match(character):
        return "it replaces a character that was lost: write the one that was meant"
    match unicodedata.category(character):
        case "Co":
            return "it is for private use, so each reader sees another character or none"
        case "Cn" if ord(character) not in _IDEOGRAPHS or ord(character) & 0xFFFE == 0xFFFE:
            return "no character of Unicode has this number"
        case "Cc" if character not in "\t\n":
            return "it is a control character"
        case "Zl" | "Zp":
            return "write a line end"
    return ""
