"""Salvage a damaged backup: keep everything that can be proved, and list the rest."""

import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from sqlalchemy import Connection, select

from app.tables import core as t
from app.tables.database import Database
from app.tables.engines import immutable_url
from app.tables.schema.creation import data_tables
from app.tables.schema.migrations import upgrade
from app.tables.schema.revisions import NEWEST, REVISIONS
from app.writing.snapshots.build import build_snapshot
from app.writing.upkeep.backup import BackupError, as_backup_error, copy_rows
from app.writing.upkeep.check import Fault, check_data
from app.writing.upkeep.check.fault import DAMAGE, reason_of
from app.writing.upkeep.check.log import computed_digest
from app.writing.upkeep.restore import (
    Migrate,
    require_empty,
    require_file,
    revision_of,
    write_into_empty,
)
from app.writing.upkeep.salvage.rewriting import write_again
from app.writing.upkeep.salvage.versions import Versions, find_versions

__all__ = ["Salvaged", "salvage"]

# Records are written again from documents, which name publishers and tags that were no entities.
_WITHOUT_PUBLISHERS = REVISIONS[: REVISIONS.index("0008")]


class Salvaged(NamedTuple):
    """The last change of the log that was kept, the digest of the new log, and each loss."""

    kept: int
    digest: str
    losses: list[Fault]


def salvage(database: Database, path: Path, migrate: Migrate) -> Salvaged:
    """Fill an empty database with the part of a damaged backup that can be proved.

    The log is kept up to the last write before its first fault. The newest intact version of each
    later entity is written again, as a new change. Raises BackupError if the file is so damaged that
    its tables cannot be read, or the database is not empty.
    """
    with as_backup_error(), TemporaryDirectory() as folder:
        require_file(path)
        require_empty(database)
        migrate(database)
        # Byte for byte: SQLite would refuse to copy a damaged page.
        copy = Path(shutil.copyfile(path, Path(folder, "copy.db")))
        with closing(Database(f"sqlite:///{copy}")) as backup:
            _bring_up_to_date(backup, path)
            with backup.read() as damaged, write_into_empty(database) as target:
                versions = find_versions(damaged)
                _copy_history(backup, versions, Path(folder, "past.db"), target)
                losses = [*versions.faults, *_copy_keys_and_releases(damaged, versions, target)]
                losses += write_again(damaged, target, versions)
                _require_sound(target)
                return Salvaged(versions.kept, computed_digest(target), losses)


def _bring_up_to_date(backup: Database, path: Path) -> None:
    revision = revision_of(backup, path)
    if revision in _WITHOUT_PUBLISHERS:
        raise BackupError(
            f"{path} was made by version 0.1.0: salvage it with that version, back the result up, and "
            "restore the new backup with this one"
        )
    if revision != NEWEST:
        upgrade(backup)


def _copy_history(backup: Database, versions: Versions, path: Path, target: Connection) -> None:
    """Copy the log that is kept, and the entities as it left them."""
    if versions.kept:
        build_snapshot(backup, versions.kept, path)
        past = Database(immutable_url(path))
        with past.stream() as source:
            copy_rows(source, target, data_tables())


def _copy_keys_and_releases(
    damaged: Connection, versions: Versions, target: Connection
) -> Iterator[Fault]:
    """Copy the keys, and the releases of states that are kept; yield the others."""
    for table in (t.api_key, t.release):
        try:
            rows = [row._asdict() for row in damaged.execute(select(table))]
        except DAMAGE as error:
            yield Fault("table", table.name, f"cannot be read: {reason_of(damaged, error)}")
            continue
        for row in rows:
            if row.get("seq", 0) <= versions.kept:
                target.execute(table.insert(), row)
            else:
                yield Fault(
                    "release", row["name"], f"its change {row['seq']} is not in the new log"
                )


def _require_sound(target: Connection) -> None:
    if faults := [*check_data(target)]:
        raise BackupError("the salvaged data has faults", faults)
