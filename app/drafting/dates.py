"""Expressions of dates, and the EDTF dates that they mean, never finer than the text."""

import calendar
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from app.domain.dates import DateError, parse_edtf

# Somebody who counts in weeks means one of so many days before or after.
_AROUND: Final = 3
_SATURDAY: Final = 5
_WEEKEND: Final = 2
# The characters of a year and a month.
_MONTH: Final = 7


@dataclass(frozen=True, slots=True)
class Expression:
    """One date of the text: a day, month, season, year, weekday, or an offset from a day.

    `unit` is one of day, weekday, week, weekend, month, season and year, `around` for the days around a
    day some weeks away, and `days` for the days near. `offset` counts units, from publication or, if
    `anchored`, from the date before in the text. `about` marks a counted month or year and either of two weekends, `edge` is `start` or
    `end` for one side of a period.
    """

    unit: str
    year: int | None = None
    month: int | None = None
    day: int | None = None
    number: int = 0
    offset: int | None = None
    direction: int = 0
    edge: str = ""
    anchored: bool = False
    about: bool = False

    @property
    def is_day_alone(self) -> bool:
        """Whether it is a day of which no word tells the month: the 2 of `2, 3 and 4 November`."""
        told = self.month is not None or self.offset is not None
        return self.unit == "day" and self.day is not None and not told


@dataclass(frozen=True, slots=True)
class DateMention:
    """Expressions in a text: one, or both ends of a period, or alternatives; its tokens by number."""

    first: int
    last: int
    expressions: tuple[Expression, ...]
    joined: str = ""
    dateline: bool = False

    @property
    def edge(self) -> str:
        """The side of a period that a single expression names, or nothing."""
        return self.expressions[0].edge if len(self.expressions) == 1 else ""


