"""Similar names: words that are long enough may differ by a typing error."""

import unicodedata
from collections.abc import Sequence
from typing import Final

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from app.domain.names.matching import SCORES, AskedName, Match, MatchKind, StoredName
from app.domain.names.russian import without_patronymics
from app.domain.names.scripts import script_of

# The share of equal letters in the longer word: it allows one error in 5 letters, two in 10.
_MIN_SIMILARITY: Final = 0.79
_MIN_LETTERS: Final = 5
# The score of a match with a part of a name is this, times the mean similarity of its words.
_PART_SCORE: Final = 0.5


def similar_names(asked: AskedName, names: Sequence[str]) -> list[str]:
    """Return the folded names that `match_fuzzily` may accept: a quick selection from very many."""
    names = list(set(names))
    every_word = {word for name in names for word in name.split()}
    choices = {word: _letters(word) for word in every_word}
    for asked_word in _words(asked.folded):
        matches = extract(
            asked_word,
            choices,
            scorer=OSA.normalized_similarity,
            score_cutoff=_MIN_SIMILARITY,
            limit=None,
        )
        similar_words = {word for *_, word in matches}
        names = [name for name in names if not similar_words.isdisjoint(name.split())]
    return names


def match_fuzzily(asked: AskedName, names: Sequence[StoredName]) -> Match | None:
    """Return the best match word by word; words that are long enough may hold a typing error.

    Names match within one script only. Callers leave out Korean persons, because a Korean name with
    one other letter is another person's.
    """
    script = asked.name_words.script
    matches = (
        Match(MatchKind.FUZZY, score, name)
        for name in names
        if script_of(name.folded) is script and (score := _score(asked.folded, name.folded))
    )
    return max(matches, key=lambda match: match.score, default=None)


def _score(asked: str, name: str) -> float:
    """Return the score of the name; 0 if one of the asked words resembles no word of the name."""
    words, left = _words(asked), _words(name)
    weight = SCORES[MatchKind.FUZZY] if len(words) == len(left) else _PART_SCORE
    total = 0.0
    for word in words:
        best = max(left, key=lambda other: _similarity(word, other), default="")
        if not (similarity := _similarity(word, best)):
            return 0
        left.remove(best)
        total += similarity
    return round(weight * total / len(words), 3)


def _words(folded: str) -> list[str]:
    """Return the words without the patronymic."""
    return list(without_patronymics(_letters(folded).split()))


def _letters(folded: str) -> str:
    """Split Hangul syllables into letters, because typing errors affect single letters."""
    return unicodedata.normalize("NFD", folded)


def _similarity(one: str, other: str) -> float:
    """Return 1 for equal words, and 0 for words that are too short or too different."""
    if one == other:
        return 1
    if max(len(one), len(other)) < _MIN_LETTERS:
        return 0
    return OSA.normalized_similarity(one, other, score_cutoff=_MIN_SIMILARITY)
