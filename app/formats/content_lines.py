"""Content lines of iCalendar (RFC 5545, 3.1): values as text, and long lines folded."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Final

# A line has at most 75 bytes. As the library `icalendar` does, we leave the last one free.
_MAX_BYTES: Final = 74
# No fold separates these from the character that they escape (RFC 5545, 3.3.11; RFC 6868).
_ESCAPES: Final = b"\\^"
_FOLD: Final = b"\r\n "


def content_lines(lines: Iterable[str]) -> bytes:
    """Return the lines in UTF-8, folded, each with its end."""
    return b"".join([_folded(line.encode()) + b"\r\n" for line in lines])


def escape(text: str) -> str:
    """Return the value of a property of type TEXT (3.3.11)."""
    escaped = text.replace("\\", r"\\").replace(";", r"\;").replace(",", r"\,")
    return escaped.replace("\r\n", r"\n").replace("\n", r"\n").replace("\r", r"\n")


def degrees(number: float) -> str:
    """Return the value of a property of type FLOAT (3.3.7), which has no exponent."""
    return f"{Decimal(repr(number)):f}"


def day(date_: date) -> str:
    """Return the value of a property of type DATE."""
    return date_.isoformat().replace("-", "")


def utc_time(instant: datetime) -> str:
    """Return the value of a property of type DATE-TIME, to the second."""
    utc = instant.astimezone(UTC)
    return f"{day(utc.date())}T{utc:%H%M%S}Z"


def _folded(line: bytes) -> bytes:
    parts, start = [], 0
    while len(line) - start > _MAX_BYTES:
        end = start + _MAX_BYTES
        while line[end] & 0xC0 == 0x80:  # Within a character.
            end -= 1
        if line[end - 1] in _ESCAPES:
            end -= 1
        parts.append(line[start:end])
        start = end
    return _FOLD.join([*parts, line[start:]])
