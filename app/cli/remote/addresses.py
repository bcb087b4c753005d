"""The addresses of servers that users give to commands."""

from urllib.parse import urlsplit

import httpx


def is_address(url: str) -> bool:
    """Return whether it begins with http or https, and has a possible host and port."""
    try:
        parts = urlsplit(url)
        host = httpx.URL(url).host.encode("idna")
        return parts.scheme in ("http", "https") and bool(host) and parts.port != 0
    except (ValueError, httpx.InvalidURL):
        # Errors of the codec and of the names of hosts are ValueErrors too.
        return False
