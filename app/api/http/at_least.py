"""The number of a change that a request needs: the state that answers must hold it."""

import re

from starlette.types import Scope

from app.api.http.raw_headers import header

AT_LEAST = "Timeline-At-Least"
_HEADER = AT_LEAST.lower().encode()
_NUMBER = re.compile(rb"[0-9]{1,10}")
# A cursor that names the state of its page; see `pinned`.
_PINNED = re.compile(rb"(?:^|&)cursor=[\w-]+\.([0-9]{1,10})(?=&|$)")
# Parameters that name a change; a longer number names none that exists.
_NAMED = re.compile(rb"(?:^|&)(?:after|as_of)=([0-9]{1,15})(?=&|$)")


class MalformedNumberError(ValueError):
    """The header `Timeline-At-Least` is not one number."""


def needed_seq(scope: Scope) -> int:
    """Return the number of the change that the header and the cursor of the request need, or 0.

    Raises MalformedNumberError.
    """
    sent = [value.strip() for name, value in scope["headers"] if name == _HEADER]
    if len(sent) > 1 or not all(map(_NUMBER.fullmatch, sent)):
        raise MalformedNumberError("expected one number of a change, such as 2746")
    query = scope["query_string"]
    pin = _PINNED.search(query) if b"cursor=" in query else None
    return max(int(sent[0]) if sent else 0, int(pin[1]) if pin else 0)


def wanted_seq(scope: Scope) -> int:
    """Return the highest number of a change that the request names in any way, or 0.

    A database that does not hold it would answer that it does not exist. Raises MalformedNumberError.
    """
    named = [int(number) for number in _NAMED.findall(scope["query_string"])]
    last = header(scope, b"last-event-id")
    if _NUMBER.fullmatch(last):
        named.append(int(last))
    return max(needed_seq(scope), *named, 0)


def pinned(cursor: str, seq: int) -> str:
    """Return the cursor with the number of the last change that its page holds.

    Only servers with replicas send such cursors. The page that follows is read from a state that holds
    this change, so that a walk never goes back in time.
    """
    return f"{cursor}.{seq}"
