"""Write records to tables, in the caller's transaction."""

from array import array
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from itertools import chain
from typing import Any, NamedTuple, Protocol

from sqlalchemy import Connection, Row, Select, Subquery, func, select

from app.domain.vocabulary import EntityKind, KindAndSlug
from app.records.models import RECORD_MODELS, Plain, Record
from app.records.parsing.gc_pause import gc_paused
from app.tables import core as t
from app.tables.rows import batches, insert_rows, key_batches, update_rows
from app.writing.changes import Cause, Stamp
from app.writing.dependents import SHOWN_IN
from app.writing.documents import materialise
from app.writing.record_from_document import stored_record
from app.writing.references import EntityKeys, KnownKeys, named_ids
from app.writing.rows import delete_children, entity_columns, insert_children

RecordsByKind = Mapping[EntityKind, Sequence[Record]]
# By kind and id, the edit because of which an entity is written.
Causes = Mapping[KindAndSlug, Cause]
_NO_CAUSES: Causes = {}
# By kind and id, the revision whose record is restored.
Restored = Mapping[KindAndSlug, int]
NONE_RESTORED: Restored = {}


class Batches(Protocol):
    """Records that can be read several times, always in the same batches."""

    def batches(self, kind: EntityKind) -> Iterator[Sequence[Plain]]:
        """Yield the records of a kind, a batch at a time."""


@dataclass
class Tally:
    """The numbers of records of one kind, by effect: created, updated, unchanged, withdrawn, restored.

    Withdrawing an entity that is already gone counts as unchanged.
    """

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    withdrawn: int = 0
    restored: int = 0


def apply_records(
    connection: Connection,
    records: RecordsByKind,
    stamp: Stamp,
    causes: Causes = _NO_CAUSES,
    restored: Restored = NONE_RESTORED,
) -> dict[EntityKind, Tally]:
    """Apply a few records, as `apply_batches` does."""
    return apply_batches(connection, _InMemory(records), stamp, causes, restored)


def apply_batches(
    connection: Connection,
    records: Batches,
    stamp: Stamp,
    causes: Causes = _NO_CAUSES,
    restored: Restored = NONE_RESTORED,
) -> dict[EntityKind, Tally]:
    """Create or replace each entity, rebuild every affected document, and log the changes.

    Each entity that a record refers to must be stored or among the records. A record that equals
    the stored one changes nothing. `causes` names the records that are no edits of their own: a merge
    rewrites its referrers. `restored` names the records that restore a revision: a withdrawn entity
    lives again under its id, with its next revision. Returns the tally of each kind. Memory holds one batch, and less than ten
    bytes for each record.
    """
    progress = _Progress(causes, restored, KnownKeys(connection))
    # All entities first, so that every reference finds its target, within a kind too. A document,
    # such as a treaty's, needs no child rows of the kinds after its own.
    for kind in RECORD_MODELS:
        for batch in records.batches(kind):
            with gc_paused():
                _put_entities(connection, kind, batch, stamp, progress)
    for kind in RECORD_MODELS:
        _put_children(connection, kind, records, stamp, progress)
        if kind is EntityKind.TREATY:
            materialise(connection, kind, sorted(progress.staged), stamp, progress.staged)
    _rebuild_dependents(connection, progress, stamp)
    return progress.tallies


class _Effect(IntEnum):
    UNCHANGED = 0
    NEW = 1
    CHANGED = 2


@dataclass
class _Progress:
    causes: Causes
    restored: Restored
    keys: KnownKeys
    tallies: dict[EntityKind, Tally] = field(
        default_factory=lambda: {kind: Tally() for kind in RECORD_MODELS}
    )
    # The effects of each batch, one byte per record.
    effects: dict[EntityKind, list[bytes]] = field(default_factory=lambda: defaultdict(list))
    # The primary keys of the entities that changed.
    changed: dict[EntityKind, "array[int]"] = field(
        default_factory=lambda: defaultdict(lambda: array("q"))
    )
    # The treaties that have, or had, written events as stages, each with one of these events.
    staged: dict[int, Cause] = field(default_factory=dict)


class _InMemory(NamedTuple):
    records: RecordsByKind

    def batches(self, kind: EntityKind) -> Iterator[Sequence[Plain]]:
        """Yield the records of a kind, a batch at a time."""
        for batch in batches(self.records.get(kind, ())):
            yield [record.to_plain() for record in batch]


def _put_entities(
    connection: Connection,
    kind: EntityKind,
    batch: Sequence[Plain],
    stamp: Stamp,
    progress: _Progress,
) -> None:
    """Insert or update the rows of the entities, and delete the child rows of changed ones."""
    stored = _stored(connection, kind, batch)
    effects = bytes(_effect(kind, record, stored.get(record["id"])) for record in batch)
    progress.effects[kind].append(effects)
    new = _with_effect(batch, effects, _Effect.NEW)
    changed = _with_effect(batch, effects, _Effect.CHANGED)
    reborn = [record for record in new if (kind, record["id"]) in progress.restored]
    _count(progress.tallies[kind], new, changed, reborn, batch)
    keys = _keys_of(progress.keys, kind, [*new, *changed], within=False)
    changed_keys = [stored[record["id"]].id for record in changed]
    if kind is EntityKind.EVENT:
        progress.staged |= _treaties_of(connection, changed_keys)
        progress.staged |= {
            keys[EntityKind.TREATY, record["treaty"]]: Cause(kind, record["id"])
            for record in (*new, *changed)
            if record["treaty"]
        }
    _insert_entities(connection, kind, new, keys, stamp, _lives(connection, kind, reborn))
    _update_entities(connection, kind, dict(zip(changed_keys, changed, strict=True)), keys)
    delete_children(connection, kind, changed_keys)
    progress.changed[kind].extend(changed_keys)


