"""Checks of organisations: an office and a position name only participants of that kind as theirs."""

from collections.abc import Iterable, Iterator, Sequence

from sqlalchemy import Connection, select

from app.domain.vocabulary import EntityKind, ParticipantKind
from app.records.parsing.errors import RecordError
from app.tables import core as t
from app.tables.rows import batches
from app.writing.imports.bulk_withdrawals import withdrawn_ids
from app.writing.record_set import PlacedRecord, RecordSet
from app.writing.references import references

# A namespace of a RecordSet: the ids of participants, with their kinds.
_KINDS = "kinds of participants"
_NAMING = (
    (EntityKind.OFFICE, t.office.c.id, t.office.c.organisation_id),
    (EntityKind.PARTICIPANT, t.position.c.participant_id, t.position.c.organisation_id),
)


def register_kinds(records: RecordSet, batch: Sequence[PlacedRecord]) -> None:
    """Register the kinds of these participants, for `misnamed_organisations`."""
    records.register(_KINDS, ((each.record["id"], each.record["kind"]) for each in batch))


def misnamed_organisations(
    connection: Connection, records: RecordSet, kind: EntityKind, batch: Sequence[PlacedRecord]
) -> Iterator[RecordError]:
    """Yield an error for each organisation in these records that is a person or a state.

    The organisation of a position is not the participant either, as it would be after a merge of both.
    """
    named = [
        (each, reference.pointer, _survivor(records, reference.slug))
        for each in batch
        for reference in references(kind, each.record)
        if reference.pointer.endswith("/organisation")
    ]
    slugs = {slug for *_, slug in named}
    kinds = _stored_kinds(connection, slugs) | records.lookup(_KINDS, slugs)
    # A record that could not be read has no place, and may change the kind.
    places = records.lookup(EntityKind.PARTICIPANT, slugs)
    kinds = {slug: of for slug, of in kinds.items() if places.get(slug) != ""}
    for each, pointer, slug in named:
        if kind is EntityKind.PARTICIPANT and slug == each.record["id"]:
            yield records.error(each, pointer, "a participant cannot hold an office in itself")
        elif kinds.get(slug, ParticipantKind.ORGANISATION) != ParticipantKind.ORGANISATION:
            problem = f"the participant {slug!r} is a {kinds[slug]}, expected an organisation"
            yield records.error(each, pointer, problem)


def _survivor(records: RecordSet, slug: str) -> str:
    return records.survivors.get((EntityKind.PARTICIPANT, slug), slug)


def _stored_kinds(connection: Connection, slugs: Iterable[str]) -> dict[str, str]:
    participant = t.participant.c
    statement = select(participant.slug, participant.kind)
    return {
        slug: kind
        for batch in batches(sorted(slugs))
        for slug, kind in connection.execute(statement.where(participant.slug.in_(batch)))
    }


def organisations_no_more(
    connection: Connection, records: RecordSet, batch: Sequence[PlacedRecord]
) -> Iterator[RecordError]:
    """Yield an error for each of these participants that stops being an organisation others name."""
    others = {
        each.record["id"]: each
        for each in batch
        if each.record["kind"] != ParticipantKind.ORGANISATION
    }
    for kind, owner, organisation in _NAMING:
        named = t.participant.alias("organisation")
        entity = t.ENTITIES[kind].alias("naming")
        statement = (
            select(named.c.slug, entity.c.slug)
            .join_from(owner.table, named, named.c.id == organisation)
            .join(entity, entity.c.id == owner)
            .where(named.c.slug.in_(others))
            .order_by(named.c.slug, entity.c.slug)
        )
        rows = connection.execute(statement).all() if others else []
        # The references of a rewritten entity are checked in its record, and a withdrawn one has none.
        rewritten = records.lookup(kind, {naming for _, naming in rows}).keys()
        passed_over = rewritten | withdrawn_ids(records, kind)
        first = {slug: naming for slug, naming in reversed(rows) if naming not in passed_over}
        for slug, naming in first.items():
            problem = f"the {kind} {naming!r} names it as an organisation: it must stay one"
            yield records.error(others[slug], "/kind", problem)
