"""Instants as clients write them: RFC 3339, or a day, which means its first instant."""

import re
from datetime import UTC, datetime, timedelta

_NUMBER = re.compile(r"-?[0-9]+")
_INSTANT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
    r"(?P<time>[Tt ][0-9]{2}:[0-9]{2}:[0-9]{2}(?P<fraction>\.[0-9]+)?(?P<offset>[Zz]|[ +-][0-9]{2}:[0-9]{2}))?"
)

_OFFSET = re.compile(r"Z|[+-](?:[01][0-9]|2[0-3]):[0-5][0-9]")
_LEAP_SECOND = "60"


def parse_instant(text: str) -> datetime:
    """Return the instant in UTC. A day alone means 00:00 UTC. Raises ValueError.

    A fraction of a second may have any number of digits; those after the sixth are cut. A leap second is
    the second after it. A `+` that a URL does not encode as `%2B` arrives as a space, so a space is read
    as `+`.
    """
    match = _INSTANT.fullmatch(text)
    if not match:
        raise ValueError("expected an instant such as 2026-11-01T12:00:00Z, or a day: 2026-11-01")
    if match["time"] is None:
        return datetime.fromisoformat(text).replace(tzinfo=UTC)
    offset = match["offset"].replace(" ", "+").upper()
    if not _OFFSET.fullmatch(offset):
        raise ValueError(f"the offset {offset} is not in -23:59 to +23:59: write Z for UTC")
    if text[17:19] == _LEAP_SECOND:
        return _after_leap_second(text[:17], offset)
    # Microseconds: .NET, Java and Go write seven or nine digits.
    fraction = (match["fraction"] or "")[:7]
    return _in_utc(text[:19] + fraction + offset)


def _after_leap_second(minute: str, offset: str) -> datetime:
    """Return the second that follows a leap second (RFC 3339 §5.7), which no datetime can be."""
    following = _in_utc(f"{minute}59{offset}", timedelta(seconds=1))
    if (following.day, following.hour, following.minute) != (1, 0, 0):
        raise ValueError("second 60 is a leap second: only 23:59:60Z on the last day of a month")
    return following


def _in_utc(text: str, later: timedelta = timedelta()) -> datetime:
    try:
        return datetime.fromisoformat(text).astimezone(UTC) + later
    except OverflowError as error:
        raise ValueError("the instant lies outside the years 1 to 9999") from error


def rfc3339(instant: datetime) -> str:
    """Format an instant in UTC as the API serves it: `2026-11-01T12:00:00Z`."""
    return instant.isoformat().replace("+00:00", "Z")


def parse_moment(text: str) -> int | datetime:
    """Parse the number of a change, or an instant as `parse_instant` does. Raises ValueError."""
    if _NUMBER.fullmatch(text):
        return int(text)
    try:
        return parse_instant(text)
    except ValueError as error:
        raise ValueError(f"{error}; or give the number of a change, such as 1250") from None
