"""EDTF dates (ISO 8601-2:2019) as the calendar days within which they start and end."""

import re
from calendar import monthrange
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache, partial
from typing import Final, NamedTuple

from app.domain.date_forms import usual_dates, whole_intervals

MAX_LENGTH: Final = 200

# The tables store these two days for an open end. A date that reaches one of them would look like
# an open end, so records refuse it (`values.EdtfText`). A query may name it.
OPEN_START: Final = date.min
OPEN_END: Final = date.max


class Precision(StrEnum):
    """The precision of a date, the finest first."""

    SECOND = "second"
    DAY = "day"
    MONTH = "month"
    SEASON = "season"
    YEAR = "year"
    DECADE = "decade"
    CENTURY = "century"


# Members of a StrEnum compare as strings, so their rank is looked up here.
_FINEST_FIRST: Final = tuple(Precision)


@dataclass(frozen=True, slots=True)
class Bounds:
    """The earliest and latest days on which something started and ended, inclusive.

    Each earliest day is at or before its latest day, and each day of the start is at or before the
    corresponding day of the end.
    """

    start_earliest: date
    start_latest: date
    end_earliest: date
    end_latest: date
    precision: Precision
    approximate: bool
    uncertain: bool

    def overlaps(self, other: "Bounds") -> bool:
        """Return whether both may have been on one day."""
        return self.start_earliest <= other.end_latest and other.start_earliest <= self.end_latest


class DateError(ValueError):
    """A date that cannot be parsed. The message names the mistake and the correct form."""


@lru_cache(maxsize=1 << 14)
def parse_edtf(text: str) -> Bounds:
    """Return the bounds of an EDTF string (ISO 8601-2:2019): level 0, level 1 or a level 2 set.

    - A date covers its days: `2024-06`, `202X`, `2024-06-18T10:00:00+09:00`. A date-time covers
      the day as written, never shifted to UTC.
    - An interval `a/b` starts in `a` and ends in `b`, and never ends before it starts. `..` or
      nothing leaves one side open: `2018-10-22/..`, `/1991-12-26`.
    - The set `[a,b]` is one of its dates; `{a,b}` is all of them, from the first to the last.
    - Seasons 21 to 24 are the northern meteorological ones: spring March to May, summer June to
      August, autumn September to November, winter December to February of the next year.
    - `~`, `?` and `%` after a date set flags and never widen the bounds.

    The precision is the precision of the coarsest part. Raises DateError for other level 2 forms,
    years outside 0001–9999, white space, and more than MAX_LENGTH characters.
    """
    if len(text) > MAX_LENGTH:
        raise DateError(f"a date has at most {MAX_LENGTH} characters, not {len(text)}")
    try:
        return _parse(text)
    except DateError as error:
        meant = " or ".join(usual_dates(text) or whole_intervals(text))
        reason = f"not an EDTF date: did you mean {meant}?" if meant else error
        raise DateError(f"{reason} (in {_quote(text)})") from None


def parse_range(text: str) -> tuple[date, date]:
    """Return the first and the last day of an EDTF date or interval (levels 0 and 1), inclusive.

    An open side yields OPEN_START or OPEN_END. Raises DateError as `parse_edtf` does, and for several
    dates.
    """
    if text.startswith(("[", "{")) or "," in text:
        raise DateError(
            "several dates are not a range: write one date such as 2024-06, or an interval such as "
            f"2023-09/2024-06 (in {_quote(text)})"
        )
    bounds = parse_edtf(text)
    return bounds.start_earliest, bounds.end_latest


def beginning_key(text: str | None) -> tuple[date, str]:
    """Return the key that sorts beginnings of periods: the earliest day, then the text. None comes first."""
    return (parse_edtf(text).start_earliest, text) if text else (OPEN_START, "")


class _Span(NamedTuple):
    """The days that one date covers."""

    first: date
    last: date
    precision: Precision
    approximate: bool = False
    uncertain: bool = False


# It has the finest precision, so that the other side of the interval decides.
_OPEN: Final = _Span(OPEN_START, OPEN_END, Precision.SECOND)


def _parse(text: str) -> Bounds:
    match text[:1] + text[-1:]:
        case "[]":
            return _one_of(_members(text))
        case "{}":
            return _all_of(_members(text))
    start, slash, end = text.partition("/")
    if slash:
        return _interval(_side(start), _side(end))
    if match := _DATE_TIME.fullmatch(text):
        return _one_of([_date_time(*map(int, match.groups("0")))])
    return _one_of([_date(text)])


def _one_of(spans: Sequence[_Span]) -> Bounds:
    days = min(span.first for span in spans), max(span.last for span in spans)
    return _bounds(days, days, spans)


def _all_of(spans: Sequence[_Span]) -> Bounds:
    firsts, lasts = [span.first for span in spans], [span.last for span in spans]
    return _bounds((min(firsts), min(lasts)), (max(firsts), max(lasts)), spans)


def _interval(start: _Span, end: _Span) -> Bounds:
    if start is _OPEN and end is _OPEN:
        raise DateError("an interval needs a date on at least one side: write 2023-09/..")
    if start.first > end.last:
        raise DateError("the interval starts after it ends: write the earlier date first")
    started = start.first, min(start.last, end.last)
    ended = max(start.first, end.first), end.last
    return _bounds(started, ended, (start, end))


def _bounds(start: tuple[date, date], end: tuple[date, date], spans: Sequence[_Span]) -> Bounds:
    return Bounds(
        *start,
        *end,
        precision=max((span.precision for span in spans), key=_FINEST_FIRST.index),
        approximate=any(span.approximate for span in spans),
        uncertain=any(span.uncertain for span in spans),
    )


