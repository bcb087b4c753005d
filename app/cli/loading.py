"""`timeline load`."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.support import open_current_database, read_settings, refuse_if
from app.domain.vocabulary import EntityKind

if TYPE_CHECKING:
    from app.writing.apply import Tally


def load(
    paths: Annotated[list[Path], typer.Argument(help="Files and folders of records.")],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Do everything, and then write nothing.")
    ] = False,
) -> None:
    """Load records into the database: all of them, or with any error none."""
    from rich.console import Console

    from app.records.files import find_records
    from app.writing.imports import import_records

    with open_current_database(read_settings()) as database:
        with Console(stderr=True).status("Loading…"):
            found = find_records(paths)
            report = import_records(database, found, "timeline load", dry_run=dry_run)
        refuse_if(report.errors, "nothing was written")
        _print_tallies(report.tallies, dry_run=dry_run)


def _print_tallies(tallies: "Mapping[EntityKind, Tally]", *, dry_run: bool) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table("", "created", "updated", "unchanged")
    for kind, tally in tallies.items():
        counts = (tally.created, tally.updated, tally.unchanged)
        if any(counts):
            table.add_row(kind, *map(str, counts))
    Console().print(table)
    if dry_run:
        typer.echo("dry run: nothing was written")
