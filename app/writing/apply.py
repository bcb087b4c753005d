"""Records written to tables, in the caller's transaction."""

from array import array
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any, NamedTuple, Protocol

from sqlalchemy import Connection, Row, Select, bindparam, insert, select, update

from app.domain.vocabulary import EntityKind
from app.records.models import RECORD_MODELS, Plain, Record
from app.records.parsing.gc_pause import gc_paused
from app.tables import core as t
from app.tables.rows import BATCH, batches
from app.writing.changes import Stamp
from app.writing.documents import materialise
from app.writing.record_from_document import stored_record
from app.writing.references import EntityKeys, find_keys, references
from app.writing.rows import delete_children, entity_columns, insert_children

RecordsByKind = Mapping[EntityKind, Sequence[Record]]


class Batches(Protocol):
    """Records that can be gone through more than once, always in the same batches."""

    def batches(self, kind: EntityKind) -> Iterator[Sequence[Plain]]:
        """The records of a kind, a batch at a time."""


@dataclass
class Tally:
    """How many records of one kind were new, different from what was stored, or the same, or withdrew.

    To withdraw what is gone already is no change either.
    """

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    withdrawn: int = 0


def apply_records(
    connection: Connection, records: RecordsByKind, stamp: Stamp
) -> dict[EntityKind, Tally]:
    """The same as `apply_batches` for a few records."""
    return apply_batches(connection, _InMemory(records), stamp)


def apply_batches(
    connection: Connection, records: Batches, stamp: Stamp
) -> dict[EntityKind, Tally]:
    """Create or replace each entity, rebuild every document concerned, and log the changes.

    What the records refer to must be there or among them. A record that says what is stored
    already changes nothing. Returns the tally of each kind. What stays in memory is a batch, and
    less than ten bytes for each record.
    """
    progress = _Progress()
    # All entities first, so that what records refer to is there, within their kind too. The
    # documents of a kind, treaties among them, need no more than this of the kinds after it.
    for kind in RECORD_MODELS:
        for batch in records.batches(kind):
            with gc_paused():
                _put_entities(connection, kind, batch, stamp, progress)
    for kind in RECORD_MODELS:
        _put_the_rest(connection, kind, records, stamp, progress)
        if kind is EntityKind.TREATY:
            materialise(connection, kind, sorted(progress.staged), stamp)
    _rebuild_dependents(connection, progress, stamp)
    return progress.tallies


class _Fate(IntEnum):
    UNCHANGED = 0
    NEW = 1
    CHANGED = 2


@dataclass
class _Progress:
    tallies: dict[EntityKind, Tally] = field(
        default_factory=lambda: {kind: Tally() for kind in RECORD_MODELS}
    )
    # Of each batch, a byte a record.
    fates: dict[EntityKind, list[bytes]] = field(default_factory=lambda: defaultdict(list))
    # The integer keys of what is different now.
    changed: dict[EntityKind, "array[int]"] = field(
        default_factory=lambda: defaultdict(lambda: array("q"))
    )
    # The treaties of which written events are, or were, stages.
    staged: set[int] = field(default_factory=set)


class _InMemory(NamedTuple):
    records: RecordsByKind

    def batches(self, kind: EntityKind) -> Iterator[Sequence[Plain]]:
        """The records of a kind, a batch at a time."""
        for batch in batches(self.records.get(kind, ())):
            yield [record.to_plain() for record in batch]


def _put_entities(
    connection: Connection,
    kind: EntityKind,
    batch: Sequence[Plain],
    stamp: Stamp,
    progress: _Progress,
) -> None:
    """Insert or update the entities' own rows, and delete what hung from those that changed."""
    stored = _stored(connection, kind, batch)
    fates = bytes(_fate(kind, record, stored.get(record["id"])) for record in batch)
    progress.fates[kind].append(fates)
    new = _fated(batch, fates, _Fate.NEW)
    changed = _fated(batch, fates, _Fate.CHANGED)
    _count(progress.tallies[kind], new, changed, batch)
    keys = _keys_of(connection, kind, [*new, *changed], own=False)
    changed_keys = [stored[record["id"]].id for record in changed]
    if kind is EntityKind.EVENT:
        progress.staged |= _treaties_of(connection, changed_keys)
        progress.staged |= {key for (kind, _), key in keys.items() if kind is EntityKind.TREATY}
    _insert_entities(connection, kind, new, keys, stamp)
    _update_entities(connection, kind, dict(zip(changed_keys, changed, strict=True)), keys)
    delete_children(connection, kind, changed_keys)
    progress.changed[kind].extend(changed_keys)


