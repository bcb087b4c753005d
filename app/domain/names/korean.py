"""Korean names in Latin and Cyrillic letters: how each system spells each syllable of Hangul.

One syllable has many spellings, and one spelling can mean several syllables (`jong` is 정 or 종).
So names are compared syllable by syllable, with the set of all spellings of each.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import product
from typing import Final

from app.domain.names.hangul import VOWELS, Letters, join, southern, split
from app.domain.names.korean_systems import (
    DPRK,
    FAMILY_NAMES,
    HEARD,
    HEARD_FINALS,
    IN_USE,
    SYSTEMS,
    System,
)
from app.domain.names.scripts import Script

Spellings = frozenset[str]
_WITHOUT_BREVES: Final = str.maketrans({"ŏ": "o", "ŭ": "u", "ё": "е"})


@cache
def spellings(syllable: str, script: Script) -> Spellings:
    """Return all spellings of a syllable in the script: lower case, with and without breves."""
    if script not in SYSTEMS:
        return frozenset([syllable])
    forms = {*IN_USE[script].get(syllable, "").split()}
    for system in SYSTEMS[script]:
        forms |= _spellings_in(system, split(syllable))
    return frozenset(forms | {without_breves(form) for form in forms})


def _spellings_in(system: System, letters: Letters) -> set[str]:
    parts = (
        system.initials[letters.initial],
        system.vowels[letters.vowel],
        system.finals[HEARD[letters.final]],
    )
    return {"".join(letters) for letters in product(*parts)}


def without_breves(text: str) -> str:
    """Replace `ŏ` and `ŭ` by `o` and `u`, and Cyrillic `ё` by `е`."""
    return text.translate(_WITHOUT_BREVES)


def spellings_of_name(name: str, script: Script) -> list[Spellings]:
    """Return the spellings of each syllable of a name in Hangul, of North and South together.

    Only a family name is also spelled as before the initial-sound law (이 may be 리). In a given
    name 영 and 령 are two syllables, and two persons.
    """
    first, others = name[0], name[1:]
    northern = _northern(first)
    return [
        frozenset().union(*(spellings(s, script) for s in (first, southern(first), *northern))),
        *(spellings(s, script) | spellings(southern(s), script) for s in others),
    ]


def _northern(syllable: str) -> Iterator[str]:
    initial, vowel, final = split(syllable)
    if (initial == "ㅇ" and vowel in "ㅑㅕㅖㅛㅠㅣ") or initial == "ㄴ":
        yield join("ㄹ", vowel, final)


@lru_cache(maxsize=1024)
def family_names(word: str, script: Script) -> list[str]:
    """Return the Korean family names, in Hangul, that the word may spell: Lee is 리 and 이."""
    if script not in SYSTEMS:
        return []
    return sorted({name for name in FAMILY_NAMES if word in spellings_of_name(name, script)[0]})


@cache
def _syllables_by_dprk_spelling() -> Mapping[str, Sequence[str]]:
    """Return the syllables of names by their spelling in the DPRK's system, without breves."""
    syllables: dict[str, list[str]] = {}
    for letters in product("ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎ", VOWELS, HEARD_FINALS):
        for spelling in _spellings_in(DPRK, Letters(*letters)):
            syllables.setdefault(without_breves(spelling), []).append(join(*letters))
    return syllables


def spellings_of_romanised(words: Collection[str], script: Script) -> list[Spellings]:
    """Return the spellings of each word of a name in the DPRK's system, one syllable each."""
    known = _syllables_by_dprk_spelling()
    return [
        frozenset([word]).union(
            *(spellings(s, script) for s in known.get(without_breves(word), ()))
        )
        for word in words
    ]


def joined_spellings(syllables: str, script: Script) -> list[str]:
    """Return a given name in Hangul as one word, in each system of the script: Chŏngŭn, Jeongeun.

    A word in use for a syllable (`hee`) is joined too. Other mixtures are left out.
    """
    if len(syllables) < 2 or script not in SYSTEMS:
        return []
    per_system = [
        [sorted(_spellings_in(system, split(syllable))) for syllable in syllables]
        for system in SYSTEMS[script]
    ]
    in_use = [
        IN_USE[script].get(s, "").split() or sorted(spellings(s, script))[:1] for s in syllables
    ]
    return sorted({"".join(parts) for units in (*per_system, in_use) for parts in product(*units)})
