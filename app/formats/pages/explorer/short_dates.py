"""Dates in words that the explorer makes itself: of a day, and of a whole month or year."""

from calendar import monthrange
from collections.abc import Mapping
from functools import cache
from typing import Any, Final, NamedTuple

from app.domain.date_text import date_text
from app.domain.languages import Language

_MONTHS: Final = range(1, 13)


class DatePatterns(NamedTuple):
    """The words of a language with `{y}` in place of the year, and `{d}` in place of the day."""

    # One for each month.
    day: list[str]
    month: list[str]
    year: str


@cache
def date_patterns(language: Language) -> DatePatterns:
    """Return the patterns, made of dates whose numbers are in no word."""
    return DatePatterns(
        [_pattern(language, f"1999-{month:02}-28") for month in _MONTHS],
        [_pattern(language, f"1999-{month:02}") for month in _MONTHS],
        _pattern(language, "1999"),
    )


def is_short(language: Language, words: str, bounds: Mapping[str, Any]) -> bool:
    """Return whether the explorer makes these words of the first and the last day of an event."""
    first, last = bounds["start"]["earliest"], bounds["end"]["latest"]
    return bool(first and last) and words == _in_words(date_patterns(language), first, last)


def _pattern(language: Language, edtf: str) -> str:
    return date_text(language, edtf).replace("1999", "{y}").replace("28", "{d}")


def _in_words(patterns: DatePatterns, first: str, last: str) -> str:
    """Return the words; empty for days that are no whole month or year. The explorer does the same."""
    year, month, day = map(int, first.split("-"))
    if first == last:
        pattern = patterns.day[month - 1]
    elif (month, day) == (1, 1) and last == f"{year:04}-12-31":
        pattern = patterns.year
    elif day == 1 and last == f"{year:04}-{month:02}-{monthrange(year, month)[1]}":
        pattern = patterns.month[month - 1]
    else:
        pattern = ""
    return pattern.replace("{y}", str(year)).replace("{d}", str(day))
