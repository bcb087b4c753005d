"""The tokens of an event in the three fields of the full-text index, within the engines' limits."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import chain, islice
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


# The words and the stems of a text.
_Distinct = tuple[tuple[str, ...], frozenset[str]]


class JoinedTokens(NamedTuple):
    """The tokens of several texts: the words of each distinct one with a mark, and all stems, each once."""

    words: dict[_Distinct, tuple[str, ...]]
    stems: Collection[str]


def join_tokens(texts: Iterable[Tokens]) -> JoinedTokens:
    """Return the tokens of texts, of which those with the same words and stems count once.

    Such texts differ only in case or accents.
    """
    distinct: dict[_Distinct, Tokens] = {}
    for each in texts:
        distinct.setdefault((each.words, frozenset(each.stems)), each)
    stems = dict.fromkeys(chain.from_iterable(each.stems for each in distinct.values()))
    return JoinedTokens({key: (*key[0], MARK) for key in distinct}, stems)


def search_fields(
    title: Sequence[Tokens], names: Sequence[JoinedTokens], text: Sequence[Tokens]
) -> SearchFields:
    """Return the tokens of an event, field by field, within the limits of both engines.

    `names` are the names of each entity. A stem is kept only in the first field that has it, because
    queries search all fields together.
    """
    seen: dict[str, None] = {}
    fields = [_of_texts(title, seen), _of_names(names, seen), _of_texts(text, seen)]
    fitting = fields if _fit(fields) else _cut(fields)
    # An empty field has a mark too, so that a query with only exclusions has a token to match.
    return SearchFields(*([*tokens, MARK] for tokens in fitting))


def _of_texts(texts: Sequence[Tokens], seen: dict[str, None]) -> list[str]:
    tokens: list[str] = []
    for words, _ in texts:
        tokens += words
        tokens.append(MARK)
    return tokens + _unseen((stems for _, stems in texts), seen)


def _of_names(entities: Sequence[JoinedTokens], seen: dict[str, None]) -> list[str]:
    """Return the tokens of names; a name that several entities have counts once."""
    words: dict[_Distinct, tuple[str, ...]] = {}
    for each in entities:
        words.update(each.words)
    tokens = [*chain.from_iterable(words.values())]
    return tokens + _unseen((stems for _, stems in entities), seen)


def _unseen(stems: Iterable[Iterable[str]], seen: dict[str, None]) -> list[str]:
    """Return the stems that are not in `seen`, in order, and add them."""
    before = len(seen)
    seen.update(dict.fromkeys(chain.from_iterable(stems)))
    return [*islice(seen, before, None)]


def _fit(fields: list[list[str]]) -> bool:
    """Whether the fields surely fit. Nearly all do, and this check beats an exact count."""
    total = sum(map(len, fields))
    if total * MAX_WORD > MAX_COST:
        return False
    # Each token but the first of its kind repeats one; no kind has more than all of these and one.
    repeats = total - len(set().union(*fields)) - sum(tokens.count(MARK) for tokens in fields)
    if repeats < MAX_REPEATS:
        return True
    count = Counter(chain.from_iterable(fields))
    count[MARK] = 0
    return max(count.values()) <= MAX_REPEATS


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
