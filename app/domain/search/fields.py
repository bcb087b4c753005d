"""What the full-text index holds of an event: its tokens in three fields, cut to what engines hold."""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import NamedTuple

from app.domain.search.tokens import MARK, MAX_WORD, Tokens

# PostgreSQL tells 16,383 positions apart, 255 of one word, and holds a megabyte of them: a token costs
# its characters, and at least 13, so that neither many short ones nor few long ones are too much.
MAX_COST = 200_000
LEAST_COST = 13
MAX_REPEATS = 250


class SearchFields(NamedTuple):
    """Each field: its words, with a mark after each text, and its stems, with a mark at the end."""

    title: list[str]
    names: list[str]
    text: list[str]


def search_fields(
    title: Iterable[Tokens], names: Iterable[Tokens], text: Iterable[Tokens]
) -> SearchFields:
    """The tokens of an event, field by field, within what both engines can hold.

    A stem that stands in a field is left out of those after it: they are asked for together.
    """
    seen: set[str] = set()
    fields = [_in_order(list(texts), seen) for texts in (title, names, text)]
    fitting = fields if _fit(fields) else _cut(fields)
    # Also an empty field has a mark: a query of exclusions alone begins there.
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
    """Whether nothing can be too much; nearly always so, and quicker to see than to count."""
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
