"""Rows proved: those of an entity are what its record would be written as.

Documents are made from some columns only. Others are derived from these: the bounds of dates, the
forms by which names are found, places in lists. Here the way goes back, from the document that the
rows give to its record, and from that to every row.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, Table, exists, select

from app.documents.entities import Document
from app.domain.vocabulary import EntityKind
from app.records.models import RECORD_MODELS, Plain
from app.tables import core as t
from app.tables.search import event_search
from app.writing.record_from_document import stored_record
from app.writing.references import EntityKeys, find_keys, references
from app.writing.rows import CHILD_COLUMNS, Values, child_rows, entity_columns
from app.writing.upkeep.check.fault import Fault

# Rows that hang from entities: by their table's name and the entity's key, then by their own key.
_Children = dict[tuple[str, int], dict[tuple[Any, ...], Values]]


def check_rows(
    connection: Connection,
    kind: EntityKind,
    rows: Mapping[int, Row[Any]],
    built: Mapping[int, Document],
) -> Iterator[Fault]:
    """Which columns and rows of these entities are not as they would be written.

    Raises a ValueError for what the rules for records do not allow.
    """
    records = {
        key: RECORD_MODELS[kind].model_validate(stored_record(kind, document.to_json())).to_plain()
        for key, document in built.items()
    }
    named = ((r.kind, r.slug) for record in records.values() for r in references(kind, record))
    keys = find_keys(connection, named)
    expected, stored = _written(kind, records, keys), _stored(connection, kind, [*rows])
    for key, row in rows.items():
        wrong = [
            *_wrong_columns(row, entity_columns(kind, records[key], keys)),
            *_wrong_tables(kind, key, expected, stored),
        ]
        if wrong:
            problem = f"not as its record would be written: {', '.join(wrong)}"
            yield Fault(kind, row.slug, problem)


def _wrong_columns(row: Row[Any], columns: Values) -> Iterator[str]:
    for name, value in columns.items():
        if row._mapping[name] != value:
            yield f"column {name}"


def _wrong_tables(
    kind: EntityKind, key: int, expected: _Children, stored: _Children
) -> Iterator[str]:
    for column in CHILD_COLUMNS[kind]:
        place = column.table.name, key
        if expected.get(place) != stored.get(place):
            yield f"rows of {column.table.name}"


def _written(kind: EntityKind, records: Mapping[int, Plain], keys: EntityKeys) -> _Children:
    written: _Children = defaultdict(dict)
    for key, record in records.items():
        for table, values in child_rows(kind, record, key, keys):
            written[table.name, key][_primary_key(table, values)] = values
    return written


def _stored(connection: Connection, kind: EntityKind, owners: Sequence[int]) -> _Children:
    stored: _Children = defaultdict(dict)
    for column in CHILD_COLUMNS[kind]:
        table = column.table
        for row in connection.execute(select(table).where(column.in_(owners))):
            values = row._asdict()
            stored[table.name, values[column.name]][_primary_key(table, values)] = values
    return stored


def _primary_key(table: Table, values: Values) -> tuple[Any, ...]:
    return tuple(values[column.name] for column in table.primary_key)


def check_search_rows(connection: Connection) -> Iterator[Fault]:
    """Rows of the full-text index that belong to no event; they can be hits."""
    key = event_search.c.rowid
    orphans = select(key).where(~exists().where(t.event.c.id == key))
    for orphan in connection.scalars(orphans):
        yield Fault("table", "event_search", f"row {orphan} belongs to no event")
