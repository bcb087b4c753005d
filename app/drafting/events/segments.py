"""The parts of a clause that tell one act each: `met X | and signed Y` has one subject and two verbs."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from app.domain.languages import Language
from app.drafting.events.candidate import Tokens
from app.drafting.languages import LanguageWords
from app.drafting.text import Article

# A verb follows its conjunction within so many words.
_LONGEST_JOINT: Final = 6
# Korean verbs before a noun: 만난 사람, 방문한 사람.
_ADNOMINAL: Final = ("난", "한", "은", "던")


class Segments:
    """The segments of the clauses of an article; `acts` are the words of its acts, in their order."""

    def __init__(self, article: Article, words: LanguageWords, acts: Sequence[Tokens]) -> None:
        self._acts = acts
        self._bounds = [0, *_bounds(article, words, acts), len(article.tokens)]

    def at(self, n: int) -> Tokens:
        """Return the segment that holds the token."""
        after = bisect_right(self._bounds, n)
        return self._bounds[after - 1], self._bounds[after]

    def verb(self, segment: Tokens) -> int:
        """Return the first word of the first act of a segment; the end of the segment if it has none."""
        first, last = segment
        return next((a for a, _ in self._acts if first <= a < last), last)


def _bounds(article: Article, words: LanguageWords, acts: Sequence[Tokens]) -> Iterator[int]:
    """Yield the first token of each segment."""
    for sentence in article.sentences:
        for clause in sentence.clauses:
            yield clause.first
            inside = [act for act in acts if clause.first <= act[0] < clause.last]
            for one, other in pairwise(inside):
                if (bound := _between(article, words, one, other)) is not None:
                    yield bound


def _between(article: Article, words: LanguageWords, one: Tokens, other: Tokens) -> int | None:
    """Return where the second of two acts of a clause begins; None if it is part of the first."""
    tokens = article.tokens
    if words.language is Language.KO:
        # A verb comes last, and its ending says that another one follows.
        if tokens[one[1] - 1].key.endswith(_ADNOMINAL):
            return one[1]
        verbs = range(one[1] - 1, other[0])
        return next((n + 1 for n in verbs if tokens[n].key.endswith(words.verb_links)), None)
    for n in range(other[0] - 1, max(one[1] - 1, other[0] - _LONGEST_JOINT), -1):
        if tokens[n].key in words.sets["act_joints"]:
            return n
        if "," in tokens[n + 1].before:
            return n + 1
    return None
