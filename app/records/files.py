"""Records read from YAML, JSON and NDJSON, one by one: all that is right, and all that is wrong."""

import gc
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import BinaryIO, NamedTuple

from pydantic import ValidationError

from app.domain.vocabulary import EntityKind
from app.records import COLLECTIONS, RECORD_MODELS, json_text, yaml_text
from app.records.errors import RecordError, Unreadable, describe, nearest, shown, step
from app.records.located import Lines, LocatedRecord, OneLine


class _Format(NamedTuple):
    parse: Callable[[str], object]
    find_lines: Callable[[str], dict[str, int]]
    by_line: bool = False


_YAML = _Format(yaml_text.parse, yaml_text.find_lines)
_JSON = _Format(json_text.parse, json_text.find_lines)
_NDJSON = _JSON._replace(by_line=True)
FORMATS = {
    ".yaml": _YAML,
    ".yml": _YAML,
    ".json": _JSON,
    ".ndjson": _NDJSON,
    ".jsonl": _NDJSON,
}
_KNOWN = ", ".join(COLLECTIONS)

# Beyond this nobody reads on, and a hostile file would have millions.
MAX_ERRORS = 10_000
_MB = 1_000_000
# A whole document is in memory at once. Dense YAML takes a second for each of these, and dense JSON
# thirty times its size.
MAX_DOCUMENT = 10 * _MB
MAX_LINE = 1 * _MB

Found = LocatedRecord | RecordError


def find_records(paths: Iterable[Path]) -> Iterator[Found]:
    """The valid records of the files and folders, and every error, in the order of reading.

    Folders are read recursively, by path, and of their files those with a suffix in FORMATS. Of
    NDJSON one line is in memory at a time. A file with more than MAX_ERRORS errors is left there,
    with an error that says so. Never raises for what a file holds.
    """
    for path in paths:
        yield from _in_path(path)


def find_in(file: BinaryIO, name: str, suffix: str) -> Iterator[Found]:
    """The same for one open file, such as the body of a request; `name` is what errors call it.

    Raises KeyError for a suffix that is not in FORMATS.
    """
    return _first_errors(_in_file(file, name, FORMATS[suffix]), name)


def read_files(paths: Iterable[Path]) -> tuple[list[LocatedRecord], list[RecordError]]:
    """All that `find_records` finds, in memory."""
    records: list[LocatedRecord] = []
    errors: list[RecordError] = []
    for each in find_records(paths):
        if isinstance(each, RecordError):
            errors.append(each)
        else:
            records.append(each)
    return records, errors


def _in_path(path: Path) -> Iterator[Found]:
    try:
        if path.is_dir():
            yield from _in_folder(path)
        elif not path.is_file():
            yield _error(path, "there is no such file or folder")
        elif path.suffix.lower() not in FORMATS:
            yield _error(path, f"the name of a file ends in one of: {', '.join(FORMATS)}")
        else:
            with path.open("rb") as file:
                yield from find_in(file, str(path), path.suffix.lower())
    except OSError as error:
        yield _error(path, f"cannot be read: {error.strerror}")


def _in_folder(folder: Path) -> Iterator[Found]:
    files: list[Path] = []
    unread: list[OSError] = []
    # Links to folders are not followed: they may lead round in a circle.
    for parent, _, names in os.walk(folder, onerror=unread.append):
        files += (Path(parent, n) for n in names if Path(n).suffix.lower() in FORMATS)
    for error in unread:
        yield _error(error.filename, f"cannot be read: {error.strerror}")
    if not files and not unread:
        yield _error(folder, f"the folder has no file in: {', '.join(FORMATS)}")
    for path in sorted(files):
        yield from _in_path(path)


def _first_errors(found: Iterable[Found], file: str) -> Iterator[Found]:
    errors = 0
    for each in found:
        errors += isinstance(each, RecordError)
        if errors > MAX_ERRORS:
            yield _error(file, f"more than {MAX_ERRORS} errors: the rest of the file was not read")
            return
        yield each


def _in_file(file: BinaryIO, name: str, format_: _Format) -> Iterator[Found]:
    try:
        yield from _in_lines(file, name) if format_.by_line else _in_document(file, name, format_)
    except Unreadable as error:
        yield RecordError(name, error.line, None, error.pointer, error.problem)


def _in_document(file: BinaryIO, name: str, format_: _Format) -> Iterator[Found]:
    data = file.read(MAX_DOCUMENT + 1)
    if len(data) > MAX_DOCUMENT:
        limit = f"a document has at most {MAX_DOCUMENT // _MB} MB"
        raise Unreadable(None, f"{limit}: send NDJSON, which has no limit, with a record on a line")
    text = _decode(data)
    if not text.strip():
        raise Unreadable(1, "the file is empty")
    with _collector_at_rest():
        value = format_.parse(text)
    yield from _in_value(value, name, Lines(text, format_.find_lines))


def _in_lines(file: BinaryIO, name: str) -> Iterator[Found]:
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


@contextmanager
def _collector_at_rest() -> Iterator[None]:
    """Nothing of a document is garbage, and looking for it among so many objects halves the speed."""
    at_work = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if at_work:
            gc.enable()


def _in_value(value: object, file: str, lines: Lines | OneLine) -> Iterator[Found]:
    if not isinstance(value, dict):
        problem = f"found {shown(value)}, expected a mapping with any of: {_KNOWN}"
        yield RecordError(file, lines.line(""), None, "", problem)
        return
    for name, items in value.items():
        pointer = step(name)
        if name not in COLLECTIONS:
            problem = f"unknown collection{nearest(name, COLLECTIONS) or f'; known are {_KNOWN}'}"
            yield RecordError(file, lines.line(pointer), None, pointer, problem)
        elif not isinstance(items, list):
            problem = f"found {shown(items)}, expected a list of records"
            yield RecordError(file, lines.line(pointer), None, pointer, problem)
        else:
            for index, item in enumerate(items):
                yield from _in_item(item, COLLECTIONS[name], file, f"{pointer}/{index}", lines)


def _in_item(
    item: object, kind: EntityKind, file: str, pointer: str, lines: Lines | OneLine
) -> Iterator[Found]:
    model = RECORD_MODELS[kind]
    try:
        record = model.model_validate(item)
    except ValidationError as invalid:
        for error in invalid.errors(include_url=False):
            relative, problem = describe(error, model, item)
            place = pointer + relative
            yield RecordError(file, lines.line(place), _id(item), place, problem)
    else:
        yield LocatedRecord(kind, record, file, pointer, lines)


def _error(path: Path | str, problem: str) -> RecordError:
    return RecordError(str(path), None, None, "", problem)


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
