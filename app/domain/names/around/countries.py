"""Names of countries in the names of offices and other things. countries.toml has the words."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Final, NamedTuple

from app.domain.names.hangul import is_hangul
from app.domain.names.same_name import name_words
from app.domain.names.scripts import Script, script_of
from app.domain.search.tokens import without_elision, word_stems
from app.domain.values import CountryCode

# Words inside the name of a country, and between it and the office that it holds.
_JOINING: Final = "of de du des d the la le l"
OF: Final = frozenset(_JOINING.split())
_LONGEST: Final = 6
# 주러시아 and 러시아주재: resident in Russia.
_RESIDENT_BEFORE: Final = "주"
RESIDENT_AFTER: Final = "주재"

_Key = tuple[str, ...]


class CountryPair(NamedTuple):
    """Two countries whose abbreviations begin a word in Hangul, and the rest of the word."""

    text: str
    countries: tuple[CountryCode, CountryCode]
    rest: str


class _CountryNames(NamedTuple):
    """The code of a country by the keys of the words that name it; `prefixes` begin a word in Hangul.

    `with_dprk` has the country beside the DPRK in `북러`.
    """

    nouns: Mapping[_Key, CountryCode]
    all: Mapping[_Key, CountryCode]
    resident: Mapping[str, CountryCode]
    prefixes: Sequence[str]
    with_dprk: Mapping[str, CountryCode]


def with_countries(words: Sequence[str]) -> list[str]:
    """Return the words of a name, with a code for each noun that names a country.

    So the embassies in the DPRK and in North Korea are one, and 주북한 is 북한주재.
    """
    keys, found, place = [_key(word) for word in words], list[str](), 0
    while place < len(words):
        size, code = _country_at(keys, place, _country_names().nouns)
        if code:
            is_resident = keys[place + size : place + size + 1] == [RESIDENT_AFTER]
            found.append(_mark(code, is_resident=is_resident))
            place += size + is_resident
        else:
            resident = _country_names().resident.get(words[place])
            found.append(_mark(resident, is_resident=True) if resident else words[place])
            place += 1
    return found


def _mark(code: CountryCode, *, is_resident: bool) -> str:
    # A capital occurs in no word of a name.
    return f"{code} {RESIDENT_AFTER}" if is_resident else code


def is_country(word: str) -> bool:
    """Whether the word names a country: a noun, an adjective, or 주북한 and 북한주재."""
    return (_key(word),) in _country_names().all or word in _country_names().resident


def countries_before(word: str) -> Iterator[str]:
    """Yield each rest of a word in Hangul that a country begins: 대사 for 북한대사 and 주러대사."""
    if is_hangul(word):
        for name in _country_names().prefixes:
            if word.startswith(name) and word != name:
                yield word.removeprefix(name)


def find_pair(word: str) -> CountryPair | None:
    """Return the DPRK and the country beside it with which a word in Hangul begins: `북러`, `조로친선`."""
    pair, rest = word[:2], word[2:]
    other = _country_names().with_dprk.get(pair)
    # A single syllable after it is a part of another word: 조소인.
    return CountryPair(pair, ("KP", other), rest) if other and len(rest) != 1 else None


def country_named(text: str) -> CountryCode | None:
    """Return the country that the whole text names, as a noun or an adjective; None for any other text."""
    words = text.split()
    size, code = held_at(words, 0) if words else (0, None)
    return code if size == len(words) else None


def held_at(words: Sequence[str], place: int) -> tuple[int, CountryCode | None]:
    """Return the number of words of the longest noun or adjective from here, and its country."""
    return _country_at([_key(word) for word in words], place, _country_names().all)


def _country_at(
    keys: Sequence[str], place: int, names: Mapping[_Key, CountryCode]
) -> tuple[int, CountryCode | None]:
    """Return the number of words of the longest country from here, and its code."""
    for size in range(min(_LONGEST, len(keys) - place), 0, -1):
        if code := names.get(tuple(keys[place : place + size])):
            return size, code
    return 0, None


@lru_cache(maxsize=1 << 14)
def _key(word: str) -> str:
    """Return the word without case, accents and Russian endings."""
    bare = " ".join(name_words(without_elision(word)).words)
    if script_of(bare) is not Script.CYRILLIC:
        return bare
    return " ".join(next(iter(word_stems(each)), each) for each in bare.split())


@cache
def _country_names() -> _CountryNames:
    tables = tomllib.loads(Path(__file__).with_name("countries.toml").read_text("utf-8"))
    nouns = {key: code for code, t in tables.items() for key in _keys(t["nouns"])}
    adjectives = {key: code for code, t in tables.items() for key in _keys(t["adjectives"])}
    resident = {
        form: code
        for code, t in tables.items()
        for name in [*t["nouns"], *t["after_ju"]]
        if is_hangul(name)
        for form in (_RESIDENT_BEFORE + name, name + RESIDENT_AFTER)
    }
    one_word = [name for name, *more in nouns if not more and is_hangul(name)]
    with_dprk = {pair: code for code, t in tables.items() for pair in t.get("with_dprk", ())}
    return _CountryNames(nouns, adjectives | nouns, resident, [*resident, *one_word], with_dprk)


def _keys(names: Sequence[str]) -> Iterator[_Key]:
    """Yield the key of each name, as written and without function words."""
    for name in names:
        words = tuple(_key(word) for word in name.split())
        yield words
        yield tuple(word for word in words if word not in OF)
        # A hyphen separates words in a name that is compared.
        yield tuple(_key(word) for word in name.replace("-", " ").split())
