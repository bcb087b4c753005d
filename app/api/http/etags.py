"""Entity tags: made, and compared (RFC 9110 §8.8.3)."""

import re
from hashlib import sha256

from starlette.datastructures import Headers
from starlette.types import Scope

# The best first.
CODINGS = ("zstd", "br", "gzip")
# The opaque part of each entity tag of an If-None-Match; `W/` does not count there.
_OPAQUE_TAGS = re.compile(r'"([\x21\x23-\x7e\x80-\xff]*)"')


def entity_tag(body: bytes) -> str:
    """The strong entity tag of these bytes: the first 128 bits of their SHA-256."""
    return f'"{sha256(body).hexdigest()[:32]}"'


def is_known(scope: Scope, tag: str) -> bool:
    """Whether the reader has the answer with this entity tag (RFC 9110 §13.1.2)."""
    known = ", ".join(Headers(scope=scope).getlist("if-none-match"))
    return known.strip() == "*" or tag.strip('"') in opaque_tags(known)


def opaque_tags(if_none_match: str) -> list[str]:
    """The entity tags of an `If-None-Match`, without quotes and weakness."""
    return _OPAQUE_TAGS.findall(if_none_match)
