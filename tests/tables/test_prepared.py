"""Statements that the driver runs alone give the rows that SQLAlchemy gives."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any
from unittest.mock import patch

import pytest
from sqlalchemy import Connection, Select, bindparam, literal, select, tuple_

from app.tables import core as t
from app.tables.at_once import at_once
from app.tables.database import Database
from app.tables.keys import has_key_of
from app.tables.prepared import fetch_all
from app.tables.utf8 import utf8
from tests.support.statements import counting_statements

EVENT = t.event.c
STATEMENTS: list[tuple[Select[Any], Mapping[str, Any]]] = [
    (select(utf8(EVENT.document)).where(EVENT.slug == bindparam("slug")), {"slug": "unknown"}),
    (select(EVENT.slug, utf8(EVENT.document)).limit(bindparam("size")), {"size": 3}),
    # Texts, integers, days, instants, JSON and null.
    (select(*EVENT).order_by(EVENT.id).limit(bindparam("size")), {"size": 50}),
    (
        select(literal("constant").label("word"), EVENT.start_earliest).where(
            EVENT.type == "treaty"
        ),
        {},
    ),
    (
        select(EVENT.slug, EVENT.start_earliest.label("sort_0"))
        .where(
            tuple_(EVENT.start_earliest, EVENT.slug)
            > tuple_(bindparam("day", type_=EVENT.start_earliest.type), bindparam("slug"))
        )
        .where(has_key_of(EVENT.id, "keys")),
        {"day": date(2018, 1, 1), "slug": "x", "keys": range(100)},
    ),
]


@pytest.fixture
def connection(seeded_sqlite: Database) -> Iterator[Connection]:
    """A connection to the seeds on SQLite."""
    with seeded_sqlite.read() as connection:
        yield connection


@pytest.mark.parametrize(("statement", "values"), STATEMENTS)
def test_rows_are_equal_by_position_and_name(
    connection: Connection, statement: Select[Any], values: Mapping[str, Any]
) -> None:
    expected = connection.execute(statement, values).all()
    with at_once(), patch.object(Connection, "execute", side_effect=AssertionError):
        found = fetch_all(connection, statement, values)

    assert [tuple(row) for row in found] == [tuple(row) for row in expected]
    for row, same in zip(found, expected, strict=True):
        assert all(getattr(row, name) == value for name, value in same._mapping.items())


def test_a_statement_serves_several_values(connection: Connection) -> None:
    statement = select(EVENT.slug).where(EVENT.type == bindparam("type")).limit(bindparam("size"))
    for type_ in ("meeting", "letter", "meeting"):
        values = {"type": type_, "size": 2}
        with at_once():
            found = fetch_all(connection, statement, values)
        assert found == connection.execute(statement, values).all() != []


def test_a_text_that_depends_on_its_parameters_is_left_to_sqlalchemy(
    connection: Connection,
) -> None:
    statement = select(EVENT.slug).where(EVENT.type.in_(bindparam("types", expanding=True)))
    for types in (["meeting"], ["meeting", "letter"], []):
        with at_once():
            found = fetch_all(connection, statement, {"types": types})
        assert found == connection.execute(statement, {"types": types}).all()


def test_listeners_hear_of_each_statement(connection: Connection) -> None:
    statement = select(EVENT.slug).limit(bindparam("size"))
    with at_once(), counting_statements(connection.engine) as heard:
        found = fetch_all(connection, statement, {"size": 2})
    assert (len(found), len(heard)) == (2, 1)


def test_outside_the_event_loop_sqlalchemy_reads(connection: Connection) -> None:
    statement = select(EVENT.slug).limit(bindparam("size"))
    with (
        patch.object(Connection, "execute", side_effect=AssertionError),
        pytest.raises(AssertionError),
    ):
        fetch_all(connection, statement, {"size": 1})
