"""A past state: the data as they were after a change, made of the change log, in a file of their own."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, Row, func, insert, select

from app.documents.entities.event_rows import build_events
from app.domain.vocabulary import EntityKind
from app.records.models import RECORD_MODELS, Plain
from app.tables import core as t
from app.tables.database import Database
from app.tables.engines import new_file
from app.tables.rows import batches
from app.tables.schema import create_tables, insert_or_replace
from app.writing.documents import derive_days_in_force
from app.writing.record_from_document import stored_record
from app.writing.references import EntityKeys, references
from app.writing.rows import entity_columns, insert_children
from app.writing.search import index_events


def build_snapshot(
    present: Database, seq: int, path: Path, check: Callable[[], None] = lambda: None
) -> None:
    """Write the state after the change `seq` to a new SQLite file, with the log up to there.

    Documents are those of the log, byte for byte; rows and search rows come from them by the code
    that writes these for every record. Keys, answers of imports and releases are not in the log,
    and so not in the file. What stays in memory is a batch, and an integer for each entity. `check`
    is called between batches, and may raise to end the work.
    """
    with new_file(path) as past:
        create_tables(past)
        with present.stream() as connection:
            _copy_log(connection, past, seq)
        for kind in RECORD_MODELS:
            for batch in _batches_of_last_changes(past, kind):
                _restore(past, kind, batch)
                check()
        for keys in _batches_of_keys(past, EntityKind.TREATY):
            derive_days_in_force(past, keys)
        for keys in _batches_of_keys(past, EntityKind.EVENT):
            index_events(past, build_events(past, keys))
            check()


def _copy_log(connection: Connection, past: Connection, seq: int) -> None:
    log = select(t.change).where(t.change.c.seq <= seq).order_by(t.change.c.seq)
    with connection.execute(log) as rows:
        for part in rows.partitions():
            past.execute(insert(t.change), [row._asdict() for row in part])


def _batches_of_last_changes(
    past: Connection, kind: EntityKind
) -> Iterator[Sequence[Row[str, str]]]:
    """The last change of each entity that was there then, in batches."""
    change = t.change.c
    newest = select(func.max(change.seq)).where(change.kind == kind).group_by(change.slug)
    for batch in batches(sorted(past.scalars(newest))):
        there = change.seq.in_(batch), change.document.is_not(None)
        yield past.execute(select(change.slug, change.document).where(*there)).all()


def _restore(past: Connection, kind: EntityKind, changes: Sequence[Row[str, str]]) -> None:
    """Write the rows of entities as these changes left them."""
    records = [stored_record(kind, change.document) for change in changes]
    keys = _keys(past, kind, records)
    rows = [
        {"id": keys[kind, r["id"]], **_own_columns(c), **entity_columns(kind, r, keys)}
        for c, r in zip(changes, records, strict=True)
    ]
    if rows:
        past.execute(insert(t.ENTITIES[kind]), rows)
    there = [_without_missing(kind, record, keys) for record in records]
    # Half-way through a write that moves an identifier two have it: the later change does.
    insert_children(past, kind, there, keys, insert_or_replace)


def _without_missing(kind: EntityKind, record: Plain, keys: EntityKeys) -> Plain:
    """The record without what it names of its own kind that comes later in the same write.

    The state between is one that a mirror has when it applied so much of the log.
    """
    if kind is EntityKind.PARTICIPANT:
        for position in record["positions"]:
            if (kind, position["organisation"]) not in keys:
                position["organisation"] = None
    elif kind is EntityKind.EVENT:
        there = [each for each in record["relations"] if (kind, each["event"]) in keys]
        record["relations"] = there
    return record


def _own_columns(change: Row[str, str]) -> dict[str, object]:
    document = json.loads(change.document)
    return {
        "slug": change.slug,
        "revision": document["revision"],
        "created_at": datetime.fromisoformat(document["created_at"]),
        "updated_at": datetime.fromisoformat(document["updated_at"]),
        "document": change.document,
    }


def _keys(past: Connection, kind: EntityKind, records: Sequence[Plain]) -> EntityKeys:
    """The integer keys of these and of what they refer to: each is the number of its first change.

    So keys are known before there are rows, and the same in every file.
    """
    slugs: dict[EntityKind, set[str]] = {kind: {record["id"] for record in records}}
    for record in records:
        for reference in references(kind, record):
            slugs.setdefault(reference.kind, set()).add(reference.slug)
    change = t.change.c
    return {
        (of, row.slug): row.seq
        for of, wanted in slugs.items()
        for batch in batches(sorted(wanted))
        for row in past.execute(
            select(change.slug, change.seq).where(
                change.kind == of, change.slug.in_(batch), change.revision == 1
            )
        )
    }


def _batches_of_keys(past: Connection, kind: EntityKind) -> Iterable[Sequence[int]]:
    table = t.ENTITIES[kind]
    return batches(past.scalars(select(table.c.id).order_by(table.c.id)).all())
