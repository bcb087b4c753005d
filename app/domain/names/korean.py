"""Korean names in Latin and Cyrillic letters: how each system spells each syllable of Hangul.

One syllable has many spellings, and one spelling stands for several syllables (`jong` is 정 or 종),
so names are compared syllable by syllable with the set of all spellings of each.
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
    """Every spelling of a syllable of Hangul in the script, lower case, with and without breves."""
    if script not in SYSTEMS:
        return frozenset([syllable])
    found = {*IN_USE[script].get(syllable, "").split()}
    for system in SYSTEMS[script]:
        found |= _spelled(split(syllable), system)
    return frozenset(found | {without_breves(s) for s in found})


def _spelled(letters: Letters, system: System) -> set[str]:
    parts = (
        system.initials[letters.initial],
        system.vowels[letters.vowel],
        system.finals[HEARD[letters.final]],
    )
    return {"".join(spelled) for spelled in product(*parts)}


def without_breves(text: str) -> str:
    """The text as it is written without `ŏ` and `ŭ`, and in Cyrillic without `ё`."""
    return text.translate(_WITHOUT_BREVES)


def spellings_of_name(name: str, script: Script) -> list[Spellings]:
    """For each syllable of a name in Hangul its spellings, those of North and South together.

    The initial-sound law is undone in the family name only (이 may be 리): elsewhere 영 and 령 are
    two syllables, and two persons.
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
    """The Korean family names that the word may spell, in Hangul: Lee is 리 and 이."""
    if script not in SYSTEMS:
        return []
    return sorted({name for name in FAMILY_NAMES if word in spellings_of_name(name, script)[0]})


@cache
def _syllables_by_dprk_spelling() -> Mapping[str, Sequence[str]]:
    """The syllables that names are made of, by their spelling in the DPRK's system, bare."""
    found: dict[str, list[str]] = {}
    for letters in product("ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎ", VOWELS, HEARD_FINALS):
        for spelled in _spelled(Letters(*letters), DPRK):
            found.setdefault(without_breves(spelled), []).append(join(*letters))
    return found


def spellings_of_romanised(words: Collection[str], script: Script) -> list[Spellings]:
    """For each word of a name in the DPRK's spelling, a syllable each, all that it can stand for."""
    known = _syllables_by_dprk_spelling()
    return [
        frozenset([word]).union(
            *(spellings(s, script) for s in known.get(without_breves(word), ()))
        )
        for word in words
    ]
