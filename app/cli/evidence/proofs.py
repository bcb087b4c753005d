"""Where `timeline verify-bundle` reads proofs and copies of the log: files, standard input, servers."""

import gzip
import sys
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, nullcontext
from http import HTTPStatus
from pathlib import Path
from typing import BinaryIO, Final

from app.proving.bundle_file import UnreadableError

_SCHEMES: Final = ("http://", "https://")
_LOG: Final = "/v1/changes.ndjson"
_GZIP: Final = b"\x1f\x8b"
_SQLITE: Final = b"SQLite format 3\0"


def read_content(name: str) -> bytes:
    """Return the content of a file, or of standard input for `-`. Raises UnreadableError."""
    if name == "-":
        return sys.stdin.buffer.read()
    try:
        return Path(name).read_bytes()
    except OSError as error:
        raise UnreadableError(error.strerror or "it cannot be read") from None
    except ValueError:
        raise UnreadableError("this is no name of a file") from None


@contextmanager
def mirror_lines(name: str) -> Iterator[Iterable[bytes]]:
    """Yield the lines of a copy of the log. Raises UnreadableError, also while they are read."""
    if name.startswith(_SCHEMES):
        with _lines_of_server(name) as lines:
            yield lines
        return
    try:
        with nullcontext(sys.stdin.buffer) if name == "-" else Path(name).open("rb") as file:
            yield _lines_of_file(name, file)
    except OSError as error:
        raise UnreadableError(f"{name}: {error.strerror or error}") from None


def _lines_of_file(name: str, file: BinaryIO) -> Iterator[bytes]:
    start = file.peek(len(_SQLITE)) if hasattr(file, "peek") else b""
    if start.startswith(_SQLITE):
        raise UnreadableError(f"{name} is an SQLite file: use --database sqlite:///{name}")
    if not start.startswith(_GZIP):
        yield from file
        return
    try:
        with gzip.open(file) as unpacked:
            yield from unpacked
    except (EOFError, zlib.error, gzip.BadGzipFile):
        raise UnreadableError(f"{name}: the gzip file is damaged or cut off") from None


@contextmanager
def _lines_of_server(url: str) -> Iterator[Iterable[bytes]]:
    import httpx

    from app.cli.remote.addresses import is_address

    address = url if url.partition("?")[0].endswith(".ndjson") else f"{url.rstrip('/')}{_LOG}"
    if not is_address(address):
        raise UnreadableError(f"{url} is not the address of a server")
    try:
        with httpx.stream("GET", address, timeout=60, follow_redirects=True) as answer:
            if answer.status_code != HTTPStatus.OK:
                raise UnreadableError(f"{address} answers {answer.status_code}")
            yield _lines(answer.iter_bytes())
    except httpx.HTTPError as error:
        raise UnreadableError(
            f"{address} cannot be read: {error or 'it does not answer'}"
        ) from None


def _lines(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Yield lines that end at line feeds only; texts may hold other ends of lines."""
    rest = b""
    for chunk in chunks:
        *lines, rest = (rest + chunk).split(b"\n")
        yield from lines
    if rest:
        yield rest
