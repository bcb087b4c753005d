"""`timeline db …`: upgrade, check, rebuild, compact, back up and restore the database."""

from collections.abc import Iterable
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.support import open_current_database, open_database, read_settings, refuse
from app.domain.plural import counted
from app.records.models import RECORD_MODELS
from app.tables.database import Database
from app.tables.schema.revisions import NEWEST

if TYPE_CHECKING:
    from app.writing.upkeep.check import DatabaseExtent, Fault

commands = typer.Typer(
    help="Upgrade, check, rebuild, compact, back up or restore the database.", no_args_is_help=True
)


@commands.command("upgrade")
def upgrade_database() -> None:
    """Create the tables, or migrate them to the version of this program."""
    from app.setup import migrate

    with open_database(read_settings()) as database:
        migration = migrate(database)
        typer.echo(f"{migration.before or 'no tables'} -> {migration.now}")
        if migration.rebuilt:
            typer.echo("documents and full-text index rebuilt")


@commands.command("check")
def check_database() -> None:
    """Check tables, documents, rows, search index and change log. Exit with 1 if there is a fault."""
    from app.writing.upkeep.check import find_faults, measure
    from app.writing.upkeep.check.schema import check_schema

    with open_current_database(read_settings(), published=True, exact=True) as database:
        if faults := _print_faults(chain(check_schema(database), find_faults(database))):
            refuse(counted(faults, "fault"))
        typer.echo(f"schema version {NEWEST}: the tables match this program")
        _print_extent("no fault in", measure(database))


@commands.command("rebuild")
def rebuild_database() -> None:
    """Rebuild all derived data: documents, search index, derived columns."""
    from app.writing.upkeep.rebuild import rebuild

    with open_current_database(read_settings(), exact=True) as database:
        for kind, count in rebuild(database).items():
            typer.echo(f"documents changed by the rebuild: {count} of kind {kind}")
        typer.echo("documents, full-text index, and forms of names and dates rebuilt")


@commands.command("compact")
def compact_database() -> None:
    """Write a file of SQLite again without free pages. Readers continue, and writers wait."""
    from app.writing.upkeep.compacting import CompactingError, compact

    with open_current_database(read_settings(), exact=True) as database:
        try:
            compacted = compact(database)
        except CompactingError as error:
            refuse(str(error))
        typer.echo(
            f"{compacted.before} -> {compacted.after} bytes"
            if compacted
            else "PostgreSQL reuses free space by itself"
        )


@commands.command("backup")
def back_up_database(
    path: Annotated[Path, typer.Argument(help="Path of the new file, an SQLite database.")],
) -> None:
    """Copy the whole database to a new SQLite file. Readers and writers continue."""
    from app.writing.upkeep.backup import BackupError, back_up

    with open_current_database(read_settings(), exact=True) as database:
        try:
            back_up(database, path)
        except BackupError as error:
            refuse(f"no backup was made: {error}")
        typer.echo(f"{path}: {path.stat().st_size} bytes; its SHA-256 is in {path.name}.sha256")


@commands.command("restore")
def restore_database(
    path: Annotated[Path, typer.Argument(help="A file made by `timeline db backup`.")],
    salvage: Annotated[
        bool, typer.Option(help="Keep the intact records of a damaged backup, and list the rest.")
    ] = False,
) -> None:
    """Fill a new database, SQLite or PostgreSQL, from a backup; refuse a damaged one."""
    from app.setup import migrate
    from app.writing.upkeep.backup import BackupError
    from app.writing.upkeep.restore import restore

    with open_database(read_settings()) as database:
        try:
            if salvage:
                _salvage(database, path)
                return
            digest = restore(database, path, migrate)
        except BackupError as error:
            _print_faults(error.faults)
            refuse(f"nothing was restored: {error}")
        _print_measured(f"restored from {path}:", database, digest)


def _salvage(database: Database, path: Path) -> None:
    """Salvage a backup, and print each loss; raises BackupError."""
    from app.setup import migrate
    from app.writing.upkeep.salvage import salvage

    kept, digest, losses = salvage(database, path, migrate)
    lost = counted(_print_faults(losses), "fault")
    typer.echo(f"{lost}; the log is as it was up to change {kept}")
    _print_measured(f"salvaged from {path}:", database, digest)


def _print_faults(faults: Iterable["Fault"]) -> int:
    """Print each fault as it is found, and return their number."""
    number = 0
    for number, fault in enumerate(faults, 1):
        typer.echo(fault, err=True)
    return number


def _print_measured(before: str, database: Database, digest: str) -> None:
    from app.writing.upkeep.check import measure

    _print_extent(before, measure(database), digest)


def _print_extent(before: str, extent: "DatabaseExtent", computed: str = "") -> None:
    """Print the numbers of entities and changes, and the stored or the computed digest."""
    counts = extent.entities
    entities = ", ".join(f"{counts[kind]} {kind.collection}" for kind in RECORD_MODELS)
    seq, digest = (extent.log.seq, extent.log.digest) if extent.log else (0, "none")
    typer.echo(f"{before} {entities} and {seq} changes")
    typer.echo(f"digest of the last change: {computed or digest}")
