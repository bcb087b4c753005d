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
_BORDER: Final = re.compile(
    f"[{_LATIN_LETTER}][{_CYRILLIC_LETTER}]|[{_CYRILLIC_LETTER}][{_LATIN_LETTER}]"
)
_WORD: Final = re.compile(f"[{_LATIN_LETTER}{_CYRILLIC_LETTER}]+")
_ANY_LATIN: Final = re.compile(f"[{_LATIN_LETTER}]")


def mixed_words(text: str) -> Iterator[str]:
    """Yield each word that has Latin and Cyrillic letters. The text is in NFC."""
    if not text.isascii() and _BORDER.search(text):
        yield from filter(_BORDER.search, _WORD.findall(text))


def strange_letters(word: str) -> str:
    """Return the letters of a mixed word that are in the script of its minority."""
    latin = "".join(_ANY_LATIN.findall(word))
    cyrillic = "".join(letter for letter in word if letter not in latin)
    return latin if len(latin) <= len(cyrillic) else cyrillic


def in_one_script(text: str) -> str:
    """Read each mixed word in the script of its majority; letters without a twin stay."""
    composed = unicodedata.normalize("NFC", text)
    return _WORD.sub(lambda match: _read(match[0]), composed) if _BORDER.search(composed) else text


def _read(word: str) -> str:
    if not _BORDER.search(word):
        return word
    strange = strange_letters(word)
    table = _TO_CYRILLIC if _ANY_LATIN.match(strange) else _TO_LATIN
    return word.translate(table)
