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
from app.domain.search.tokens import without_elision, word_stems

# A particle: 대통령의 is `of the president`.
_GENITIVE: Final = "의"
# No Korean name is shorter.
_SHORTEST: Final = 2


class _Around(NamedTuple):
    """The words around names, folded, with the stems of the Russian ones; joined ones are as written."""

    titles: frozenset[str]
    beside_titles: frozenset[str]
    joined: Sequence[str]
    nominatives: frozenset[str]
    belonging: frozenset[str]
    articles: frozenset[str]
    bodies: frozenset[str]


@cache
def _around() -> _Around:
    words = tomllib.loads(Path(__file__).with_name("titles.toml").read_text("utf-8"))
    return _Around(
        frozenset(form for word in words["titles"].split() for form in _forms(word)),
        frozenset(form for word in words["beside_titles"].split() for form in _forms(word)),
        words["joined"].split(),
        frozenset(map(fold, _nominatives(words["titles"].split()))),
        *(frozenset(words[name].split()) for name in ("belonging", "articles", "bodies")),
    )


def _nominatives(titles: Sequence[str]) -> Iterator[str]:
    """Yield the Russian titles that are no genitive of another one: президента, председателя, посла."""
    known = frozenset(titles)
    for word in titles:
        stem = word[:-1]
        is_genitive = word[-1] in "ая" and not known.isdisjoint(
            {stem, f"{stem}ь", f"{stem[:-1]}о{stem[-1:]}"}
        )
        if script_of(word) is Script.CYRILLIC and not is_genitive:
            yield word


def is_nominative_title(word: str) -> bool:
    """Return whether the word is a Russian title in the nominative."""
    return fold(word) in _around().nominatives


def is_of_another(before: Sequence[str], after: Sequence[str]) -> bool:
    """Return whether the titles around a name are of a person who serves its bearer.

    So are `spokesman for`, `envoy of President` and 대통령의 대변인, while `President of Russia` may be the bearer.
    """
    if any(word.endswith(_GENITIVE) and is_title(word) for word in after[:-1]):
        return True
    _, *governed = _parts([fold(without_elision(word)) for word in before])
    titled = (
        part and is_title(part[-1]) and _around().bodies.isdisjoint(part) for part in governed
    )
    return bool(governed) and (not governed[-1] or any(titled))


def _parts(words: Sequence[str]) -> list[list[str]]:
    """Return the words before each preposition and after the last one, without articles."""
    parts = list[list[str]]([[]])
    for word in words:
        if word in _around().belonging:
            parts.append([])
        elif word not in _around().articles:
            parts[-1].append(word)
    return parts


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
