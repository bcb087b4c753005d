"""Titles around names: `President`, `председатель`, `위원장`. titles.toml has the words."""

import tomllib
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import chain
from pathlib import Path
from typing import Final, NamedTuple

from app.domain.names.around.countries import countries_before, is_country
from app.domain.names.folding import fold
from app.domain.names.hangul import is_hangul
from app.domain.names.scripts import Script, script_of
from app.domain.search.korean import bases
from app.domain.search.query import without_elision
from app.domain.search.tokens import word_stems

# No Korean name is shorter.
_SHORTEST: Final = 2


class _Around(NamedTuple):
    """The words around names, folded, with the stems of the Russian ones; joined ones are as written."""

    titles: frozenset[str]
    beside_titles: frozenset[str]
    joined: Sequence[str]


@cache
def _around() -> _Around:
    words = tomllib.loads(Path(__file__).with_name("titles.toml").read_text("utf-8"))
    return _Around(
        frozenset(form for word in words["titles"].split() for form in _forms(word)),
        frozenset(form for word in words["beside_titles"].split() for form in _forms(word)),
        words["joined"].split(),
    )


def is_title(word: str) -> bool:
    """Return whether the word is a title, in any Russian case, with a Korean particle or after a country.

    So `президентом`, `대통령은` and 북한대사 are titles.
    """
    rests = chain([word], countries_before(word))
    return any(not _around().titles.isdisjoint(_forms(rest)) for rest in rests)


def is_beside_title(word: str) -> bool:
    """Return whether the word belongs to a title beside it: `Foreign Minister`, `президент России`."""
    return not _around().beside_titles.isdisjoint(_forms(word)) or is_country(word)


def count_titles(words: Sequence[str]) -> int:
    """Return the number of words up to the last title before the name; 0 without a title."""
    count = 0
    for i, word in enumerate(words[:-1], 1):
        if is_title(word):
            count = i
        elif not is_beside_title(word):
            break
    return count


def without_joined_title(word: str) -> Iterator[str]:
    """Yield the word without each title that ends it: `김정은` for `김정은위원장`."""
    if is_hangul(word):
        for title in _around().joined:
            if word.endswith(title) and len(word) - len(title) >= _SHORTEST:
                yield word.removesuffix(title)


# Each word of a search is looked up several times, and readers search for the same words.
@lru_cache(maxsize=4096)
def _forms(word: str) -> tuple[str, ...]:
    """Return the folded word, with the stems of a Russian and without the particle of a Korean one.

    An elision and a genitive are no part of it: `l'ambassadeur`, `Russia's`.
    """
    stems = word_stems(word) if script_of(word) is Script.CYRILLIC else ()
    return (fold(without_elision(word)), *stems, *bases(word))
