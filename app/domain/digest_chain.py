"""The chain of digests by which the change log vouches for itself."""

from datetime import datetime
from hashlib import sha256
from typing import NamedTuple

from app.domain.instants import rfc3339


class Link(NamedTuple):
    """What the digest of a change covers, in this order; what is null counts as an empty text."""

    seq: int
    at: datetime
    actor: str
    op: str
    kind: str
    slug: str
    revision: int
    reason: str | None
    survivor: str | None
    document: str | None


def chain_digest(previous: str, link: Link) -> str:
    """The digest of a change: SHA-256, hexadecimal, of its fields after the digest before it.

    The texts stand one on a line each, in UTF-8; `at` as it is served, RFC 3339 in UTC with `Z`.
    The first change comes after an empty text.
    """
    lines = (previous, *(link._asdict() | {"at": rfc3339(link.at)}).values())
    return sha256("\n".join("" if x is None else str(x) for x in lines).encode()).hexdigest()
