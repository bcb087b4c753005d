"""Periods in a query as ISO 8601-2 writes them: `2024-06/2024-09`, `2023/..`, `[2018,2019]`, `199X`."""

import re
from collections.abc import Sequence
from itertools import chain
from typing import Final

from app.domain.search.asked_dates import AskedDate, DateParts, Words
from app.domain.search.periods.days import (
    FIRST,
    LAST,
    PeriodDate,
    PeriodDays,
    days_of,
    of_days,
    phrases_of,
)

# An interval, a set or a decade as ISO 8601-2 writes them.
_EDTF_DATE: Final = "[12][0-9]{3}(?:-[0-9]{2}){0,2}"
_EDTF_INTERVAL: Final = re.compile(rf"({_EDTF_DATE}|\.\.)/({_EDTF_DATE}|\.\.)")
_EDTF_SET: Final = re.compile(rf"[\[{{]({_EDTF_DATE}(?:,{_EDTF_DATE})*)[\]}}]")
_EDTF_DECADE: Final = re.compile("([12][0-9]{2})[Xx]")
_EDTF_MARKS: Final = re.compile("[~?%]|(?:-XX)+")


def of_edtf(chunk: str) -> AskedDate | None:
    """Return the interval, set or decade that a chunk writes as ISO 8601-2 does."""
    bare = _EDTF_MARKS.sub("", chunk.strip("(),;:?!"))
    if found := _EDTF_DECADE.fullmatch(bare):
        first = int(found[1]) * 10
        return AskedDate(1, tuple((f"{year}",) for year in range(first, first + 10)))
    if "-XX" in chunk and re.fullmatch(_EDTF_DATE, bare):
        return _one_of(phrases_of(_edtf_side(bare)))
    if found := _EDTF_SET.fullmatch(bare):
        phrases = [phrases_of(_edtf_side(each)) for each in found[1].split(",")]
        return _one_of([*chain.from_iterable(phrases)])
    found = _EDTF_INTERVAL.fullmatch(bare)
    if not found or bare == "../..":
        return None
    start, end = (_edtf_days(each) for each in found.groups(default=""))
    return of_days(1, PeriodDays(start.first, end.last)) if start and end else None


def _edtf_days(text: str) -> PeriodDays | None:
    return days_of(_edtf_side(text)) if text.strip(".") else PeriodDays(FIRST, LAST)


def _edtf_side(text: str) -> PeriodDate:
    return PeriodDate(1, DateParts(*text.split("-")))


def _one_of(phrases: Sequence[Words]) -> AskedDate | None:
    return AskedDate(1, tuple(dict.fromkeys(phrases))) if phrases else None
