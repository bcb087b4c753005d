"""A database made ready to serve: migrated, and filled from the seeds when it is new.

Most starts have nothing to do here, so what does it is imported only when it is needed.
"""

from collections.abc import Sequence
from pathlib import Path

import structlog
from sqlalchemy import select

from app.records.errors import RecordError
from app.tables import core as t
from app.tables.database import Database
from app.tables.revisions import NEWEST, current_revision

_log = structlog.get_logger("timeline.setup")


def prepare(database: Database, seeds: Path) -> Sequence[RecordError]:
    """Create and migrate the tables, and load the seeds if nothing was ever written.

    Returns the errors of the seeds; with any, nothing of them is loaded.
    """
    before = current_revision(database)
    if before != NEWEST:
        from app.tables.migrations import upgrade

        upgrade(database)
        _log.info("database migrated", before=before, now=NEWEST)
    if _ever_written(database):
        return []
    if not seeds.is_dir():
        _log.warning("no seeds: the timeline is empty", seeds=str(seeds))
        return []
    return _load(database, seeds)


def _load(database: Database, seeds: Path) -> Sequence[RecordError]:
    from app.records.files import read_files
    from app.writing.imports import import_records

    records, errors = read_files([seeds])
    report = import_records(database, records, "seeds", errors=errors)
    if not report.errors:
        _log.info("seeds loaded", records=len(records))
    return report.errors


def _ever_written(database: Database) -> bool:
    with database.read() as connection:
        return connection.scalar(select(t.change.c.seq).limit(1)) is not None
