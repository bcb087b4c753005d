"""Entity tags: make them, and compare them with `If-Match` and `If-None-Match` (RFC 9110 §8.8.3)."""

import re
from hashlib import sha256

from starlette.datastructures import Headers

# Content codings, the preferred one first. The tag of a compressed response ends in its coding:
# the gzip of "abc" has "abc-gzip".
CODINGS = ("zstd", "br", "gzip")
_CODING_SUFFIX = re.compile(f"-(?:{'|'.join(CODINGS)})$")
# The members of a list. A comma within quotes separates nothing.
_MEMBERS = re.compile(r'(?:[^",]|"[^"]*(?:"|$))+')
# Not werkzeug's parse_etags: it takes an unquoted text for a tag, `w/` for `W/`, and control
# characters within a tag, and ignores tags that no comma separates.
_TAG = re.compile(r'(W/)?"([\x21\x23-\x7e\x80-\xff]*)"')
_BARE_TAG = re.compile(r"(W/)?([\x21\x23-\x7e\x80-\xff]+)")


def entity_tag(body: bytes) -> str:
    """Return the strong entity tag of these bytes: the first 128 bits of their SHA-256, quoted."""
    return f'"{sha256(body).hexdigest()[:32]}"'


def names_tag(header: str, tag: str, *, strong: bool = False, any_coding: bool = False) -> bool:
    """Return whether a header's list of tags, or its `*`, matches this strong tag.

    A strong comparison (`If-Match`) ignores weak tags; a weak one (`If-None-Match`) compares them
    without `W/` (§8.8.3.2). With `any_coding`, the tags of compressed responses match too.
    """
    if header.strip() == "*":
        return True
    tags = [found for each in _members(header) if (found := _TAG.fullmatch(each))]
    return any(
        f'"{_CODING_SUFFIX.sub("", opaque) if any_coding else opaque}"' == tag
        for weak, opaque in map(re.Match[str].groups, tags)
        if not (weak and strong)
    )


def quote_tags(header: str) -> str:
    """Return a header's list of tags with quotes round the tags that have none; `*` stays."""
    if header.strip() == "*":
        return header
    return ", ".join(
        _BARE_TAG.sub(r'\1"\2"', each) if _is_bare(each) else each for each in _members(header)
    )


def has_bare_tag(header: str) -> bool:
    """Return whether a tag of the header's list lacks its quotes (§8.8.3)."""
    return header.strip() != "*" and any(map(_is_bare, _members(header)))


def _members(header: str) -> list[str]:
    return [each.strip() for each in _MEMBERS.findall(header) if each.strip()]


def _is_bare(member: str) -> bool:
    return _BARE_TAG.fullmatch(member) is not None


def is_known(headers: Headers, tag: str) -> bool:
    """Return whether the request's `If-None-Match` names this tag (§13.1.2)."""
    known = ", ".join(headers.getlist("if-none-match"))
    return bool(known) and names_tag(known, tag)


def coded_tag(tag: str, coding: str) -> str:
    """Return the tag of the response that this coding compressed."""
    return f'{tag[:-1]}-{coding}"'


def without_coding(header: str, coding: str) -> str:
    """Return a header's list of tags, with the tags of this coding replaced by the uncompressed ones."""
    return header.replace(f'-{coding}"', '"')
