"""Snapshots: rebuild a past state of the data from the change log, in an SQLite file."""

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Row, Select, Text, column, exists, func, select, table

from app.documents.entities.earlier import complete_event
from app.domain.vocabulary import EntityKind, KindAndSlug
from app.records.models import RECORD_MODELS, Plain
from app.tables import core as t
from app.tables.base import PackedText
from app.tables.database import Database
from app.tables.engines import new_file
from app.tables.rows import batches, insert_rows
from app.tables.schema.creation import create_indexes, create_tables
from app.tables.wholes import WHOLES
from app.writing.documents import derive_days_in_force
from app.writing.record_from_document import record_of
from app.writing.references import EntityKeys, named_ids
from app.writing.rows import entity_columns, insert_children
from app.writing.search import index_events

# Changes that are inserted at once.
_ROWS: Final = 500
# A published file has the documents of the log as text, so that any SQLite tool can read them.
_PLAIN_LOG = table(
    t.change.name,
    *(
        column(each.name, Text() if isinstance(each.type, PackedText) else each.type)
        for each in t.change.columns
    ),
)


def build_snapshot(
    present: Database, seq: int, path: Path, check: Callable[[], None] = lambda: None
) -> None:
    """Write the state after the change `seq` to a new SQLite file, with the log up to that change.

    Documents are copied from the log byte for byte; rows and search rows are built from them by the
    code that writes every record. No document is built again: the log has them. The file has no tables
    for API keys, answers to imports or releases, because the log has none of them. Memory holds one
    batch, and an integer for each entity. `check` is called between batches, and may raise to end the
    work.
    """

    def copy(past: Connection) -> None:
        with present.stream() as connection:
            _copy_log(connection, past, seq)

    _build(path, copy, check)


def build_from_log(log: Iterable[Mapping[str, object]], path: Path) -> None:
    """Write the state after the last of these changes, as `build_snapshot` does.

    A change is given as a row of the log. Errors of the iterable and of documents that this program
    cannot read are raised as they are.
    """

    def insert(past: Connection) -> None:
        rows = iter(log)
        while part := [*islice(rows, _ROWS)]:
            insert_rows(past, _PLAIN_LOG, part)

    _build(path, insert, lambda: None)


def _build(path: Path, copy_log: Callable[[Connection], None], check: Callable[[], None]) -> None:
    with new_file(path) as past:
        create_tables(past)
        copy_log(past)
        gone = _gone(past)
        for kind in RECORD_MODELS:
            for batch in _batches_of_last_changes(past, kind):
                _restore(past, kind, batch, gone)
                check()
        create_indexes(past)
        for keys in _batches_of_keys(past, EntityKind.TREATY):
            derive_days_in_force(past, keys)


def _copy_log(connection: Connection, past: Connection, seq: int) -> None:
    log = select(t.change).where(t.change.c.seq <= seq).order_by(t.change.c.seq)
    with connection.execute(log) as rows:
        for part in rows.partitions():
            insert_rows(past, _PLAIN_LOG, [row._asdict() for row in part])


def _batches_of_last_changes(past: Connection, kind: EntityKind) -> Iterator[Sequence[Row[Any]]]:
    """Yield the last change of each entity that existed then, in batches.

    Events come in the order of their keys, because FTS5 takes rows in that order fastest, and all
    others in the order of these changes.
    """
    change = t.change.c
    last, first = func.max(change.seq), func.min(change.seq)
    order = first if kind is EntityKind.EVENT else last
    newest = select(last).where(change.kind == kind).group_by(change.slug).order_by(order)
    for batch in batches(past.scalars(newest).all()):
        existing = change.seq.in_(batch), change.document.is_not(None)
        columns: Select[Any] = select(change.seq, change.slug, change.document).where(*existing)
        found = {row.seq: row for row in past.execute(columns)}
        yield [found[seq] for seq in batch if seq in found]


def _gone(past: Connection) -> Collection[KindAndSlug]:
    """Return the entities that were withdrawn or merged, and not restored since."""
    change, later = t.change.c, t.change.alias().c
    followed = exists().where(
        later.kind == change.kind, later.slug == change.slug, later.revision > change.revision
    )
    ends = select(change.kind, change.slug).where(change.document.is_(None), ~followed)
    return {(kind, slug) for kind, slug in past.execute(ends)}


def _restore(
    past: Connection,
    kind: EntityKind,
    changes: Sequence[Row[Any]],
    gone: Collection[KindAndSlug],
) -> None:
    """Write the rows of the entities as these changes left them."""
    documents = [json.loads(change.document) for change in changes]
    records = [record_of(kind, document) for document in documents]
    keys = {id: key for id, key in _keys(past, kind, records).items() if id not in gone}
    rows = [
        {
            "id": keys[kind, record["id"]],
            **_document_columns(kind, change, document),
            **entity_columns(kind, record, keys),
        }
        for change, document, record in zip(changes, documents, records, strict=True)
    ]
    insert_rows(past, t.ENTITIES[kind], rows)
    complete = [_without_missing(kind, record, keys) for record in records]
    # In the middle of a write that moves an identifier both participants hold it; the later change
    # wins.
    insert_children(past, kind, complete, keys, replace=True)
    if kind is EntityKind.EVENT:
        index_events(past, {keys[kind, each["id"]]: complete_event(each) for each in documents})


def _without_missing(kind: EntityKind, record: Plain, keys: EntityKeys) -> Plain:
    """Return the record without references to entities that the same write creates later, or removed.

    These are of its kind, or offices of positions: a write may remove several that name one another. A
    mirror that has applied the same part of the log is in the same state.
    """
    if kind is EntityKind.PARTICIPANT:
        for position in record["positions"]:
            if (kind, position["organisation"]) not in keys:
                position["organisation"] = None
            if (EntityKind.OFFICE, position["office"]) not in keys:
                position["office"] = None
    elif kind in WHOLES and (kind, record[WHOLES[kind].field]) not in keys:
        record[WHOLES[kind].field] = None
    elif kind is EntityKind.EVENT:
        existing = [each for each in record["relations"] if (kind, each["event"]) in keys]
        record["relations"] = existing
    return record


def _document_columns(kind: EntityKind, change: Row[Any], document: Plain) -> dict[str, object]:
    """Return the columns that derive from the document."""
    derived = {}
    if kind is EntityKind.EVENT:
        derived["independent_sources"] = complete_event(document)["independent_sources"]
    return {
        **derived,
        "slug": change.slug,
        "revision": document["revision"],
        "created_at": datetime.fromisoformat(document["created_at"]),
        "updated_at": datetime.fromisoformat(document["updated_at"]),
        "document": change.document,
    }


def _keys(past: Connection, kind: EntityKind, records: Sequence[Plain]) -> EntityKeys:
    """Return the primary keys of these entities and of the ones that they refer to.

    The key of an entity is the number of its first change. So keys are known before the rows exist,
    and are the same in every file.
    """
    slugs: dict[EntityKind, set[str]] = {kind: {record["id"] for record in records}}
    for record in records:
        for of, slug in named_ids(kind, record):
            slugs.setdefault(of, set()).add(slug)
    change = t.change.c
    return {
        (of, row.slug): row.seq
        for of, ids in slugs.items()
        for batch in batches(sorted(ids))
        for row in past.execute(
            select(change.slug, change.seq).where(
                change.kind == of, change.slug.in_(batch), change.revision == 1
            )
        )
    }


def _batches_of_keys(past: Connection, kind: EntityKind) -> Iterable[Sequence[int]]:
    key = t.ENTITIES[kind].c.id
    return batches(past.scalars(select(key).order_by(key)).all())
