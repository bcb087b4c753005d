"""Names of offices with the country that holds them: `President of Russia`, `북한 외무상`."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from app.domain.names.around.countries import OF, RESIDENT_AFTER, countries_before, held_at
from app.domain.names.around.titles import is_title
from app.domain.names.folding import fold
from app.domain.values import CountryCode

# A country after one of these is a place: an ambassador *to* Russia is not Russia's.
_PREPOSITIONS: Final = (
    "to in at for with from into on a en au aux dans avec в во на к ко из с со по"
)
_TO: Final = frozenset(_PREPOSITIONS.split())


class HeldOffice(NamedTuple):
    """An office as a text names it: the country that holds it, and the rest of the text."""

    country: CountryCode
    name: str


@lru_cache(maxsize=512)
def held_office(text: str) -> HeldOffice | None:
    """Return the office of the one country that holds it, or None if the text names none or several.

    `Ambassador of Russia to the DPRK` is an office of Russia, and `Ambassador to Russia` names no holder.
    """
    words = [*_words(text)]
    holders, kept, place = list[CountryCode](), list[str](), 0
    while place < len(words):
        size, code = held_at(words, place)
        if code and not _is_target(words, place, size):
            holders.append(code)
            while kept and kept[-1].casefold() in OF:
                kept.pop()
        else:
            size = size or 1
            kept += words[place : place + size]
        place += size
    name = " ".join(kept)
    return HeldOffice(holders[0], name) if len(holders) == 1 and fold(name) else None


def _words(text: str) -> Iterator[str]:
    """Yield the words; a country and a title in Hangul are two: 북한대사."""
    for word in text.replace(",", " ").split():
        title = next(filter(is_title, countries_before(word)), "")
        yield from (word.removesuffix(title), title) if title else (word,)


def _is_target(words: Sequence[str], place: int, size: int) -> bool:
    """Whether the country is the place of the office, and not its holder."""
    before = [word.casefold() for word in words[:place]]
    while before and before[-1] in OF:
        before.pop()
    after = words[place + size : place + size + 1]
    return (bool(before) and before[-1] in _TO) or after == [RESIDENT_AFTER]
