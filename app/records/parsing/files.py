"""Read files and folders of records, one record or error at a time."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from app.records.parsing.contents import FORMATS
from app.records.parsing.errors import RecordError, Unreadable
from app.records.parsing.inputs import (
    StandardInput,
    explain_suffix,
    is_compressed,
    suffix_of,
    unzipped,
)
from app.records.parsing.mappings import Attachments, RecordOrError
from app.records.parsing.positions import LocatedRecord

__all__ = [
    "FORMATS",
    "MAX_ERRORS",
    "RecordInput",
    "RecordOrError",
    "has_tables",
    "iter_records",
    "iter_stream",
    "read_files",
]

# Nobody reads more errors, and a hostile file could cause millions.
MAX_ERRORS = 10_000


# A file, a folder or standard input.
RecordInput = Path | StandardInput


def iter_records(paths: Iterable[RecordInput]) -> Iterator[RecordOrError]:
    """Yield the valid records of the files and folders, and every error, in the order of reading.

    A folder yields its files with a suffix in FORMATS, recursively, in the order of their paths, except hidden
    ones. Files may be compressed, with `.gz` after the suffix. NDJSON and CSV files are read line by line. After MAX_ERRORS errors the rest of a file is
    skipped, and one more error says so. The content of a file never raises an exception.
    """
    for path in paths:
        yield from _in_path(path) if isinstance(path, Path) else _in_standard_input(path)


def iter_stream(
    file: BinaryIO, name: str, suffix: str, texts: Attachments = None
) -> Iterator[RecordOrError]:
    """Yield the same for one open file, such as the body of a request; errors call it `name`.

    If `texts` is given, the texts of articles beside the records are put into it. Raises KeyError for a
    suffix that is not in FORMATS.
    """
    return _first_errors(FORMATS[suffix](file, name, texts), name)


def read_files(paths: Iterable[RecordInput]) -> tuple[list[LocatedRecord], list[RecordError]]:
    """Return all records and all errors of the files and folders, in memory."""
    records: list[LocatedRecord] = []
    errors: list[RecordError] = []
    for each in iter_records(paths):
        if isinstance(each, RecordError):
            errors.append(each)
        else:
            records.append(each)
    return records, errors


def has_tables(paths: Iterable[RecordInput]) -> bool:
    """Return whether any of the files, or a file in one of the folders, is a table (CSV)."""
    given = [path for path in paths if isinstance(path, Path)]
    files = (
        file for path in given for file in (_files_in(path)[0] if _is_folder(path) else [path])
    )
    return any(suffix_of(file) == ".csv" for file in files)


def _is_folder(path: Path) -> bool:
    """Return whether it is a folder; of a path that the system refuses, the reader says why."""
    try:
        return path.is_dir()
    except OSError:
        return False


def _in_path(path: Path) -> Iterator[RecordOrError]:
    try:
        if path.is_dir():
            yield from _in_folder(path)
        elif not path.is_file():
            yield _error(path, "this file or folder does not exist")
        elif suffix_of(path) not in FORMATS:
            yield _error(path, explain_suffix(path))
        else:
            with path.open("rb") as file:
                data = unzipped(file) if is_compressed(path) else file
                yield from iter_stream(data, str(path), suffix_of(path))
    except OSError as error:
        yield _error(path, f"cannot be read: {error.strerror}")


def _in_standard_input(given: StandardInput) -> Iterator[RecordOrError]:
    try:
        with given.opened() as (file, suffix):
            yield from iter_stream(file, str(given), suffix)
    except Unreadable as error:
        yield _error(str(given), error.problem)


def _in_folder(folder: Path) -> Iterator[RecordOrError]:
    files, unread = _files_in(folder)
    for error in unread:
        yield _error(error.filename, f"cannot be read: {error.strerror}")
    if not files and not unread:
        yield _error(folder, f"the folder has no file that ends in one of: {', '.join(FORMATS)}")
    for path in sorted(files):
        yield from _in_path(path)


def _files_in(folder: Path) -> tuple[list[Path], list[OSError]]:
    """Return the files of records in a folder and its subfolders, and the errors of unreadable ones.

    Hidden names are left out: editors and systems keep locks and copies under them.
    """
    files: list[Path] = []
    unread: list[OSError] = []
    # Links to folders are not followed, because they may form a circle.
    for parent, folders, names in os.walk(folder, onerror=unread.append):
        folders[:] = [name for name in folders if not name.startswith(".")]
        shown = (Path(parent, name) for name in names if not name.startswith("."))
        files += (path for path in shown if suffix_of(path) in FORMATS)
    return files, unread


def _first_errors(items: Iterable[RecordOrError], file: str) -> Iterator[RecordOrError]:
    errors = 0
    for each in items:
        errors += isinstance(each, RecordError)
        if errors > MAX_ERRORS:
            yield _error(file, f"more than {MAX_ERRORS} errors: the rest of the file was skipped")
            return
        yield each


def _error(path: Path | str, problem: str) -> RecordError:
    return RecordError(str(path), None, None, "", problem)
