"""Keyset cursors: a place in a total order and a direction, bound to one list by a digest."""

import json
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Sequence
from datetime import date, datetime
from hashlib import blake2b
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement

_DIGEST_SIZE = 8
# Marks the cursor of the page before a row. The JSON of other cursors begins with a bracket.
_BACKWARD = b"<"
# The only values that a cursor of this API holds. A forged cursor could hold others that an engine
# rejects: PostgreSQL takes no NUL in a text, and SQLite no integer of twenty digits.
_WORD = re.compile(r"[a-z0-9_-]{1,120}")
_NAME = re.compile(r"[^\x00-\x1f\ud800-\udfff]{0,600}")
_WHOLE_NUMBER = re.compile(r"-?[0-9]{1,10}")
# The largest integer of PostgreSQL.
_MOST = 2**31 - 1


class CursorError(ValueError):
    """The list did not issue this cursor, or issued it for another query."""


class SortKey(NamedTuple):
    """A column of a total order, with the function that parses its value in a cursor."""

    column: ColumnElement[Any]
    parse: Callable[[str], Any]


def day_key(column: ColumnElement[date]) -> SortKey:
    """Return a sort key for a calendar day."""
    return SortKey(column, date.fromisoformat)


def instant_key(column: ColumnElement[datetime]) -> SortKey:
    """Return a sort key for an instant."""
    return SortKey(column, datetime.fromisoformat)


def text_key(column: ColumnElement[str]) -> SortKey:
    """Return a sort key for an id or a word."""
    return SortKey(column, _word)


def name_key(column: ColumnElement[str]) -> SortKey:
    """Return a sort key for a folded name."""
    return SortKey(column, _name)


def count_key(column: ColumnElement[int]) -> SortKey:
    """Return a sort key for a whole number."""
    return SortKey(column, _whole_number)


class CursorPlace(NamedTuple):
    """A place in a list: a page begins after the row with these sort values, or ends before it."""

    position: Sequence[Any]
    backward: bool = False


def write_cursor(place: CursorPlace, query: str) -> str:
    """Return the cursor of a place; `query` names the list it belongs to."""
    texts = [v.isoformat() if isinstance(v, date) else str(v) for v in place.position]
    payload = json.dumps(texts, ensure_ascii=False, separators=(",", ":")).encode()
    if place.backward:
        payload = _BACKWARD + payload
    return _encode(_digest(payload, query) + payload)


def read_cursor(cursor: str, order: Sequence[SortKey], query: str) -> CursorPlace:
    """Return the place of the cursor, which may name the state of its page behind a dot.

    Raises CursorError.
    """
    cursor = cursor.partition(".")[0]
    try:
        data = urlsafe_b64decode(cursor.encode("ascii") + b"=" * (-len(cursor) % 4))
        payload = data[_DIGEST_SIZE:]
        if data[:_DIGEST_SIZE] == _digest(payload, query) and _encode(data) == cursor:
            texts = json.loads(payload.removeprefix(_BACKWARD))
            position = [key.parse(text) for key, text in zip(order, texts, strict=True)]
            return CursorPlace(position, backward=payload.startswith(_BACKWARD))
    except (ValueError, TypeError, RecursionError):
        pass  # A mangled and a misplaced cursor need the same remedy, so they get the same answer.
    raise CursorError("the cursor does not belong to this list with these filters and this sort")


def _word(text: str) -> str:
    if not _WORD.fullmatch(text):
        raise ValueError("not an id or a word")
    return text


def _name(text: str) -> str:
    if not _NAME.fullmatch(text):
        raise ValueError("not a folded name")
    return text


def _whole_number(text: str) -> int:
    if not _WHOLE_NUMBER.fullmatch(text) or abs(int(text)) > _MOST:
        raise ValueError("not a whole number that a list can have")
    return int(text)


def _encode(data: bytes) -> str:
    return urlsafe_b64encode(data).decode().rstrip("=")


def _digest(payload: bytes, query: str) -> bytes:
    # Not a secret: the digest detects a mangled or misplaced cursor, and forging one gains nothing.
    return blake2b(payload, digest_size=_DIGEST_SIZE, key=blake2b(query.encode()).digest()).digest()
