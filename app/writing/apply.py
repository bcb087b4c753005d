"""Records written to tables, in the caller's transaction."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection, Table, bindparam, delete, insert, select, update

from app.domain.vocabulary import EntityKind
from app.records import RECORD_MODELS, Record
from app.tables import core as t
from app.tables.rows import batches
from app.writing.changes import Stamp
from app.writing.documents import materialise
from app.writing.references import Keys, find_keys, references
from app.writing.rows import CHILD_COLUMNS, Values, child_rows, entity_columns
from app.writing.stored import stored_record

Records = Mapping[EntityKind, Sequence[Record]]


@dataclass
class Tally:
    """How many records of one kind were new, different from what was stored, or the same."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0


@dataclass
class _Touched:
    """The integer keys of what was written, by kind."""

    new: dict[EntityKind, list[int]] = field(default_factory=lambda: defaultdict(list))
    changed: dict[EntityKind, list[int]] = field(default_factory=lambda: defaultdict(list))
    # The treaties of which the changed events were stages before.
    left_treaties: set[int] = field(default_factory=set)


def apply_records(
    connection: Connection, records: Records, stamp: Stamp
) -> dict[EntityKind, Tally]:
    """Create or replace each entity, rebuild every document concerned, and log the changes.

    What the records refer to must be there or among them. A record that says what is stored
    already changes nothing. Returns the tally of each kind.
    """
    keys = _keys_of_references(connection, records)
    touched = _Touched()
    tallies = {
        kind: _apply_kind(connection, kind, records.get(kind, ()), keys, touched, stamp)
        for kind in RECORD_MODELS
    }
    materialise(connection, EntityKind.PARTICIPANT, _all(touched, EntityKind.PARTICIPANT), stamp)
    materialise(connection, EntityKind.PLACE, _all(touched, EntityKind.PLACE), stamp)
    materialise(connection, EntityKind.SOURCE, _all(touched, EntityKind.SOURCE), stamp)
    materialise(connection, EntityKind.TREATY, _treaties(connection, touched), stamp)
    materialise(connection, EntityKind.EVENT, _events(connection, touched), stamp)
    return tallies


def _keys_of_references(connection: Connection, records: Records) -> Keys:
    wanted = (
        (reference.kind, reference.slug)
        for kind in records
        for record in records[kind]
        for reference in references(record)
    )
    return find_keys(connection, wanted)


def _apply_kind(
    connection: Connection,
    kind: EntityKind,
    records: Sequence[Record],
    keys: Keys,
    touched: _Touched,
    stamp: Stamp,
) -> Tally:
    stored = _stored_documents(connection, kind, records)
    new = [record for record in records if record.id not in stored]
    changed = [
        record
        for record in records
        if record.id in stored
        and record.model_dump(mode="json") != stored_record(kind, stored[record.id])
    ]
    _insert_entities(connection, t.ENTITIES[kind], new, keys, stamp)
    keys |= find_keys(connection, ((kind, record.id) for record in (*new, *changed)))
    changed_keys = [keys[kind, record.id] for record in changed]
    if kind is EntityKind.EVENT:
        touched.left_treaties |= _treaties_of(connection, changed_keys)
    _update_entities(connection, t.ENTITIES[kind], changed, kind, keys)
    _delete_children(connection, kind, changed_keys)
    _insert_children(connection, kind, (*new, *changed), keys)
    touched.new[kind] = [keys[kind, record.id] for record in new]
    touched.changed[kind] = changed_keys
    return Tally(len(new), len(changed), len(records) - len(new) - len(changed))


def _stored_documents(
    connection: Connection, kind: EntityKind, records: Sequence[Record]
) -> dict[str, str]:
    table = t.ENTITIES[kind]
    return {
        row.slug: row.document
        for batch in batches(records)
        for row in connection.execute(
            select(table.c.slug, table.c.document).where(
                table.c.slug.in_([record.id for record in batch])
            )
        )
    }


def _insert_entities(
    connection: Connection, table: Table, records: Sequence[Record], keys: Keys, stamp: Stamp
) -> None:
    # An empty document marks the row as new until its document is made.
    stamps = {"revision": 1, "created_at": stamp.at, "updated_at": stamp.at, "document": ""}
    for batch in batches(records):
        rows = [{"slug": r.id, **stamps, **entity_columns(r, keys)} for r in batch]
        connection.execute(insert(table), rows)


def _update_entities(
    connection: Connection, table: Table, records: Sequence[Record], kind: EntityKind, keys: Keys
) -> None:
    for batch in batches(records):
        rows = [{"key": keys[kind, r.id], **entity_columns(r, keys)} for r in batch]
        connection.execute(update(table).where(table.c.id == bindparam("key")), rows)


def _delete_children(connection: Connection, kind: EntityKind, owners: Sequence[int]) -> None:
    for batch in batches(owners):
        for column in CHILD_COLUMNS[kind]:
            connection.execute(delete(column.table).where(column.in_(batch)))


def _insert_children(
    connection: Connection, kind: EntityKind, records: Sequence[Record], keys: Keys
) -> None:
    for batch in batches(records):
        rows: dict[Table, list[Values]] = defaultdict(list)
        for record in batch:
            for table, values in child_rows(record, keys[kind, record.id], keys):
                rows[table].append(values)
        for table, values_of_rows in rows.items():
            connection.execute(insert(table), values_of_rows)


def _all(touched: _Touched, kind: EntityKind) -> list[int]:
    return sorted({*touched.new[kind], *touched.changed[kind]})


def _treaties_of(connection: Connection, events: Sequence[int]) -> set[int]:
    column = t.event.c.treaty_id
    return {
        key
        for batch in batches(events)
        for key in connection.scalars(
            select(column).where(t.event.c.id.in_(batch), column.is_not(None))
        )
    }


def _treaties(connection: Connection, touched: _Touched) -> list[int]:
    """The treaties that were written, and those whose stages were."""
    written = _all(touched, EntityKind.TREATY)
    staged = _treaties_of(connection, _all(touched, EntityKind.EVENT))
    return sorted({*written, *staged, *touched.left_treaties})


def _events(connection: Connection, touched: _Touched) -> list[int]:
    """The events that were written, and those that name something which was changed."""
    part, citation, event = t.participation.c, t.citation.c, t.event.c
    naming = (
        (EntityKind.PARTICIPANT, part.event_id, part.participant_id),
        (EntityKind.SOURCE, citation.event_id, citation.source_id),
        (EntityKind.PLACE, event.id, event.place_id),
        (EntityKind.TREATY, event.id, event.treaty_id),
    )
    dependent: Iterable[int] = (
        key
        for kind, owner, reference in naming
        for batch in batches(touched.changed[kind])
        for key in connection.scalars(select(owner).where(reference.in_(batch)))
    )
    return sorted({*_all(touched, EntityKind.EVENT), *dependent})
