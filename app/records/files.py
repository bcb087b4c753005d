"""Records read from YAML, JSON and NDJSON files: all that is right, and all that is wrong."""

import gc
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from pydantic import ValidationError

from app.domain.vocabulary import EntityKind
from app.records import COLLECTIONS, RECORD_MODELS, json_text, yaml_text
from app.records.errors import RecordError, Unreadable, describe, nearest, shown, step
from app.records.located import Lines, LocatedRecord


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

_Found = LocatedRecord | RecordError


@contextmanager
def _collector_at_rest() -> Iterator[None]:
    """Nothing that is read is garbage, and looking for it among so many objects halves the speed."""
    at_work = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if at_work:
            gc.enable()


@_collector_at_rest()
def read_files(paths: Iterable[Path]) -> tuple[list[LocatedRecord], list[RecordError]]:
    """The valid records of the files and folders, and every error, both in the order of reading.

    Folders are read recursively, by path, and of their files those with a suffix in FORMATS. A kind
    and id that stands twice is an error at its second place. A file with more than MAX_ERRORS of
    them is left there, with an error that says so. Never raises for what a file holds.
    """
    return _sorted_out(found for path in paths for found in _in_path(path))


@_collector_at_rest()
def read_data(data: bytes, name: str, suffix: str) -> tuple[list[LocatedRecord], list[RecordError]]:
    """The same for the content of one file, such as the body of a request; `name` is its name.

    Raises KeyError for a suffix that is not in FORMATS.
    """
    return _sorted_out(_in_data(data, name, FORMATS[suffix]))


def _sorted_out(found: Iterable[_Found]) -> tuple[list[LocatedRecord], list[RecordError]]:
    records: list[LocatedRecord] = []
    errors: list[RecordError] = []
    for each in found:
        if isinstance(each, RecordError):
            errors.append(each)
        else:
            records.append(each)
    return records, [*errors, *_repeats(records)]


def _in_path(path: Path) -> Iterator[_Found]:
    try:
        if path.is_dir():
            yield from _in_folder(path)
        elif not path.is_file():
            yield _error(path, "there is no such file or folder")
        elif path.suffix.lower() not in FORMATS:
            yield _error(path, f"the name of a file ends in one of: {', '.join(FORMATS)}")
        else:
            yield from _in_data(path.read_bytes(), str(path), FORMATS[path.suffix.lower()])
    except OSError as error:
        yield _error(path, f"cannot be read: {error.strerror}")


def _in_folder(folder: Path) -> Iterator[_Found]:
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


def _in_data(data: bytes, file: str, format_: _Format) -> Iterator[_Found]:
    errors = 0
    for found in _in_text(data, file, format_):
        errors += isinstance(found, RecordError)
        if errors > MAX_ERRORS:
            yield _error(file, f"more than {MAX_ERRORS} errors: the rest of the file was not read")
            return
        yield found


def _in_text(data: bytes, file: str, format_: _Format) -> Iterator[_Found]:
    try:
        text = _decode(data)
    except Unreadable as error:
        yield RecordError(file, error.line, None, error.pointer, error.problem)
        return
    for before, part in _parts(text, format_):
        try:
            value = format_.parse(part)
        except Unreadable as error:
            line = None if error.line is None else error.line + before
            yield RecordError(file, line, None, error.pointer, error.problem)
        else:
            yield from _in_value(value, file, Lines(part, before, format_.find_lines))


def _in_value(value: object, file: str, lines: Lines) -> Iterator[_Found]:
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
    item: object, kind: EntityKind, file: str, pointer: str, lines: Lines
) -> Iterator[_Found]:
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


def _decode(data: bytes) -> str:
    """The text, without the byte order mark. Raises Unreadable."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        problem = f"byte 0x{error.object[error.start]:02X} is not UTF-8: save the file as UTF-8"
        raise Unreadable(line, problem) from None
    if (at := text.find("\0")) >= 0:
        raise Unreadable(text.count("\n", 0, at) + 1, "a NUL byte is not allowed in a text")
    if not text.strip():
        raise Unreadable(1, "the file is empty")
    return text


def _parts(text: str, format_: _Format) -> Iterator[tuple[int, str]]:
    """The mappings of a file as texts, each with the number of lines before it."""
    if not format_.by_line:
        yield 0, text
        return
    for before, line in enumerate(text.split("\n")):
        if line.strip():
            yield before, line


def _id(item: object) -> str | None:
    """The id that a record gives itself, if it can be shown."""
    id_ = item.get("id") if isinstance(item, dict) else None
    return id_ if isinstance(id_, str) and id_.isprintable() and len(id_) <= 200 else None


def _repeats(records: Iterable[LocatedRecord]) -> Iterator[RecordError]:
    first: dict[tuple[EntityKind, str], LocatedRecord] = {}
    for located in records:
        there = first.setdefault((located.kind, located.record.id), located)
        if there is not located:
            problem = f"this {located.kind} is already at {there.file}:{there.line()}"
            yield located.error("/id", problem)
