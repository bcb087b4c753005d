"""Letters that look like letters of another script: a Latin `p` in Лавpов (Unicode TS 39)."""

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

# Pairs of the Unicode data file confusables.txt that are on keyboards, ë and ё, and the small letters
# of the pairs of capitals.
_LATIN: Final = "ABCEHIJKMOPSTXYaceijkmopstxyËÏëï"
_CYRILLIC: Final = "АВСЕНІЈКМОРЅТХУасеіјкморѕтхуЁЇёї"
_TO_CYRILLIC: Final = str.maketrans(_LATIN, _CYRILLIC)
_TO_LATIN: Final = str.maketrans(_CYRILLIC, _LATIN)
_LATIN_LETTER: Final = "A-Za-zÀ-ÖØ-öø-ɏḀ-ỿ"
_CYRILLIC_LETTER: Final = "Ѐ-ԯ"
# Letters of both scripts without anything between them. A hyphen, a digit or an apostrophe parts words.
_MIXED: Final = re.compile(
    rf"[{_LATIN_LETTER}{_CYRILLIC_LETTER}]*"
    rf"(?:[{_LATIN_LETTER}][{_CYRILLIC_LETTER}]|[{_CYRILLIC_LETTER}][{_LATIN_LETTER}])"
    rf"[{_LATIN_LETTER}{_CYRILLIC_LETTER}]*"
)
_ANY_LATIN: Final = re.compile(f"[{_LATIN_LETTER}]")


def mixed_words(text: str) -> Iterator[str]:
    """Yield each word that has Latin and Cyrillic letters."""
    if not text.isascii():
        yield from _MIXED.findall(unicodedata.normalize("NFC", text))


def strange_letters(word: str) -> str:
    """Return the letters of a mixed word that are in the script of its minority."""
    latin = "".join(_ANY_LATIN.findall(word))
    cyrillic = "".join(letter for letter in word if letter not in latin)
    return latin if len(latin) <= len(cyrillic) else cyrillic


def in_one_script(text: str) -> str:
    """Read each mixed word in the script of its majority; letters without a twin stay."""
    return text if text.isascii() else _MIXED.sub(lambda match: _read(match[0]), text)


def _read(word: str) -> str:
    strange = strange_letters(word)
    table = _TO_CYRILLIC if _ANY_LATIN.match(strange) else _TO_LATIN
    return word.translate(table)
