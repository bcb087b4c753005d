"""Function words: articles, prepositions, conjunctions, `all`, and words of questions, which do not narrow a search."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from app.domain.names.korean import family_names
from app.domain.names.scripts import Script

# In the form that the index has: no case, no accents.
_ENGLISH: Final = (
    "a about all among an and any around as at between by during every for from in into near of on or the to "
    "towards under via with within"
)
_FRENCH: Final = (
    "a au aux avec chez d dans de des du en entre et l la le les ou par pour sur un une "
    "durant environ lors pendant sous tous tout toute toutes vers"
)
_RUSSIAN: Final = (
    "а в во для до за и из изо или к ко между на над но о об обо от ото перед по под при про с со у "
    "через около примерно все всех"
)
_KOREAN: Final = "및 그리고 또는 와 과 의 에 에서 등 모든 모두"
# `When did Putin meet Kim?` Of their forms those that are syllables of Korean names, such as do, narrow a search.
_QUESTIONS: Final = frozenset(
    [
        *(
            "when",
            "where",
            "who",
            "whom",
            "whose",
            "what",
            "which",
            "that",
            "why",
            "how",
            "many",
            "often",
        ),
        *("times", "did", "does", "was", "were", "been", "is", "are", "has", "have"),
        *("happen", "happens", "happened"),
        *(
            "quand",
            "qui",
            "que",
            "quel",
            "quelle",
            "quels",
            "quelles",
            "combien",
            "fois",
            "pourquoi",
        ),
        *("comment", "est", "sont", "ont", "etait", "etaient", "cette", "passe"),
        *("когда", "где", "куда", "откуда", "кто", "кого", "кому", "кем", "что", "сколько", "раз"),
        *("почему", "как", "чей", "какой", "какая", "какое", "какие", "каких", "какого"),
        *("был", "была", "было", "были", "произошло", "случилось"),
        *("언제", "누가", "누구", "누구를", "누구와", "어디", "어디서", "어디에서", "어디로"),
        *(
            "무엇",
            "무엇을",
            "무슨",
            "어떤",
            "어떻게",
            "몇",
            "몇번",
            "얼마나",
            "왜",
            "있었나",
            "일어났나",
            "일이",
            "것은",
            "것",
            "적이",
            "있나",
            "있는가",
            "있었는가",
            "언제인가",
            "누구인가",
            "어디인가",
        ),
        *("now", "still", "currently", "maintenant", "actuellement", "сейчас", "지금", "현재"),
        # Each item is an event.
        *(
            "event",
            "events",
            "evenement",
            "evenements",
            "событие",
            "события",
            "событий",
            "событиях",
        ),
        *("사건", "사건은", "사건이"),
    ]
)
_WORDS: Final = _QUESTIONS.union(f"{_ENGLISH} {_FRENCH} {_RUSSIAN} {_KOREAN}".split())
# They ask for the order that a list has. No text says that a meeting is the latest.
_ORDER: Final = frozenset(
    [
        *("last", "latest", "recent", "dernier", "derniere", "derniers", "dernieres", "recents"),
        *("последний", "последняя", "последнее", "последние", "последнего", "последней"),
        *("последнюю", "последних", "последнему", "последним", "последнем"),
        *("마지막", "마지막으로", "최근", "최근의", "최근에"),
    ]
)
# `last year` is another time each year, and not known here.
_TIMES: Final = frozenset(
    [
        *("day", "days", "week", "weeks", "month", "months", "year", "years", "decade", "night"),
        *("jour", "jours", "semaine", "semaines", "mois", "annee", "annees", "an", "ans"),
        *("день", "дня", "дней", "дни", "неделя", "неделе", "неделю", "недели", "месяц", "месяце"),
        *("месяца", "месяцев", "год", "года", "году", "лет", "годы"),
    ]
)
# Syllables of Korean names in Latin letters (김정은, 리인규, 김성두, 안동춘) are function words too.
_ALSO_IN_NAMES: Final = frozenset(["an", "du", "in", "un"])
# `Lavrov a-t-il visité`, `est-ce`.
_INVERSION: Final = re.compile("(?:a|ont|est|sont)-(?:t-)?(?:ils?|elles?|ce|on)")
_NAME_LENGTH: Final = 3
_SYLLABLE: Final = re.compile(
    "(?:kk?|g|n|d|tt?|r|l|m|b|pp?|ss?|sh|jj?|ch|h)?[wy]?(?:ae|eo|eu|oe|ui|oo|ee|[aeiou])(?:ng|[klmnp])?"
)


def function_words(words: Sequence[str]) -> list[bool]:
    """Return for each of these successive words whether it is a function word.

    `Un` is none in `Kim Jong Un`. The words are folded, and may have hyphens; an empty word stands for anything else.
    """
    flags = [word in _WORDS or bool(_INVERSION.fullmatch(word)) for word in words]
    for place, word in enumerate(words):
        flags[place] |= word in _ORDER and _TIMES.isdisjoint(words[place + 1 : place + 2])
    for start in korean_names(words):
        flags[start : start + _NAME_LENGTH] = [False] * _NAME_LENGTH
    return flags


def korean_names(words: Sequence[str]) -> Iterator[int]:
    """Yield where a Korean family name and two syllables begin among these folded words in Latin letters."""
    start = 0
    while start < len(words):
        is_name = _is_name(words[start : start + _NAME_LENGTH])
        if is_name:
            yield start
        start += _NAME_LENGTH if is_name else 1


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
