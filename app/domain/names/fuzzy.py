"""Similar names: words that are long enough may differ by a typing error."""

import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from app.domain.names.matching import SCORES, AskedName, Match, MatchKind, StoredName
from app.domain.names.russian.latin import without_patronymics
from app.domain.names.same_name import Bearer, name_words
from app.domain.names.scripts import script_of
from app.domain.names.word_by_word import contradicts_patronymic

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
        if not names:
            break
    return names


def match_fuzzily(
    asked: AskedName, names: Sequence[StoredName], bearer: Bearer = Bearer.PERSON
) -> Match | None:
    """Return the best match word by word; words that are long enough may hold a typing error.

    Names match within one script only. Callers leave out Korean persons, because a Korean name with
    one other letter is another person's.
    """
    script, words = asked.name_words.script, _words(asked.folded)
    if contradicts_patronymic(asked.name_words.words, [name_words(name.text) for name in names]):
        return None
    matches = (
        Match(MatchKind.FUZZY, score, name)
        for name in names
        if script_of(name.folded) is script
        and (score := _score(words, _words(name.folded), bearer))
    )
    return max(matches, key=lambda match: match.score, default=None)


def _score(words: Sequence[str], name: Sequence[str], bearer: Bearer) -> float:
    """Return the score of the name; 0 if one of the asked words resembles no word of the name.

    Only a person's words may have another order. A part of a person's name has the surname, which is
    last.
    """
    whole = len(words) == len(name)
    # Each asked word needs a word of the name.
    places = _places(words, name) if len(words) <= len(name) else []
    if len(places) < len(words):
        return 0
    order = [place for place, _ in places]
    if bearer is Bearer.THING and order != sorted(order):
        return 0
    if bearer is Bearer.PERSON and not whole and len(name) - 1 not in order:
        return 0
    weight = SCORES[MatchKind.FUZZY] if whole else _PART_SCORE
    return round(weight * sum(similarity for _, similarity in places) / len(words), 3)


def _places(words: Sequence[str], name: Sequence[str]) -> list[tuple[int, float]]:
    """Return for each word the place of the word of the name that resembles it most, and how much.

    The first word that resembles none ends the list.
    """
    left, places = list(range(len(name))), []
    for word in words:
        similarity, place = max(
            ((_similarity(word, name[place]), -place) for place in left), default=(0, 0)
        )
        if not similarity:
            break
        left.remove(-place)
        places.append((-place, similarity))
    return places


@lru_cache(maxsize=1 << 14)
def _words(folded: str) -> Sequence[str]:
    """Return the words without the patronymic."""
    return tuple(without_patronymics(_letters(folded).split()))


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
