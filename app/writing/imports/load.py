"""Imports: write every record in one transaction, or none."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from sqlalchemy import Connection

from app.domain.plural import counted
from app.records.parsing.errors import RecordError
from app.records.parsing.files import RecordOrError
from app.tables.database import Database
from app.tables.log import newest_seq
from app.writing.apply import apply_batches
from app.writing.changes import make_stamp
from app.writing.consistency import check_records
from app.writing.imports.bulk_withdrawals import withdraw_spooled
from app.writing.imports.omissions import Omissions, find_omissions
from app.writing.imports.report import ImportReport
from app.writing.imports.spool import Spool


class RefusedRecordsError(Exception):
    """Nothing was written; `errors` has every error of the records, in the order of the files."""

    def __init__(self, errors: Iterable[RecordError]) -> None:
        self.errors: Sequence[RecordError] = sorted(errors, key=_position)
        super().__init__(counted(len(self.errors), "error"))


class _DryRun(Exception):
    """Rolls back the transaction of a dry run."""


def load_records(
    database: Database,
    found: Iterable[RecordOrError],
    actor: str,
    *,
    dry_run: bool = False,
    omissions: Omissions = Omissions.DELETE,
) -> ImportReport:
    """Write all the records that are found; a dry run does the same work and rolls it back.

    Everything is read before the transaction begins. Memory holds one batch, a few bytes per
    record, and the text of each YAML or JSON file. Raises RefusedRecordsError if there is any error.
    """
    try:
        with spooled(database, found) as spool, database.write() as connection:
            report = import_spool(connection, spool, actor, omissions)
            if dry_run:
                raise _DryRun
    except _DryRun:
        pass
    return report


@contextmanager
def spooled(database: Database, found: Iterable[RecordOrError]) -> Iterator[Spool]:
    """Yield a spool of everything that is found.

    Raises RefusedRecordsError if any of it could not be read. The other records are checked all the
    same, on a connection for reads: such an import never waits for other writers.
    """
    with Spool(database.until_refused(found)) as spool:
        if spool.errors:
            with database.read(unlimited=True) as connection:
                faults = check_records(connection, spool)
            raise RefusedRecordsError([*spool.errors, *faults])
        yield spool


def import_spool(
    connection: Connection, spool: Spool, actor: str, omissions: Omissions = Omissions.DELETE
) -> ImportReport:
    """Write the records of the spool in the caller's transaction.

    Raises RefusedRecordsError if anything is wrong with them; the caller must then roll back.
    """
    faults = check_records(connection, spool)
    if omissions is Omissions.REFUSE:
        faults += find_omissions(connection, spool)
    if faults:
        raise RefusedRecordsError(faults)
    after = newest_seq(connection)
    stamp = make_stamp(connection, actor)
    tallies = apply_batches(connection, spool, stamp)
    for kind, (withdrawn, gone) in withdraw_spooled(connection, spool, stamp).items():
        tallies[kind].withdrawn += withdrawn
        tallies[kind].unchanged += gone
    return ImportReport(tallies, after, newest_seq(connection), spool.survivors)


def _position(error: RecordError) -> tuple[str, int]:
    return error.file, error.line or 0