class Reading:
    """The day of publication and the years of an article, to which relative expressions refer."""

    def __init__(self, published: date, base_year: int | None) -> None:
        self.published = published
        self.base_year = base_year

    def edtf(
        self, mention: DateMention, *, future: bool, anchor: str | None, nearest: bool = False
    ) -> str | None:
        """Return the date in EDTF, or None if the text leaves it open or names no such day.

        `nearest` gives a day or month without a year the year nearest to publication.
        """
        if nearest:
            mention = replace(
                mention, expressions=tuple(map(self._in_near_year, mention.expressions))
            )
        try:
            values = self._values(mention, future=future, anchor=anchor)
            if not all(values):
                return None
            text = _join(values, mention)
            parse_edtf(text)
        except (ValueError, OverflowError):
            return None
        return text

    def _in_near_year(self, e: Expression) -> Expression:
        if not e.month or e.year or e.offset is not None or e.direction or self.base_year:
            return e
        months = self.published.year * 12 + self.published.month - e.month
        return replace(e, year=(months + 6) // 12)

    def _values(self, mention: DateMention, *, future: bool, anchor: str | None) -> list[str]:
        values = list[str]()
        for number, expression in enumerate(_in_one_period(mention)):
            filled = expression
            if number and values[0] and lacks_year(filled):
                # Counted from publication, the other end could be a year away.
                filled = replace(filled, year=_year_after(values[0], filled))
            elif number and filled.is_day_alone and (first := _as_day(values[0])):
                # Counted from publication, the other end could be a month away.
                year, month = _shifted(first.year, first.month, (filled.day or 0) < first.day)
                filled = replace(filled, year=year, month=month)
            own = (
                values[-1] if values and filled.month is None and filled.offset is None else anchor
            )
            values.append(
                self._value(
                    filled, future=future or bool(values and filled.month is None), anchor=own
                )
                or ""
            )
        return values

    def _value(self, e: Expression, *, future: bool, anchor: str | None) -> str | None:
        if e.anchored and e.unit == "day" and e.offset == 0 and _as_day(anchor) is None:
            return anchor
        base = self._base(e, future=future, anchor=anchor)
        if base is None:
            return None
        offset = e.offset or 0
        match e.unit:
            case "day" if e.day is None:
                return _iso(base + timedelta(offset))
            case "day":
                return self._day(e, future=future, anchor=anchor)
            case "weekday":
                return self._weekday(e, future=future)
            case "week":
                monday = base - timedelta(base.weekday() - 7 * offset)
                return _one_of(*_days(monday, 7))
            case "around":
                first = base + timedelta(7 * offset - _AROUND)
                return _one_of(*_days(first, 2 * _AROUND + 1))
            case "days":
                ahead = offset > 0 or (future and offset == 0)
                return _one_of(*_days(base + timedelta(1 if ahead else -7), 7))
            case "weekend":
                saturday = _saturday(base, offset, future=future)
                # Next weekend is the coming one or, on a weekday, the one of next week.
                either = e.about and base.weekday() < _SATURDAY
                weekends = (saturday, saturday + timedelta(7)) if either else (saturday,)
                return _one_of(*(day for first in weekends for day in _days(first, _WEEKEND)))
            case "month":
                return self._month(e, base, future=future)
            case "season":
                return self._season(e, future=future)
            case "year":
                year = e.year if e.year is not None else base.year + offset
                return f"{year:04}" + "~" * e.about
        return None

    def _base(self, e: Expression, *, future: bool, anchor: str | None) -> date | None:
        """Return the day from which an expression counts; None if the text does not give it."""
        today, ahead = self.published, (e.offset or 0) > 0
        if not e.anchored:
            return today
        if anchor is None:
            return today if future or not ahead else None
        day = _as_day(anchor)
        if day is None and e.unit == "year" or (e.unit == "month" and len(anchor) >= _MONTH):
            day = day or _month_of(anchor)
        # A week later, of a journey to come, is a week after publication.
        return today if day and ahead and future and day <= today else day

    def _day(self, e: Expression, *, future: bool, anchor: str | None) -> str | None:
        assert e.day is not None
        if e.month is None and e.offset is None:
            return self._day_alone(e, e.day, future=future, anchor=anchor)
        if e.offset is not None and e.month is None:
            year, month = _shifted(self.published.year, self.published.month, e.offset)
            return _iso(date(year, month, e.day))
        assert e.month is not None
        if e.offset is not None:
            return _iso(_day_in(self.published.year + e.offset, e.month, e.day))
        if e.year is not None or self.base_year is not None:
            return _iso(date(e.year or self.base_year or 0, e.month, e.day))
        if e.direction < 0:
            return _iso(self._nearest(e.month, e.day, future=False, slack=0))
        return _iso(self._nearest(e.month, e.day, future=future or e.direction > 0))

    def _day_alone(
        self, e: Expression, day: int, *, future: bool, anchor: str | None
    ) -> str | None:
        """Return a day without a month: near publication, or in an old text in the month before."""
        base = _as_day(anchor) or (_month_of(anchor) if anchor else None)
        if base and self.base_year is not None:
            return _iso(date(base.year, base.month, day))
        today = self.published
        step = 0
        if future or e.direction > 0:
            step = 1 if day < today.day else 0
        elif day > today.day:
            step = -1
        year, month = _shifted(today.year, today.month, step)
        return _iso(date(year, month, day))

    def _nearest(self, month: int, day: int, *, future: bool, slack: int = 7) -> date:
        today = self.published
        this_year = _day_in(today.year, month, day)
        if future and this_year < today:
            return _day_in(today.year + 1, month, day)
        # A few days ahead is a date of this year, told before the day.
        if not future and this_year > today + timedelta(slack):
            return _day_in(today.year - 1, month, day)
        return this_year

    def _weekday(self, e: Expression, *, future: bool) -> str:
        today = self.published
        if e.offset is not None:
            return _iso(today + timedelta(e.number - today.weekday() + 7 * e.offset))
        if e.direction > 0 or (future and e.direction == 0):
            ahead = (e.number - today.weekday()) % 7
            return _iso(today + timedelta(ahead or (7 if e.direction > 0 else 0)))
        back = (today.weekday() - e.number) % 7
        return _iso(today - timedelta(back or (7 if e.direction < 0 else 0)))

    def _month(self, e: Expression, base: date, *, future: bool) -> str:
        if e.month is None:
            year, month = _shifted(base.year, base.month, e.offset or 0)
            return f"{year:04}-{month:02}" + "~" * e.about
        year = e.year or self.base_year or 0
        if e.offset is not None:
            year = self.published.year + e.offset
        if not year:
            year, today = self.published.year, self.published
            ahead = future or e.direction > 0
            if ahead and e.month < today.month:
                year += 1
            elif not ahead and e.month > today.month:
                year -= 1
            elif e.direction < 0 and e.month >= today.month:
                year = today.year - 1
        return f"{year:04}-{e.month:02}"

    def _season(self, e: Expression, *, future: bool) -> str:
        today = self.published
        year = e.year or self.base_year or today.year + (e.offset or 0)
        if e.year is None and e.offset is None and self.base_year is None:
            # The last one that has begun, or the next one.
            begun = today.month >= 3 * (e.number - 20)
            year += begun if future else not begun and -1
        return f"{year:04}-{e.number:02}"


def _in_one_period(mention: DateMention) -> Sequence[Expression]:
    """Return the ends of a period with the month and year that the text gives to one of them alone.

    A period may cross the end of a year: 28 December to 3 January 2025.
    """
    if not mention.joined or len({e.unit for e in mention.expressions}) > 1:
        return mention.expressions
    first, last = mention.expressions
    if first.unit not in ("day", "month"):
        return mention.expressions
    if first.month is None and last.month is not None and first.offset is None:
        # From 28 to 3 January: of the month before.
        goes_back = mention.joined == "to" and (first.day or 0) > (last.day or 0)
        first = replace(first, month=(last.month - goes_back) or 12)
    if first.year is None and last.year is not None:
        first = replace(first, year=last.year - is_later_in_a_year(first, last))
    elif last.year is None and first.year is not None and last.month is not None:
        last = replace(last, year=first.year + is_later_in_a_year(first, last))
    return first, last


def lacks_year(e: Expression) -> bool:
    """Whether it is a month, or a day in a month, of which no word tells the year."""
    told = e.year is not None or e.offset is not None or bool(e.direction)
    return e.month is not None and not told


def _year_after(value: str, e: Expression) -> int:
    """Return the year of the first such month or day that is not before a month or day in EDTF."""
    year, month, day = int(value[:4]), int(value[5:7]), int(value[8:10] or 0)
    return year + is_later_in_a_year(Expression(e.unit, month=month, day=day), e)


def is_later_in_a_year(one: Expression, other: Expression) -> bool:
    """Whether the month, or the day of a month, comes later in a year than the other."""
    return (one.month or 0, one.day or 0) > (other.month or 0, other.day or 0)


def _join(values: Sequence[str], mention: DateMention) -> str:
    if len(values) == 1:
        return values[0]
    if mention.joined == "or":
        return f"[{','.join(dict.fromkeys(values))}]" if values[0] != values[1] else values[0]
    return f"{values[0]}/{values[-1]}"


def _as_day(text: str | None) -> date | None:
    """Return the last day that the date names, if it is exact."""
    end = (text or "").split("/")[-1]
    try:
        return date.fromisoformat(end) if len(end) == 10 else None
    except ValueError:
        return None


def _month_of(text: str) -> date | None:
    try:
        return parse_edtf(text).start_earliest
    except DateError:
        return None


def _iso(day: date) -> str:
    return day.isoformat()


def _days(first: date, count: int) -> Iterator[date]:
    return (first + timedelta(n) for n in range(count))


def _one_of(*days: date) -> str:
    """Return the set of days of which the text means one."""
    return f"[{','.join(map(_iso, days))}]"


def _saturday(today: date, offset: int, *, future: bool) -> date:
    """Return the first day of the weekend before (-1), of this one or the nearest (0), or of the next (1)."""
    since = (today.weekday() - _SATURDAY) % 7
    if offset > 0 or (offset == 0 and future and since >= _WEEKEND):
        return today + timedelta(7 - since)
    # On a Saturday or Sunday the last weekend is a week before.
    return today - timedelta(since + (7 if offset < 0 and since < _WEEKEND else 0))


def _day_in(year: int, month: int, day: int) -> date:
    """Return the day, or the nearest before it that exists: 29 February."""
    last = calendar.monthrange(year, month)[1]
    if day > last and not (month == 2 and day == 29):
        raise ValueError("no such day")
    return date(year, month, min(day, last))


def _shifted(year: int, month: int, by: int) -> tuple[int, int]:
    months = year * 12 + month - 1 + by
    return months // 12, months % 12 + 1
