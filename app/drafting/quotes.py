"""Find the quotes of a provider in a text: which sentences hold them, and which words of each."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from app.drafting.text import Article


@dataclass(frozen=True, slots=True)
class ProvidedQuotes:
    """The answer of a provider: quotes, or an error, which is a sentence.

    `asked` is false if it got no connection, so that no text has left.
    """

    asked: bool
    quotes: tuple[str, ...] = ()
    error: str | None = None


class PointedSentences(NamedTuple):
    """The words that quotes hold, by the number of the sentence, and the number of quotes not in the text."""

    words: dict[int, tuple[int, int]]
    dropped: int


def find_quotes(article: Article, quotes: Iterable[str]) -> PointedSentences:
    """Return the sentences that hold a quote verbatim, each with the first words of it that a quote holds.

    Every occurrence counts, but none that overlaps the one before. A quote without a word is dropped.
    """
    starts = [token.start for token in article.tokens]
    ends = [token.end for token in article.tokens]
    words, dropped, placed = dict[int, tuple[int, int]](), 0, dict[str, bool]()
    for quote in quotes:
        if quote not in placed:
            spans = [
                (bisect_right(ends, at), bisect_left(starts, at + len(quote)))
                for at in _occurrences(article.text, quote)
            ]
            spans = [(first, last) for first, last in spans if first < last]
            placed[quote] = bool(spans)
            for first, last in spans:
                _point(article, first, last, words)
        dropped += not placed[quote]
    return PointedSentences(words, dropped)


def _occurrences(text: str, quote: str) -> Iterator[int]:
    at = text.find(quote) if quote else -1
    while at >= 0:
        yield at
        at = text.find(quote, at + len(quote))


def _point(article: Article, first: int, last: int, words: dict[int, tuple[int, int]]) -> None:
    """Add the tokens to each sentence that holds some of them, unless an earlier quote is there."""
    for number in range(article.sentence_of(first), article.sentence_of(last - 1) + 1):
        sentence = article.sentences[number]
        span = max(first, sentence.first), min(last, sentence.last)
        words[number] = min(words.get(number, span), span)
