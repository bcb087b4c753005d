"""The words of a period as they stand in a query: a dash and a Korean particle are separate words."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from app.domain.search.asked_dates import folded, parts_of, years_at
from app.domain.search.periods.words import PARTS_OF_YEAR
from app.domain.search.tokens import runs_of, without_elision

_VAGUE_PREFIX: Final = re.compile(r"(?:early|mid|late|mi)[-\u2010\u2011](?=\w)", re.IGNORECASE)
_KOREAN_DATE: Final = re.compile(
    r"(.*(?:\d|[년월일봄]|년대|여름|가을|겨울|상반기|하반기|분기))(부터|에서|까지|이후|이전|이래|과|와|이나|전|후|경|쯤|무렵)(?:의|에|는)?"
)
_DASH: Final = re.compile("[-\u2010-\u2015~\u223c\uff5e]+")
_JOINED: Final = re.compile("[-\u2010-\u2015~\u223c\uff5e/]")


class PeriodToken(NamedTuple):
    """A word of a query without punctuation, case and accents; `raw` keeps them. `chunk` is its number in the query.

    `ends` is whether it is the last one of its chunk, and `comma` whether a comma follows.
    """

    text: str
    raw: str
    chunk: int
    ends: bool
    comma: bool = False


def tokens_of(words: Sequence[str]) -> Iterator[PeriodToken]:
    """Yield the words of each chunk; a dash or a Korean particle is a separate word."""
    for number, chunk in enumerate(words):
        for token in _tokens_of_chunk(chunk):
            yield token._replace(chunk=number)


# A chunk is read again for each word before it with which a period may begin.
@lru_cache(maxsize=1 << 12)
def _tokens_of_chunk(chunk: str) -> Sequence[PeriodToken]:
    bare = chunk.strip("()[]{}?!;:«»")
    comma = bare.endswith(",")
    parts = [*_parts_of_chunk(bare.rstrip(",."))]
    tokens = [PeriodToken(plain(part), part, 0, ends=False) for part in parts]
    return [*tokens[:-1], *(each._replace(ends=True, comma=comma) for each in tokens[-1:])]


def _parts_of_chunk(chunk: str) -> Iterator[str]:
    if _DASH.fullmatch(chunk):
        yield "-"
        return
    chunk = chunk.replace("’", "'").replace("ʼ", "'")
    if chunk.lower().startswith("jusqu'"):
        yield from ("jusqu", chunk[6:])
        return
    chunk = without_elision(chunk)
    if vague := _VAGUE_PREFIX.match(chunk):
        yield from (vague[0].rstrip("-\u2010\u2011"), chunk[vague.end() :])
        return
    if parts_of(chunk) or years_at([chunk])[0] or not (sides := _sides(chunk)):
        yield from _without_particle(chunk)
        return
    first, second = sides
    yield from (*_without_particle(first), "-", *_without_particle(second))


def _sides(chunk: str) -> tuple[str, str] | None:
    """Return the two dates of a chunk such as `June-September` and `2018년~2019년`; None for any other."""
    for dash in _JOINED.finditer(chunk):
        sides = chunk[: dash.start()], chunk[dash.end() :]
        if all(parts_of(side) or plain(side) in PARTS_OF_YEAR for side in sides):
            return sides
    return None


def _without_particle(word: str) -> Iterator[str]:
    found = _KOREAN_DATE.fullmatch(word)
    yield from found.groups() if found else (word,)


def plain(word: str) -> str:
    """Return the word without case, accents and elision; one with a hyphen stays so."""
    runs = runs_of(word)
    return runs[0] if len(runs) == 1 else folded(word)
