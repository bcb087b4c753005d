"""Russian names in Latin letters: how each system spells each letter of Cyrillic.

The systems are BGN/PCGN 1947, ISO 9 (1995, and its scholarly predecessor), the spelling of French
passports and newspapers, and the spellings of the English and German press. One name often mixes
systems (Alexandre Matsegora), so each letter may have any of its spellings.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
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
# Systems with one spelling for each letter, for keys: the English, German, French and scholarly one. An
# `е` has two spellings: after a consonant, and elsewhere. So has `ё`: after a sibilant, and elsewhere.
_LETTERS: Final = "абвгджзийклмнопрстуфхцчшщъыьэюя"
_SYSTEMS: Final = tuple(
    (
        {
            **dict(zip(_LETTERS, (s.replace("_", "") for s in letters.split()), strict=True)),
            **whole,
        },
        e,
        yo,
    )
    for letters, whole, e, yo in (
        (
            "a b v g d zh z i y k l m n o p r s t u f kh ts ch sh shch _ y _ e yu ya",
            {"ий": "y", "ый": "y"},
            ("e", "ye"),
            ("yo", "yo"),
        ),
        (
            "a b v g d zh z i i k l m n o p r s t u f kh ts ch sh sch _ y _ e iu ia",
            {"ий": "i", "ый": "y", "кс": "x"},
            ("e", "e"),
            ("e", "e"),
        ),
        (
            "a b w g d sch s i j k l m n o p r s t u f ch z tsch sch schtsch _ y _ e ju ja",
            {"ий": "i", "ый": "y", "кс": "x", "ей": "ei", "ай": "ai", "ой": "oi", "дж": "dsch"},
            ("e", "je"),
            ("o", "jo"),
        ),
        (
            "a b v g d j z i i k l m n o p r s t ou f kh ts tch ch chtch _ y _ e iou ia",
            {"ий": "i", "ый": "y", "кс": "x", "ги": "gui", "ге": "gue"},
            ("e", "e"),
            ("e", "io"),
        ),
        (
            "a b v g d z z i j k l m n o p r s t u f h c c s sc _ y _ e ju ja",
            {},
            ("e", "e"),
            ("e", "e"),
        ),
    )
)
_PIECES: Final = re.compile("[иы]й$|кс|[еао]й$|дж|г[ие]|.")
_VOWELS_AND_SIGNS: Final = ("", *"аеёиоуыэюяйьъ")
_FRENCH_ENDING: Final = re.compile(r"[иы]н$")
_PATRONYMIC: Final = re.compile(
    r"(?:(?:[ое]в|ь)ич(?:а|у|[ео]м|е)?|(?:[ое]в|ич)н(?:а|ы|е|у|ой|ою)|[oe][vw](?:i(?:ch|tch|tsch|c)|na)|[yj]?i(?:ch|tch|tsch|c)na|[yj]i(?:ch|tch|tsch|c))$"
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


def is_patronymic(word: str) -> bool:
    """Whether a lower-case word looks like a patronymic, in Latin letters or in any Russian case."""
    return _PATRONYMIC.search(word) is not None


def without_patronymics(words: Sequence[str]) -> Sequence[str]:
    """Remove the patronymic from the words of a name in Latin or Cyrillic, if two words remain.

    A surname such as Rabinovich looks like a patronymic, so a name of two words keeps both.
    """
    if len(words) < 3:
        return words
    left = [word for word in words if not is_patronymic(word)]
    return left if len(left) >= 2 else words


@lru_cache(maxsize=8192)
def latin_spellings(word: str) -> tuple[str, ...]:
    """Return a lower-case Cyrillic word in each Latin system, without accents: лавров is also lawrow."""
    spelled = ["".join(_in_system(word, *system)) for system in _SYSTEMS]
    french = [text + "e" for text in spelled[3:4] if _FRENCH_ENDING.search(word)]
    return tuple(dict.fromkeys([*spelled, *french]))


def _in_system(
    word: str, letters: Mapping[str, str], e: tuple[str, str], yo: tuple[str, str]
) -> Iterator[str]:
    before = ""
    for piece in _PIECES.findall(word):
        for part in [piece] if piece in letters else piece:
            if part == "е":
                yield e[before in _VOWELS_AND_SIGNS]
            elif part == "ё":
                yield yo[before not in "жчшщ" or not before]
            else:
                yield letters.get(part, part)
            before = part[-1]
