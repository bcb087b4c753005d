"""Where a text matches a query: spans of characters, by the same tokens as the index."""

import re
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from itertools import chain
from typing import NamedTuple

from app.domain.names.folding import INVISIBLE
from app.domain.search.query import SearchQuery, TermPhrase
from app.domain.search.tokens import DENSE, MARK, index_tokens

# A run of the text as it is stored: its letters may have marks, and invisible characters within.
_RUN = re.compile(rf"[{DENSE}]+|(?:[^\W_{DENSE}]|[\u0300-\u036f{INVISIBLE}])+")
_CHUNK = re.compile(r"[^\W_](?:\S*[^\W_])?")
_DENSE = re.compile(f"[{DENSE}]")


class TextSpan(NamedTuple):
    """A part of a text: its first code point, and the one after its last."""

    start: int
    end: int


class _Located(NamedTuple):
    """A token, and the part of the text that it comes from."""

    token: str
    span: TextSpan


def find_spans(text: str, language: str | None, query: SearchQuery, field: str) -> list[TextSpan]:
    """Return the parts of a text that match the required terms of the query, in order.

    `field` is the field of the index that has the text. Parts that overlap are one.
    """
    tokens = {*chain.from_iterable(index_tokens(text, language))}
    phrases = {
        phrase
        for term in query.required
        for phrase in term.phrases
        if phrase.field in (None, field) and _may_match(phrase, tokens)
    }
    if not phrases:
        # Most names of an event. To locate their tokens would take ten times as long.
        return []
    words, stems = [*_words(text, language)], [*_stems(text, language)]
    found = {span for phrase in phrases for span in _matches(phrase, words, stems)}
    return _joined(sorted(found))


def _may_match(phrase: TermPhrase, tokens: AbstractSet[str]) -> bool:
    *exact, last = phrase.words
    if not {*exact} <= tokens:
        return False
    return any(token.startswith(last) for token in tokens) if phrase.open else last in tokens


def _words(text: str, language: str | None) -> Iterator[_Located]:
    for run in _RUN.finditer(text):
        tokens = index_tokens(run[0], language).words
        # A run of Hangul ABC has the words AB, BC and C, each one character after the other.
        is_dense = len(tokens) == len(run[0]) and _DENSE.match(run[0])
        for i, token in enumerate(tokens):
            start = run.start() + i
            yield _Located(token, TextSpan(start, start + len(token)) if is_dense else _span(run))


def _stems(text: str, language: str | None) -> Iterator[_Located]:
    """Yield the stems of runs; of chunks those that their runs lack; of a name, of its given name."""
    of_runs: set[str] = set()
    for run in _RUN.finditer(text):
        stems = index_tokens(run[0], language).stems
        of_runs.update(stems)
        yield from (_Located(stem, _span(run)) for stem in stems)
    of_chunks = of_runs.copy()
    for chunk in _CHUNK.finditer(text):
        stems = index_tokens(chunk[0], language).stems
        of_chunks.update(stems)
        yield from (_Located(stem, _span(chunk)) for stem in stems if stem not in of_runs)
    if language is None:
        given = [_span(run) for run in _RUN.finditer(text)][1:]
        for stem in index_tokens(text, language).stems:
            if stem not in of_chunks:
                yield _Located(stem, TextSpan(given[0].start, given[-1].end))


def _span(found: re.Match[str]) -> TextSpan:
    return TextSpan(*found.span())


def _matches(
    phrase: TermPhrase, words: Sequence[_Located], stems: Iterable[_Located]
) -> Iterator[TextSpan]:
    *exact, last = phrase.words
    if MARK in last:
        yield from (span for token, span in stems if token == last)
        return
    for i in range(len(words) - len(exact)):
        *before, (token, span) = words[i : i + len(phrase.words)]
        ends = token.startswith(last) if phrase.open else token == last
        if ends and [each.token for each in before] == exact:
            # Of a pair of syllables, the query may have the first only.
            end = span.start + len(last) if _DENSE.match(last) else span.end
            yield TextSpan(words[i].span.start, min(end, span.end))


def _joined(spans: Iterable[TextSpan]) -> list[TextSpan]:
    """Join spans that overlap; they are sorted."""
    joined: list[TextSpan] = []
    for span in spans:
        if joined and span.start < joined[-1].end:
            joined[-1] = TextSpan(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return joined
