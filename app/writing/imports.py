"""A whole import in one transaction: every record that was read is written, or none."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select

from app.domain.vocabulary import EntityKind
from app.records import Record
from app.records.errors import RecordError, nearest
from app.records.located import LocatedRecord
from app.records.participant import ParticipantRecord
from app.tables import core as t
from app.tables.base import utc_now
from app.tables.database import Database
from app.writing.apply import Tally, apply_records
from app.writing.changes import Stamp
from app.writing.references import Reference, find_keys, references


@dataclass(frozen=True)
class ImportReport:
    """What an import did, by kind, or why it did nothing."""

    tallies: Mapping[EntityKind, Tally]
    errors: Sequence[RecordError] = ()


class _NothingWritten(Exception):
    """Ends the transaction of an import that is not to leave anything."""


def import_records(
    database: Database, located: Sequence[LocatedRecord], actor: str, *, dry_run: bool = False
) -> ImportReport:
    """Write the records, all or none; a dry run does all the work and then takes it back.

    A reference to what is neither there nor among the records is an error, as is an identifier
    that another participant has; all errors are found before anything is written.
    """
    report = ImportReport({})
    try:
        with database.write() as connection:
            if errors := [*_dangling(connection, located), *_taken(connection, located)]:
                report = ImportReport({}, errors)
                raise _NothingWritten
            tallies = apply_records(connection, _by_kind(located), Stamp(actor, utc_now()))
            report = ImportReport(tallies)
            if dry_run:
                raise _NothingWritten
    except _NothingWritten:
        pass
    return report


def _by_kind(located: Sequence[LocatedRecord]) -> dict[EntityKind, list[Record]]:
    records: dict[EntityKind, list[Record]] = defaultdict(list)
    for each in located:
        records[each.kind].append(each.record)
    return records


def _dangling(connection: Connection, located: Sequence[LocatedRecord]) -> Iterator[RecordError]:
    here = {(each.kind, each.record.id) for each in located}
    named = [
        (each, reference)
        for each in located
        for reference in references(each.record)
        if (reference.kind, reference.slug) not in here
    ]
    there = find_keys(connection, ((r.kind, r.slug) for _, r in named))
    known: dict[EntityKind, list[str]] = {}
    for each, reference in named:
        if (reference.kind, reference.slug) not in there:
            slugs = known.setdefault(reference.kind, _known(connection, reference.kind, here))
            yield each.error(reference.pointer, _unknown(reference, slugs))


def _known(
    connection: Connection, kind: EntityKind, here: set[tuple[EntityKind, str]]
) -> list[str]:
    stored = connection.scalars(select(t.ENTITIES[kind].c.slug))
    return sorted({*stored, *(slug for other, slug in here if other is kind)})


def _unknown(reference: Reference, known: Sequence[str]) -> str:
    return f"there is no {reference.kind} {reference.slug!r}{nearest(reference.slug, known)}"


def _taken(connection: Connection, located: Sequence[LocatedRecord]) -> Iterator[RecordError]:
    """Identifiers that would belong to two participants."""
    identifier = t.participant_identifier.c
    statement = select(identifier.scheme, identifier.value, t.participant.c.slug).join(
        t.participant, t.participant.c.id == identifier.participant_id
    )
    given = [each for each in located if isinstance(each.record, ParticipantRecord)]
    rewritten = {each.record.id for each in given}
    owners = {
        (row.scheme, row.value): row.slug
        for row in connection.execute(statement)
        if row.slug not in rewritten
    }
    for each in given:
        assert isinstance(each.record, ParticipantRecord)
        for scheme, value in each.record.identifiers.items():
            owner = owners.setdefault((scheme, value), each.record.id)
            if owner != each.record.id:
                problem = f"{scheme} {value!r} belongs to the participant {owner!r}"
                yield each.error(f"/identifiers/{scheme}", problem)
