"""Check the rows of each entity against its record, and the search rows against the events.

A document is built from some columns only. Other columns derive from these: the bounds of dates,
the search keys of names, positions in lists. So this check goes the other way: from the document
that the rows give to its record, and from the record to every row.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, Table, exists, select

from app.documents.entities import write_document
from app.domain.vocabulary import EntityKind
from app.records.models import RECORD_MODELS, Plain
from app.tables import core as t
from app.tables.search import event_search
from app.writing.record_from_document import stored_record
from app.writing.references import EntityKeys, find_keys, references
from app.writing.rows import CHILD_COLUMNS, Values, child_rows, entity_columns
from app.writing.upkeep.check.fault import Fault

# Child rows: by the name of their table and the key of their entity, then by their primary key.
_Children = dict[tuple[str, int], dict[tuple[Any, ...], Values]]


def check_rows(
    connection: Connection,
    kind: EntityKind,
    rows: Mapping[int, Row[Any]],
    built: Mapping[int, Values],
) -> Iterator[Fault]:
    """Yield the entities of which a column or a child row does not match the record.

    Raises ValueError for a document whose record is invalid.
    """
    records = {
        key: RECORD_MODELS[kind].model_validate(record).to_plain()
        for key, document in built.items()
        for record in [stored_record(kind, write_document(document))]
    }
    named = ((r.kind, r.slug) for record in records.values() for r in references(kind, record))
    keys = find_keys(connection, named)
    expected, stored = _expected(kind, records, keys), _stored(connection, kind, [*rows])
    for key, row in rows.items():
        differences = [
            *_differing_columns(row, entity_columns(kind, records[key], keys)),
            *_differing_tables(kind, key, expected, stored),
        ]
        if differences:
            yield Fault(kind, row.slug, f"does not match its record: {', '.join(differences)}")
        if tags := _missing_tags(kind, records[key], keys):
            yield Fault(kind, row.slug, f"has tags that do not exist: {', '.join(tags)}")


def _missing_tags(kind: EntityKind, record: Plain, keys: EntityKeys) -> list[str]:
    """Return the tags without a row. The database refuses other dangling references by itself."""
    named = [each for each in references(kind, record) if each.kind is EntityKind.TAG]
    return [each.slug for each in named if (each.kind, each.slug) not in keys]


def _differing_columns(row: Row[Any], columns: Values) -> Iterator[str]:
    for name, value in columns.items():
        if row._mapping[name] != value:
            yield f"column {name}"


def _differing_tables(
    kind: EntityKind, key: int, expected: _Children, stored: _Children
) -> Iterator[str]:
    for column in CHILD_COLUMNS[kind]:
        table = column.table.name
        if expected.get((table, key)) != stored.get((table, key)):
            yield f"rows of {table}"


def _expected(kind: EntityKind, records: Mapping[int, Plain], keys: EntityKeys) -> _Children:
    expected: _Children = defaultdict(dict)
    for key, record in records.items():
        for table, values in child_rows(kind, record, key, keys):
            expected[table.name, key][_primary_key(table, values)] = values
    return expected


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
    """Yield the rows of the full-text index that belong to no event; a search could find them."""
    key = event_search.c.rowid
    orphans = select(key).where(~exists().where(t.event.c.id == key))
    for orphan in connection.scalars(orphans):
        yield Fault("table", "event_search", f"row {orphan} belongs to no event")
