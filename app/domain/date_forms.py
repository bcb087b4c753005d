"""Dates in the forms of spreadsheets and people, turned into the EDTF dates that they may mean."""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from typing import Final

# With a hyphen and a slash it is an interval: 2024-06/07.
_YEAR_FIRST: Final = re.compile(
    "(?![0-9]{4}-[0-9]+/)(?:([0-9]{4})[-./ ]?([0-9]{2})[-./ ]?([0-9]{2})"
    "|([0-9]{4})[-./ ]([0-9]{1,2})(?:[-./ ]([0-9]{1,2}))?)"
)
_DAY_FIRST: Final = re.compile("([0-9]{1,2})[. ]([0-9]{1,2})[. ]([0-9]{4})")
# An interval of ISO 8601 whose end lacks the parts that it shares with its beginning: 2024-06-18/20.
_SHORT_END: Final = re.compile("([0-9]{4}(?:-[0-9]{2}){1,2})/((?:[0-9]{2}-)?[0-9]{2})")
# With a slash or a hyphen, half of the world writes the month first.
_EITHER_FIRST: Final = re.compile("([0-9]{1,2})[/-]([0-9]{1,2})[/-]([0-9]{4})")
_MONTH_AND_YEAR: Final = re.compile("([0-9]{1,2})[./]([0-9]{4})")
# A spreadsheet writes the clock beside a day.
_MIDNIGHT: Final = re.compile("[T ](?:0{1,2}:00(?::00(?:[.]0+)?)?|12:00(?::00)? AM)", re.IGNORECASE)
_MONTHS: Final = (
    "jan",
    "feb",
    "mar",
    "apr",
    "may",
    "jun",
    "jul",
    "aug",
    "sep",
    "oct",
    "nov",
    "dec",
)
_MONTH: Final = (
    "(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    "oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)[.]?"
)
_DAY_OF_MONTH: Final = re.compile(
    f"(?:([0-9]{{1,2}})(?:st|nd|rd|th)?[ -])?{_MONTH}[ -]([0-9]{{4}})", re.IGNORECASE
)
# A spreadsheet shows a day as 1-Sep-26, 9/1/26 or 1.9.26, and a month as Sep-26.
_SHORT_YEAR: Final = re.compile(f"(?:([0-9]{{1,2}})[ -])?{_MONTH}-([0-9]{{2}})", re.IGNORECASE)
_SHORT_DAY_FIRST: Final = re.compile("([0-9]{1,2})[.]([0-9]{1,2})[.]([0-9]{2})")
_SHORT_EITHER_FIRST: Final = re.compile("([0-9]{1,2})/([0-9]{1,2})/([0-9]{2})")
# Excel reads 00 to 29 as 2000 to 2029, and 30 to 99 as 1930 to 1999.
_FIRST_OF_LAST_CENTURY: Final = 30
_MONTH_DAY: Final = re.compile(
    f"{_MONTH} ([0-9]{{1,2}})(?:st|nd|rd|th)?,? ([0-9]{{4}})", re.IGNORECASE
)
# A day as the number that Excel stores: from 1927 to 2099.
_SERIAL: Final = re.compile("([1-7][0-9]{4})(?:[.,][0-9]+)?")
_DAY_ZERO: Final = date(1899, 12, 30)


def usual_dates(text: str) -> list[str]:
    """Return the EDTF dates that one date in another form may mean, such as 1.5.2024 or 01/05/2024.

    A day before or after its month gives both, the month last first. Empty for a text that is no date.
    """
    text = _MIDNIGHT.sub("", text.strip()).strip()
    for form, read in _FORMS:
        if match := form.fullmatch(text):
            return list(dict.fromkeys(_valid(read(match))))
    return []


def whole_intervals(text: str) -> list[str]:
    """Return the EDTF interval that one with a shortened end means: 2024-06/2024-07 for 2024-06/07.

    Empty for any other text.
    """
    if match := _SHORT_END.fullmatch(text.strip()):
        start, end = (side.split("-") for side in match.groups())
        sides = [start, [*start[: -len(end)], *end]]
        dates = [*_valid(iter([[*map(int, side)] for side in sides]))]
        if len(end) < len(start) and len(dates) == 2 and dates[0] < dates[1]:
            return ["/".join(dates)]
    return []


def _valid(parts: Iterator[Sequence[int]]) -> Iterator[str]:
    """Yield the EDTF date of each year, month and perhaps day that exists."""
    for numbers in parts:
        try:
            day = date(*(*numbers, 1)[:3])
        except ValueError:
            continue
        yield day.isoformat()[: 10 if len(numbers) == 3 else 7]


def _year_first(match: re.Match[str]) -> Iterator[Sequence[int]]:
    yield [int(part) for part in match.groups() if part]


def _day_first(match: re.Match[str]) -> Iterator[Sequence[int]]:
    *parts, year = match.groups()
    yield [_year(year), *(int(part) for part in parts[::-1])]


def _either_first(match: re.Match[str]) -> Iterator[Sequence[int]]:
    first, second, year = int(match[1]), int(match[2]), _year(match[3])
    yield (year, second, first)
    yield (year, first, second)


def _day_of_month(match: re.Match[str]) -> Iterator[Sequence[int]]:
    day, month, year = match.groups()
    yield (_year(year), _number_of(month), *((int(day),) if day else ()))


def _month_day(match: re.Match[str]) -> Iterator[Sequence[int]]:
    month, day, year = match.groups()
    yield (int(year), _number_of(month), int(day))


def _serial(match: re.Match[str]) -> Iterator[Sequence[int]]:
    # 20246 may also be 2024-6 without its hyphen.
    if match[1][:2] in ("19", "20"):
        yield (int(match[1][:4]), int(match[1][4]))
    day = _DAY_ZERO + timedelta(days=int(match[1]))
    yield (day.year, day.month, day.day)


def _year(text: str) -> int:
    """Return the year of four digits, or of two as Excel reads them."""
    if len(text) == 4:
        return int(text)
    return int(text) + (1900 if int(text) >= _FIRST_OF_LAST_CENTURY else 2000)


def _number_of(month: str) -> int:
    return _MONTHS.index(month[:3].lower()) + 1


_FORMS: Final[
    Sequence[tuple[re.Pattern[str], Callable[[re.Match[str]], Iterator[Sequence[int]]]]]
] = (
    (_DAY_FIRST, _day_first),
    (_YEAR_FIRST, _year_first),
    (_EITHER_FIRST, _either_first),
    (_MONTH_AND_YEAR, _day_first),
    (_DAY_OF_MONTH, _day_of_month),
    (_SHORT_YEAR, _day_of_month),
    (_SHORT_DAY_FIRST, _day_first),
    (_SHORT_EITHER_FIRST, _either_first),
    (_MONTH_DAY, _month_day),
    (_SERIAL, _serial),
)
