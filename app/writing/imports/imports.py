"""A whole import in one transaction: every record that was found is written, or none."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass

from sqlalchemy import Connection, select

from app.documents.imports import (
    ImportCounts,
    ImportCountsByKind,
    ImportDocument,
    ImportedChanges,
)
from app.domain.vocabulary import EntityKind
from app.records.parsing.errors import RecordError
from app.records.parsing.files import RecordOrError
from app.tables import core as t
from app.tables.database import Database
from app.writing.apply import Tally, apply_batches
from app.writing.changes import make_stamp
from app.writing.consistency import check_spool
from app.writing.imports.bulk_withdrawals import withdraw_spooled
from app.writing.imports.spool import Spool


@dataclass(frozen=True)
class ImportReport:
    """What an import did, by kind, or why it did nothing."""

    tallies: Mapping[EntityKind, Tally]
    errors: Sequence[RecordError] = ()
    # The numbers of the last change before it, and of its own last: the same when it made none.
    after: int = 0
    last: int = 0

    @property
    def total(self) -> Tally:
        """The tally of all kinds together."""
        tallies = self.tallies.values()
        return Tally(
            sum(tally.created for tally in tallies),
            sum(tally.updated for tally in tallies),
            sum(tally.unchanged for tally in tallies),
            sum(tally.withdrawn for tally in tallies),
        )

    def to_document(self, *, dry_run: bool) -> ImportDocument:
        """The report of an import without errors as it is served."""
        counts = {
            kind.collection: ImportCounts(**asdict(tally)) for kind, tally in self.tallies.items()
        }
        return ImportDocument(
            dry_run=dry_run,
            counts=ImportCountsByKind(**counts),
            total=ImportCounts(**asdict(self.total)),
            changes=ImportedChanges(after=self.after, last=self.last),
        )


class RefusedRecordsError(Exception):
    """Records that are not written; `errors` has every reason, in the order of the files."""

    def __init__(self, errors: Sequence[RecordError]) -> None:
        super().__init__(f"{len(errors)} error{'s' if len(errors) > 1 else ''}")
        self.errors = errors


class _DryRun(Exception):
    """Ends the transaction of an import that is not to leave anything."""


def load_records(
    database: Database, found: Iterable[RecordOrError], actor: str, *, dry_run: bool = False
) -> ImportReport:
    """Write the records that are found, all or none; a dry run does all the work and takes it back.

    With any error among what is found, or any fault between the records, nothing is written, and
    the report has them all in the order of the files. All is found before the transaction begins.
    Memory does not grow with the number of records.
    """
    report = ImportReport({})
    try:
        with Spool(found) as spool, database.write() as connection:
            report = import_spool(connection, spool, actor)
            if dry_run:
                raise _DryRun
    except RefusedRecordsError as refused:
        return ImportReport({}, refused.errors)
    except _DryRun:
        pass
    return report


def import_spool(connection: Connection, spool: Spool, actor: str) -> ImportReport:
    """Write the records of the spool, in the caller's transaction.

    Raises RefusedRecordsError when anything is wrong with them, upon which the caller rolls back.
    """
    faults = check_spool(connection, spool)
    if spool.errors or faults:
        raise RefusedRecordsError(sorted([*spool.errors, *faults], key=_place))
    after = _last_change(connection)
    stamp = make_stamp(connection, actor)
    tallies = apply_batches(connection, spool, stamp)
    withdrawals, faults = withdraw_spooled(connection, spool, stamp)
    if faults:
        raise RefusedRecordsError(sorted(faults, key=_place))
    for kind, (withdrawn, gone) in withdrawals.items():
        tallies[kind].withdrawn += withdrawn
        tallies[kind].unchanged += gone
    return ImportReport(tallies, (), after, _last_change(connection))


def _place(error: RecordError) -> tuple[str, int]:
    return error.file, error.line or 0


def _last_change(connection: Connection) -> int:
    last = select(t.change.c.seq).order_by(t.change.c.seq.desc()).limit(1)
    return connection.scalar(last) or 0
