"""Materialised documents: rebuilt from rows, stored with them, and logged when they differ.

The search rows of events are rebuilt with them.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, select

from app.documents.entities import BUILDERS, Values, write_document
from app.documents.entities.treaty import days_in_force, treaty_stages
from app.domain.vocabulary import ChangeOp, EntityKind
from app.tables import core as t
from app.tables.rows import batches, update_rows
from app.writing.changes import Cause, LoggedChange, Stamp, log_changes
from app.writing.search import index_events

_NO_CAUSES: Mapping[int, Cause] = {}
_NONE_RESTORED: Mapping[int, int] = {}


def materialise(
    connection: Connection,
    kind: EntityKind,
    keys: Sequence[int],
    stamp: Stamp,
    causes: Mapping[int, Cause] = _NO_CAUSES,
    restored: Mapping[int, int] = _NONE_RESTORED,
) -> None:
    """Rebuild the documents of these entities; `causes` has, by key, the edits that some follow from.

    `restored` has, by key, the revisions whose records were restored.

    An equal document stays untouched. Otherwise the entity gets its next revision and the log an
    entry, so no document changes without an entry. The search rows of events are always written,
    because they hold more than the documents.
    """
    for batch in batches(keys):
        if kind is EntityKind.TREATY:
            derive_days_in_force(connection, batch)
        _materialise_batch(connection, kind, batch, stamp, causes, restored)


def _materialise_batch(
    connection: Connection,
    kind: EntityKind,
    keys: Sequence[int],
    stamp: Stamp,
    causes: Mapping[int, Cause],
    restored: Mapping[int, int],
) -> None:
    table = t.ENTITIES[kind]
    derived = [table.c[name] for name in _DERIVED.get(kind, ())]
    columns = select(table.c.id, table.c.document, *derived)
    stored = connection.execute(columns.where(table.c.id.in_(keys)).order_by(table.c.slug)).all()
    built = BUILDERS[kind](connection, keys)
    if kind is EntityKind.EVENT:
        index_events(connection, built)
    changes = {
        row.id: change._replace(cause=causes.get(row.id), restored=restored.get(row.id))
        for row in stored
        if (change := _change(row.document, built[row.id], stamp))
    }
    # A migration may have reset a column whose document stays the same.
    unchanged = [row for row in stored if row.id not in changes]
    reset = [each for row in unchanged if (each := _reset_columns(kind, row, built[row.id]))]
    update_rows(connection, table, reset)
    if not changes:
        return
    rows = [
        {
            "id": key,
            "document": c.document,
            "revision": c.revision,
            "updated_at": stamp.at,
            **derived_columns(kind, built[key]),
        }
        for key, c in changes.items()
    ]
    update_rows(connection, table, rows)
    log_changes(connection, kind, list(changes.values()), stamp)


# The columns that derive from the documents of a kind.
_DERIVED = {EntityKind.EVENT: ("independent_sources",)}


def derived_columns(kind: EntityKind, document: Values) -> dict[str, int]:
    """Return the columns of the entity's row that derive from its document."""
    return {name: document[name] for name in _DERIVED.get(kind, ())}


def _reset_columns(kind: EntityKind, row: Row[Any], document: Values) -> dict[str, int]:
    """Return the row's `id` and derived columns if one of them differs, otherwise nothing."""
    columns = derived_columns(kind, document)
    same = all(row._mapping[name] == value for name, value in columns.items())
    return {} if same else {"id": row.id, **columns}


def _change(stored: str, document: Values, stamp: Stamp) -> LoggedChange | None:
    text = write_document(document)
    if not stored:
        op = ChangeOp.CREATE if document["revision"] == 1 else ChangeOp.RESTORE
        return LoggedChange(op, document["id"], document["revision"], text)
    if stored == text:
        return None
    revision = document["revision"] + 1
    revised = write_document({**document, "revision": revision, "updated_at": stamp.at})
    return LoggedChange(ChangeOp.UPDATE, document["id"], revision, revised)


def derive_days_in_force(connection: Connection, keys: Sequence[int]) -> None:
    """Write the days on which these treaties may have been in force, according to their stages."""
    stages = treaty_stages(connection, keys)
    rows = [{"id": key, **days_in_force(stages[key])._asdict()} for key in keys]
    update_rows(connection, t.treaty, rows)
