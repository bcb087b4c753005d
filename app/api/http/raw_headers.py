"""Headers as ASGI has them, without the objects of the framework: for code that runs at every request."""

from collections.abc import Iterable

from starlette.types import Scope

RawHeader = tuple[bytes, bytes]


def header(scope: Scope, name: bytes) -> bytes:
    """Return the value of the request's first header of this name, in lower case; empty if it is absent."""
    for each, value in scope["headers"]:
        if each == name:
            found: bytes = value
            return found
    return b""


def joined(headers: Iterable[RawHeader]) -> dict[bytes, bytes]:
    """Return the headers by name; the values of a repeated one are joined by commas (RFC 9110 §5.3)."""
    by_name: dict[bytes, bytes] = {}
    for name, value in headers:
        by_name[name] = by_name[name] + b", " + value if name in by_name else value
    return by_name


def header_lines(headers: Iterable[RawHeader]) -> bytes:
    """Return the lines of these headers as HTTP/1.1 sends them."""
    return b"".join(b"%b: %b\r\n" % header for header in headers)
