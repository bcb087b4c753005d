"""The one form in which a text is stored, so that texts that look alike are equal."""

import re
import unicodedata
from typing import Final

# Characters without a width: soft hyphen, joiners, marks of direction, byte order mark.
_INVISIBLE: Final = re.compile(
    "[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]"
)
# Spaces of any width (the category Zs), and two or more of them. Tabs and line ends stay.
_SPACES: Final = re.compile("[ \u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+")


def is_settled(text: str) -> bool:
    """Return whether the text is surely settled, and one line without white space around it.

    Most texts are, and this test is fast. Control characters, invisible characters and spaces other
    than the plain one are not printable.
    """
    return (
        text.isprintable()
        and "  " not in text
        and text == text.strip()
        and unicodedata.is_normalized("NFC", text)
    )


def settle(text: str) -> str:
    """Return the text in NFC, without invisible characters, and with single plain spaces."""
    if text.isascii():
        return text if "  " not in text else _SPACES.sub(" ", text)
    visible = _INVISIBLE.sub("", text)
    return unicodedata.normalize("NFC", _SPACES.sub(" ", visible))
