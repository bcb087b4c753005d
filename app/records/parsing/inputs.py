"""Open the files that hold records: plain or compressed with gzip, or standard input."""

import gzip
import json
import shutil
import weakref
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedReader, BytesIO, RawIOBase
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any, BinaryIO, Final, cast

from app.records.parsing.contents import FORMATS, MAX_LINE, OTHER_FORMATS
from app.records.parsing.errors import Unreadable

_GZIP: Final = b"\x1f\x8b"
_SEPARATORS: Final = (b",", b";", b"\t")
_STANDARD_INPUT: Final = "standard input"
# A comment, a directive and the start of a document: no other format begins so.
_YAML: Final = (b"#", b"%", b"---")
# Other programs' files, and how their users get one of the FORMATS.
_ADVICE: Final = {
    ".tsv": "tabs are read too: let its name end in .csv",
    ".txt": "let its name end in the format that it has",
    **dict.fromkeys((".xlsx", ".xls", ".ods"), "save each sheet as CSV in UTF-8"),
    ".zip": "unpack it",
}


def suffix_of(path: Path) -> str:
    """Return the suffix that names the format of a file, which may be compressed: `.csv` of `a.csv.gz`."""
    return (path.with_suffix("") if is_compressed(path) else path).suffix.lower()


def is_compressed(path: Path) -> bool:
    """Return whether the name of the file ends in `.gz`."""
    return path.suffix.lower() == ".gz"


def explain_suffix(path: Path) -> str:
    """Return a sentence for a file whose suffix names no format."""
    advice = _ADVICE.get(path.suffix.lower())
    formats = f"the name of a file must end in one of: {', '.join(FORMATS)}, and .gz may follow"
    return f"{formats}; {advice}" if advice else formats


class StandardInput:
    """All bytes of standard input, kept in a temporary file, so that they can be read again."""

    def __init__(self, stream: BinaryIO) -> None:
        self._file = cast("BinaryIO", TemporaryFile())  # noqa: SIM115  # closed with the object
        weakref.finalize(self, self._file.close)
        shutil.copyfileobj(stream, self._file)

    def __str__(self) -> str:
        return _STANDARD_INPUT

    @contextmanager
    def opened(self) -> Iterator[tuple[BinaryIO, str]]:
        """Yield the bytes, decompressed, and the suffix of the format that they begin with.

        Raises Unreadable for CSV, whose kind of records no name tells.
        """
        self._file.seek(0)
        compressed = self._file.read(2) == _GZIP
        self._file.seek(0)
        file = unzipped(self._file) if compressed else self._file
        beginning = file.read(MAX_LINE)
        suffix = _format_of(beginning)
        self._file.seek(0)
        yield (unzipped(self._file) if compressed else self._file), suffix


def _format_of(beginning: bytes) -> str:
    """Return the suffix of the format: JSON or NDJSON begins with a brace or a bracket.

    The reader of any format says why it cannot read bytes that are no text in UTF-8.
    """
    text = beginning.removeprefix(b"\xef\xbb\xbf").lstrip()
    if text.startswith((*_YAML, *OTHER_FORMATS)):
        return ".yaml"
    first, feed, rest = text.partition(b"\n")
    if first[:1] not in (b"{", b"["):
        if any(separator in first for separator in _SEPARATORS) and b": " not in first:
            problem = "CSV needs a file whose name tells the kind of its records: events.csv"
            raise Unreadable(None, problem)
        return ".yaml"
    if not feed or not rest.strip():
        # One line is both, but a long one is only read as JSON.
        return ".ndjson" if _is_json(first) and len(beginning) < MAX_LINE else ".json"
    return ".ndjson" if _is_json(first) else ".json"


def _is_json(line: bytes) -> bool:
    try:
        json.loads(line)
    except ValueError:
        # Several mappings on one line are NDJSON that lost its line feeds.
        return b"}{" in line or b"} {" in line
    except RecursionError:
        return False
    return True


def unzipped(file: BinaryIO) -> BinaryIO:
    """Return the decompressed bytes of a file; reading raises Unreadable if they are cut off or damaged."""
    return cast("BinaryIO", BufferedReader(_Unzipped(file)))


def plain_bytes(data: bytes) -> bytes:
    """Return the bytes of a small file, decompressed if they are gzip; raises Unreadable."""
    return unzipped(BytesIO(data)).read() if data.startswith(_GZIP) else data


class _Unzipped(RawIOBase):
    """Decompresses while it is read."""

    def __init__(self, file: BinaryIO) -> None:
        self._gzip = gzip.GzipFile(fileobj=file, mode="rb")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        try:
            return self._gzip.readinto(buffer)
        except gzip.BadGzipFile:
            problem = "this is not compressed with gzip, or is damaged: remove .gz from its name"
            raise Unreadable(None, problem) from None
        except (EOFError, zlib.error):
            raise Unreadable(None, "the compressed data is cut off or damaged") from None
