"""Read one file in YAML, JSON, NDJSON or CSV, record by record."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from itertools import count
from json import JSONDecoder
from typing import BinaryIO, NamedTuple

from app.records.models import RECORD_MODELS
from app.records.parsing import csv_text, json_text, yaml_text
from app.records.parsing.csv_layout import column_at
from app.records.parsing.errors import RecordError, Unreadable
from app.records.parsing.gc_pause import gc_paused
from app.records.parsing.mappings import MODELS, Attachments, RecordOrError, in_item, in_value
from app.records.parsing.positions import Lines, OneLine, TableRow

_MB = 1_000_000
# A document is in memory as a whole. One MB of dense YAML takes a second to parse, and dense JSON
# takes 30 times its size in memory.
MAX_DOCUMENT = 10 * _MB
MAX_LINE = 1 * _MB

FormatReader = Callable[[BinaryIO, str, Attachments], Iterator[RecordOrError]]
# The first bytes of files that are no texts.
OTHER_FORMATS = {
    b"\x1f\x8b": "this is compressed with gzip: decompress it, or let the name of the file end in .gz",
    b"PK\x03\x04": "this is a workbook or a zip archive: save each sheet as CSV in UTF-8",
    b"\xff\xfe": "byte 0xFF is not UTF-8: this is UTF-16, save the file as UTF-8",
    b"\xfe\xff": "byte 0xFE is not UTF-8: this is UTF-16, save the file as UTF-8",
}
# A document of YAML on one line.
_FLAT_YAML = re.compile(rf"(?:{'|'.join(MODELS)}):\s*- ")
# Between two mappings of NDJSON, each of which begins with the name of a collection.
_ADJOINING = re.compile(rf'\]\s*\}}\s*\{{\s*"(?:{"|".join(MODELS)})"\s*:')


class _Notation(NamedTuple):
    """How to parse a document, and how to find the lines of its values."""

    parse: Callable[[str], object]
    find_lines: Callable[[str], dict[str, int]]


def _in_document(
    file: BinaryIO, name: str, texts: Attachments, notation: _Notation
) -> Iterator[RecordOrError]:
    data = file.read(MAX_DOCUMENT + 1)
    if len(data) > MAX_DOCUMENT:
        limit = f"a document has at most {MAX_DOCUMENT // _MB} MB"
        raise Unreadable(None, f"{limit}: write NDJSON, one record per line, which has no limit")
    text = _decode(data)
    if not text.strip():
        raise Unreadable(1, "the file is empty")
    with gc_paused():
        try:
            value = notation.parse(text)
        except Unreadable as error:
            raise _explained(error, text) from None
    yield from in_value(value, name, Lines(text, notation.find_lines), texts)


def _explained(error: Unreadable, text: str) -> Unreadable:
    """Return the error of a document, or another one if the text is of another format."""
    if _ADJOINING.search(text):
        problem = "several mappings in one document: this is NDJSON (.ndjson, application/x-ndjson)"
        return Unreadable(error.line, problem, error.pointer)
    if "\n" not in text.strip() and _FLAT_YAML.match(text):
        problem = "the line feeds are missing: curl -d removes them, --data-binary keeps them"
        return Unreadable(error.line, problem, error.pointer)
    return error


def _in_lines(file: BinaryIO, name: str, texts: Attachments) -> Iterator[RecordOrError]:
    empty = True
    for number, line in _lines(file):
        if len(line) > MAX_LINE:
            empty = False
            problem = f"a line has at most {MAX_LINE // _MB} MB: write one record per line"
            yield RecordError(name, number, None, "", problem)
            continue
        text = _decode(line, number)
        if not text.strip():
            continue
        empty = False
        try:
            value = json_text.parse(text)
        except Unreadable as error:
            problem = _several_on_one_line(text) or error.problem
            yield RecordError(name, number, None, error.pointer, problem)
        else:
            yield from in_value(value, name, OneLine(number), texts)
    if empty:
        raise Unreadable(1, "the file is empty")


def _several_on_one_line(text: str) -> str:
    """Return the advice for mappings that lost the line feeds between them; otherwise empty."""
    if not _ADJOINING.search(text) and not _begins_with_two(text):
        return ""
    return (
        "several mappings are on one line, and each needs its own: curl -d removes line feeds, "
        "--data-binary keeps them"
    )


def _begins_with_two(text: str) -> bool:
    """Return whether a mapping of any keys follows another one on the line."""
    try:
        _, end = JSONDecoder().raw_decode(text.lstrip())
    except (ValueError, RecursionError):
        return False
    return text.lstrip()[end:].lstrip().startswith("{")


def _in_table(file: BinaryIO, name: str, _: Attachments) -> Iterator[RecordOrError]:
    kind = csv_text.kind_of(name)
    missing: set[str] = set()
    suggested = ""
    for row in csv_text.read_rows(_text_lines(file), kind):
        if isinstance(row, Unreadable):
            if row.problem == csv_text.MISSING_COLUMN:
                missing.add(row.pointer)
                if repr(row.pointer.removeprefix("column ")) in suggested:
                    # The error of the column that is called otherwise suggests it.
                    continue
            elif row.line == 1:
                suggested += row.problem
            yield RecordError(name, row.line, None, row.pointer, row.problem)
            continue
        for each in in_item(row.value, RECORD_MODELS[kind], name, "", TableRow(row.line)):
            if isinstance(each, RecordError):
                each = replace(each, pointer=column_at(kind, each.pointer, row.cells))
                if each.pointer in missing:
                    # The header's error says it once.
                    continue
            yield each


def _text_lines(file: BinaryIO) -> Iterator[str]:
    for number, line in _lines(file):
        if len(line) > MAX_LINE:
            raise Unreadable(number, f"a line has at most {MAX_LINE // _MB} MB")
        yield _decode(line, number)


def _lines(file: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """Yield each line with its number. A line longer than MAX_LINE is cut to one byte more."""
    for number in count(1):
        line = file.readline(MAX_LINE + 1)
        if not line:
            return
        rest = line
        while len(rest) > MAX_LINE and not rest.endswith(b"\n"):
            rest = file.readline(MAX_LINE + 1)
        yield number, line


def _decode(data: bytes, first_line: int = 1) -> str:
    """Decode UTF-8, without the byte order mark at the start of a file. Raises Unreadable."""
    for beginning, problem in OTHER_FORMATS.items():
        if first_line == 1 and data.startswith(beginning):
            raise Unreadable(1, problem)
    try:
        text = data.decode("utf-8-sig" if first_line == 1 else "utf-8")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + first_line
        problem = f"byte 0x{error.object[error.start]:02X} is not UTF-8: save the file as UTF-8"
        raise Unreadable(line, problem) from None
    if (position := text.find("\0")) >= 0:
        line = text.count("\n", 0, position) + first_line
        raise Unreadable(line, "a NUL byte is not allowed in a text")
    return text


def _with_last_error(read: FormatReader) -> FormatReader:
    """Return the same reader, except that it yields an Unreadable as its last error."""

    def read_all(file: BinaryIO, name: str, texts: Attachments) -> Iterator[RecordOrError]:
        try:
            yield from read(file, name, texts)
        except Unreadable as error:
            yield RecordError(name, error.line, None, error.pointer, error.problem)

    return read_all


_yaml = partial(_in_document, notation=_Notation(yaml_text.parse, yaml_text.find_lines))
_json = partial(_in_document, notation=_Notation(json_text.parse, json_text.find_lines))
# The reader of a file by its suffix. NDJSON and CSV are read line by line.
FORMATS: dict[str, FormatReader] = {
    ".yaml": _with_last_error(_yaml),
    ".yml": _with_last_error(_yaml),
    ".json": _with_last_error(_json),
    ".ndjson": _with_last_error(_in_lines),
    ".jsonl": _with_last_error(_in_lines),
    ".csv": _with_last_error(_in_table),
}
