"""A whole import in one transaction: every record that was found is written, or none."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select

from app.domain.vocabulary import EntityKind
from app.records.errors import RecordError
from app.records.files import Found
from app.tables import core as t
from app.tables.database import Database
from app.writing.apply import Tally, apply_batches
from app.writing.changes import make_stamp
from app.writing.checks import check_spool
from app.writing.spool import Spool


@dataclass(frozen=True)
class ImportReport:
    """What an import did, by kind, or why it did nothing."""

    tallies: Mapping[EntityKind, Tally]
    errors: Sequence[RecordError] = ()
    # The numbers of the last change before it, and of its own last: the same when it made none.
    after: int = 0
    last: int = 0

    @property
    def count(self) -> int:
        """How many records there were."""
        return sum(
            tally.created + tally.updated + tally.unchanged for tally in self.tallies.values()
        )


class _NothingWritten(Exception):
    """Ends the transaction of an import that is not to leave anything."""


def import_records(
    database: Database, found: Iterable[Found], actor: str, *, dry_run: bool = False
) -> ImportReport:
    """Write the records that are found, all or none; a dry run does all the work and takes it back.

    With any error among what is found, or any fault between the records, nothing is written, and
    the report has them all in the order of the files. All is found before the transaction begins.
    Memory does not grow with the number of records.
    """
    with Spool(found) as spool:
        return write_spool(database, spool, actor, dry_run=dry_run)


def write_spool(
    database: Database, spool: Spool, actor: str, *, dry_run: bool = False
) -> ImportReport:
    """The second half of `import_records`, in one transaction."""
    report = ImportReport({})
    try:
        with database.write() as connection:
            report = _write(connection, spool, actor)
            if report.errors or dry_run:
                raise _NothingWritten
    except _NothingWritten:
        pass
    return report


def _write(connection: Connection, spool: Spool, actor: str) -> ImportReport:
    faults = check_spool(connection, spool)
    if spool.errors or faults:
        return ImportReport({}, sorted([*spool.errors, *faults], key=_place))
    after = _last_change(connection)
    tallies = apply_batches(connection, spool, make_stamp(connection, actor))
    return ImportReport(tallies, (), after, _last_change(connection))


def _place(error: RecordError) -> tuple[str, int]:
    return error.file, error.line or 0


def _last_change(connection: Connection) -> int:
    last = select(t.change.c.seq).order_by(t.change.c.seq.desc()).limit(1)
    return connection.scalar(last) or 0
