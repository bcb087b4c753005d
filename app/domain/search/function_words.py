"""Function words: articles, prepositions, conjunctions and question words, which do not narrow a search."""

import re
from collections.abc import Sequence
from typing import Final

from app.domain.names.korean import family_names
from app.domain.names.scripts import Script

# In the form that the index has: no case, no accents.
_ENGLISH: Final = "a an and as at between by for from in into of on or the to with"
_FRENCH: Final = (
    "a au aux avec chez d dans de des du en entre et l la le les ou par pour sur un une"
)
_RUSSIAN: Final = (
    "а без в во для до за и из изо или к ко между на над но о об обо от ото перед по под при про с со у "
    "через"
)
_KOREAN: Final = "및 그리고 또는 와 과 의 에 에서 등"
# `When did Putin meet Kim?` Of their forms those that are syllables of Korean names, such as do, narrow a search.
_QUESTIONS: Final = frozenset(
    [
        *("when", "where", "who", "whom", "what", "which", "how", "many"),
        *("did", "does", "was", "were", "is", "are", "has", "have"),
        *("quand", "qui", "que", "quel", "quelle", "quels", "quelles", "combien", "est", "sont"),
        *("когда", "где", "куда", "откуда", "кто", "кого", "кому", "что", "сколько"),
        *("какой", "какая", "какое", "какие", "каких", "был", "была", "было", "были"),
        *("언제", "누가", "누구", "누구를", "어디", "어디서", "어디에서"),
        *("무엇", "무엇을", "어떤", "몇", "얼마나", "왜"),
    ]
)
_WORDS: Final = _QUESTIONS.union(f"{_ENGLISH} {_FRENCH} {_RUSSIAN} {_KOREAN}".split())
# Syllables of Korean names in Latin letters (김정은, 리인규, 김성두, 안동춘) are function words too.
_ALSO_IN_NAMES: Final = frozenset(["an", "du", "in", "un"])
_NAME_LENGTH: Final = 3
_SYLLABLE: Final = re.compile(
    "(?:kk?|g|n|d|tt?|r|l|m|b|pp?|ss?|sh|jj?|ch|h)?[wy]?(?:ae|eo|eu|oe|ui|oo|ee|[aeiou])(?:ng|[klmnpt])?"
)


def function_words(words: Sequence[str]) -> list[bool]:
    """Return for each of these successive words whether it is a function word.

    `Un` is none in `Kim Jong Un`. The words are folded; an empty word stands for anything else.
    """
    flags = [word in _WORDS for word in words]
    start = 0
    while start < len(words):
        name = words[start : start + _NAME_LENGTH]
        if _is_name(name):
            flags[start : start + _NAME_LENGTH] = [False] * _NAME_LENGTH
        start += _NAME_LENGTH if _is_name(name) else 1
    return flags


def _is_name(words: Sequence[str]) -> bool:
    """Whether the words are a Korean family name and two syllables, one of them a function word at most."""
    if len(words) < _NAME_LENGTH or not all(map(_SYLLABLE.fullmatch, words)):
        return False
    doubtful = [word for word in words if word in _WORDS]
    first_is_family = words[0] == "an" or words[0] not in doubtful
    return (
        len(doubtful) <= 1
        and _ALSO_IN_NAMES.issuperset(doubtful)
        and first_is_family
        and bool(family_names(words[0], Script.LATIN))
    )
