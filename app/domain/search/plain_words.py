"""The words of a query that are neither operators nor exact: no phrase, field or exclusion."""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from app.domain.search.query import CHUNK, OPERATORS
from app.domain.search.tokens import without_elision

_PUNCTUATION: Final = "()[],;?!"


class PlainWord(NamedTuple):
    """A word of a query, without elision and punctuation, and its span with them."""

    text: str
    start: int
    end: int
    ends_in_comma: bool


def plain_words(query: str) -> Iterator[list[PlainWord]]:
    """Yield each sequence of plain words of a readable query."""
    words: list[PlainWord] = []
    is_bound = False  # By NOT or a field before it.
    for chunk in CHUNK.finditer(query):
        is_plain = chunk["word"] and not chunk["not"] and chunk["word"] not in OPERATORS
        if is_plain and not is_bound:
            words.append(_word(chunk))
        else:
            yield words
            words = []
        is_bound = chunk["field"] is not None or chunk["word"] == "NOT"
    yield words


def _word(chunk: re.Match[str]) -> PlainWord:
    typed = chunk[0].lstrip(_PUNCTUATION)
    start = chunk.end() - len(typed)
    text = without_elision(typed.rstrip(_PUNCTUATION))
    return PlainWord(text, start, chunk.end(), typed.endswith(","))
