"""What one file holds, record by record: YAML, JSON, NDJSON and CSV."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from itertools import count
from typing import BinaryIO, NamedTuple

from pydantic import ValidationError

from app.domain.vocabulary import EntityKind
from app.records.models import COLLECTIONS, RECORD_MODELS, WITHDRAWALS
from app.records.models.base import Record
from app.records.models.withdrawal import WithdrawalRecord
from app.records.parsing import csv_text, json_text, yaml_text
from app.records.parsing.csv_layout import column_at
from app.records.parsing.errors import (
    RecordError,
    Unreadable,
    describe_error,
    did_you_mean,
    pointer_step,
    quote_value,
)
from app.records.parsing.gc_pause import gc_paused
from app.records.parsing.positions import Lines, LocatedRecord, OneLine, TableRow

_MB = 1_000_000
# A whole document is in memory at once. Dense YAML takes a second for each of these, and dense JSON
# thirty times its size.
MAX_DOCUMENT = 10 * _MB
MAX_LINE = 1 * _MB

RecordOrError = LocatedRecord | RecordError
FormatReader = Callable[[BinaryIO, str], Iterator[RecordOrError]]
_MODELS: dict[str, type[Record]] = {
    **{name: RECORD_MODELS[kind] for name, kind in COLLECTIONS.items()},
    WITHDRAWALS: WithdrawalRecord,
}
_KINDS: dict[type[Record], EntityKind] = {model: kind for kind, model in RECORD_MODELS.items()}
_KNOWN = ", ".join(_MODELS)


class _Notation(NamedTuple):
    """How a whole document is written: its value, and the lines of what is in it."""

    parse: Callable[[str], object]
    find_lines: Callable[[str], dict[str, int]]


def _in_document(file: BinaryIO, name: str, notation: _Notation) -> Iterator[RecordOrError]:
    data = file.read(MAX_DOCUMENT + 1)
    if len(data) > MAX_DOCUMENT:
        limit = f"a document has at most {MAX_DOCUMENT // _MB} MB"
        raise Unreadable(None, f"{limit}: send NDJSON, which has no limit, with a record on a line")
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
            problem = (
                f"a line has at most {MAX_LINE // _MB} MB: put each record on a line of its own"
            )
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
        for found in _in_item(row.value, RECORD_MODELS[kind], name, "", TableRow(row.line)):
            if isinstance(found, RecordError):
                found = replace(found, pointer=column_at(kind, found.pointer))
            yield found


def _text_lines(file: BinaryIO) -> Iterator[str]:
    for number, line in _lines(file):
        if len(line) > MAX_LINE:
            raise Unreadable(number, f"a line has at most {MAX_LINE // _MB} MB")
        yield _decode(line, number)


def _lines(file: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """Each line with its number; of one that is too long no more than shows that it is."""
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
        problem = f"found {quote_value(value)}, expected a mapping with any of: {_KNOWN}"
        yield RecordError(file, lines.line(""), None, "", problem)
        return
    for name, items in value.items():
        pointer = pointer_step(name)
        if name not in _MODELS:
            problem = f"unknown collection{did_you_mean(name, _MODELS) or f'; known are {_KNOWN}'}"
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
    """The text, without the byte order mark at the start of a file. Raises Unreadable."""
    try:
        text = data.decode("utf-8-sig" if first_line == 1 else "utf-8")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + first_line
        problem = f"byte 0x{error.object[error.start]:02X} is not UTF-8: save the file as UTF-8"
        raise Unreadable(line, problem) from None
    if (at := text.find("\0")) >= 0:
        line = text.count("\n", 0, at) + first_line
        raise Unreadable(line, "a NUL byte is not allowed in a text")
    return text


def _id(item: object) -> str | None:
    """The id that a record gives itself, if it can be shown."""
    id_ = item.get("id") if isinstance(item, dict) else None
    return id_ if isinstance(id_, str) and id_.isprintable() and len(id_) <= 200 else None


def _explained(read: FormatReader) -> FormatReader:
    """The same, but what cannot be read any further is an error like any other."""

    def found(file: BinaryIO, name: str) -> Iterator[RecordOrError]:
        try:
            yield from read(file, name)
        except Unreadable as error:
            yield RecordError(name, error.line, None, error.pointer, error.problem)

    return found


_yaml = partial(_in_document, notation=_Notation(yaml_text.parse, yaml_text.find_lines))
_json = partial(_in_document, notation=_Notation(json_text.parse, json_text.find_lines))
# How a file is read, by the end of its name. Of NDJSON and CSV one line is in memory at a time.
FORMATS: dict[str, FormatReader] = {
    ".yaml": _explained(_yaml),
    ".yml": _explained(_yaml),
    ".json": _explained(_json),
    ".ndjson": _explained(_in_lines),
    ".jsonl": _explained(_in_lines),
    ".csv": _explained(_in_table),
}
