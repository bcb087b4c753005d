"""Letters that look like letters of another alphabet: a Latin `p` in Лавpов (Unicode TS 39)."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
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
_TWO_SCRIPTS: Final = re.compile(f"[{_LATIN_LETTER}{_CYRILLIC_LETTER}]+")
_ANY_LATIN: Final = re.compile(f"[{_LATIN_LETTER}]")
# Hangul, Han, kana and bopomofo are written without spaces, also after a foreign word: `KCNA는`. So they
# part words, and may meet any alphabet.
_EAST_ASIAN: Final = (
    "\u1100-\u11ff\u3005-\u3007\u3031-\u303c\u3040-\u312f\u3130-\u318f\u31a0-\u31ff\u3400-\u4dbf"
    "\u4e00-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\uff66-\uffdc\U0001aff0-\U0001b16f"
    "\U00020000-\U0003ffff"
)
# Marks that combine with letters of any alphabet.
_MARKS: Final = "\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
_WORD: Final = re.compile(rf"(?:[^\W\d_{_EAST_ASIAN}]|[{_MARKS}])+")
# Most texts have neither: no Latin beside Cyrillic, and no letter of a third alphabet.
_SUSPECT: Final = re.compile(
    f"{_BORDER.pattern}|[{_MARKS}]"
    rf"|[^\W\d_{_LATIN_LETTER}{_CYRILLIC_LETTER}{_EAST_ASIAN}]"
)
# Letters of no alphabet, by the first word of their names. `ʼ` and `ʹ` are in transliterations.
_COMMON: Final = ("MODIFIER", "MICRO", "FEMININE", "MASCULINE", "FULLWIDTH")


def mixed_words(text: str) -> Iterator[str]:
    """Yield each word that has letters of several alphabets. The text is in NFC."""
    if not text.isascii() and _SUSPECT.search(text):
        yield from (word for word in _WORD.findall(text) if len(_alphabets(word)) > 1)


def explain_mixed(word: str) -> str:
    """Return a sentence about a mixed word, with its alphabets and the letters of the rarer ones."""
    alphabets = sorted(_alphabets(word), key=lambda name: (name != "Latin", name))
    strange = strange_letters(word)
    others = sorted({_alphabet(letter) for letter in strange})
    return (
        f"the word {word!r} mixes {' and '.join(alphabets)} letters: write all of it in one alphabet; "
        f"{strange!r} is {' and '.join(others)}"
    )


def strange_letters(word: str) -> str:
    """Return the letters of a mixed word that are not in the alphabet of its majority."""
    counts = _alphabets(word)
    # Of two that are equally frequent, Latin is the strange one.
    usual = max(counts, key=lambda name: (counts[name], name != "Latin"))
    return "".join(letter for letter in word if _alphabet(letter) not in ("", usual))


def _alphabets(word: str) -> Counter[str]:
    """Count the letters of each alphabet."""
    counts = Counter(map(_alphabet, word))
    del counts[""]
    return counts


@lru_cache(maxsize=4096)
def _alphabet(letter: str) -> str:
    """Return the alphabet of a letter: the first word of its name. Empty for one that fits into any."""
    name = unicodedata.name(letter, "").split(" ")[0] if letter.isalpha() else ""
    return "" if name in _COMMON else name.title()


def in_one_script(text: str) -> str:
    """Read each mixed word in the script of its majority; letters without a twin stay."""
    composed = unicodedata.normalize("NFC", text)
    if not _BORDER.search(composed):
        return text
    return _TWO_SCRIPTS.sub(lambda match: _read(match[0]), composed)


def _read(word: str) -> str:
    if not _BORDER.search(word):
        return word
    table = _TO_CYRILLIC if _ANY_LATIN.match(strange_letters(word)) else _TO_LATIN
    return word.translate(table)
