"""Russian names in Latin letters: how each system spells each letter of Cyrillic.

The systems are BGN/PCGN 1947, ISO 9 (1995, and its scholarly predecessor), the spelling of French
passports and newspapers, and the spellings of the English and German press. One name often mixes
systems (Alexandre Matsegora), so each letter may have any of its spellings.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

# `_` is an empty spelling. Names are compared without accents: `č` is `c`, `ï` is `i`.
_SPELLINGS: Final = {
    letters: tuple(s.replace("_", "") for s in spellings.split())
    for letters, spellings in {
        "ий": "iy ii ij i y yi",
        "ый": "yy yi yj y i ii ui",
        "кс": "ks x",
        "а": "a",
        "б": "b",
        "в": "v w f ff",
        "г": "g gu gh",
        "д": "d",
        "е": "e ye ie je yo io jo o",
        "ж": "zh j z sch",
        "з": "z s",
        "и": "i y",
        "й": "y i j _",
        "к": "k c ck q qu",
        "л": "l",
        "м": "m",
        "н": "n",
        "о": "o",
        "п": "p",
        "р": "r",
        "с": "s ss",
        "т": "t",
        "у": "u ou oo",
        "ф": "f",
        "х": "kh h ch",
        "ц": "ts tz c cz z",
        "ч": "ch tch c tsch",
        "ш": "sh ch s sch",
        "щ": "shch chtch sc shh sch schtsch",
        "ъ": "_",
        "ы": "y i ui",
        "ь": "_",
        "э": "e",
        "ю": "yu iu ju iou you",
        "я": "ya ia ja a",
    }.items()
}
_FRENCH_ENDING: Final = re.compile(r"[иы]н$")
_PATRONYMIC: Final = re.compile(
    r"(?:[ое]вич|ьич|[ое]вна|ична|[oe]v(?:i(?:ch|tch|c)|na)|y?i(?:ch|tch|c)na|yi(?:ch|tch|c))$"
)


@lru_cache(maxsize=4096)
def letters_of(word: str) -> Sequence[Sequence[str]]:
    """Return the Latin spellings of each letter of a lower-case Cyrillic word, the English first.

    A letter that Russian does not have is spelled as itself.
    """
    return tuple(_letters(word))


def _letters(word: str) -> Iterator[Sequence[str]]:
    start = 0
    while start < len(word):
        length = 2 if word[start : start + 2] in _SPELLINGS else 1
        yield _SPELLINGS.get(word[start : start + length], (word[start],))
        start += length
    if _FRENCH_ENDING.search(word):
        yield ("", "e")  # Poutine, Volodine.


def transliterated(word: str) -> str:
    """Transliterate a lower-case Cyrillic word, roughly as BGN/PCGN does."""
    return "".join(spellings[0] for spellings in letters_of(word))


def without_patronymics(words: Sequence[str]) -> Sequence[str]:
    """Remove the patronymic from the words of a name in Latin or Cyrillic, if two words remain.

    A surname such as Rabinovich looks like a patronymic, so a name of two words keeps both.
    """
    if len(words) < 3:
        return words
    left = [word for word in words if not _PATRONYMIC.search(word)]
    return left if len(left) >= 2 else words
