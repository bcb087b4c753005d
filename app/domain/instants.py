"""Instants as readers write them: RFC 3339, or a day for its beginning."""

import re
from datetime import UTC, datetime

_NUMBER = re.compile(r"-?[0-9]+")
_INSTANT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
    r"(?P<time>[Tt ][0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{1,6})?(?P<offset>[Zz]|[ +-][0-9]{2}:[0-9]{2}))?"
)


def parse_instant(text: str) -> datetime:
    """The instant in UTC; a day alone is its beginning in UTC. Raises ValueError.

    A `+` that was not written `%2B` in a URL arrives as a space, and is read as what it was.
    """
    found = _INSTANT.fullmatch(text)
    if not found:
        raise ValueError("expected an instant such as 2026-11-01T12:00:00Z, or a day: 2026-11-01")
    if found["time"] is None:
        return datetime.fromisoformat(text).replace(tzinfo=UTC)
    offset = found["offset"].replace(" ", "+").upper()
    try:
        return datetime.fromisoformat(text[: found.start("offset")] + offset).astimezone(UTC)
    except OverflowError as error:
        raise ValueError("the instant lies outside the years 1 to 9999") from error


def rfc3339(instant: datetime) -> str:
    """The instant, which is in UTC, as it is served: `2026-11-01T12:00:00Z`."""
    return instant.isoformat().replace("+00:00", "Z")


def parse_moment(text: str) -> int | datetime:
    """The number of a change, or an instant as `parse_instant` reads it. Raises ValueError."""
    if _NUMBER.fullmatch(text):
        return int(text)
    try:
        return parse_instant(text)
    except ValueError as error:
        raise ValueError(f"{error}; or give the number of a change, such as 1250") from None
