"""Read the file of a proof, which anybody may have written."""

import json
import zlib
from collections.abc import Mapping
from typing import Any, Final

from pydantic import ValidationError

from app.documents.proof import PROOF_FORMAT, ProofFile
from app.records.parsing.errors import Unreadable, explain_error
from app.records.parsing.json_text import parse

_GZIP: Final = b"\x1f\x8b"
_BOM: Final = b"\xef\xbb\xbf"
_MAX_BYTES: Final = 1 << 30
_ASK: Final = "expected the JSON of /v1/proof"


class UnreadableError(ValueError):
    """A file cannot be read; the text is one line that says why."""


def unpacked(content: bytes) -> bytes:
    """Return the content of a file that may be packed with gzip. Raises UnreadableError."""
    if not content.startswith(_GZIP):
        return content
    try:
        # One byte too many tells a larger file.
        unpacker = zlib.decompressobj(wbits=31)
        text = unpacker.decompress(content, _MAX_BYTES + 1)
    except zlib.error as error:
        raise UnreadableError(f"the gzip file is damaged: {error}") from None
    if len(text) > _MAX_BYTES:
        raise UnreadableError("the gzip file holds more than 1 GiB")
    if not unpacker.eof:
        raise UnreadableError("the gzip file is cut off")
    return text


def read_bundle(content: bytes) -> ProofFile:
    """Return the proof in the content of a file, packed with gzip or not. Raises UnreadableError."""
    value = _json(unpacked(content))
    if not isinstance(value, Mapping):
        raise UnreadableError(f"the file holds no JSON object; {_ASK}")
    if _is_problem(value):
        raise UnreadableError(
            "the file holds an error of a server, and no proof: "
            f"{shown(value['title'])}: {shown(value.get('detail'))}"
        )
    if value.get("format") != PROOF_FORMAT:
        found = f"the format {shown(value['format'])}" if "format" in value else "no format"
        raise UnreadableError(f"the file has {found}: a proof has {PROOF_FORMAT!r}; {_ASK}")
    try:
        return ProofFile.model_validate(value)
    except ValidationError as invalid:
        first = invalid.errors()[0]
        place = "/".join(map(str, first["loc"]))
        raise UnreadableError(
            f"{escaped(place)}: {explain_error(first, ProofFile)}; {_ASK}"
        ) from None


def _is_problem(value: Mapping[Any, Any]) -> bool:
    return {"type", "title", "status"} <= value.keys()


def _json(content: bytes) -> object:
    text = _text(content)
    if not text.strip():
        raise UnreadableError(f"the file is empty; {_ASK}")
    try:
        return parse(text)
    except Unreadable as error:
        place = f"line {error.line}: " if error.line else ""
        raise UnreadableError(f"{place}{error.problem}; {_ASK}") from None


def _text(content: bytes) -> str:
    try:
        return content.removeprefix(_BOM).decode()
    except UnicodeDecodeError as error:
        raise UnreadableError(f"byte {error.start + 1} is not UTF-8; {_ASK}") from None


def shown(value: object) -> str:
    """Return a value of JSON for a message, cut to 80 characters."""
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 80 else f"{text[:79]}…"


def escaped(text: str) -> str:
    """Return a text of a file for a message: on one line, without signs that steer a terminal."""
    return json.dumps(text, ensure_ascii=False)[1:-1]
