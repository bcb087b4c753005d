"""Countries in a query: `North Korea`, `Corée du Nord`, and two in a word, as `Russia-DPRK` and `북러`."""

import re
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from app.domain.names.around.countries import CountryPair, country_named, find_pair, held_at
from app.domain.names.hangul import is_hangul
from app.domain.search.korean import bases, verbal_noun
from app.domain.search.tokens import ACRONYM
from app.domain.values import CountryCode

_HYPHEN: Final = re.compile("[-\u2010\u2011]")
# `북·러`, as newspapers of the South write it.
_PAIR_WITH_DOT: Final = re.compile("(?<![가-힣])([북조러])[·・‧/-]([북조러로소쏘])")
_BETWEEN: Final = "간"
# A visit to a country in one word. 방조 is help.
_VISITED: Final[Mapping[str, CountryCode]] = {"방북": "KP", "방러": "RU", "방소": "SU"}
VISIT: Final = "방문"


class Hyphenated(NamedTuple):
    """The place of a word with a hyphen between two countries, and its parts."""

    place: int
    parts: Sequence[str]


def without_dots_in_pairs(query: str) -> str:
    """Return the query with `북러` for `북·러`."""
    return _PAIR_WITH_DOT.sub(
        lambda found: f"{found[1]}{found[2]}" if find_pair(found[1] + found[2]) else found[0], query
    )


def country_at(words: Sequence[str]) -> tuple[int, CountryCode | None]:
    """Return the number of words that begin with the name of a country, and its code; 0 if they do not."""
    if not words:
        return 0, None
    plain = [_without_dots(word) for word in words]
    size, country = held_at(plain, 0)
    if not size and is_hangul(words[0]):
        found = (country_named(base) for base in bases(words[0]))
        country = next(filter(None, found), None)
        size = 1 if country else 0
    return size, country


def _without_dots(word: str) -> str:
    return word.replace(".", "") if re.fullmatch(ACRONYM, word) else word


def hyphenated_at(words: Sequence[str]) -> Hyphenated | None:
    """Return the hyphen that joins the country at the beginning of these words to another one.

    The names may have several words: `Russian-North Korean`, `North Korea-Russia`.
    """
    for place, word in enumerate(words[:4]):
        first, *others = _HYPHEN.split(word)
        if others and country_at([*words[:place], first])[0] == place + 1:
            is_two = country_at([*others, *words[place + 1 :]])[0]
            return Hyphenated(place, [first, *others]) if is_two else None
    return None


def pair_at(word: str) -> CountryPair | None:
    """Return the two countries with which a word in Hangul begins, without a particle: `북러의`, `북러정상회담`."""
    if not is_hangul(word):
        return None
    forms = (word, *bases(word), word.removesuffix(_BETWEEN))
    return next(filter(None, map(find_pair, forms)), None)


def visited_at(word: str) -> CountryCode | None:
    """Return the country of a visit in one word in Hangul, also with a particle or as a verb: `방북했나`."""
    forms = (word, *bases(word), verbal_noun(word) or word) if is_hangul(word) else ()
    return next(filter(None, map(_VISITED.get, forms)), None)