def _stored(
    connection: Connection, kind: EntityKind, batch: Sequence[Plain]
) -> dict[str, Row[Any]]:
    table = t.ENTITIES[kind].c
    statement: Select[Any] = select(table.id, table.slug, table.document)
    in_batch = table.slug.in_([record["id"] for record in batch])
    return {row.slug: row for row in connection.execute(statement.where(in_batch))}


def _effect(kind: EntityKind, record: Plain, stored: Row[Any] | None) -> _Effect:
    if stored is None:
        return _Effect.NEW
    same = record == stored_record(kind, stored.document)
    return _Effect.UNCHANGED if same else _Effect.CHANGED


def _with_effect(batch: Sequence[Plain], effects: bytes, *wanted: _Effect) -> list[Plain]:
    return [record for record, effect in zip(batch, effects, strict=True) if effect in wanted]


def _count(
    tally: Tally,
    new: Sequence[Plain],
    changed: Sequence[Plain],
    reborn: Sequence[Plain],
    batch: Sequence[Plain],
) -> None:
    tally.created += len(new) - len(reborn)
    tally.restored += len(reborn)
    tally.updated += len(changed)
    tally.unchanged += len(batch) - len(new) - len(changed)


def _keys_of(
    known: KnownKeys, kind: EntityKind, records: Sequence[Plain], *, within: bool
) -> EntityKeys:
    """Return the keys of the entities that the records refer to.

    `within` adds the references within the kind, and the keys of the records themselves.
    """
    named = chain.from_iterable(named_ids(kind, record) for record in records)
    if within:
        return known.find([*named, *((kind, record["id"]) for record in records)])
    return known.find(id for id in named if id[0] is not kind)


def _insert_entities(
    connection: Connection,
    kind: EntityKind,
    records: Sequence[Plain],
    keys: EntityKeys,
    stamp: Stamp,
    lives: Mapping[str, Plain],
) -> None:
    # An empty document marks the row as new until its document is built.
    stamps = {"revision": 1, "created_at": stamp.at, "updated_at": stamp.at, "document": ""}
    rows = [
        {"slug": r["id"], **stamps, **lives.get(r["id"], {}), **entity_columns(kind, r, keys)}
        for r in records
    ]
    insert_rows(connection, t.ENTITIES[kind], rows)


def _lives(
    connection: Connection, kind: EntityKind, reborn: Sequence[Plain]
) -> dict[str, dict[str, Any]]:
    """Return, by id, the next revision of each withdrawn entity and the instant of its first one."""
    change = t.change.c
    of_these = change.slug.in_([record["id"] for record in reborn])
    last, first = func.max(change.revision), func.min(change.at)
    statement = select(change.slug, last, first).where(change.kind == kind, of_these)
    rows = connection.execute(statement.group_by(change.slug)) if reborn else ()
    return {slug: {"revision": n + 1, "created_at": at} for slug, n, at in rows}


def _update_entities(
    connection: Connection, kind: EntityKind, records: Mapping[int, Plain], keys: EntityKeys
) -> None:
    rows = [{"id": key, **entity_columns(kind, r, keys)} for key, r in records.items()]
    update_rows(connection, t.ENTITIES[kind], rows)


def _treaties_of(connection: Connection, events: Sequence[int]) -> dict[int, Cause]:
    """Return the treaties of which these events are stages, each with one of the events."""
    event = t.event.c
    if not events:
        return {}
    stages = select(event.treaty_id, event.slug).where(
        event.id.in_(events), event.treaty_id.is_not(None)
    )
    return {key: Cause(EntityKind.EVENT, slug) for key, slug in connection.execute(stages)}


def _put_children(
    connection: Connection, kind: EntityKind, records: Batches, stamp: Stamp, progress: _Progress
) -> None:
    """Insert the child rows of the written entities, and build their documents."""
    for batch, effects in zip(records.batches(kind), progress.effects[kind], strict=True):
        written = _with_effect(batch, effects, _Effect.NEW, _Effect.CHANGED)
        if written:
            with gc_paused():
                keys = _keys_of(progress.keys, kind, written, within=True)
                insert_children(connection, kind, written, keys)
                ids = [(kind, record["id"]) for record in written]
                causes = {keys[id]: progress.causes[id] for id in ids if id in progress.causes}
                restored = {
                    keys[id]: progress.restored[id] for id in ids if id in progress.restored
                }
                materialise(connection, kind, [keys[id] for id in ids], stamp, causes, restored)


def _rebuild_dependents(connection: Connection, progress: _Progress, stamp: Stamp) -> None:
    """Rebuild the documents that show a changed entity: first of sources, then of events."""
    for kind, shown in SHOWN_IN.items():
        for changed, shows in shown:
            for batch in batches(progress.changed[changed]):
                # Entities of this write have their document already.
                table, pairs = t.ENTITIES[kind], shows(batch).subquery()
                stale = (table.c.id.in_(select(pairs.c.owner)), table.c.updated_at != stamp.at)
                for keys in key_batches(connection, table, *stale):
                    causes = _causes(connection, pairs, changed, keys)
                    materialise(connection, kind, keys, stamp, causes)


def _causes(
    connection: Connection, pairs: Subquery, changed: EntityKind, owners: Sequence[int]
) -> dict[int, Cause]:
    """Return, for each of the owners, the changed entity that it shows; of several, the first by id."""
    entity = t.ENTITIES[changed].c
    first = (
        select(pairs.c.owner, func.min(entity.slug))
        .join(pairs, pairs.c.shown == entity.id)
        .where(pairs.c.owner.in_(owners))
        .group_by(pairs.c.owner)
    )
    return {owner: Cause(changed, slug) for owner, slug in connection.execute(first)}
