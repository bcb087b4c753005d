"""Dates in a query, in words and figures: each is one term, so that a day belongs to its month and year.

Every event has its days as ISO 8601 writes them (`date_words`): `2024-06-19` is a phrase of three words, and a
month is the beginning of one. A day of any year is found by its English words.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import chain
from typing import Final, NamedTuple

from app.domain.date_text import date_text
from app.domain.languages import Language
from app.domain.search.date_words import full_month
from app.domain.search.korean import without_particle_of_date
from app.domain.search.tokens import index_tokens, runs_of, word_stems

Words = tuple[str, ...]
# More years make a query too long.
MOST_YEARS: Final = 30
_SEPARATOR: Final = "[-./\u2010-\u2013]"
_TO: Final = "[-\u2010-\u2014~\u223c\uff5e]"
_YEAR: Final = "(?P<y>[12][0-9]{3})"
_MONTH: Final = "(?P<m>0?[1-9]|1[0-2])"
_DAY: Final = f"(?P<d>0?[1-9]|[12][0-9]|3[01])(?:{_TO}(?P<last>0?[1-9]|[12][0-9]|3[01]))?"
_OF_YEAR: Final = "(?: ?(?:г|года|году|год))?"
# A date in one word, without case and accents, and without the particle after it.
_FORMS: Final = tuple(
    re.compile(form)
    for form in (
        f"{_YEAR}{_SEPARATOR}{_MONTH}{_SEPARATOR}{_DAY}",
        "(?P<y>[12][0-9]{3})(?P<m>0[1-9]|1[0-2])(?P<d>0[1-9]|[12][0-9]|3[01])",
        f"{_DAY}{_SEPARATOR}{_MONTH}{_SEPARATOR}{_YEAR}{_OF_YEAR}",
        # An American day cannot be taken for a month.
        f"{_MONTH}/(?P<d>1[3-9]|2[0-9]|3[01])/{_YEAR}",
        f"{_YEAR}{_SEPARATOR}{_MONTH}",
        f"{_MONTH}[./]{_YEAR}{_OF_YEAR}",
        f"{_YEAR}년(?:{_MONTH}월)?(?:{_DAY}일)?",
        f"{_MONTH}월(?:{_DAY}일)?",
        f"{_DAY}일",
        f"{_YEAR}-?(?:г|го|м|й|году|года)",
        f"{_DAY}-?(?:st|nd|rd|th|er|го|е|ого)",
        _YEAR,
        _DAY,
    )
)
# `1950-53`, but `1950-12` is a month.
_YEARS: Final = re.compile(
    f"([12][0-9])([0-9]{{2}})(?:{_TO}|/)(?:([12][0-9]{{3}})|(1[3-9]|[2-9][0-9]))년?"
)
_DECADE: Final = re.compile("([12][0-9]{2})0(?:s|'s|’s|-?ы?е|-?ы?х|년대)")
# A decade without its century is of the last one: `the 90s`, `90-е годы`, `90년대`.
_SHORT_DECADE: Final = re.compile("['’]?([3-9])0(?:s|'s|’s|년대)")
_SHORT_DECADE_OF: Final = re.compile("([3-9])0-?ы?(?:е|х)")
_SHORT_DECADE_AFTER: Final = re.compile("([3-9])0")
# `18-Jun-2024`.
_DAY_OF_MONTH: Final = re.compile(r"([0-9]{1,2})-([^\W\d_]+)-([12][0-9]{3})")
_NUMBER: Final = re.compile("[0-9]{1,2}")
# They may follow a year, and say nothing.
_AFTER_YEAR: Final = frozenset(["г", "год", "года", "году"])
# `les années 1950`, `1950-е годы`.
_DECADES: Final = frozenset(["années", "annees"])
_AFTER_YEARS: Final = frozenset(["годы", "годов", "годах", "гг"])


class AskedDate(NamedTuple):
    """A date at the beginning of some words: the number of words, and its phrases, of which an event has one.

    `beginnings` are the first digits of years, for a long time. If `of_event`, the date itself must have one of
    them: to mention the year is not enough.
    """

    size: int
    phrases: tuple[Words, ...]
    beginnings: tuple[str, ...] = ()
    of_event: bool = False


class DateParts(NamedTuple):
    """The parts of a date in figures; those that it lacks are empty."""

    year: str = ""
    month: str = ""
    day: str = ""
    last_day: str = ""

    def with_other(self, other: "DateParts") -> "DateParts | None":
        """Return both together, or None if both have the same part."""
        if any(mine and its for mine, its in zip(self, other, strict=True)):
            return None
        return DateParts(*(mine or its for mine, its in zip(self, other, strict=True)))

    def phrases(self) -> Iterator[Words]:
        """Yield the words of each day, or of the month or year."""
        days = range(int(self.day), int(self.last_day or self.day) + 1) if self.day else ()
        if self.year:
            for day in [f"{each:02}" for each in days] or [""]:
                yield tuple(filter(None, (self.year, self.month, day)))
        else:
            # In words, which each event has: `03 08` may be a day of August in a text.
            yield from ((str(day), english_month(self.month)) for day in days)


def english_month(month: str) -> str:
    """Return the word that each event of a month has, for a month in figures: `june` for `06`."""
    return date_text(Language.EN, f"2000-{month}").split()[0].lower()


def find_date(words: Sequence[str]) -> AskedDate | None:
    """Return the date with which these words begin: a month with days or a year, a decade, or some years.

    A year or a number alone is an ordinary word.
    """
    if not words:
        return None
    size, years = years_at(words)
    if years:
        return AskedDate(size, tuple((str(year),) for year in years))
    found, size = read_date(words)
    if found.month and (found.day or found.year):
        return AskedDate(size, tuple(found.phrases()))
    # `2024г` and `2024 года`, but no ordinary year.
    if found.year and not found.day and (size > 1 or folded(words[0]) != found.year):
        return AskedDate(size, ((found.year,),))
    return None


def read_date(words: Sequence[str]) -> tuple[DateParts, int]:
    """Return the parts of a date with which these words begin, and the number of words, 0 without a date."""
    found, size = DateParts(), 0
    for word in words[:4]:
        if size and found.year and folded(word) in _AFTER_YEAR:
            size += 1
            continue
        parts = parts_of(word)
        # In `2024. 6. 19.` the second number is the month.
        if parts and found.year and not found.month and _NUMBER.fullmatch(folded(word)):
            parts = DateParts(month=parts.day) if int(parts.day) <= 12 else None
        together = found.with_other(parts) if parts else None
        if together is None:
            break
        found, size = together, size + 1
    return found, size


def folded(word: str) -> str:
    """Return the word of a date without case, punctuation and Korean particle."""
    return without_particle_of_date(word.casefold().rstrip(".,;:!?"))


@lru_cache(maxsize=1 << 10)
def parts_of(word: str) -> DateParts | None:
    """Return the parts of a date in one word; None if it is no date."""
    word = folded(word)
    for form in _FORMS:
        if found := form.fullmatch(word):
            given = found.groupdict()
            numbers = (given.get(name) or "" for name in ("m", "d", "last"))
            parts = DateParts(
                given.get("y") or "", *(each and f"{int(each):02}" for each in numbers)
            )
            return None if parts.last_day and parts.last_day <= parts.day else parts
    if found := _DAY_OF_MONTH.fullmatch(word):
        day, name, year = found.groups()
        month = _month(name)
        is_day = month and 0 < int(day) <= 31
        return DateParts(year, f"{month:02}", day.zfill(2)) if is_day else None
    month = _month(word)
    return DateParts(month=f"{month:02}") if month else None


@lru_cache(maxsize=1 << 10)
def _month(word: str) -> int | None:
    """Return the number of a month in words, in any case or abbreviated; Jun too, since a number is beside it."""
    runs = runs_of("june" if word == "jun" else word)
    if len(runs) != 1:
        return None
    forms = (runs[0], full_month(runs[0]) or runs[0])
    known = chain(forms, *map(word_stems, forms))
    return next(filter(None, map(_months().get, known)), None)


@cache
def _months() -> dict[str, int]:
    """Return the number of each month by its words and stems in English, French and Russian."""
    return {
        each: month
        for month in range(1, 13)
        for language in (Language.EN, Language.FR, Language.RU)
        for day in (f"2000-{month:02}", f"2000-{month:02}-02")
        for tokens in index_tokens(date_text(language, day), language)
        for each in tokens
        if not each.isdecimal() and each.partition("·")[0] not in ("год", "года")
    }


def years_at(words: Sequence[str]) -> tuple[int, range]:
    """Return the number of words that begin with a decade or a range of years, and these years."""
    first, second = ([*map(folded, words[:2])] + ["", ""])[:2]
    size = 2 if second in _AFTER_YEARS else 1
    if first in _DECADES:
        if found := _DECADE.fullmatch(f"{second}s"):
            return 2, _decade(found[1])
        if found := _SHORT_DECADE_AFTER.fullmatch(second):
            return 2, _decade(f"19{found[1]}")
    if found := _DECADE.fullmatch(first):
        return size, _decade(found[1])
    of_years = size == 2 and _SHORT_DECADE_OF.fullmatch(first)
    if found := of_years or _SHORT_DECADE.fullmatch(first):
        return size, _decade(f"19{found[1]}")
    if found := _YEARS.fullmatch(first):
        century, year, last, last_digits = found.groups()
        years = range(int(century + year), int(last or century + last_digits) + 1)
        return size, years if len(years) <= MOST_YEARS else range(0)
    return 0, range(0)


def _decade(first_digits: str) -> range:
    first = int(first_digits) * 10
    return range(first, first + 10)
