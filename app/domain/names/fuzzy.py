"""Names that are similar to one that is asked for: a slip of the pen in a word long enough for it."""

import unicodedata
from collections.abc import Sequence
from typing import Final

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from app.domain.names.matching import SCORES, AskedName, Match, MatchKind, StoredName
from app.domain.names.russian import without_patronymics
from app.domain.names.scripts import script_of

# Of the letters of the longer word: one slip in five letters, two in ten.
_LEAST_LIKENESS: Final = 0.79
_LEAST_LETTERS: Final = 5
# The score of a part of a name, times the likeness of its words.
_PART: Final = 0.5


def similar_names(asked: AskedName, names: Sequence[str]) -> list[str]:
    """Those of the folded names that `match_fuzzily` may accept: a quick choice among very many."""
    names = list(set(names))
    every_word = {word for name in names for word in name.split()}
    choices = {word: _letters(word) for word in every_word}
    for asked_word in _words(asked.folded):
        like = extract(
            asked_word,
            choices,
            scorer=OSA.normalized_similarity,
            score_cutoff=_LEAST_LIKENESS,
            limit=None,
        )
        alike = {word for *_, word in like}
        names = [name for name in names if not alike.isdisjoint(name.split())]
    return names


def match_fuzzily(asked: AskedName, names: Sequence[StoredName]) -> Match | None:
    """The best agreement word by word, where words that are long enough may hold a slip.

    Within one script only, and not for Korean persons: another letter is another person there.
    """
    script = asked.name_words.script
    matches = (
        Match(MatchKind.FUZZY, score, name)
        for name in names
        if script_of(name.folded) is script and (score := _likeness(asked.folded, name.folded))
    )
    return max(matches, key=lambda match: match.score, default=None)


def _likeness(asked: str, name: str) -> float:
    """The mean likeness of the words as a score; 0 if one of them is like none."""
    words, left = _words(asked), _words(name)
    weight = SCORES[MatchKind.FUZZY] if len(words) == len(left) else _PART
    total = 0.0
    for word in words:
        best = max(left, key=lambda other: _alike(word, other), default="")
        if not (likeness := _alike(word, best)):
            return 0
        left.remove(best)
        total += likeness
    return round(weight * total / len(words), 3)


def _words(folded: str) -> list[str]:
    """The words without patronymic."""
    return list(without_patronymics(_letters(folded).split()))


def _letters(folded: str) -> str:
    """Hangul in single letters, which is what slips are made in."""
    return unicodedata.normalize("NFD", folded)


def _alike(one: str, other: str) -> float:
    """1 for the same word, 0 for words that are too short or too different."""
    if one == other:
        return 1
    if max(len(one), len(other)) < _LEAST_LETTERS:
        return 0
    return OSA.normalized_similarity(one, other, score_cutoff=_LEAST_LIKENESS)
