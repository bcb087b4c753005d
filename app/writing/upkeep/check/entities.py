"""Check each entity: its document against its rows and the log, its rows against its record."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, select

from app.documents.entities import BUILDERS, DOCUMENT_MODELS, Values, write_document
from app.documents.entities.treaty import days_in_force, treaty_stages
from app.domain.vocabulary import EntityKind
from app.tables import core as t
from app.tables.rows import key_batches
from app.tables.search import stale_search_rows
from app.writing.documents import derived_columns
from app.writing.search import search_rows
from app.writing.upkeep.check.fault import DAMAGE, Fault, guarded, reason_of
from app.writing.upkeep.check.log import check_last_changes
from app.writing.upkeep.check.rows import check_rows

Rows = Mapping[int, Row[Any]]
Built = Mapping[int, Values]


def check_entities(connection: Connection) -> Iterator[Fault]:
    """Yield the faults of every entity, a batch at a time."""
    for kind, table in t.ENTITIES.items():
        yield from guarded(connection, "table", table.name, _check_kind(connection, kind))


def _check_kind(connection: Connection, kind: EntityKind) -> Iterator[Fault]:
    for keys in key_batches(connection, t.ENTITIES[kind]):
        yield from _check_batch(connection, kind, keys)


def _check_batch(connection: Connection, kind: EntityKind, keys: Sequence[int]) -> Iterator[Fault]:
    """Yield the faults of these entities; if one of them cannot be read, check each alone."""
    try:
        yield from list(_faults(connection, kind, keys))
    except DAMAGE as error:
        reason = reason_of(connection, error)
        if len(keys) > 1:
            for key in keys:
                yield from _check_batch(connection, kind, [key])
        else:
            problem = f"its rows do not make a valid {kind}: {reason}"
            yield Fault(kind, _name(connection, kind, keys[0]), problem)


def _name(connection: Connection, kind: EntityKind, key: int) -> str:
    """Return the id of the entity, or its primary key if the id cannot be read."""
    table = t.ENTITIES[kind]
    try:
        return str(connection.scalar(select(table.c.slug).where(table.c.id == key)))
    except DAMAGE as error:
        reason_of(connection, error)
        return f"with the key {key}"


def _faults(connection: Connection, kind: EntityKind, keys: Sequence[int]) -> Iterator[Fault]:
    table = t.ENTITIES[kind]
    rows = {row.id: row for row in connection.execute(select(table).where(table.c.id.in_(keys)))}
    built = BUILDERS[kind](connection, keys)
    yield from _check_documents(kind, rows, built)
    yield from check_rows(connection, kind, rows, built)
    yield from check_last_changes(connection, kind, rows.values())
    if kind is EntityKind.TREATY:
        yield from _check_days_in_force(connection, rows)
    if kind is EntityKind.EVENT:
        yield from _check_tokens(connection, built)


def _check_documents(kind: EntityKind, rows: Rows, built: Built) -> Iterator[Fault]:
    for key, row in rows.items():
        rebuilt = write_document(built[key])
        DOCUMENT_MODELS[kind].model_validate_json(rebuilt)
        derived = derived_columns(kind, built[key])
        if any(row._mapping[name] != value for name, value in derived.items()):
            yield Fault(kind, row.slug, "its columns do not match its sources")
        if row.document != rebuilt:
            difference = _difference(row.document, rebuilt)
            yield Fault(kind, row.slug, f"its document does not match its rows: {difference}")


def _difference(stored: str, rebuilt: str) -> str:
    """Return the keys in which two documents differ."""
    try:
        document = json.loads(stored)
        old, new = dict(document), json.loads(rebuilt)
    except (TypeError, ValueError):
        return "it is not a JSON object"
    keys = [key for key in {**new, **old} if old.get(key, ...) != new.get(key, ...)]
    return ", ".join(keys) or "same values, other notation"


def _check_days_in_force(connection: Connection, rows: Rows) -> Iterator[Fault]:
    stages = treaty_stages(connection, [*rows])
    for key, row in rows.items():
        if (row.in_force_first_on, row.in_force_last_on, row.in_force_known) != days_in_force(
            stages[key]
        ):
            problem = "its days in force do not match its stages"
            yield Fault(EntityKind.TREATY, row.slug, problem)


def _check_tokens(connection: Connection, built: Built) -> Iterator[Fault]:
    for key in sorted(stale_search_rows(connection, search_rows(connection, built))):
        problem = "its search row is missing, or does not match its texts and names"
        yield Fault(EntityKind.EVENT, built[key]["id"], problem)
