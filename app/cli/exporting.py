"""`timeline export`: write the dataset as records."""

import os
import sys
from collections.abc import Iterable
from contextlib import closing
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer

from app.cli.support import open_current_database, read_settings, refuse


class ExportFormat(StrEnum):
    """Formats of an export. `timeline load` reads each of them."""

    NDJSON = "ndjson"
    JSON = "json"
    YAML = "yaml"


# The format by the output's suffix, used without --format.
_SUFFIXES = {".json": ExportFormat.JSON, ".yaml": ExportFormat.YAML, ".yml": ExportFormat.YAML}


def export(
    format_: Annotated[
        ExportFormat | None,
        typer.Option("--format", help="Default: by the suffix of the output, or ndjson."),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(help="Write to this file; it is replaced once the export is complete."),
    ] = None,
) -> None:
    """Write the whole dataset as records in a fixed order. Loading them gives the same data."""
    from app.formats.record_files import WRITERS
    from app.writing.upkeep.export import export_records

    if format_ is None:
        format_ = _SUFFIXES.get(output.suffix.lower() if output else "", ExportFormat.NDJSON)
    with (
        open_current_database(read_settings(), published=True) as database,
        database.stream() as connection,
        # If the reader goes away, the rows must be closed before the connection.
        closing(export_records(connection)) as records,
    ):
        chunks = WRITERS[format_](records)
        if output is None:
            _print(chunks)
        else:
            _replace(output, chunks)


def _print(chunks: Iterable[str]) -> None:
    # Always UTF-8 with \n, regardless of the settings of the terminal or pipe.
    sys.stdout.flush()
    sys.stdout.buffer.writelines(chunk.encode() for chunk in chunks)
    sys.stdout.buffer.flush()


def _replace(path: Path, chunks: Iterable[str]) -> None:
    """Write the file under a temporary name and rename it once it is complete."""
    try:
        with TemporaryDirectory(dir=path.parent, prefix=f".{path.name}.") as folder:
            part = Path(folder, path.name)
            with part.open("w", encoding="utf-8", newline="") as file:
                file.writelines(chunks)
                file.flush()
                os.fsync(file.fileno())
            part.replace(path)
    except OSError as error:
        refuse(f"{path} was not written: {error.strerror}")
