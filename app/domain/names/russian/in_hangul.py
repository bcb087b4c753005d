"""Russian words in Hangul: by the South's rule of 2005, and as the press of the DPRK writes them.

The South follows 외래어 표기법, table 19 and its ten articles, Ministry of Culture notice 2005-32. The
DPRK writes tense consonants for к п с т ц, keeps a final в, г and д, and softens т and д: ти is 찌.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from app.domain.names.hangul import join, split

_VOWELS: Final = dict(zip("аеёиоуыэюя", "ㅏㅔㅛㅣㅗㅜㅣㅔㅠㅑ", strict=True))
_SOFT: Final = {"ㅏ": "ㅑ", "ㅔ": "ㅖ", "ㅗ": "ㅛ", "ㅜ": "ㅠ"}
_HARD: Final = {"ㅑ": "ㅏ", "ㅖ": "ㅔ", "ㅛ": "ㅗ", "ㅠ": "ㅜ"}
_VOICELESS: Final = frozenset("кптфсхцчшщ")
_SONORANTS: Final = frozenset("лмн")
# Consonants that close the syllable before them, and the letter with which they do.
_CODAS: Final = {
    **dict.fromkeys("пбфв", "ㅂ"),
    **dict.fromkeys("тд", "ㅅ"),
    **dict.fromkeys("кг", "ㄱ"),
    **dict(zip("лмн", "ㄹㅁㄴ", strict=True)),
}
# Letters that are one sound (articles 4 and 10), and doubled ones (article 7). нн and мм are two.
_REWRITTEN: Final = (
    (re.compile("тс|дс(?![аеёиоуыэюя])"), "ц"),
    (re.compile("д(?=[зж])|ъ(?![еёюя])"), ""),
    (re.compile(r"([^нмаеёиоуыэюя])\1"), r"\1"),
    (re.compile("(?<=[иы])й$"), ""),
)


class _Practice(NamedTuple):
    """A way to write Russian in Hangul: the letter or the syllable of each consonant."""

    initials: dict[str, str]
    alone: dict[str, str]
    before_voiceless: dict[str, str]
    at_end: dict[str, str]
    northern: bool = False


def _table(pairs: str) -> dict[str, str]:
    return {pair[0]: pair[1] for pair in pairs.split()}


_SOUTH: Final = _Practice(
    initials=dict(
        zip("бвгджзклмнпрстфхцчшщ", "ㅂㅂㄱㄷㅈㅈㅋㄹㅁㄴㅍㄹㅅㅌㅍㅎㅊㅊㅅㅅ", strict=True)
    ),
    alone=_table("б브 в브 г그 д드 ж즈 з즈 к크 л르 м므 н느 п프 р르 с스 т트 ф프 х흐 ц츠 ч치 ш시 щ시"),
    before_voiceless=_table("ж시 з스"),
    at_end=_table("б프 в프 г크 д트 ж시 з스"),
)
_NORTH: Final = _Practice(
    initials=dict(
        zip("бвгджзклмнпрстфхцчшщ", "ㅂㅂㄱㄷㅈㅈㄲㄹㅁㄴㅃㄹㅆㄸㅍㅎㅉㅊㅅㅆ", strict=True)
    ),
    alone=_table("б브 в브 г그 д드 ж쥬 з즈 к끄 л르 м므 н느 п쁘 р르 с스 т뜨 ф프 х흐 ц쯔 ч치 ш쉬 щ쉬"),
    before_voiceless={},
    at_end=_table("к크 с쓰"),
    northern=True,
)


@lru_cache(maxsize=4096)
def southern_hangul(word: str) -> str:
    """Return a Cyrillic word in Hangul by the South's rule of 2005: путин is 푸틴."""
    return _written(word, _SOUTH)


@lru_cache(maxsize=4096)
def northern_hangul(word: str) -> str:
    """Return a Cyrillic word in Hangul as the press of the DPRK writes it: путин is 뿌찐."""
    return _written(word, _NORTH)


