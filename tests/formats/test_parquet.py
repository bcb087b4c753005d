"""Parquet, read back by pyarrow; tests/docs/test_tables_page.py has readers that share no code with it."""

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

import pyarrow
import pytest
from pyarrow import parquet as reading

from app.domain.languages import Language
from app.domain.vocabulary import EntityKind
from app.formats.tables import parquet
from app.formats.tables.columns import Cell
from app.formats.tables.entity_columns import entity_columns
from app.formats.tables.event_columns import event_columns
from app.formats.tables.parquet import entity_types, event_types, write_parquet
from tests.support.builders import NASTY, make_event_document

COLUMNS: dict[str, Callable[[int], Cell]] = {
    "id": lambda row: f"event-{row}",
    "date": lambda _: "1985-12~",
    "start_earliest": lambda row: date(1884, 7, row) if row else None,
    "tags": lambda row: ("a", None, NASTY)[:row],
    "date_uncertain": lambda row: row == 1,
    "latitude": lambda row: row / 2 if row else None,
    "revision": lambda row: row,
    "created_at": lambda _: "2026-11-29T12:22:25.646239Z",
}


def write(rows: Iterable[int]) -> bytes:
    return b"".join(write_parquet(COLUMNS, event_types(), rows))


def read(data: bytes) -> pyarrow.Table:
    return reading.read_table(BytesIO(data))


def test_each_column_has_its_type() -> None:
    types = {field.name: str(field.type) for field in read(write([1])).schema}

    assert types == {
        "id": "string",
        "date": "string",
        "start_earliest": "date32[day]",
        "tags": "list<element: string>",
        "date_uncertain": "bool",
        "latitude": "double",
        "revision": "int64",
        "created_at": "timestamp[us, tz=UTC]",
    }


def test_each_value_is_read_back() -> None:
    first, second = read(write([0, 3])).to_pylist()

    assert (first["start_earliest"], first["tags"], first["latitude"]) == (None, [], None)
    assert second == {
        "id": "event-3",
        "date": "1985-12~",
        "start_earliest": date(1884, 7, 3),
        "tags": ["a", None, NASTY],
        "date_uncertain": False,
        "latitude": 1.5,
        "revision": 3,
        "created_at": datetime(2026, 11, 29, 12, 22, 25, 646239, UTC),
    }


@pytest.mark.parametrize("rows", [0, 1, 3, 4, 10])
def test_groups_of_rows_are_one_table(rows: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet, "GROUP", 3)

    data = write(range(rows))

    assert read(data).column("revision").to_pylist() == [*range(rows)]
    assert reading.ParquetFile(BytesIO(data)).num_row_groups == -(-rows // 3)
    assert write(range(rows)) == data


def test_readers_without_further_packages_can_unpack_each_column() -> None:
    """hyparquet knows Snappy alone, and @dsnp/parquetjs knows no zstd."""
    group = reading.ParquetFile(BytesIO(write(range(3)))).metadata.row_group(0)

    assert {group.column(at).compression for at in range(group.num_columns)} == {"SNAPPY"}


def test_a_group_leaves_before_the_next_row_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet, "GROUP", 2)
    asked = []

    def rows() -> Iterable[int]:
        for row in range(5):
            asked.append(row)
            yield row

    chunks = write_parquet(COLUMNS, event_types(), rows())

    assert next(iter(chunks)).startswith(b"PAR1")
    assert asked == [0, 1]


def test_the_columns_of_events_fit_their_types() -> None:
    columns: Any = event_columns(Language.EN)
    data = b"".join(write_parquet(columns, event_types(), [make_event_document()]))

    [row] = read(data).to_pylist()

    assert [*row] == [*columns]
    assert row["start_earliest"] == date(2024, 11, 1)
    assert isinstance(row["participant_ids"], list)


@pytest.mark.parametrize("kind", [EntityKind.SOURCE, EntityKind.TREATY])
def test_each_column_of_an_entity_has_a_described_type(kind: EntityKind) -> None:
    assert {*entity_types(kind)} == {*entity_columns(kind)}
