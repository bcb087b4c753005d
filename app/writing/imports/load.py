"""Imports: write every record in one transaction, or none."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Final

from sqlalchemy import Connection

from app.domain.plural import counted
from app.records.parsing.errors import RecordError
from app.records.parsing.files import RecordOrError
from app.tables.database import Database
from app.tables.log import newest_seq
from app.tables.statistics import refresh_statistics
from app.writing.apply import NONE_RESTORED, Restored, apply_batches
from app.writing.changes import Stamp, make_stamp
from app.writing.consistency import check_records
from app.writing.edits.trials import write_or_try
from app.writing.imports.advice import advice
from app.writing.imports.bulk_withdrawals import free_identifiers, withdraw_spooled
from app.writing.imports.choices import NO_CHOICES, ImportChoices, Omissions
from app.writing.imports.omissions import find_omissions
from app.writing.imports.register import register_import
from app.writing.imports.report import ImportReport
from app.writing.imports.spool import Spool
from app.writing.imports.survey import survey

# After so many, the statistics of before mislead PostgreSQL.
_MANY_CHANGES: Final = 1000


class RefusedRecordsError(Exception):
    """Nothing was written; `errors` has every error of the records, in the order of the files."""

    def __init__(self, errors: Iterable[RecordError]) -> None:
        self.errors: Sequence[RecordError] = sorted(errors, key=_position)
        super().__init__(counted(len(self.errors), "error"))


def load_records(
    database: Database,
    found: Iterable[RecordOrError],
    actor: str,
    choices: ImportChoices = NO_CHOICES,
    *,
    dry_run: bool = False,
) -> ImportReport:
    """Write all the records that are found; a dry run does the same work and rolls it back.

    Everything is read before the transaction begins. Memory holds one batch, a few bytes per
    record, and the text of each YAML or JSON file; a dry run that has an advisor also holds all records,
    of data up to 20,000 records. Raises RefusedRecordsError if there is any error.
    """
    with spooled(database, found) as spool:
        with write_or_try(database, dry_run=dry_run) as connection:
            report = import_and_register(connection, spool, actor, choices, warns=dry_run)
        if dry_run and choices.advise is not None:
            # Outside of the transaction, so that other writers need not wait.
            with database.read(unlimited=True) as connection:
                for warning in advice(connection, spool, choices.advise):
                    report.survey.warn(warning)
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


def import_and_register(
    connection: Connection,
    spool: Spool,
    actor: str,
    choices: ImportChoices,
    *,
    warns: bool = False,
) -> ImportReport:
    """Write the records of the spool that the choices admit, and register the import.

    `warns` adds warnings to the report. Raises RefusedRecordsError, as `import_spool` does.
    """
    file = choices.file or actor
    found = survey(connection, spool, file, choices, warns=warns)
    stamp = make_stamp(connection, actor, choices.reason)
    report = import_spool(connection, spool, stamp, choices.omissions)
    register_import(connection, stamp, report.after, report.last, file)
    if report.last - report.after >= _MANY_CHANGES:
        refresh_statistics(connection)
    return replace(report, survey=found)


def import_spool(
    connection: Connection,
    spool: Spool,
    stamp: Stamp,
    omissions: Omissions = Omissions.DELETE,
    restored: Restored = NONE_RESTORED,
) -> ImportReport:
    """Write the records of the spool in the caller's transaction.

    `restored` names the records that restore a revision. Raises RefusedRecordsError if anything is
    wrong with the records; the caller must then roll back.
    """
    faults = check_records(connection, spool)
    if omissions is Omissions.REFUSE:
        faults += find_omissions(connection, spool)
    if faults:
        raise RefusedRecordsError(faults)
    after = newest_seq(connection)
    free_identifiers(connection, spool)
    tallies = apply_batches(connection, spool, stamp, restored=restored)
    for kind, (withdrawn, gone) in withdraw_spooled(connection, spool, stamp).items():
        tallies[kind].withdrawn += withdrawn
        tallies[kind].unchanged += gone
    return ImportReport(tallies, after, newest_seq(connection), spool.survivors)


def _position(error: RecordError) -> tuple[str, int]:
    return error.file, error.line or 0
