"""The days of a period, and the phrases of which the date of an event in it has one."""

from calendar import monthrange
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Final, NamedTuple

from app.domain.date_text import date_text
from app.domain.languages import Language
from app.domain.search.asked_dates import MOST_YEARS, AskedDate, DateParts, Words, english_month
from app.domain.search.tokens import words_of

# The ends of a period without a beginning or an end.
FIRST: Final = date(1900, 1, 1)
LAST: Final = date(2099, 12, 31)
ONE_DAY: Final = timedelta(days=1)
# The digits that the years of a decade share.
_DECADE: Final = 3
# The codes of ISO 8601-2 for a part of a year, with its months; winter ends in February of the next year.
MONTHS: Final[Mapping[str, tuple[int, int]]] = {
    "21": (3, 5),
    "22": (6, 8),
    "23": (9, 11),
    "24": (12, 14),
    "33": (1, 3),
    "34": (4, 6),
    "35": (7, 9),
    "36": (10, 12),
    "40": (1, 6),
    "41": (7, 12),
}
SEASONS: Final = ("21", "22", "23", "24")


class PeriodDate(NamedTuple):
    """A date at the beginning of tokens: their number, and its parts or its years.

    `partly` is whether the words name a part of a year, or no exact part of the time.
    """

    size: int
    parts: DateParts = DateParts()
    years: range = range(0)
    partly: bool = False


class PeriodDays(NamedTuple):
    """The first and the last day of a time."""

    first: date
    last: date


def completed(sides: Sequence[PeriodDate]) -> list[PeriodDate]:
    """Return the dates, each with the month and the year that only one beside it says: `18 to 20 June 2024`."""
    for _ in ("from the last to the first", "and back"):
        completed: list[PeriodDate] = []
        for side in reversed(sides):
            completed.append(_with_larger(side, completed[-1].parts) if completed else side)
        sides = completed
    return [*sides]


def _with_larger(side: PeriodDate, other: DateParts) -> PeriodDate:
    parts = side.parts
    if parts.day and not parts.month:
        parts = parts._replace(month=other.month)
    if parts.month and not parts.year:
        parts = parts._replace(year=other.year)
    return side._replace(parts=parts)


def days_of(side: PeriodDate) -> PeriodDays | None:
    """Return the first and the last day of a date with a year; None without one, or if no such day exists."""
    if side.years:
        return PeriodDays(date(side.years[0], 1, 1), date(side.years[-1], 12, 31))
    year, month, day, last_day = side.parts
    if not year or (day and not month):
        return None
    first, last = MONTHS.get(month, (int(month or 1), int(month or 12)))
    last_year, last = int(year) + (last - 1) // 12, (last - 1) % 12 + 1
    try:
        return PeriodDays(
            date(int(year), first, int(day or 1)),
            date(last_year, last, int(last_day or day or monthrange(last_year, last)[1])),
        )
    except ValueError:
        return None


def phrases_of(side: PeriodDate) -> Sequence[Words]:
    """Return the phrases of one date, with or without a year."""
    if not side.years and not side.parts.year:
        return of_any_year(side.parts, side.parts)
    days = days_of(side)
    phrases = [*_cover(*days)] if days else []
    if phrases and side.parts.month in SEASONS:
        # The date of an event may be a season.
        phrases += [
            tuple(words_of(date_text(Language.EN, f"{side.parts.year}-{side.parts.month}")))
        ]
    return phrases


def of_any_year(first: DateParts, last: DateParts) -> Sequence[Words]:
    """Return the phrases of days of one month, or of some months, in any year."""
    if not first.month or not last.month or first.month in MONTHS or last.month in MONTHS:
        return ()
    if first.day and last.day:
        if first.month != last.month:
            return ()
        return [*DateParts("", first.month, first.day, last.last_day or last.day).phrases()]
    if first.day or last.day:
        return ()
    months = range(int(first.month), int(last.month) + 1)
    return [(english_month(f"{month:02}"),) for month in months]


def of_days(size: int, days: PeriodDays) -> AskedDate | None:
    """Return the period of these days in so many words, or None for no day.

    One that begins with the first possible day or ends with the last one is open.
    """
    found = [*_cover(*days)]
    beginnings = tuple(year for year, *_ in found if len(year) == _DECADE)
    phrases = tuple(phrase for phrase in found if len(phrase[0]) > _DECADE)
    is_open = days.first == FIRST or days.last == LAST
    return AskedDate(size, phrases, beginnings, of_event=is_open) if found else None


def _cover(first: date, last: date) -> Iterator[Words]:
    """Yield the decades of a long period by three digits, its years, and the months and days at its ends."""
    is_long = last.year - first.year >= MOST_YEARS
    while first <= last:
        year, month = first.year, first.month
        end_of_month = date(year, month, monthrange(year, month)[1])
        if (
            is_long
            and (year % 10, month, first.day) == (0, 1, 1)
            and date(year + 9, 12, 31) <= last
        ):
            yield (f"{year}"[:_DECADE],)
            end = date(year + 9, 12, 31)
        elif (month, first.day) == (1, 1) and date(year, 12, 31) <= last:
            yield (f"{year}",)
            end = date(year, 12, 31)
        elif first.day == 1 and end_of_month <= last:
            yield f"{year}", f"{month:02}"
            end = end_of_month
        else:
            yield f"{year}", f"{month:02}", f"{first.day:02}"
            end = first
        first = end + ONE_DAY