def _members(text: str) -> list[_Span]:
    spans = [_date(member) for member in text[1:-1].split(",")]
    if len(spans) < 2:
        raise DateError(
            "a set needs two or more dates: write [a,b], or the one date without brackets"
        )
    return spans


def _side(text: str) -> _Span:
    return _OPEN if text in ("", "..") else _date(text)


def _date(text: str) -> _Span:
    body = text[:-1] if text.endswith(("~", "?", "%")) else text
    qualifier = text[len(body) :]
    for form, span in _FORMS:
        if match := form.fullmatch(body):
            found = span(*map(int, match.groups()))
            if not qualifier:
                return found
            return found._replace(
                approximate=qualifier in ("~", "%"), uncertain=qualifier in ("?", "%")
            )
    raise DateError(_reason(body))


def _date_time(year: int, month: int, day: int, *clock: int) -> _Span:
    for (unit, last), value in zip(_CLOCK.items(), clock, strict=True):
        _check(unit, value, 0, last)
    return _day(year, month, day)._replace(precision=Precision.SECOND)


def _day(year: int, month: int, day: int) -> _Span:
    _check("day", day, 1, _month(year, month).last.day)
    the_day = date(year, month, day)
    return _Span(the_day, the_day, Precision.DAY)


def _month(year: int, month: int) -> _Span:
    _check("year", year, 1, 9999)
    _check("month", month, 1, 12)
    last = monthrange(year, month)[1]
    return _Span(date(year, month, 1), date(year, month, last), Precision.MONTH)


def _season_or_month(year: int, number: int) -> _Span:
    if 25 <= number <= 41:
        raise DateError(
            f"level 2 season {number} is not supported: write {year:04}-21, {year:04}-22, {year:04}-23 "
            f"or {year:04}-24"
        )
    if not 21 <= number <= 24:
        return _month(year, number)
    first_month = 3 * (number - 20)
    next_year, month_before_last = divmod(first_month + 1, 12)
    first, last = _month(year, first_month), _month(year + next_year, month_before_last + 1)
    return _Span(first.first, last.last, Precision.SEASON)


def _years(precision: Precision, length: int, number: int) -> _Span:
    first = number * length
    _check("year", first, 1, 9999)
    return _Span(date(first, 1, 1), date(first + length - 1, 12, 31), precision)


def _check(unit: str, value: int, first: int, last: int) -> None:
    if not first <= value <= last:
        width = len(str(last))
        raise DateError(f"{unit} {value:0{width}} is not in {first:0{width}}–{last:0{width}}")


# [0-9] and not \d, which matches the digits of every script.
_FORMS: Final[Sequence[tuple[re.Pattern[str], Callable[..., _Span]]]] = (
    (re.compile("([0-9]{4})-([0-9]{2})-([0-9]{2})"), _day),
    (re.compile("([0-9]{4})-([0-9]{2})"), _season_or_month),
    (re.compile("([0-9]{4})-([0-9]{2})-XX"), _month),
    (re.compile("([0-9]{4})(?:-XX){0,2}"), partial(_years, Precision.YEAR, 1)),
    (re.compile("([0-9]{3})X"), partial(_years, Precision.DECADE, 10)),
    (re.compile("([0-9]{2})XX"), partial(_years, Precision.CENTURY, 100)),
)
_DATE_TIME: Final = re.compile(
    "([0-9]{4})-([0-9]{2})-([0-9]{2})T([0-9]{2}):([0-9]{2}):([0-9]{2})"
    "(?:Z|[+-]([0-9]{2})(?::([0-9]{2}))?)?"
)
_CLOCK: Final = {"hour": 23, "minute": 59, "second": 59, "offset hour": 23, "offset minute": 59}

# Why a text has none of the forms above. The first pattern that matches gives the reason.
_REASONS: Final = (
    (r"\A\Z", "the date is empty: write 2024, 2024-06 or 2024-06-18"),
    (
        r"\s|[A-RT-WYZa-wyz]{3}",
        "a date has no white space and no words: write 2024-05-01 for 1 May 2024",
    ),
    (r"[^!-~]", "a date has only ASCII characters: write digits 0-9 and the hyphen '-'"),
    (r"[][{},]", "brackets enclose a set of dates and are not nested: write [a,b] or {a,b}"),
    (r"/", "an interval has one '/' and cannot be part of a set: write a/b"),
    (r"\.\.", "'..' can only be the open side of an interval, as in 2023-09/.."),
    (r"S", "level 2 significant digits (S) are not supported: write 195X or 19XX"),
    (r"\A[-+Y]", "years outside 0001–9999 are not supported: write four digits"),
    (r"T", "write a date-time alone, as YYYY-MM-DDThh:mm:ss with Z, with ±hh:mm or with neither"),
    (
        r"[~?%]",
        "level 2 qualified parts are not supported: write one of ~ ? % at the end of the date",
    ),
    (r"\A(\d{4}-\d\d)-(\dX|X\d)", r"level 2 X is not supported: write \1-XX for a day of \1"),
    (r"\A(\d{4})-(\dX|X\d|XX)", r"level 2 X is not supported: write \1-XX for a month of \1"),
    (r"X", "level 2 X is not supported: write 202X, 20XX, 2024-XX, 2024-06-XX or 2024-XX-XX"),
    (r"", "not an EDTF date: write YYYY, YYYY-MM or YYYY-MM-DD, with capital X for unknown digits"),
)


def _reason(text: str) -> str:
    reasons = ((re.search(pattern, text), reason) for pattern, reason in _REASONS)
    return next(match.expand(reason) for match, reason in reasons if match)


def _quote(text: str) -> str:
    quoted = repr(text)
    return quoted if len(quoted) <= 60 else f"{quoted[:58]}…{quoted[-1]}"
