"""A whole import in one transaction: every record that was read is written, or none."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select

from app.domain.vocabulary import EntityKind
from app.records import COLLECTIONS, EventRecord, ParticipantRecord, Record, SourceRecord
from app.records.errors import RecordError, nearest
from app.records.located import LocatedRecord
from app.tables import core as t
from app.tables.database import Database
from app.writing.apply import Tally, apply_records
from app.writing.changes import make_stamp
from app.writing.references import Reference, find_keys, references

# To look for the nearest ids takes some milliseconds, which nobody waits for thousands of times.
_MAX_HINTS = 50

_Ids = set[tuple[EntityKind, str]]


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
            faults = _find_faults(connection, located, errors)
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


def _find_faults(
    connection: Connection, located: Sequence[LocatedRecord], errors: Sequence[RecordError]
) -> list[RecordError]:
    """What is wrong between the records, and between them and what is stored.

    References to nothing, identifiers that two participants would have, and evidence from a source
    that names no article, so that nobody could check it. Records that were refused in reading count
    as being there; where it is not known which they are, nothing can be said of the others.
    """
    if not all(error.record for error in errors):
        return []
    here = {(each.kind, each.record.id) for each in located}
    here |= {(COLLECTIONS[e.pointer.split("/")[1]], e.record) for e in errors if e.record}
    return [
        *_dangling(connection, located, here),
        *_taken(connection, located),
        *_unprovable(connection, located, here),
    ]


def _dangling(
    connection: Connection, located: Sequence[LocatedRecord], here: _Ids
) -> Iterator[RecordError]:
    """References to what is neither there nor among the records."""
    named = [
        (each, reference)
        for each in located
        for reference in references(each.record)
        if (reference.kind, reference.slug) not in here
    ]
    there = find_keys(connection, ((r.kind, r.slug) for _, r in named))
    dangling = [
        (each, reference)
        for each, reference in named
        if (reference.kind, reference.slug) not in there
    ]
    hints = _hints(connection, {reference.kind for _, reference in dangling}, here)
    for number, (each, reference) in enumerate(dangling):
        hint = hints(reference) if number < _MAX_HINTS else ""
        problem = f"there is no {reference.kind} {reference.slug!r}{hint}"
        yield each.error(reference.pointer, problem)


def _hints(
    connection: Connection,
    kinds: Iterable[EntityKind],
    here: _Ids,
) -> Callable[[Reference], str]:
    """Tells the ids nearest to one that is not there."""
    known = {
        kind: [
            *connection.scalars(select(t.ENTITIES[kind].c.slug)),
            *(slug for other, slug in here if other is kind),
        ]
        for kind in kinds
    }
    return lambda reference: nearest(reference.slug, known[reference.kind])


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


def _unprovable(
    connection: Connection, located: Sequence[LocatedRecord], here: _Ids
) -> Iterator[RecordError]:
    """Evidence from a source whose article is not named."""
    source = t.source.c
    provable = {*connection.scalars(select(source.slug).where(source.article.is_not(None)))}
    provable |= {slug for kind, slug in here if kind is EntityKind.SOURCE}
    for each in located:
        if isinstance(each.record, SourceRecord) and each.record.article is None:
            provable.discard(each.record.id)
    for each in located:
        if isinstance(each.record, EventRecord):
            for i, citation in enumerate(each.record.sources):
                if citation.evidence and citation.source not in provable:
                    problem = f"the source {citation.source!r} names no article to prove this in"
                    yield each.error(f"/sources/{i}/evidence", problem)
