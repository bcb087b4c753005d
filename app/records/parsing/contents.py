"""Read one file in YAML, JSON, NDJSON or CSV, record by record."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from itertools import count
from typing import BinaryIO, NamedTuple

from pydantic import ValidationError

from app.domain.vocabulary import EntityKind
from app.domain.wording import did_you_mean, quote_value
from app.records.models import COLLECTIONS, RECORD_MODELS, WITHDRAWALS
from app.records.models.base import Record
from app.records.models.withdrawal import WithdrawalRecord
from app.records.parsing import csv_text, json_text, yaml_text
from app.records.parsing.csv_layout import column_at
from app.records.parsing.errors import RecordError, Unreadable, describe_error, pointer_step
from app.records.parsing.gc_pause import gc_paused
from app.records.parsing.positions import Lines, LocatedRecord, OneLine, TableRow

_MB = 1_000_000
# A document is in memory as a whole. One MB of dense YAML takes a second to parse, and dense JSON
# takes 30 times its size in memory.
MAX_DOCUMENT = 10 * _MB
MAX_LINE = 1 * _MB

RecordOrError = LocatedRecord | RecordError
FormatReader = Callable[[BinaryIO, str], Iterator[RecordOrError]]
_MODELS: dict[str, type[Record]] = {
    **{name: RECORD_MODELS[kind] for name, kind in COLLECTIONS.items()},
    WITHDRAWALS: WithdrawalRecord,
}
_KINDS: dict[type[Record], EntityKind] = {model: kind for kind, model in RECORD_MODELS.items()}
_COLLECTIONS = ", ".join(_MODELS)


class _Notation(NamedTuple):
    """How to parse a document, and how to find the lines of its values."""

    parse: Callable[[str], object]
    find_lines: Callable[[str], dict[str, int]]


def _in_document(file: BinaryIO, name: str, notation: _Notation) -> Iterator[RecordOrError]:
    data = file.read(MAX_DOCUMENT + 1)
    if len(data) > MAX_DOCUMENT:
        limit = f"a document has at most {MAX_DOCUMENT // _MB} MB"
        raise Unreadable(None, f"{limit}: write NDJSON, one record per line, which has no limit")
    text = _decode(data)
    if not text.strip():
        raise Unreadable(1, "the file is empty")
    with gc_paused():
        value = notation.parse(text)
    yield from _in_value(value, name, Lines(text, notation.find_lines))


def _in_lines(file: BinaryIO, name: str) -> Iterator[RecordOrError]:
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
            yield RecordError(name, number, None, error.pointer, error.problem)
        else:
            yield from _in_value(value, name, OneLine(number))
    if empty:
        raise Unreadable(1, "the file is empty")


def _in_table(file: BinaryIO, name: str) -> Iterator[RecordOrError]:
    kind = csv_text.kind_of(name)
    for row in csv_text.read_rows(_text_lines(file), kind):
        if isinstance(row, Unreadable):
            yield RecordError(name, row.line, None, row.pointer, row.problem)
            continue
        for each in _in_item(row.value, RECORD_MODELS[kind], name, "", TableRow(row.line)):
            if isinstance(each, RecordError):
                each = replace(each, pointer=column_at(kind, each.pointer, row.cells))
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


def _in_value(value: object, file: str, lines: Lines | OneLine) -> Iterator[RecordOrError]:
    if not isinstance(value, dict):
        problem = f"found {quote_value(value)}, expected a mapping with any of: {_COLLECTIONS}"
        yield RecordError(file, lines.line(""), None, "", problem)
        return
    for name, items in value.items():
        pointer = pointer_step(name)
        if name not in _MODELS:
            hint = did_you_mean(name, _MODELS) or f"; the collections are {_COLLECTIONS}"
            problem = f"unknown collection{hint}"
            yield RecordError(file, lines.line(pointer), None, pointer, problem)
        elif not isinstance(items, list):
            problem = f"found {quote_value(items)}, expected a list of records"
            yield RecordError(file, lines.line(pointer), None, pointer, problem)
        else:
            for index, item in enumerate(items):
                yield from _in_item(item, _MODELS[name], file, f"{pointer}/{index}", lines)


def _in_item(
    item: object, model: type[Record], file: str, pointer: str, lines: Lines | OneLine
) -> Iterator[RecordOrError]:
    try:
        record = model.model_validate(item)
    except ValidationError as invalid:
        for error in invalid.errors(include_url=False):
            relative, problem = describe_error(error, model, item)
            place = pointer + relative
            yield RecordError(file, lines.line(place), _id(item), place, problem, _KINDS.get(model))
    else:
        kind = record.kind if isinstance(record, WithdrawalRecord) else _KINDS[model]
        yield LocatedRecord(kind, record, file, pointer, lines)


def _decode(data: bytes, first_line: int = 1) -> str:
    """Decode UTF-8, without the byte order mark at the start of a file. Raises Unreadable."""
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


def _id(item: object) -> str | None:
    """Return the id of an invalid record, if it has one that fits into a message."""
    id_ = item.get("id") if isinstance(item, dict) else None
    return id_ if isinstance(id_, str) and id_.isprintable() and len(id_) <= 200 else None


def _with_last_error(read: FormatReader) -> FormatReader:
    """Return the same reader, except that it yields an Unreadable as its last error."""

    def read_all(file: BinaryIO, name: str) -> Iterator[RecordOrError]:
        try:
            yield from read(file, name)
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
