"""What is wrong between records, and between them and what is stored."""

from collections.abc import Callable, Iterator, Sequence

from sqlalchemy import Connection, select

from app.documents.tombstone import find_tombstones
from app.domain.vocabulary import EntityKind
from app.records import COLLECTIONS, ParticipantRecord
from app.records.errors import RecordError, nearest
from app.records.located import LocatedRecord
from app.tables import core as t
from app.tables.rows import batches
from app.writing.proofs import Ids, unprovable, unproved
from app.writing.references import Reference, find_keys, references

# To look for the nearest ids takes some milliseconds, which nobody waits for thousands of times.
_MAX_HINTS = 50


def find_faults(
    connection: Connection, located: Sequence[LocatedRecord], errors: Sequence[RecordError] = ()
) -> list[RecordError]:
    """What is wrong between the records, and between them and what is stored.

    References to nothing, ids that were withdrawn or merged, identifiers that two participants would
    have, and evidence from a source that names no article, so that nobody could check it. `errors`
    is what was refused in reading: such records count as being there; where it is not known which
    they are, nothing can be said of the others.
    """
    if not all(error.record for error in errors):
        return []
    here = {(each.kind, each.record.id) for each in located}
    here |= {(COLLECTIONS[e.pointer.split("/")[1]], e.record) for e in errors if e.record}
    return [
        *_gone(connection, located),
        *_dangling(connection, located, here),
        *_taken(connection, located),
        *unprovable(connection, located, here),
        *unproved(connection, located, here),
    ]


def _gone(connection: Connection, located: Sequence[LocatedRecord]) -> Iterator[RecordError]:
    """Ids that were withdrawn or merged: they are never given again."""
    tombstones = find_tombstones(connection, ((each.kind, each.record.id) for each in located))
    for each in located:
        if tombstone := tombstones.get((each.kind, each.record.id)):
            yield each.error("/id", f"{tombstone}; its id is not given again")


def _dangling(
    connection: Connection, located: Sequence[LocatedRecord], here: Ids
) -> Iterator[RecordError]:
    """References to what is neither there nor among the records."""
    named = [
        (each, reference)
        for each in located
        for reference in references(each.record)
        if (reference.kind, reference.slug) not in here
    ]
    there = find_keys(connection, ((r.kind, r.slug) for _, r in named))
    dangling = [(each, r) for each, r in named if (r.kind, r.slug) not in there]
    hint = _hints(connection, [reference for _, reference in dangling], here)
    for number, (each, reference) in enumerate(dangling):
        problem = f"there is no {reference.kind} {reference.slug!r}"
        yield each.error(
            reference.pointer, problem + (hint(reference) if number < _MAX_HINTS else "")
        )


def _hints(
    connection: Connection, dangling: Sequence[Reference], here: Ids
) -> Callable[[Reference], str]:
    """Tells what became of an id that is not there, or else the nearest ones that are."""
    tombstones = find_tombstones(connection, ((r.kind, r.slug) for r in dangling))
    known = {
        kind: [
            *connection.scalars(select(t.ENTITIES[kind].c.slug)),
            *(slug for other, slug in here if other is kind),
        ]
        for kind in {reference.kind for reference in dangling}
    }

    def hint(reference: Reference) -> str:
        tombstone = tombstones.get((reference.kind, reference.slug))
        return f": {tombstone}" if tombstone else nearest(reference.slug, known[reference.kind])

    return hint


def _taken(connection: Connection, located: Sequence[LocatedRecord]) -> Iterator[RecordError]:
    """Identifiers that would belong to two participants."""
    given = [
        (each, scheme, value)
        for each in located
        if isinstance(each.record, ParticipantRecord)
        for scheme, value in each.record.identifiers.items()
    ]
    rewritten = {each.record.id for each in located if each.kind is EntityKind.PARTICIPANT}
    owners = {
        identifier: owner
        for identifier, owner in _owners(connection, [value for *_, value in given])
        if owner not in rewritten
    }
    for each, scheme, value in given:
        owner = owners.setdefault((scheme, value), each.record.id)
        if owner != each.record.id:
            problem = f"{scheme} {value!r} belongs to the participant {owner!r}"
            yield each.error(f"/identifiers/{scheme}", problem)


def _owners(connection: Connection, values: Sequence[str]) -> Iterator[tuple[tuple[str, str], str]]:
    """The stored identifiers with these values, each with its participant."""
    identifier = t.participant_identifier.c
    statement = select(identifier.scheme, identifier.value, t.participant.c.slug).join(
        t.participant, t.participant.c.id == identifier.participant_id
    )
    for batch in batches(values):
        for scheme, value, owner in connection.execute(
            statement.where(identifier.value.in_(batch))
        ):
            yield (scheme, value), owner
