"""Snapshots: exactly the rows that the first changes made."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, Table, select
from sqlmodel import SQLModel

from app.domain.search.query import parse_query
from app.reading.search import search_hits
from app.records.models import Record
from app.tables import core as t
from app.tables.database import Database
from app.tables.engines import immutable_url
from app.tables.log import newest_seq
from app.writing.releases import create_release
from app.writing.snapshots.build import build_snapshot
from app.writing.upkeep.check import find_faults
from tests.support.apps import make_key
from tests.support.builders import (
    make_cast,
    make_event,
    make_office,
    make_participant,
    make_place,
    make_publisher,
    make_source,
    make_tag,
    make_treaty,
    store,
)
from tests.support.chance import scaled

_SPAN = {"selector": {"start": 0, "end": 5}, "digest": "0" * 64, "note": "It says so."}
_CITED = {"source": "tass-1", "evidence": [{"supports": ["date"], "basis": "inferred", **_SPAN}]}
EDITS = st.lists(
    st.sampled_from(
        [
            lambda: make_event(),
            lambda: make_event(title={"en": "Gespräche"}, date="2024"),
            lambda: make_event(
                type="treaty", subtype="in_force", treaty="friendship-treaty", tags=["a"]
            ),
            lambda: make_event("2023-05-01-visit", place="moscow"),
            lambda: make_event(
                "2023-05-01-visit",
                relations=[{"type": "follows", "event": "2022-01-01-first"}],
            ),
            lambda: make_event("2022-01-01-first", confidence="low", sources=[_CITED]),
            lambda: make_participant(names={"en": "S. Lavrov", "ru": "Лавров"}),
            lambda: make_participant(aliases=["Gromyko"], identifiers={"wikidata": "Q1"}),
            lambda: make_participant(positions=[{"title": "Minister", "organisation": "ministry"}]),
            lambda: make_participant(positions=[{"title": "Minister", "office": "minister"}]),
            lambda: make_office("minister", names={"en": "The minister"}, rank="minister"),
            lambda: make_publisher("tass", house="kcna"),
            lambda: make_source(publisher="tass"),
            lambda: make_tag("a", names={"en": "Gromyko"}, broader="b"),
            lambda: make_place(names={"en": "Moskva"}, country="KP"),
            lambda: make_treaty(parties=["SU", "KP"]),
            lambda: make_treaty(kind="protocol"),
        ]
    ),
    min_size=1,
    max_size=8,
)
# Tables that no snapshot has: API keys, answers to imports, and releases.
BESIDE = (*(each.name for each in t.SERVER_TABLES),)
# The entities of primary keys whose column does not name them.
_KEYS = {
    "agency_id": "publisher",
    "broader_id": "tag",
    "house_id": "publisher",
    "organisation_id": "participant",
    "target_id": "event",
    "whole_id": "place",
}
WORDS = ("Gromyko", "Лавров", "Gespräche", "Moskva", "talks -Lavrov")


def all_rows(connection: Connection) -> dict[str, list[Any]]:
    """Return every row of every table, with ids for primary keys, and the hits of each word."""
    slugs = {
        (table.name, row.id): row.slug
        for table in t.ENTITIES.values()
        for row in connection.execute(select(table.c.id, table.c.slug))
    }
    tables = [each for each in SQLModel.metadata.sorted_tables if each.name not in BESIDE]
    rows = {table.name: sorted(map(repr, _rows(connection, table, slugs))) for table in tables}
    for word in WORDS:
        hits = connection.scalars(search_hits(parse_query(word)))
        rows[word] = sorted(slugs["event", key] for key in hits)
    return rows


def _rows(
    connection: Connection, table: Table, slugs: dict[tuple[str, int], str]
) -> Iterator[dict[str, Any]]:
    for row in connection.execute(select(table)).mappings():
        yield {
            name: slugs[_KEYS.get(name, name.removesuffix("_id")), value]
            if name.endswith("_id") and value is not None
            else value
            for name, value in row.items()
            if name != "id"
        }


def past_rows(path: Path) -> dict[str, list[Any]]:
    """Return every row of a snapshot."""
    past = Database(immutable_url(path))
    with past.read() as connection:
        return all_rows(connection)


class TestEveryState:
    @pytest.mark.thorough
    @given(edits=EDITS)
    @settings(
        max_examples=scaled(6),
        deadline=None,
        database=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture],
    )
    def test_is_what_the_first_changes_alone_gave(
        self, database: Database, tmp_path: Path, edits: list[Callable[[], Record]]
    ) -> None:
        empty(database)
        ministry = make_participant("ministry", kind="organisation")
        named = [make_tag("a"), make_tag("b"), make_publisher("tass"), make_publisher("kcna")]
        store(database, *make_cast(), ministry, make_place(), make_treaty(), *named)
        store(database, make_office("minister", organisation="ministry"))
        store(database, make_event("2022-01-01-first"))
        then = {}
        for make in edits:
            store(database, make())
            with database.read() as connection:
                rows = all_rows(connection)
            then[len(rows["change"])] = rows

        now = {seq: built(database, seq, tmp_path / "past.sqlite") for seq in then}

        assert now == then


def built(database: Database, seq: int, path: Path) -> dict[str, list[Any]]:
    """Return every row of a snapshot that is built now."""
    path.unlink(missing_ok=True)
    build_snapshot(database, seq, path)
    return past_rows(path)


def empty(database: Database) -> None:
    """Delete every row: the examples of a test share its database."""
    with database.write() as connection:
        for table in reversed(SQLModel.metadata.sorted_tables):
            connection.execute(table.delete())


class TestTheMiddleOfAWrite:
    """A write is several changes, and there is a state after each."""

    @pytest.fixture
    def written(self, database: Database) -> Database:
        """Writes with changes that refer to later changes."""
        held = {"title": "Minister", "organisation": "ministry", "office": "minister"}
        first = make_event(
            "2022-01-01-first", relations=[{"type": "follows", "event": "2023-01-01-second"}]
        )
        store(
            database,
            *make_cast(),
            make_participant("a-person", positions=[held]),
            make_participant("b-person", identifiers={"wikidata": "Q1"}),
            make_participant("ministry", kind="organisation"),
            make_office("minister", organisation="ministry"),
            make_publisher("a-copy", house="kcna"),
            make_publisher("kcna"),
            make_source("kcna-1", publisher="a-copy"),
            make_tag("a-part", broader="whole"),
            make_tag("whole"),
            make_treaty(),
            first,
            make_event(
                "2023-01-01-second", type="treaty", subtype="signed", treaty="friendship-treaty"
            ),
        )
        # The first by id gets the identifier before the second loses it.
        store(
            database,
            make_participant("a-person", identifiers={"wikidata": "Q1"}),
            make_participant("b-person"),
        )
        # The first by id copies the second before the second is itself a house.
        store(database, make_publisher("a-copy"), make_publisher("kcna", house="a-copy"))
        store(database, make_publisher("a-copy", house="kcna"), make_publisher("kcna"))
        return database

    @pytest.mark.thorough
    def test_has_the_documents_of_each_change(self, written: Database, tmp_path: Path) -> None:
        with written.read() as connection:
            log = connection.execute(select(t.change).order_by(t.change.c.seq)).all()
        replayed: dict[tuple[str, str], str] = {}
        for change in log:
            replayed[change.kind, change.slug] = change.document
            path = tmp_path / f"{change.seq}.sqlite"
            build_snapshot(written, change.seq, path)
            past = Database(immutable_url(path))
            with past.read() as connection:
                documents = {
                    (kind, row.slug): row.document
                    for kind, table in t.ENTITIES.items()
                    for row in connection.execute(select(table.c.slug, table.c.document))
                }
            assert documents == replayed

        assert len(log) > 10


class TestFile:
    def test_has_nothing_that_is_not_in_the_log(self, database: Database, tmp_path: Path) -> None:
        store(database, make_place())
        make_key(database)
        with database.write() as connection:
            create_release(connection, "2026-11")

        build_snapshot(database, 1, tmp_path / "past.sqlite")

        with closing(sqlite3.connect(tmp_path / "past.sqlite")) as past:
            rows = past.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        names = {name for (name,) in rows if not name.startswith("event_search")}
        tables = {table.name for table in SQLModel.metadata.sorted_tables}
        assert names == tables - {*BESIDE} | {"alembic_version"}

    def test_has_the_same_bytes_each_time(self, database: Database, tmp_path: Path) -> None:
        store(database, *make_cast(), make_place(), make_event())
        store(database, make_participant(aliases=["Gromyko"]))

        files = [tmp_path / "one.sqlite", tmp_path / "two.sqlite"]
        for file in files:
            build_snapshot(database, 6, file)

        assert files[0].read_bytes() == files[1].read_bytes()

    @pytest.mark.thorough
    def test_has_no_fault(self, seeded: Database, tmp_path: Path) -> None:
        with seeded.read() as connection:
            seq = newest_seq(connection)

        build_snapshot(seeded, seq, tmp_path / "past.sqlite")

        database = Database(f"sqlite:///{tmp_path / 'past.sqlite'}")
        faults = [*find_faults(database)]
        database.close()

        assert faults == []

    def test_cannot_be_written(self, database: Database, tmp_path: Path) -> None:
        store(database, make_place())
        path = tmp_path / "100% ?past#.sqlite"
        build_snapshot(database, 1, path)
        past = Database(immutable_url(path))

        with pytest.raises(Exception, match="read-only"):
            store(past, make_place("omsk"))
