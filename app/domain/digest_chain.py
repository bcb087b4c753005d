"""The chain of digests that makes any alteration of the change log visible."""

from datetime import datetime
from hashlib import sha256
from typing import NamedTuple

from app.domain.instants import rfc3339


class Link(NamedTuple):
    """The fields of a change that its digest covers, in order; null counts as an empty text."""

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
    """Return the SHA-256, in hexadecimal, of the previous digest and the fields of the change.

    Each text is on its own line, in UTF-8. `at` is written as the API serves it: RFC 3339 in UTC
    with `Z`. For the first change the previous digest is an empty text.
    """
    lines = (previous, *(link._asdict() | {"at": rfc3339(link.at)}).values())
    return sha256("\n".join("" if x is None else str(x) for x in lines).encode()).hexdigest()
