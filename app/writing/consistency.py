"""Checks of records against each other and against the stored entities."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

from sqlalchemy import Connection, select, tuple_

from app.documents.tombstone import find_fates, find_survivors
from app.domain.vocabulary import EntityKind
from app.domain.wording import did_you_mean
from app.records.parsing.errors import GoneEntity, RecordError
from app.records.parsing.files import MAX_ERRORS
from app.tables import core as t
from app.tables.rows import batches
from app.writing.circles import WrittenLinks
from app.writing.evidence_checks import (
    misplaced_evidence,
    register_sources,
    sources_changing_articles,
)
from app.writing.imports.bulk_withdrawals import (
    check_withdrawals,
    still_referred,
    withdrawn_ids,
)
from app.writing.organisation_checks import (
    misnamed_organisations,
    organisations_no_more,
    register_kinds,
)
from app.writing.record_set import PlacedRecord, RecordPosition, RecordSet
from app.writing.references import KnownKeys, named_ids, references
from app.writing.rows import IDENTIFIER_OWNERS
from app.writing.survivors import with_survivors

# Finding the nearest of some thousand ids takes milliseconds: too long for thousands of errors, or
# among hundreds of thousands of ids.
_MAX_HINTS = 50
_MAX_KNOWN = 3_000


def _namespace(kind: EntityKind) -> str:
    """Return the namespace for the identifiers of a kind, beside the one for its ids."""
    return f"identifiers of {kind}"


def check_records(connection: Connection, records: RecordSet) -> list[RecordError]:
    """Return the errors between the records, and between them and the stored entities.

    These are repeated ids, ids of withdrawn or merged entities, dangling references, identifiers of
    two entities, organisations that are none, evidence whose selector does not fit its source,
    circles, and withdrawals of entities that others still name. At most MAX_ERRORS.

    A reference to a record that could not be read is no error. If the id of such a record is
    unknown, only repeated ids are reported.
    """
    errors = [*islice(_repeated_ids(records), MAX_ERRORS)]
    if all(error.record for error in records.errors):
        for error in records.errors:
            if error.kind is not None:
                records.register(error.kind, [(error.record or "", "")])
        errors += islice(_unfounded(connection, records), MAX_ERRORS - len(errors))
    return errors


def _repeated_ids(records: RecordSet) -> Iterator[RecordError]:
    """Yield an error for each repeated id, and register every name for the checks that follow."""
    for kind, batch in records.located_batches():
        owners = [(each.record["id"], json.dumps(each.place)) for each in batch]
        records.register(kind, owners)
        first_places = records.lookup(kind, (slug for slug, _ in owners))
        for each, (slug, place) in zip(batch, owners, strict=True):
            if first_places[slug] != place:
                first = RecordPosition(*json.loads(first_places[slug]))
                where = f"{first.file}:{records.line(first)}"
                yield records.error(each, "/id", f"this {kind} is already at {where}")
        if kind is EntityKind.PARTICIPANT:
            register_kinds(records, batch)
        if kind in IDENTIFIER_OWNERS:
            for each in batch:
                identified = ((name, each.record["id"]) for name in _identifiers(each))
                records.register(_namespace(kind), identified)
        if kind is EntityKind.SOURCE:
            register_sources(records, batch)


def _unfounded(connection: Connection, records: RecordSet) -> Iterator[RecordError]:
    hints, links, known = _Hints(connection, records), WrittenLinks(), KnownKeys(connection)
    yield from check_withdrawals(connection, records, hints.hint)
    for kind, batch in records.located_batches():
        yield from _gone(connection, records, kind, batch)
        yield from _dangling(connection, records, kind, batch, hints, known)
        for each in batch:
            links.add(kind, with_survivors(kind, each.record, records.survivors))
        if kind in IDENTIFIER_OWNERS:
            yield from _taken_identifiers(connection, records, kind, batch)
        match kind:
            case EntityKind.PARTICIPANT:
                yield from misnamed_organisations(connection, records, kind, batch)
                yield from organisations_no_more(connection, records, batch)
            case EntityKind.OFFICE:
                yield from misnamed_organisations(connection, records, kind, batch)
            case EntityKind.EVENT:
                yield from misplaced_evidence(connection, records, batch)
            case EntityKind.SOURCE:
                yield from sources_changing_articles(connection, records, batch)
    yield from _circles(connection, records, links)
    yield from still_referred(connection, records)


def _gone(
    connection: Connection, records: RecordSet, kind: EntityKind, batch: Sequence[PlacedRecord]
) -> Iterator[RecordError]:
    """Yield an error for each id of a withdrawn or merged entity: ids are never reused."""
    fates = find_fates(connection, ((kind, each.record["id"]) for each in batch))
    for each in batch:
        fate = fates.get((kind, each.record["id"]))
        if fate and (kind, each.record["id"]) not in records.revived:
            first = fate.tombstones[0]
            gone = GoneEntity(kind, first.slug, 0 if first.survivor else first.revision - 1)
            error = records.error(each, "/id", f"{fate}; its id is never reused")
            yield replace(error, gone=gone)


def _dangling(
    connection: Connection,
    records: RecordSet,
    kind: EntityKind,
    batch: Sequence[PlacedRecord],
    hints: "_Hints",
    known: KnownKeys,
) -> Iterator[RecordError]:
    """Yield an error for each reference that is neither stored nor among the records.

    References to merged entities are none: their survivors are noted in the records.
    """
    missing = {id for each in batch for id in named_ids(kind, each.record)}
    missing -= known.find(missing).keys()
    for other in {kind for kind, _ in missing}:
        registered = records.lookup(other, (slug for kind, slug in missing if kind is other))
        missing -= {(other, slug) for slug in registered}
    survivors = find_survivors(connection, missing)
    records.survivors.update(survivors)
    missing -= survivors.keys()
    if not missing:
        return
    for each, reference in ((e, r) for e in batch for r in references(kind, e.record)):
        if (reference.kind, reference.slug) in missing:
            hint = hints.hint(reference.kind, reference.slug)
            problem = f"there is no {reference.kind} {reference.slug!r}{hint}"
            error = records.error(each, reference.pointer, problem)
            yield replace(error, meant=(reference.kind, reference.slug))


def _circles(
    connection: Connection, records: RecordSet, links: WrittenLinks
) -> Iterator[RecordError]:
    for circle in links.circles(connection, records.lookup):
        slug = circle.ids[0]
        place = records.lookup(circle.kind, [slug])[slug]
        position = RecordPosition(*json.loads(place))
        placed = PlacedRecord({"id": slug}, position, circle.kind)
        yield records.error(placed, circle.pointer, str(circle))


class _Hints:
    """Explains missing ids: their tombstone, or the nearest ids if there are few to search."""

    def __init__(self, connection: Connection, records: RecordSet) -> None:
        self._connection = connection
        self._records = records
        self._known: dict[EntityKind, list[str]] = {}
        self._left = _MAX_HINTS

    def hint(self, kind: EntityKind, slug: str) -> str:
        """Return the end of the sentence that names the missing id; it may be empty."""
        if self._left == 0:
            return ""
        self._left -= 1
        if fate := find_fates(self._connection, [(kind, slug)]).get((kind, slug)):
            return f": {fate}"
        if kind not in self._known:
            self._known[kind] = self._all(kind)
        return did_you_mean(slug, self._known[kind])

    def _all(self, kind: EntityKind) -> list[str]:
        slugs = select(t.ENTITIES[kind].c.slug).limit(_MAX_KNOWN + 1)
        known = [*self._connection.scalars(slugs), *self._records.names(kind, _MAX_KNOWN + 1)]
        return known if len(known) <= _MAX_KNOWN else []


def _taken_identifiers(
    connection: Connection, records: RecordSet, kind: EntityKind, batch: Sequence[PlacedRecord]
) -> Iterator[RecordError]:
    """Yield an error for each identifier that would belong to two entities of the kind.

    The stored identifiers of rewritten and withdrawn entities do not count.
    """
    identifiers = [(each, name) for each in batch for name in _identifiers(each)]
    owners = records.lookup(_namespace(kind), (name for _, name in identifiers))
    stored = _stored_identifiers(connection, kind, [name for _, name in identifiers])
    freed = records.lookup(kind, stored.values()).keys() | withdrawn_ids(records, kind)
    owners |= {name: slug for name, slug in stored.items() if slug not in freed}
    for each, name in identifiers:
        if owners[name] != each.record["id"]:
            scheme, value = name.split(" ")
            problem = f"{scheme} {value!r} belongs to the {kind} {owners[name]!r}"
            yield records.error(each, f"/identifiers/{scheme}", problem)


def _identifiers(each: PlacedRecord) -> list[str]:
    return [f"{scheme} {value}" for scheme, value in each.record["identifiers"].items()]


def _stored_identifiers(
    connection: Connection, kind: EntityKind, names: Sequence[str]
) -> dict[str, str]:
    owner, entity = IDENTIFIER_OWNERS[kind], t.ENTITIES[kind]
    identifier = owner.table.c
    statement = select(identifier.scheme, identifier.value, entity.c.slug).join(
        entity, entity.c.id == owner
    )
    both = tuple_(identifier.scheme, identifier.value)
    return {
        f"{row.scheme} {row.value}": row.slug
        for batch in batches(names)
        for row in connection.execute(
            statement.where(both.in_([name.split(" ") for name in batch]))
        )
    }
