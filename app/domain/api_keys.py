"""The form of an API key: `tl_`, a public prefix, a secret, and a checksum that detects typos."""

import secrets
import string
from hashlib import sha256
from typing import NamedTuple
from zlib import crc32

_MARK = "tl_"
_ALPHABET = string.digits + string.ascii_letters
_PREFIX_LENGTH, _SECRET_LENGTH, _CHECKSUM_LENGTH = 8, 32, 6
_LENGTH = len(_MARK) + _PREFIX_LENGTH + 1 + _SECRET_LENGTH + _CHECKSUM_LENGTH


class MistypedKeyError(ValueError):
    """A text that cannot be an API key: it is cut off or mistyped."""


class KeyParts(NamedTuple):
    """The stored parts of a key: the prefix finds and names it, the hash proves it."""

    prefix: str
    secret_hash: str


def new_key() -> str:
    """Return a new random key. Its secret has 32 characters out of 62, about 190 bits."""
    prefix, secret = _random(_PREFIX_LENGTH), _random(_SECRET_LENGTH)
    body = f"{_MARK}{prefix}_{secret}"
    return body + _checksum(body)


def read_key(text: str) -> KeyParts:
    """Return the parts of a key. Raises MistypedKeyError if the length or the checksum is wrong."""
    body, checksum = text[:-_CHECKSUM_LENGTH], text[-_CHECKSUM_LENGTH:]
    if not text.isascii() or len(text) != _LENGTH or _checksum(body) != checksum:
        raise MistypedKeyError("this is not an API key: it is cut off or mistyped")
    # The secret is long and random, so a slow hash would protect nothing and delay each request.
    prefix = body[len(_MARK) : len(_MARK) + _PREFIX_LENGTH]
    return KeyParts(prefix, sha256(text.encode()).hexdigest())


def _random(length: int) -> str:
    return "".join(secrets.choice(_ALPHABET) for _ in range(length))


def _checksum(body: str) -> str:
    value, digits = crc32(body.encode()), ""
    for _ in range(_CHECKSUM_LENGTH):
        value, digit = divmod(value, len(_ALPHABET))
        digits += _ALPHABET[digit]
    return digits
