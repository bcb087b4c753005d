"""`timeline export`: write the dataset as records."""

import gzip
import os
import sys
from collections.abc import Iterable
from contextlib import closing
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, BinaryIO, Final

import typer

from app.cli.support import open_current_database, read_settings, refuse


class ExportFormat(StrEnum):
    """Formats of an export. `timeline load` reads each of them."""

    NDJSON = "ndjson"
    JSON = "json"
    YAML = "yaml"


# Its descriptor: `/dev/stdout` may be a regular file, to which a shell appends.
_STDOUT: Final = 1
# The format by the output's suffix, used without --format.
_SUFFIXES = {".json": ExportFormat.JSON, ".yaml": ExportFormat.YAML, ".yml": ExportFormat.YAML}

_TABLE: Final = ".csv"


def export(
    format_: Annotated[
        ExportFormat | None,
        typer.Option("--format", help="Default: by the suffix of the output, or ndjson."),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            help="Write to this file; it is replaced once the export is complete. With .gz it is compressed."
        ),
    ] = None,
) -> None:
    """Write the whole dataset as records in a fixed order. Loading them gives the same data."""
    from app.formats.record_files import WRITERS
    from app.records.parsing.contents import MAX_DOCUMENT
    from app.records.parsing.inputs import suffix_of
    from app.writing.upkeep.export import export_records

    if output and suffix_of(output) == _TABLE:
        raise typer.BadParameter(
            f"{output}: records are no table, and timeline load would read it as one: let the name end in "
            ".ndjson, .json or .yaml; /v1/events.csv is the table of events",
            param_hint="--output",
        )
    if format_ is None:
        format_ = _SUFFIXES.get(suffix_of(output) if output else "", ExportFormat.NDJSON)
    with (
        open_current_database(read_settings(), published=True) as database,
        database.stream() as connection,
        # If the reader goes away, the rows must be closed before the connection.
        closing(export_records(connection)) as records,
    ):
        chunks = WRITERS[format_](records)
        if output is None or _is_stdout(output):
            size = _print(chunks)
        else:
            size = _replace(output, chunks)
    if size > MAX_DOCUMENT and format_ is not ExportFormat.NDJSON:
        typer.echo(
            f"warning: timeline load reads at most {MAX_DOCUMENT // 1_000_000} MB of {format_.upper()}, and "
            f"this export has {size // 1_000_000}: export ndjson to load it again",
            err=True,
        )


def _is_stdout(path: Path) -> bool:
    """Return whether the path names the standard output, such as `/dev/stdout`."""
    try:
        return os.path.samestat(path.stat(), os.fstat(_STDOUT))
    except OSError:
        return False


def _print(chunks: Iterable[str]) -> int:
    """Print the export, and return its number of bytes."""
    # Always UTF-8 with \n, regardless of the settings of the terminal or pipe.
    sys.stdout.flush()
    size = _write(sys.stdout.buffer, chunks)
    sys.stdout.buffer.flush()
    return size


def _write(file: BinaryIO | gzip.GzipFile, chunks: Iterable[str]) -> int:
    return sum(file.write(chunk.encode()) for chunk in chunks)


def _replace(path: Path, chunks: Iterable[str]) -> int:
    """Write the file under a temporary name and rename it once it is complete. A link to it stays.

    A pipe or a device is written at once. Return the number of bytes, before they are compressed.
    """
    try:
        if path.exists() and not path.is_file() and not path.is_dir():
            with path.open("wb") as file:
                return _write_packed(file, path, chunks)
        target = Path(os.path.realpath(path))
        with TemporaryDirectory(dir=target.parent, prefix=f".{target.name}.") as folder:
            part = Path(folder, target.name)
            with part.open("wb") as file:
                size = _write_packed(file, path, chunks)
                file.flush()
                os.fsync(file.fileno())
            part.replace(target)
            return size
    except OSError as error:
        refuse(f"{path} was not written: {error.strerror}")


def _write_packed(file: BinaryIO, path: Path, chunks: Iterable[str]) -> int:
    from app.records.parsing.inputs import is_compressed

    if not is_compressed(path):
        return _write(file, chunks)
    # Without a name and a time, so that the same data gives the same bytes.
    with gzip.GzipFile("", "wb", fileobj=file, mtime=0) as packed:
        return _write(packed, chunks)
