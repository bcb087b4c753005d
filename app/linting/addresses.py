"""Addresses of pages on the web."""

import re
from typing import Final
from urllib.parse import parse_qsl, urlsplit

# Hosts that keep pages of other sites.
_WEB_ARCHIVE: Final = re.compile(r"(^|[/.])(web\.archive\.org|archive\.(is|ph|today|md|fo|li|vn))/")
# The same page for phones, or in another frame.
_HOST_OF_A_VIEW: Final = re.compile(r"^(www\d*|m|mobile|amp|light)\.")
_PATH_OF_A_VIEW: Final = re.compile(r"(/amp|/print|\.amp)?/?$")

PageKey = tuple[str, str, tuple[tuple[str, str], ...]]


def page_of(url: str) -> PageKey:
    """Return one value for all addresses of a page: any scheme, view and order of parameters."""
    parts = urlsplit(url)
    host = _HOST_OF_A_VIEW.sub("", (parts.hostname or "").rstrip("."))
    query = sorted(pair for pair in parse_qsl(parts.query) if not pair[0].startswith("utm_"))
    return host, _PATH_OF_A_VIEW.sub("", parts.path), tuple(query)


def is_archived(url: str) -> bool:
    """Return whether an archive of the web holds the page at this address."""
    return _WEB_ARCHIVE.search(url) is not None
