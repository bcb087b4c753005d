"""The words by which full text finds the date of an event: `Kosygin 1965`, `июнь 2024 года`, `2024-06-19`."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import chain
from typing import Final

from app.domain.date_text import date_text
from app.domain.dates import OPEN_END, OPEN_START, parse_edtf
from app.domain.languages import Language
from app.domain.search.tokens import index_tokens, runs_of, word_stems

# A longer time says little about any one of its years.
_MOST_YEARS: Final = 30
_BETWEEN: Final = re.compile(r"[/,]")
# Marks, a time of day, and a day or month that is not known. No word of a search means them.
_BESIDE: Final = re.compile(r"T.*|(?:-XX)+|[~?%]")
# Without those that are syllables of Korean names: Jun.
_MONTHS: Final = {
    "jan": "january",
    "janv": "janvier",
    "feb": "february",
    "fevr": "février",
    "mar": "march",
    "apr": "april",
    "avr": "avril",
    "jul": "july",
    "juil": "juillet",
    "aug": "august",
    "sep": "september",
    "sept": "september",
    "oct": "october",
    "nov": "november",
    "dec": "december",
    "янв": "январь",
    "фев": "февраль",
    "мар": "март",
    "апр": "апрель",
    "авг": "август",
    "сен": "сентябрь",
    "сент": "сентябрь",
    "окт": "октябрь",
    "ноя": "ноябрь",
    "нояб": "ноябрь",
    "дек": "декабрь",
}
_DAY_OR_MONTH: Final = re.compile(r"(\d{4})-(0\d|1[0-2])(?:-(\d\d))?")


def date_words(edtf: str) -> Iterator[tuple[Language | None, str]]:
    """Yield the texts by which an event with this valid EDTF date is found, each with its language.

    Each date in an interval or a set, in the words of each language and as ISO 8601 writes it, and each year in
    which the event may have been. Figures have no language. Doubts have no words: `about` is no part of a date.
    """
    dates = [_BESIDE.sub("", each) for each in _BETWEEN.split(edtf.strip("[]{}"))]
    years = [*_years(edtf)]
    for date in dict.fromkeys(each for each in dates if each.strip(".")):
        yield from ((language, date_text(language, date)) for language in Language)
        if found := _DAY_OR_MONTH.fullmatch(date):
            yield None, date
            years = [each for each in years if each != int(found[1])]
    yield from ((None, f"{year:04}") for year in years)


def full_month(word: str) -> str | None:
    """Return the month that a word without case and accents abbreviates, in one of its languages."""
    return _MONTHS.get(word)


def is_date(text: str) -> bool:
    """Whether each word of a text is a number, or a month or year in words."""
    runs = runs_of(text)
    return bool(runs) and all(run.isdecimal() or _is_in_dates(run) for run in runs)


@lru_cache(maxsize=1 << 10)
def _is_in_dates(run: str) -> bool:
    forms = (run, full_month(run) or run)
    return not _words_of_dates().isdisjoint((*forms, *chain.from_iterable(map(word_stems, forms))))


@cache
def _words_of_dates() -> frozenset[str]:
    """Return the words and stems of each month with a day and a year, in each language."""
    days = [f"2000-{month:02}-01" for month in range(1, 13)]
    texts = [(language, date_text(language, day)) for day in days for language in Language]
    return frozenset(
        chain.from_iterable(index_tokens(t, l).stems + index_tokens(t, l).words for l, t in texts)
    )


def _years(edtf: str) -> range:
    """Return the years in which the event may have been; only the known one of a time without an end."""
    bounds = parse_edtf(edtf)
    first, last = bounds.start_earliest, bounds.end_latest
    if first == OPEN_START:
        first = bounds.end_earliest
    if last == OPEN_END:
        last = bounds.start_latest
    years = range(first.year, last.year + 1)
    return years if len(years) <= _MOST_YEARS else range(0)
