"""Make a database ready to serve: migrate it, and load the seeds if it is new.

Most starts have nothing to do here, so the imports for the work happen only when it is needed.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import structlog
from sqlalchemy import Connection, select, union_all

from app.reading.names.candidates import lacks_sounds
from app.reading.search import lacks_index
from app.records.parsing.errors import RecordError
from app.tables import core as t
from app.tables.database import Database
from app.tables.revisions import NEWEST, current_revision
from app.tables.schema import is_published

_log = structlog.get_logger("timeline.setup")


def prepare(database: Database, seeds: Path) -> Sequence[RecordError]:
    """Create and migrate the tables, and load the seeds if nothing was ever written.

    Returns the errors of the seeds; if there are any, no seed is loaded.
    """
    before, rebuilt = migrate(database)
    if before != NEWEST:
        _log.info("database migrated", before=before, now=NEWEST)
    if rebuilt:
        _log.info("documents and full-text index rebuilt")
    if _ever_written(database):
        return []
    if not seeds.is_dir():
        _log.warning("no seeds: the timeline is empty", seeds=str(seeds))
        return []
    return _load(database, seeds)


class Migration(NamedTuple):
    """The revision before the migration, and whether the derived data was rebuilt."""

    before: str | None
    rebuilt: bool


def migrate(database: Database) -> Migration:
    """Migrate the database to the newest revision, and rebuild documents and index if needed.

    A migration that changes their input empties the index. The empty index triggers the rebuild too,
    and so does an entity without a document, so a process killed between the two loses nothing.
    """
    before = current_revision(database)
    with database.read() as connection:
        published = is_published(connection)
    if before != NEWEST or published:
        from app.tables.migrations import upgrade

        upgrade(database)
    with database.read() as connection:
        stale = lacks_index(connection) or lacks_sounds(connection) or _lacks_documents(connection)
    # A database without events has no index to empty.
    stale = stale or before not in (None, NEWEST)
    if stale:
        from app.writing.upkeep.rebuild import rebuild

        rebuild(database)
    if before not in (None, NEWEST):
        _compact(database)
    return Migration(before, stale)


def _compact(database: Database) -> None:
    from app.writing.upkeep.compacting import CompactingError, compact

    try:
        compact(database)
    except CompactingError as error:
        _log.warning("database not compacted", reason=str(error))


def _lacks_documents(connection: Connection) -> bool:
    """Return whether entities that migration 0008 made still wait for their documents."""
    new = (select(table.c.id).where(table.c.document == "") for table in (t.publisher, t.tag))
    return connection.execute(union_all(*new).limit(1)).first() is not None


def _load(database: Database, seeds: Path) -> Sequence[RecordError]:
    from app.records.parsing.files import iter_records
    from app.writing.imports.choices import ImportChoices
    from app.writing.imports.load import RefusedRecordsError, load_records

    choices = ImportChoices(file=seeds.resolve().name)
    try:
        report = load_records(database, iter_records([seeds]), "seeds", choices)
    except RefusedRecordsError as refused:
        return refused.errors
    _log.info("seeds loaded", records=report.total.created)
    return []


def _ever_written(database: Database) -> bool:
    with database.read() as connection:
        return connection.scalar(select(t.change.c.seq).limit(1)) is not None
