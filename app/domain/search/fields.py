"""The tokens of an event in the three fields of the full-text index, within the engines' limits."""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import NamedTuple

from app.domain.search.tokens import MARK, MAX_WORD, Tokens

# A tsvector of PostgreSQL has 16,383 distinct positions, 255 positions of one word, and 1 MB.
# A token costs its characters and at least 13, so that neither many short tokens nor a few long
# ones exceed these limits.
MAX_COST = 200_000
LEAST_COST = 13
MAX_REPEATS = 250


class SearchFields(NamedTuple):
    """The words of each field, with a mark after each text, then its stems, then a mark."""

    title: list[str]
    names: list[str]
    text: list[str]


def search_fields(
    title: Iterable[Tokens], names: Iterable[Tokens], text: Iterable[Tokens]
) -> SearchFields:
    """Return the tokens of an event, field by field, within the limits of both engines.

    A stem is kept only in the first field that has it, because queries search all fields together.
    """
    seen: set[str] = set()
    fields = [_in_order(list(texts), seen) for texts in (title, names, text)]
    fitting = fields if _fit(fields) else _cut(fields)
    # An empty field has a mark too, so that a query with only exclusions has a token to match.
    return SearchFields(*([*tokens, MARK] for tokens in fitting))


def _in_order(texts: list[Tokens], seen: set[str]) -> list[str]:
    tokens: list[str] = []
    for words, _ in texts:
        tokens += words
        tokens.append(MARK)
    stems = dict.fromkeys(stem for _, stems in texts for stem in stems if stem not in seen)
    seen.update(stems)
    return [*tokens, *stems]


def _fit(fields: list[list[str]]) -> bool:
    """Whether the fields surely fit. Nearly all do, and this check beats an exact count."""
    total = sum(map(len, fields))
    if total <= MAX_REPEATS:
        return True
    count = Counter(chain.from_iterable(fields))
    count[MARK] = 0
    return total * MAX_WORD <= MAX_COST and max(count.values()) <= MAX_REPEATS


def _cut(fields: list[list[str]]) -> Iterator[list[str]]:
    spent, seen = 0, Counter[str]()
    for tokens in fields:
        kept = []
        for token in tokens:
            seen[token] += 1
            spent += max(LEAST_COST, len(token))
            if spent > MAX_COST:
                break
            kept.append(token if seen[token] <= MAX_REPEATS else MARK)
        yield kept
