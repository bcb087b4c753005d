"""Days that recur each year, such as 15 August, and ranges of them."""

import re
from datetime import date, timedelta
from typing import Final, NamedTuple

_DAYS: Final = re.compile(r"([0-9]{2})-([0-9]{2})(?:/([0-9]{2})-([0-9]{2}))?")
_LEAP_YEAR: Final = 2024
_NEW_YEARS_DAY: Final = 101
_NEW_YEARS_EVE: Final = 1231
# 29 February, as month × 100 + day.
LEAP_DAY: Final = 229


def day_of_year(day: date) -> int:
    """Return month × 100 + day: 815 is 15 August."""
    return day.month * 100 + day.day


def has_leap_day(first: date, last: date) -> bool:
    """Return whether one of these days, both included, is a 29 February."""
    return _leap_days_before(first) < _leap_days_before(last) + (day_of_year(last) == LEAP_DAY)


def _leap_days_before(day: date) -> int:
    # The last year whose 29 February, if it has one, precedes the day.
    year = day.year if day_of_year(day) > LEAP_DAY else day.year - 1
    return year // 4 - year // 100 + year // 400


# All days, 29 February included, as month × 100 + day.
DAYS_OF_YEAR: Final = tuple(
    day_of_year(date(_LEAP_YEAR, 1, 1) + timedelta(days=n)) for n in range(366)
)


class DaysError(ValueError):
    """The text is no day of the year, and no range of days."""


class RecurringDays(NamedTuple):
    """A first and a last day, inclusive, as month × 100 + day: 815 is 15 August.

    If the last one precedes the first one, it is a day of the next year.
    """

    first: int
    last: int

    @property
    def crosses(self) -> bool:
        """Whether the range crosses the end of the year."""
        return self.last < self.first

    @property
    def parts(self) -> "list[RecurringDays]":
        """The ranges within one year: two, if this one crosses the end of the year."""
        if not self.crosses:
            return [self]
        return [RecurringDays(self.first, _NEW_YEARS_EVE), RecurringDays(_NEW_YEARS_DAY, self.last)]


def parse_days(text: str) -> RecurringDays:
    """Return the day, as a range of one, or the range. Raises DaysError."""
    found = _DAYS.fullmatch(text)
    if found is None:
        raise DaysError("expected a day such as 08-15, or a range of days such as 08-10/08-20")
    month, day, last_month, last_day = found.groups()
    first = _day(month, day)
    return RecurringDays(first, _day(last_month, last_day) if last_month else first)


def _day(month: str, day: str) -> int:
    try:
        date(_LEAP_YEAR, int(month), int(day))
    except ValueError as error:
        raise DaysError(f"{month}-{day} is no day of any year") from error
    return int(month) * 100 + int(day)
