"""Parquet: tables with types, for pandas, polars, DuckDB and others. It needs the extra `parquet`.

A column has the type that the Table Schema of its CSV gives it.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from importlib.util import find_spec
from io import BytesIO
from itertools import islice
from typing import Any, Final, TypeVar

from app.domain.vocabulary import EntityKind
from app.formats.catalog.csv_schema import csv_schema
from app.formats.catalog.record_schema import record_schema
from app.formats.json_objects import JsonObject
from app.formats.tables.columns import Cell, Columns

_Row = TypeVar("_Row")
# The types of columns in a Table Schema, by the column; a column without one is a text.
Types = Mapping[str, str]
# Rows that are in memory at once. A reader that selects columns reads a group as a whole.
GROUP: Final = 5_000


def is_installed() -> bool:
    """Return whether the package that writes Parquet is installed, without importing it."""
    return find_spec("pyarrow") is not None


def event_types() -> Types:
    """Return the types of the columns of events, which participations share by name."""
    return _types(csv_schema())


def entity_types(kind: EntityKind) -> Types:
    """Return the types of the columns of a kind's records."""
    return _types(record_schema(kind))


def _types(schema: JsonObject) -> Types:
    return {field["name"]: field["type"] for field in schema["fields"]}


def write_parquet(columns: Columns[_Row], types: Types, rows: Iterable[_Row]) -> Iterator[bytes]:
    """Yield a file with these columns: the bytes of a group of rows after its last row.

    Days are `date32`, instants have microseconds in UTC, and lists are lists. Every column may be null. The
    same rows give the same bytes.
    """
    # Slow to import, and a start needs none of it.
    import pyarrow
    from pyarrow import parquet

    schema = pyarrow.schema({name: _arrow(pyarrow, types.get(name, "")) for name in columns})
    sink = _Sink()
    # Readers in JavaScript need further packages for zstd, which saves a quarter.
    with parquet.ParquetWriter(sink, schema, compression="snappy") as writer:
        left = iter(rows)
        while group := [*islice(left, GROUP)]:
            cells = [
                pyarrow.array(
                    [_value(column(row), types.get(name, "")) for row in group],
                    schema.field(name).type,
                )
                for name, column in columns.items()
            ]
            writer.write_table(pyarrow.Table.from_arrays(cells, schema=schema))
            yield sink.take()
    yield sink.take()


def _arrow(pyarrow: Any, kind: str) -> Any:
    # No dictionaries: readers would take them for categories.
    text = pyarrow.string()
    return {
        "list": pyarrow.list_(text),
        "date": pyarrow.date32(),
        "boolean": pyarrow.bool_(),
        "number": pyarrow.float64(),
        "integer": pyarrow.int64(),
        "datetime": pyarrow.timestamp("us", tz="UTC"),
    }.get(kind, text)


def _value(cell: Cell, kind: str) -> Any:
    match kind:
        case "list":
            return [] if cell is None else [*cell]  # type: ignore[misc]
        case "datetime":
            return datetime.fromisoformat(cell) if isinstance(cell, str) else cell
    return cell


class _Sink(BytesIO):
    """A file that is taken away while it is written; a position counts from its first byte."""

    def __init__(self) -> None:
        super().__init__()
        self._taken = 0

    def take(self) -> bytes:
        """Return the bytes since the last call, and forget them."""
        data = self.getvalue()
        self._taken += len(data)
        self.seek(0)
        self.truncate()
        return data

    def tell(self) -> int:
        """Return the position in the whole file."""
        return self._taken + super().tell()

    def close(self) -> None:
        """Stay open: the end of the file is taken after its writer is closed."""
