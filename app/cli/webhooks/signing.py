"""Messages about changes, signed as Standard Webhooks says (standardwebhooks.com, version 1)."""

import binascii
import hashlib
import hmac
from base64 import b64decode, b64encode
from collections.abc import Sequence
from typing import Any, Final, NamedTuple

from sqlalchemy import Row

from app.documents.change import change_json, entry_json

SECRET_PREFIX: Final = "whsec_"
# The bounds of the standard, in bytes of the decoded secret.
_FEWEST_BYTES: Final = 24
_MOST_BYTES: Final = 64
# A larger body is sent without the document, because receivers limit what they read.
MOST_BODY_BYTES: Final = 100_000


class Message(NamedTuple):
    """The id of a message, which is the same at each attempt, and its body."""

    id: str
    body: bytes


def make_message(change: Row[Any]) -> Message:
    """Return the message about a row of the log: `type`, `timestamp` and the change as `data`.

    The data of a change with a very large document lacks the key `document`.
    """
    body = _body(change, change_json(change))
    if len(body) > MOST_BODY_BYTES:
        body = _body(change, entry_json(change))
    # The digest tells the logs of two servers apart, and a log from before a restore from the log after it.
    return Message(f"change-{change.seq}-{change.digest[:16]}", body)


def _body(change: Row[Any], data: str) -> bytes:
    at = change.at.isoformat().replace("+00:00", "Z")
    type_ = f"{change.kind.value}.{change.op.value}"
    return f'{{"type":"{type_}","timestamp":"{at}","data":{data}}}'.encode()


def read_secret(text: str) -> bytes:
    """Return the key of a secret `whsec_…`. Raises ValueError, with a sentence without the secret."""
    wanted = f"expected {SECRET_PREFIX} and {_FEWEST_BYTES} to {_MOST_BYTES} bytes in base64"
    if not text.startswith(SECRET_PREFIX):
        raise ValueError(f"a secret begins with {SECRET_PREFIX}: {wanted}")
    try:
        key = b64decode(text.removeprefix(SECRET_PREFIX), validate=True)
    except (binascii.Error, ValueError):
        raise ValueError(f"a secret is not in base64: {wanted}") from None
    if not _FEWEST_BYTES <= len(key) <= _MOST_BYTES:
        raise ValueError(f"a secret has {len(key)} bytes: {wanted}")
    return key


def sign(keys: Sequence[bytes], message: Message, timestamp: int) -> str:
    """Return the value of `webhook-signature`: one signature for each key, separated by spaces."""
    signed = f"{message.id}.{timestamp}.".encode() + message.body
    digests = (hmac.new(key, signed, hashlib.sha256).digest() for key in keys)
    return " ".join(f"v1,{b64encode(digest).decode()}" for digest in digests)


def signed_headers(keys: Sequence[bytes], message: Message, timestamp: int) -> dict[str, str]:
    """Return the headers of the message, which an attempt at this time (in Unix seconds) sends."""
    return {
        "Content-Type": "application/json",
        "User-Agent": "timeline-webhooks",
        "webhook-id": message.id,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": sign(keys, message, timestamp),
    }
