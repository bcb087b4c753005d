"""Rows written in bulk are the rows that SQLAlchemy writes one by one."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import Table, insert, select

from app.tables import core as t
from app.tables.database import Database
from app.tables.rows import insert_rows, update_rows
from tests.support.builders import NASTY

NOW = datetime(2026, 11, 28, 12, 0, 0, 5, UTC)
STAMPS = {"revision": 1, "created_at": NOW, "updated_at": NOW, "document": NASTY}
PERSON = {"kind": "person", "country": "RU", **STAMPS}
EVENT = {
    "type": "visit",
    "subtype": "delegation",
    "status": "occurred",
    "confidence": "high",
    "date": "2024",
    "start_earliest": date(2024, 1, 1),
    "start_latest": date(2024, 12, 31),
    "end_earliest": date.min,
    "end_latest": date.max,
    "treaty_id": None,
    "note": NASTY,
    "title": {"en": NASTY, "ko": "평양"},
    "summary": {},
    **STAMPS,
}
# A definition that is null is no JSON null.
TAG = {"names": {"en": "%s \\ 'x'"}, "definition": None, **STAMPS}
CASES = [(t.participant, PERSON), (t.event, EVENT), (t.tag, TAG)]


def _rows(database: Database, table: Table) -> list[Any]:
    with database.read() as connection:
        rows = connection.execute(select(table).order_by(table.c.slug))
        return [{**row._mapping, "id": None} for row in rows]


@pytest.mark.parametrize(("table", "values"), CASES, ids=lambda each: getattr(each, "name", ""))
class TestBulk:
    def test_inserts(self, database: Database, table: Table, values: dict[str, Any]) -> None:
        rows = [{"slug": slug, **values} for slug in ("a", "b")]
        with database.write() as connection:
            connection.execute(insert(table), rows)
        expected = _rows(database, table)
        with database.write() as connection:
            connection.execute(table.delete())

            insert_rows(connection, table, rows)

        assert _rows(database, table) == expected

    def test_updates(self, database: Database, table: Table, values: dict[str, Any]) -> None:
        old = {**values, "document": "old"}
        with database.write() as connection:
            connection.execute(insert(table), [{"slug": slug, **old} for slug in ("a", "b", "c")])
            keys = connection.scalars(select(table.c.id).order_by(table.c.slug)).all()

            update_rows(connection, table, [{"id": key, **values} for key in keys[:2]])

        documents = [row["document"] for row in _rows(database, table)]
        assert documents == [NASTY, NASTY, "old"]


def test_no_rows_are_no_statement(database: Database) -> None:
    with database.read() as connection:
        insert_rows(connection, t.event, [])
        update_rows(connection, t.event, [])
