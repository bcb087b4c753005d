"""The parts of a clause that tell one act each: `met X | and signed Y` has one subject and two verbs."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Final

from app.domain.languages import Language
from app.drafting.events.candidate import Tokens
from app.drafting.languages import LanguageWords
from app.drafting.text import Article, Token

# A verb follows its conjunction within so many words.
_LONGEST_JOINT: Final = 6
# Korean verbs before a noun: 만난 사람, 방문한 사람.
_ADNOMINAL: Final = ("난", "한", "은", "던")


class Segments:
    """The segments of the clauses of an article; `acts` are the words of its acts, in their order.

    `people` are the words of names.
    """

    def __init__(
        self,
        article: Article,
        words: LanguageWords,
        acts: Sequence[Tokens],
        people: Sequence[Tokens] = (),
    ) -> None:
        self._acts = acts
        self._bounds = [0, *_bounds(article, words, acts, people), len(article.tokens)]

    def at(self, n: int) -> Tokens:
        """Return the segment that holds the token."""
        after = bisect_right(self._bounds, n)
        return self._bounds[after - 1], self._bounds[after]

    def verb(self, segment: Tokens) -> int:
        """Return the first word of the first act of a segment; the end of the segment if it has none."""
        first, last = segment
        return next((a for a, _ in self._acts if first <= a < last), last)


def _bounds(
    article: Article, words: LanguageWords, acts: Sequence[Tokens], people: Sequence[Tokens]
) -> Iterator[int]:
    """Yield the first token of each segment."""
    ends = {last: first for first, last in people}
    for sentence in article.sentences:
        for clause in sentence.clauses:
            yield clause.first
            inside = [act for act in acts if clause.first <= act[0] < clause.last]
            for one, other in pairwise(inside):
                if (bound := _between(article, words, one, other, ends)) is not None:
                    yield bound


def _between(
    article: Article,
    words: LanguageWords,
    one: Tokens,
    other: Tokens,
    people: Mapping[int, int],
) -> int | None:
    """Return where the second of two acts of a clause begins; None if it is part of the first.

    `people` has the first word of each name by the word after it.
    """
    tokens = article.tokens
    if words.language is Language.KO:
        # A verb comes last, and its ending says that another one follows.
        if tokens[one[1] - 1].key.endswith(_ADNOMINAL):
            return one[1]
        verbs = range(one[1] - 1, other[0])
        return next((n + 1 for n in verbs if tokens[n].key.endswith(words.verb_links)), None)
    for n in range(other[0] - 1, max(one[1] - 1, other[0] - _LONGEST_JOINT), -1):
        if tokens[n].key in words.sets["act_joints"]:
            return _before_subjects(tokens, words, n, one[1], people)
        if "," in tokens[n + 1].before:
            return n + 1
    return None


def _before_subjects(
    tokens: Sequence[Token], words: LanguageWords, n: int, floor: int, people: Mapping[int, int]
) -> int:
    """Return the joint; for the `and` between two subjects the one before them: `after A and B signed`."""
    first = people.get(n)
    if tokens[n].key not in words.sets["conjunctions"] or first is None:
        return n
    joints = words.sets["act_joints"] - words.sets["conjunctions"]
    near = range(first - 1, max(floor - 1, first - _LONGEST_JOINT), -1)
    return next((k for k in near if tokens[k].key in joints), n)
