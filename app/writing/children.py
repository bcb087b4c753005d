"""The rows that hang from entities: inserted and deleted, whatever it is that writes."""

from collections import defaultdict
from collections.abc import Callable, Sequence

from sqlalchemy import Connection, Insert, Table, delete, insert

from app.domain.vocabulary import EntityKind
from app.records import Plain
from app.writing.references import Keys
from app.writing.rows import CHILD_COLUMNS, Values, child_rows


def insert_children(
    connection: Connection,
    kind: EntityKind,
    records: Sequence[Plain],
    keys: Keys,
    insertion: Callable[[Table], Insert] = insert,
) -> None:
    """Insert what hangs from the entities of these records: a statement for each table."""
    rows: dict[Table, list[Values]] = defaultdict(list)
    for record in records:
        for table, values in child_rows(kind, record, keys[kind, record["id"]], keys):
            rows[table].append(values)
    for table, values_of_rows in rows.items():
        connection.execute(insertion(table), values_of_rows)


def delete_children(connection: Connection, kind: EntityKind, owners: Sequence[int]) -> None:
    """Delete what hangs from the entities with these keys."""
    if owners:
        for column in CHILD_COLUMNS[kind]:
            connection.execute(delete(column.table).where(column.in_(owners)))
