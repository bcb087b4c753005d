"""What can be wrong between records, and between them and what is stored."""

import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from sqlalchemy import Connection, select, tuple_

from app.documents.tombstone import find_tombstones
from app.domain.vocabulary import EntityKind
from app.domain.wording import did_you_mean
from app.records.parsing.errors import RecordError
from app.records.parsing.files import MAX_ERRORS
from app.records.parsing.positions import LocatedRecord
from app.tables import core as t
from app.tables.rows import batches
from app.writing.evidence_checks import note_sources, unprovable, unproved
from app.writing.imports.bulk_withdrawals import check_withdrawals
from app.writing.imports.spool import SourcePosition, Spool, SpooledRecord
from app.writing.references import find_keys, references

# To look for the nearest of some thousand ids takes some milliseconds, which nobody waits for
# thousands of times, nor among hundreds of thousands.
_MAX_HINTS = 50
_MAX_KNOWN = 3_000

# Beside the kinds, a space of names in the spool.
_IDENTIFIERS = "identifiers"

_Batch = Sequence[SpooledRecord]


def check_records(
    connection: Connection, located: Iterable[LocatedRecord], errors: Iterable[RecordError] = ()
) -> list[RecordError]:
    """The same as `check_spool` for a few records, and what was refused in reading them."""
    with Spool([*located, *errors]) as spool:
        return check_spool(connection, spool)


def check_spool(connection: Connection, spool: Spool) -> list[RecordError]:
    """What is wrong between the records, and between them and what is stored.

    Ids that stand twice, or were withdrawn or merged; references to nothing; identifiers that two
    participants would have; evidence from a source that names no article, so that nobody could check
    it. At most MAX_ERRORS. Records that were refused in reading count as being there; where it is
    not known which they are, no more is said of the others than that their ids stand twice.
    """
    faults = [*islice(_repeated(spool), MAX_ERRORS)]
    if all(error.record for error in spool.errors):
        for error in spool.errors:
            if error.kind is not None:
                spool.claim(error.kind, [(error.record or "", "")])
        faults += islice(_unfounded(connection, spool), MAX_ERRORS - len(faults))
    return faults


def _repeated(spool: Spool) -> Iterator[RecordError]:
    """Records whose kind and id stands twice; on the way, all names are claimed for their owners."""
    for kind, batch in spool.located_batches():
        claims = [(each.record["id"], json.dumps(each.place)) for each in batch]
        spool.claim(kind, claims)
        owners = spool.owners(kind, (slug for slug, _ in claims))
        for each, (slug, place) in zip(batch, claims, strict=True):
            if owners[slug] != place:
                first = SourcePosition(*json.loads(owners[slug]))
                where = f"{first.file}:{spool.line(first)}"
                yield spool.error(each, "/id", f"this {kind} is already at {where}")
        if kind is EntityKind.PARTICIPANT:
            for each in batch:
                spool.claim(
                    _IDENTIFIERS, ((name, each.record["id"]) for name in _identifiers(each))
                )
        if kind is EntityKind.SOURCE:
            note_sources(spool, batch)


def _unfounded(connection: Connection, spool: Spool) -> Iterator[RecordError]:
    hints = _Hints(connection, spool)
    yield from check_withdrawals(connection, spool, hints.hint)
    for kind, batch in spool.located_batches():
        yield from _gone(connection, spool, kind, batch)
        yield from _dangling(connection, spool, kind, batch, hints)
        match kind:
            case EntityKind.PARTICIPANT:
                yield from _taken(connection, spool, batch)
            case EntityKind.EVENT:
                yield from unprovable(connection, spool, batch)
            case EntityKind.SOURCE:
                yield from unproved(connection, spool, batch)


def _gone(
    connection: Connection, spool: Spool, kind: EntityKind, batch: _Batch
) -> Iterator[RecordError]:
    """Ids that were withdrawn or merged: they are never given again."""
    tombstones = find_tombstones(connection, ((kind, each.record["id"]) for each in batch))
    for each in batch:
        if tombstone := tombstones.get((kind, each.record["id"])):
            yield spool.error(each, "/id", f"{tombstone}; its id is not given again")


def _dangling(
    connection: Connection, spool: Spool, kind: EntityKind, batch: _Batch, hints: "_Hints"
) -> Iterator[RecordError]:
    """References to what is neither there nor among the records."""
    named = [(each, reference) for each in batch for reference in references(kind, each.record)]
    wanted = {(reference.kind, reference.slug) for _, reference in named}
    missing = wanted - find_keys(connection, wanted).keys()
    for other in {kind for kind, _ in missing}:
        here = spool.owners(other, (slug for kind, slug in missing if kind is other))
        missing -= {(other, slug) for slug in here}
    for each, reference in named:
        if (reference.kind, reference.slug) in missing:
            hint = hints.hint(reference.kind, reference.slug)
            problem = f"there is no {reference.kind} {reference.slug!r}{hint}"
            yield spool.error(each, reference.pointer, problem)


class _Hints:
    """Tells what became of ids that are not there, or else the nearest ones that are, if few."""

    def __init__(self, connection: Connection, spool: Spool) -> None:
        self._connection = connection
        self._spool = spool
        self._known: dict[EntityKind, list[str]] = {}
        self._left = _MAX_HINTS

    def hint(self, kind: EntityKind, slug: str) -> str:
        """The end of the sentence that says what is missing."""
        if self._left == 0:
            return ""
        self._left -= 1
        if tombstone := find_tombstones(self._connection, [(kind, slug)]).get((kind, slug)):
            return f": {tombstone}"
        if kind not in self._known:
            self._known[kind] = self._all(kind)
        return did_you_mean(slug, self._known[kind])

    def _all(self, kind: EntityKind) -> list[str]:
        slugs = select(t.ENTITIES[kind].c.slug).limit(_MAX_KNOWN + 1)
        known = [*self._connection.scalars(slugs), *self._spool.names(kind, _MAX_KNOWN + 1)]
        return known if len(known) <= _MAX_KNOWN else []


def _taken(connection: Connection, spool: Spool, batch: _Batch) -> Iterator[RecordError]:
    """Identifiers that would belong to two participants."""
    given = [(each, name) for each in batch for name in _identifiers(each)]
    owners = spool.owners(_IDENTIFIERS, (name for _, name in given))
    stored = _stored_identifiers(connection, [name for _, name in given])
    rewritten = spool.owners(EntityKind.PARTICIPANT, stored.values())
    owners |= {name: slug for name, slug in stored.items() if slug not in rewritten}
    for each, name in given:
        if owners[name] != each.record["id"]:
            scheme, value = name.split(" ")
            problem = f"{scheme} {value!r} belongs to the participant {owners[name]!r}"
            yield spool.error(each, f"/identifiers/{scheme}", problem)


def _identifiers(each: SpooledRecord) -> list[str]:
    return [f"{scheme} {value}" for scheme, value in each.record["identifiers"].items()]


def _stored_identifiers(connection: Connection, names: Sequence[str]) -> dict[str, str]:
    identifier, participant = t.participant_identifier.c, t.participant.c
    statement = select(identifier.scheme, identifier.value, participant.slug).join(
        t.participant, participant.id == identifier.participant_id
    )
    both = tuple_(identifier.scheme, identifier.value)
    return {
        f"{row.scheme} {row.value}": row.slug
        for batch in batches(names)
        for row in connection.execute(
            statement.where(both.in_([name.split(" ") for name in batch]))
        )
    }
