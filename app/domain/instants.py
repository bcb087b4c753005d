"""Instants as clients write them: RFC 3339, or a day, which means its first instant."""

import re
from datetime import UTC, datetime

_NUMBER = re.compile(r"-?[0-9]+")
_INSTANT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
    r"(?P<time>[Tt ][0-9]{2}:[0-9]{2}:[0-9]{2}(?P<fraction>\.[0-9]+)?(?P<offset>[Zz]|[ +-][0-9]{2}:[0-9]{2}))?"
)


def parse_instant(text: str) -> datetime:
    """Return the instant in UTC. A day alone means 00:00 UTC. Raises ValueError.

    A fraction of a second may have any number of digits; those after the sixth are cut. A `+` that a URL does not encode as `%2B` arrives as a space, so a space is read as `+`.
    """
    match = _INSTANT.fullmatch(text)
    if not match:
        raise ValueError("expected an instant such as 2026-11-01T12:00:00Z, or a day: 2026-11-01")
    if match["time"] is None:
        return datetime.fromisoformat(text).replace(tzinfo=UTC)
    offset = match["offset"].replace(" ", "+").upper()
    # Microseconds: .NET, Java and Go write seven or nine digits.
    fraction = (match["fraction"] or "")[:7]
    try:
        return datetime.fromisoformat(text[:19] + fraction + offset).astimezone(UTC)
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