def _stored(
    connection: Connection, kind: EntityKind, batch: Sequence[Plain]
) -> dict[str, Row[Any]]:
    table = t.ENTITIES[kind].c
    statement: Select[Any] = select(table.id, table.slug, table.document)
    here = table.slug.in_([record["id"] for record in batch])
    return {row.slug: row for row in connection.execute(statement.where(here))}


def _fate(kind: EntityKind, record: Plain, stored: Row[Any] | None) -> _Fate:
    if stored is None:
        return _Fate.NEW
    same = record == stored_record(kind, stored.document)
    return _Fate.UNCHANGED if same else _Fate.CHANGED


def _fated(batch: Sequence[Plain], fates: bytes, *wanted: _Fate) -> list[Plain]:
    return [record for record, fate in zip(batch, fates, strict=True) if fate in wanted]


def _count(
    tally: Tally, new: Sequence[Plain], changed: Sequence[Plain], batch: Sequence[Plain]
) -> None:
    tally.created += len(new)
    tally.updated += len(changed)
    tally.unchanged += len(batch) - len(new) - len(changed)


def _keys_of(
    connection: Connection, kind: EntityKind, records: Sequence[Plain], *, own: bool
) -> EntityKeys:
    """The keys of what the records refer to; with `own`, also within the kind, and theirs."""
    wanted = [
        (reference.kind, reference.slug)
        for record in records
        for reference in references(kind, record)
        if own or reference.kind is not kind
    ]
    return find_keys(connection, [*wanted, *((kind, r["id"]) for r in records if own)])


def _insert_entities(
    connection: Connection,
    kind: EntityKind,
    records: Sequence[Plain],
    keys: EntityKeys,
    stamp: Stamp,
) -> None:
    # An empty document marks the row as new until its document is made.
    stamps = {"revision": 1, "created_at": stamp.at, "updated_at": stamp.at, "document": ""}
    rows = [{"slug": r["id"], **stamps, **entity_columns(kind, r, keys)} for r in records]
    if rows:
        connection.execute(insert(t.ENTITIES[kind]), rows)


def _update_entities(
    connection: Connection, kind: EntityKind, records: Mapping[int, Plain], keys: EntityKeys
) -> None:
    table = t.ENTITIES[kind]
    rows = [{"key": key, **entity_columns(kind, r, keys)} for key, r in records.items()]
    if rows:
        connection.execute(update(table).where(table.c.id == bindparam("key")), rows)


def _treaties_of(connection: Connection, events: Sequence[int]) -> set[int]:
    column = t.event.c.treaty_id
    if not events:
        return set()
    here = t.event.c.id.in_(events)
    return {*connection.scalars(select(column).where(here, column.is_not(None)))}


def _put_the_rest(
    connection: Connection, kind: EntityKind, records: Batches, stamp: Stamp, progress: _Progress
) -> None:
    """Insert what hangs from the entities that were written, and make their documents."""
    for batch, fates in zip(records.batches(kind), progress.fates[kind], strict=True):
        written = _fated(batch, fates, _Fate.NEW, _Fate.CHANGED)
        if written:
            with gc_paused():
                keys = _keys_of(connection, kind, written, own=True)
                insert_children(connection, kind, written, keys)
                materialise(connection, kind, [keys[kind, r["id"]] for r in written], stamp)


def _rebuild_dependents(connection: Connection, progress: _Progress, stamp: Stamp) -> None:
    """The documents of the events that name something which is different now."""
    part, citation, event = t.participation.c, t.citation.c, t.event.c
    naming = (
        (EntityKind.PARTICIPANT, part.event_id, part.participant_id),
        (EntityKind.SOURCE, citation.event_id, citation.source_id),
        (EntityKind.PLACE, event.id, event.place_id),
        (EntityKind.TREATY, event.id, event.treaty_id),
    )
    for kind, owner, reference in naming:
        for batch in batches(progress.changed[kind]):
            named = select(owner).where(reference.in_(batch))
            # What was written now has its document.
            waiting = select(event.id).where(event.id.in_(named), event.updated_at != stamp.at)
            for keys in _pages(connection, waiting):
                materialise(connection, EntityKind.EVENT, keys, stamp)


def _pages(connection: Connection, statement: Select[int]) -> Iterator[Sequence[int]]:
    """The keys of events that the statement selects, a batch at a time."""
    event, last = t.event.c, 0
    ordered = statement.order_by(event.id).limit(BATCH)
    while keys := connection.scalars(ordered.where(event.id > last)).all():
        yield keys
        last = keys[-1]
