"""The columns of every kind of entity as a record: all that `timeline load` reads, and a few that derive from it."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import Any, Final, NamedTuple

from app.domain.vocabulary import EntityKind
from app.formats.tables.columns import Cell, Columns
from app.records.parsing.csv_layout import EACH, LAYOUTS, Column

_Values = Mapping[str, Any]


class EntityRow(NamedTuple):
    """An entity as a record and as a document, both as JSON values."""

    record: _Values
    document: _Values


def entity_rows(
    documents: Iterable[bytes], read_record: Callable[[bytes], _Values]
) -> Iterator[EntityRow]:
    """Yield a row for each stored document; `read_record` recovers the record from it."""
    return (EntityRow(read_record(text), json.loads(text)) for text in documents)


def entity_columns(kind: EntityKind) -> Columns[EntityRow]:
    """Return the columns of a kind: a record that is written with them is read back without loss."""
    derived = {**_DERIVED.get(kind, {}), **_STAMPS}
    return {
        **{name: partial(_record_cell, column) for name, column in _columns(kind)},
        **{name: partial(_document_cell, derive) for name, derive in derived.items()},
    }


def _columns(kind: EntityKind) -> Iterator[tuple[str, Column]]:
    """Yield the columns without those that repeat the place of an earlier one, such as `title`."""
    seen = set()
    for name, column in LAYOUTS[kind].items():
        if column.path not in seen:
            seen.add(column.path)
            yield name, column


def _document_cell(derive: Callable[[_Values], Cell], row: EntityRow) -> Cell:
    return derive(row.document)


def _record_cell(column: Column, row: EntityRow) -> Cell:
    """Return the cell of a column: the inverse of reading it."""
    first, *rest = column.path
    value: Any = row.record[first]
    match rest:
        case [field] if field != EACH:
            value = value.get(field) if value else None
        case [_, field] if column.key:
            value = _json({item[column.key]: item[field] for item in value if item[field]})
        case [_, field]:
            value = [item[field] for item in value]
        case [] if isinstance(value, dict):
            value = [f"{scheme}:{identifier}" for scheme, identifier in value.items()]
    cell: Cell = value
    return cell


def _json(values: _Values) -> str | None:
    return json.dumps(values, ensure_ascii=False, separators=(",", ":")) if values else None


def _of_stages(field: str) -> Callable[[_Values], Cell]:
    return lambda treaty: [stage[field] for stage in treaty["stages"]]


def _of_period(field: str) -> Callable[[_Values], Cell]:
    # An earlier version wrote null for an unknown period.
    return lambda treaty: (treaty["in_force"] or {}).get(field)


_DERIVED: Final[Mapping[EntityKind, Mapping[str, Callable[[_Values], Cell]]]] = {
    EntityKind.SOURCE: {"house": lambda source: source.get("house")},
    EntityKind.TREATY: {
        "stages": _of_stages("stage"),
        "stage_dates": _of_stages("date"),
        "stage_statuses": _of_stages("status"),
        "stage_events": _of_stages("event"),
        "in_force_from": _of_period("from"),
        "in_force_to": _of_period("to"),
        "in_force_known": _of_period("known"),
    },
}
_STAMPS: Final[Mapping[str, Callable[[_Values], Cell]]] = {
    "revision": lambda document: document["revision"],
    "created_at": lambda document: document["created_at"],
    "updated_at": lambda document: document["updated_at"],
}
