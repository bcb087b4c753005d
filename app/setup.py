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
from app.tables.schema.creation import create_if_empty, is_published
from app.tables.schema.revisions import NEWEST, current_revision, runs_on

_log = structlog.get_logger("timeline.setup")
# Everything is rebuilt after each migration up to this one.
_REBUILT = "0013"


def prepare(database: Database, seeds: Path) -> Sequence[RecordError]:
    """Create and migrate the tables, and load the seeds if nothing was ever written.

    Returns the errors of the seeds; if there are any, no seed is loaded.
    """
    migration = migrate(database)
    if migration.before != migration.now:
        _log.info("database migrated", before=migration.before, now=migration.now)
    if migration.rebuilt:
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

    @property
    def now(self) -> str:
        """The revision after it: a newer one on which this program runs stays."""
        return self.before if self.before and runs_on(self.before) else NEWEST


def migrate(database: Database) -> Migration:
    """Migrate the database to the newest revision, and rebuild documents and index if needed.

    An empty database gets all tables at once.

    Migration 0014 and later ones mark the kinds to rebuild, which then happens in steps. Earlier ones
    empty the index, which triggers a rebuild of everything, as does an entity without a document. So a
    process killed between the two loses nothing.
    """
    before = current_revision(database)
    if before is None and create_if_empty(database):
        return Migration(before, rebuilt=False)
    if before != NEWEST and runs_on(before):
        # The newer program that migrated it rebuilds it too.
        return Migration(before, rebuilt=False)
    with database.read() as connection:
        published = is_published(connection)
    if before != NEWEST or published:
        from app.tables.schema.migrations import upgrade

        upgrade(database)
    with database.read() as connection:
        stale = lacks_index(connection) or lacks_sounds(connection) or _lacks_documents(connection)
        pending = _is_rebuild_pending(connection)
    # A database without events has no index to empty.
    late = before is not None and before < _REBUILT
    if stale or late:
        from app.writing.upkeep.rebuild import rebuild

        rebuild(database)
    elif pending:
        from app.writing.upkeep.rebuild import finish_rebuild

        finish_rebuild(database)
    if late:
        _compact(database)
    return Migration(before, stale or late or pending)


def _compact(database: Database) -> None:
    from app.writing.upkeep.compacting import CompactingError, compact

    try:
        compact(database)
    except CompactingError as error:
        _log.warning("database not compacted", reason=str(error))


def _is_rebuild_pending(connection: Connection) -> bool:
    return connection.scalar(select(t.pending_rebuild.c.kind).limit(1)) is not None


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
