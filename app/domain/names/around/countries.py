"""Names of countries inside the names of offices and other things. countries.toml has the words."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Final, NamedTuple

from app.domain.names.around.titles import is_title
from app.domain.names.hangul import is_hangul
from app.domain.names.same_name import name_words
from app.domain.names.scripts import Script, script_of
from app.domain.search.query import without_elision
from app.domain.search.tokens import word_stems
from app.domain.values import CountryCode

# A country after one of these is a place: an ambassador *to* Russia is not Russia's.
_TO: Final = frozenset(
    [
        "to",
        "in",
        "at",
        "for",
        "with",
        "from",
        "into",
        "on",
        "a",
        "en",
        "au",
        "aux",
        "dans",
        "avec",
        "в",
        "во",
        "на",
        "к",
        "ко",
        "из",
        "с",
        "со",
        "по",
    ]
)
_OF: Final = frozenset(["of", "de", "du", "des", "d", "the", "la", "le", "l"])
_LONGEST: Final = 6
# 주러시아 and 러시아주재: resident in Russia.
_RESIDENT_BEFORE: Final = "주"
_RESIDENT_AFTER: Final = "주재"

_Key = tuple[str, ...]


class HeldOffice(NamedTuple):
    """An office as a text names it: the country that holds it, and the rest of the text."""

    country: CountryCode
    name: str


class _CountryNames(NamedTuple):
    """The code of a country by the keys of the words that name it."""

    nouns: Mapping[_Key, CountryCode]
    all: Mapping[_Key, CountryCode]
    resident: Mapping[str, CountryCode]


@lru_cache(maxsize=512)
def held_office(text: str) -> HeldOffice | None:
    """Return the office of the one country that holds it, or None if the text names none or several.

    `Ambassador of Russia to the DPRK` is an office of Russia, and `Ambassador to Russia` names no holder.
    """
    words = [*_words(text)]
    keys = [_key(word) for word in words]
    holders, kept, place = list[CountryCode](), list[str](), 0
    while place < len(words):
        size, code = _country_at(keys, place, _names().all)
        if code and not _is_target(words, place, size):
            holders.append(code)
            while kept and kept[-1].casefold() in _OF:
                kept.pop()
        else:
            size = size or 1
            kept += words[place : place + size]
        place += size
    name = " ".join(kept)
    return HeldOffice(holders[0], name) if len(holders) == 1 and name_words(name).words else None


def with_countries(words: Sequence[str]) -> list[str]:
    """Return the words of a name, with a code for each noun that names a country.

    So the embassies in the DPRK and in North Korea are one, and 주북한 is 북한주재.
    """
    keys, found, place = [_key(word) for word in words], list[str](), 0
    while place < len(words):
        size, code = _country_at(keys, place, _names().nouns)
        if code:
            is_resident = keys[place + size : place + size + 1] == [_RESIDENT_AFTER]
            found.append(_mark(code, is_resident=is_resident))
            place += size + is_resident
        else:
            resident = _names().resident.get(words[place])
            found.append(_mark(resident, is_resident=True) if resident else words[place])
            place += 1
    return found


def _mark(code: CountryCode, *, is_resident: bool) -> str:
    # A capital occurs in no word of a name.
    return f"{code} {_RESIDENT_AFTER}" if is_resident else code


def _words(text: str) -> Iterator[str]:
    """Yield the words; a country and a title in Hangul are two: 북한대사."""
    for word in text.replace(",", " ").split():
        title = next((t for c, t in _split_hangul(word) if is_title(t)), "")
        yield from (word.removesuffix(title), title) if title else (word,)


def _split_hangul(word: str) -> Iterator[tuple[str, str]]:
    if is_hangul(word):
        for name, *more in _names().nouns:
            if not more and word.startswith(name) and word != name:
                yield name, word.removeprefix(name)


def _country_at(
    keys: Sequence[str], place: int, names: Mapping[_Key, CountryCode]
) -> tuple[int, CountryCode | None]:
    """Return the number of words of the longest country from here, and its code."""
    for size in range(min(_LONGEST, len(keys) - place), 0, -1):
        if code := names.get(tuple(keys[place : place + size])):
            return size, code
    return 0, None


def _is_target(words: Sequence[str], place: int, size: int) -> bool:
    """Whether the country is the place of the office, and not its holder."""
    before = [word.casefold() for word in words[:place]]
    while before and before[-1] in _OF:
        before.pop()
    after = words[place + size : place + size + 1]
    return (bool(before) and before[-1] in _TO) or after == [_RESIDENT_AFTER]


@lru_cache(maxsize=1 << 14)
def _key(word: str) -> str:
    """Return the word without case, accents and Russian endings."""
    bare = " ".join(name_words(without_elision(word)).words)
    is_russian = script_of(bare) is Script.CYRILLIC and " " not in bare
    return next(iter(word_stems(bare)), bare) if is_russian else bare


@cache
def _names() -> _CountryNames:
    tables = tomllib.loads(Path(__file__).with_name("countries.toml").read_text("utf-8"))
    nouns = {key: code for code, t in tables.items() for key in _keys(t["nouns"])}
    adjectives = {key: code for code, t in tables.items() for key in _keys(t["adjectives"])}
    resident = {
        form: code
        for code, t in tables.items()
        for name in [*t["nouns"], *t["after_ju"]]
        if is_hangul(name)
        for form in (_RESIDENT_BEFORE + name, name + _RESIDENT_AFTER)
    }
    return _CountryNames(nouns, adjectives | nouns, resident)


def _keys(names: Sequence[str]) -> Iterator[_Key]:
    """Yield the key of each name, as written and without function words."""
    for name in names:
        words = tuple(_key(word) for word in name.split())
        yield words
        yield tuple(word for word in words if word not in _OF)
        # A hyphen separates words in a name that is compared.
        yield tuple(_key(word) for word in name.replace("-", " ").split())
