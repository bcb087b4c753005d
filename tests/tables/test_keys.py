"""A condition on any number of keys has one parameter, and the index of keys serves it."""

from collections.abc import Sequence

import pytest
from sqlalchemy import and_, not_, or_, select

from app.tables import core as t
from app.tables.database import Database
from app.tables.keys import has_key, has_key_of
from tests.support.builders import make_place, store

_PLACE = t.place.c
_NAMES = ("alpha", "beta", "gamma", "delta")


@pytest.fixture
def keys(database: Database) -> dict[str, int]:
    """The keys of four places."""
    store(database, *map(make_place, _NAMES))
    with database.read() as connection:
        rows = connection.execute(select(_PLACE.slug, _PLACE.id))
        return {slug: key for slug, key in rows}


@pytest.mark.parametrize("names", [(), ("beta",), ("gamma", "alpha"), _NAMES])
def test_finds_the_rows_of_the_keys(
    database: Database, keys: dict[str, int], names: Sequence[str]
) -> None:
    chosen = [keys[name] for name in names]
    named = select(_PLACE.slug).where(has_key_of(_PLACE.id, "keys"))
    with database.read() as connection:
        found = {*connection.scalars(select(_PLACE.slug).where(has_key(_PLACE.id, chosen)))}
        assert found == {*names}
        assert {*connection.scalars(named, {"keys": chosen})} == {*names}


def test_is_a_condition_as_any_other(database: Database, keys: dict[str, int]) -> None:
    chosen = has_key(_PLACE.id, [keys["alpha"], keys["beta"]])
    conditions = {
        and_(chosen, _PLACE.slug != "beta"): {"alpha"},
        or_(chosen, _PLACE.slug == "gamma"): {"alpha", "beta", "gamma"},
        not_(chosen): {"gamma", "delta"},
    }
    with database.read() as connection:
        for condition, expected in conditions.items():
            assert {*connection.scalars(select(_PLACE.slug).where(condition))} == expected


def test_the_statement_is_the_same_for_any_number(database: Database) -> None:
    texts = {
        str(select(_PLACE.id).where(has_key(_PLACE.id, range(size))).compile(database.engine))
        for size in (0, 1, 500)
    }

    assert len(texts) == 1


def test_sqlite_looks_the_keys_up(seeded_sqlite: Database) -> None:
    statement = select(_PLACE.slug).where(has_key(_PLACE.id, [1, 2]), _PLACE.slug != "x")
    explained = f"EXPLAIN QUERY PLAN {statement.compile(seeded_sqlite.engine)}"
    with seeded_sqlite.read() as connection:
        driver = connection.connection.driver_connection
        assert driver is not None
        steps = [row[3] for row in driver.execute(explained, ("[1,2]", "x"))]

    assert steps[0] == "SEARCH place USING INTEGER PRIMARY KEY (rowid=?)"