def _written(word: str, practice: _Practice) -> str:
    """Write a lower-case word of Russian letters. Any other letter stays as it is."""
    for regex, replacement in _REWRITTEN:
        word = regex.sub(replacement, word)
    syllables: list[str] = []
    for place, letter in enumerate(word):
        before, after = word[place - 1 : place], word[place + 1 : place + 2]
        if letter in _VOWELS:
            _add_vowel(syllables, before, letter, practice)
        elif letter in practice.alone and after == "ь":
            _add_soft(syllables, letter, word[place + 2 : place + 3], practice)
        elif letter in practice.alone:
            _add_consonant(syllables, letter, after, practice)
        elif letter == "й":
            syllables.append("이")
        elif letter not in "ьъ":
            syllables.append(letter)
    return "".join(_northern_beginning(syllables) if practice.northern else syllables)


def _add_vowel(syllables: list[str], before: str, letter: str, practice: _Practice) -> None:
    vowel = _VOWELS[letter]
    if before not in practice.alone:
        open_e = "ㅔ" if practice.northern and letter == "э" else "ㅖ"
        syllables.append(join("ㅇ", open_e if vowel == "ㅔ" else vowel))
        return
    if practice.northern:
        initial, vowel = _northern_syllable(before, letter, vowel, first=not syllables)
    else:
        initial, vowel = practice.initials[before], _southern_vowel(before, vowel)
    if before == "л":
        _close(syllables, "ㄹ")
    syllables.append(join(initial, vowel))


def _southern_vowel(consonant: str, vowel: str) -> str:
    if consonant in "шщ":
        return _SOFT.get(vowel, vowel)
    return _HARD.get(vowel, vowel) if consonant in "жзцч" else vowel


def _northern_syllable(consonant: str, letter: str, vowel: str, *, first: bool) -> tuple[str, str]:
    """Return the initial and the vowel: ди is 지, ты is 띄, же is 줴, the first во is 워."""
    initial = _NORTH.initials[consonant]
    match consonant, letter:
        case "т" | "д", "и" | "е" | "ё" | "ю" | "я":
            return "ㅉ" if consonant == "т" else "ㅈ", vowel
        case "ж" | "ш" | "щ", "е" | "и":
            return "ㅈ" if consonant == "ж" else "ㅅ", "ㅞ" if letter == "е" else "ㅟ"
        case "ж" | "ш" | "щ", _:
            return initial, _SOFT.get(vowel, vowel)
        case "в", "а":
            return "ㅇ", "ㅘ"
        case "в", "о" | "е" | "и" if first:
            return "ㅇ", {"о": "ㅝ", "е": "ㅞ", "и": "ㅟ"}[letter]
        case _, "ы":
            return initial, "ㅢ"
    return initial, vowel


def _add_consonant(syllables: list[str], letter: str, after: str, practice: _Practice) -> None:
    """Write a consonant that no vowel follows. One before a vowel is written with the vowel."""
    if after in _VOWELS:
        return
    if _closes(letter, after, practice) and _close(syllables, _CODAS[letter]):
        return
    alone = practice.alone[letter]
    if not after:
        alone = practice.at_end.get(letter, alone)
    elif after in _VOICELESS:
        alone = practice.before_voiceless.get(letter, alone)
    syllables.append(alone)


def _closes(letter: str, after: str, practice: _Practice) -> bool:
    """Whether the consonant closes the syllable before it: a sonorant, or a stop before a voiceless."""
    if letter in _SONORANTS:
        return (letter, after) != ("м", "л")
    return after in _VOICELESS and letter in ("к" if practice.northern else _CODAS)


def _add_soft(syllables: list[str], letter: str, after: str, practice: _Practice) -> None:
    """Write a consonant with ь (article 9): as 이, but not after л, м and н before a consonant."""
    if letter in _SONORANTS and after not in _VOWELS and _close(syllables, _CODAS[letter]):
        return
    initial = practice.initials[letter]
    if practice.northern:
        initial, _ = _northern_syllable(letter, "и", "ㅣ", first=False)
    if letter == "л":
        _close(syllables, "ㄹ")
    syllables.append(join(initial, "ㅣ"))


def _close(syllables: list[str], coda: str) -> bool:
    """Close the last syllable with the letter. Return whether it was open."""
    if not syllables or not ("가" <= syllables[-1] <= "힣"):
        return False
    initial, vowel, final = split(syllables[-1])
    if final:
        return False
    syllables[-1] = join(initial, vowel, coda)
    return True


def _northern_beginning(syllables: Sequence[str]) -> Sequence[str]:
    """Write 울 for a first 블: Vladimir is 울라지미르."""
    return ["울", *syllables[1:]] if syllables[:1] == ["블"] else syllables
