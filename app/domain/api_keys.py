"""The form of a key: `tl_` with a part to be shown, a secret, and a checksum that tells a typo."""

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
    """A text that can be no key of ours: too short, cut off, or mistyped."""


class KeyParts(NamedTuple):
    """What of a key is stored: by what it is found and shown, and by what it is proved."""

    prefix: str
    secret_hash: str


def new_key() -> str:
    """A key that nobody has: 32 random characters of 62, some 190 bits."""
    prefix, secret = _random(_PREFIX_LENGTH), _random(_SECRET_LENGTH)
    body = f"{_MARK}{prefix}_{secret}"
    return body + _checksum(body)


def read_key(text: str) -> KeyParts:
    """The parts of a key; raises MistypedKeyError for what never was one."""
    body, checksum = text[:-_CHECKSUM_LENGTH], text[-_CHECKSUM_LENGTH:]
    if not text.isascii() or len(text) != _LENGTH or _checksum(body) != checksum:
        raise MistypedKeyError("this is no key: it is cut off or mistyped")
    # The secret is random and long: a slow hash would protect nothing, and delay each request.
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
