"""`timeline export`."""

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
    """The forms in which records are written; all of them load back."""

    NDJSON = "ndjson"
    JSON = "json"
    YAML = "yaml"


# By the end of the file's name, where no format is asked for.
_SUFFIXES = {".json": ExportFormat.JSON, ".yaml": ExportFormat.YAML, ".yml": ExportFormat.YAML}


def export(
    format_: Annotated[
        ExportFormat | None,
        typer.Option("--format", help="Else by the name of the output, else ndjson."),
    ] = None,
    output: Annotated[
        Path | None, typer.Option(help="The file, which is replaced when all is written.")
    ] = None,
) -> None:
    """Write the whole dataset as records, in one order; loaded, they give the same data again."""
    from app.formats.record_files import WRITERS
    from app.writing.upkeep.export import export_records

    if format_ is None:
        format_ = _SUFFIXES.get(output.suffix.lower() if output else "", ExportFormat.NDJSON)
    with (
        open_current_database(read_settings()) as database,
        database.stream() as connection,
        # Whoever reads may go away, and the rows are then to be left before the connection.
        closing(export_records(connection)) as records,
    ):
        chunks = WRITERS[format_](records)
        if output is None:
            _print(chunks)
        else:
            _replace(output, chunks)


def _print(chunks: Iterable[str]) -> None:
    # UTF-8 and plain line ends, whatever the terminal or the pipe is set to.
    sys.stdout.flush()
    sys.stdout.buffer.writelines(chunk.encode() for chunk in chunks)
    sys.stdout.buffer.flush()


def _replace(path: Path, chunks: Iterable[str]) -> None:
    """Write a file that has its name only when it is whole."""
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
