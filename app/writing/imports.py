"""A whole import in one transaction: every record that was read is written, or none."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.domain.vocabulary import EntityKind
from app.records import Record
from app.records.errors import RecordError
from app.records.located import LocatedRecord
from app.tables.database import Database
from app.writing.apply import Tally, apply_records
from app.writing.changes import make_stamp
from app.writing.checks import find_faults


@dataclass(frozen=True)
class ImportReport:
    """What an import did, by kind, or why it did nothing."""

    tallies: Mapping[EntityKind, Tally]
    errors: Sequence[RecordError] = ()


class _NothingWritten(Exception):
    """Ends the transaction of an import that is not to leave anything."""


def import_records(
    database: Database,
    located: Sequence[LocatedRecord],
    actor: str,
    *,
    errors: Sequence[RecordError] = (),
    dry_run: bool = False,
) -> ImportReport:
    """Write the records, all or none; a dry run does all the work and then takes it back.

    `errors` is what was wrong in reading them. With any, or with any fault among the records,
    nothing is written, and the report has them all in the order of the files.
    """
    report = ImportReport({})
    try:
        with database.write() as connection:
            faults = find_faults(connection, located, errors)
            if errors or faults:
                report = ImportReport({}, sorted([*errors, *faults], key=_place))
                raise _NothingWritten
            stamp = make_stamp(connection, actor)
            tallies = apply_records(connection, _by_kind(located), stamp)
            report = ImportReport(tallies)
            if dry_run:
                raise _NothingWritten
    except _NothingWritten:
        pass
    return report


def _place(error: RecordError) -> tuple[str, int]:
    return error.file, error.line or 0


def _by_kind(located: Sequence[LocatedRecord]) -> dict[EntityKind, list[Record]]:
    records: dict[EntityKind, list[Record]] = defaultdict(list)
    for each in located:
        records[each.kind].append(each.record)
    return records
