"""Migration 0008: publishers and tags, which were texts, become entities."""

import json
from collections.abc import Iterator
from contextlib import closing
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select
from starlette.testclient import TestClient

from app.domain.digest_chain import Link
from app.domain.vocabulary import ChangeOp, EntityKind
from app.setup import migrate
from app.tables import core as t
from app.tables.database import Database
from app.tables.schema import migrations
from app.writing.upkeep.backup import BackupError
from app.writing.upkeep.check import find_faults
from app.writing.upkeep.rebuild import ACTOR
from app.writing.upkeep.restore import restore
from app.writing.upkeep.salvage import salvage
from tests.support.apps import client_of
from tests.support.builders import make_publisher, store
from tests.support.databases import NewDatabase
from tests.tables.first_version import FirstVersion

TALKS = "2024-11-01-talks"
SOURCES = {
    "a": ("KCNA Watch", "KCNA"),
    "b": ("kcna", None),
    "c": ("Правда", None),
    "d": ("로동신문", "KCNA"),
    "e": (None, None),
    "f": ("Agence France-Presse (AFP)", None),
}
# Texts that have no letter of an id get one from their digest.
NAMES = {
    "KCNA Watch": "kcna-watch",
    "KCNA": "kcna",
    "kcna": "kcna-2",
    "Правда": "publisher-2fd41f98",
    "로동신문": "publisher-5e17681c",
    "Agence France-Presse (AFP)": "agence-france-presse-afp",
}


_numbers = count()


@pytest.fixture
def old(new_database: NewDatabase) -> Iterator[Database]:
    """A database of the first version, with sources and an event."""
    with closing(Database(new_database(f"first_version_{next(_numbers)}"))) as database:
        FirstVersion(database).write(SOURCES, {TALKS: ["summit", "troop-withdrawal"]})
        yield database


@pytest.fixture(scope="module")
def past(new_database: NewDatabase) -> Iterator[tuple[TestClient, int]]:
    """A client of a migrated database, and the last change of the first version; only read it."""
    with closing(Database(new_database("first_version_migrated"))) as database:
        FirstVersion(database).write(SOURCES, {TALKS: ["summit", "troop-withdrawal"]})
        with database.read() as connection:
            last = connection.scalar(select(func.max(t.change.c.seq)))
        migrate(database)
        with client_of(database) as client:
            # The contract describes the documents of today.
            client.event_hooks["response"].clear()
            yield client, last or 0


def documents(database: Database, kind: EntityKind) -> dict[str, dict[str, Any]]:
    """Return the documents of a kind by id."""
    table = t.ENTITIES[kind].c
    with database.read() as connection:
        rows = connection.execute(select(table.slug, table.document)).all()
    return {row.slug: json.loads(row.document) for row in rows}


class TestUpgrade:
    def test_each_text_becomes_a_publisher_that_its_sources_name(self, old: Database) -> None:
        assert migrate(old) == ("0007", True)

        publishers = documents(old, EntityKind.PUBLISHER)
        assert {each["names"]["en"]: slug for slug, each in publishers.items()} == NAMES
        assert {each["kind"] for each in publishers.values()} == {"other"}
        named = {
            slug: tuple(
                source[role] and source[role]["name"]["en"] for role in ("publisher", "agency")
            )
            for slug, source in documents(old, EntityKind.SOURCE).items()
        }
        assert named == SOURCES

    def test_each_tag_becomes_an_entity_with_its_words_as_a_name(self, old: Database) -> None:
        migrate(old)

        tags = documents(old, EntityKind.TAG)
        assert {slug: each["names"] for slug, each in tags.items()} == {
            "summit": {"en": "summit"},
            "troop-withdrawal": {"en": "troop withdrawal"},
        }

    def test_an_event_keeps_everything(self, old: Database) -> None:
        before = documents(old, EntityKind.EVENT)[TALKS]

        migrate(old)

        after = documents(old, EntityKind.EVENT)[TALKS]
        same = before.keys() - {"revision", "updated_at", "participants", "sources"}
        assert {name: after[name] for name in same} == {name: before[name] for name in same}
        assert [part | {"office": None} for part in before["participants"]] == after["participants"]
        assert [each["id"] for each in after["sources"]] == [*SOURCES]
        assert (after["further_places"], after["revision"]) == ([], 2)
        # KCNA counts twice, because its spellings differ: an editor must join them.
        assert after["independent_sources"] == 5

    def test_every_change_is_logged_and_nothing_is_at_fault(self, old: Database) -> None:
        # The columns that the log had then.
        columns = [t.change.c[name] for name in (*Link._fields, "digest")]
        with old.read() as connection:
            before = connection.execute(select(*columns)).all()

        migrate(old)

        assert [*find_faults(old)] == []
        with old.read() as connection:
            log = connection.execute(select(*columns).order_by(t.change.c.seq)).all()
        assert log[: len(before)] == before
        added = log[len(before) :]
        assert {change.actor for change in added} == {ACTOR}
        made = [change for change in added if change.op is ChangeOp.CREATE]
        assert sorted(change.slug for change in made if change.kind is EntityKind.PUBLISHER) == (
            sorted(NAMES.values())
        )
        # A mirror that applies the log finds each publisher and tag before the documents naming it.
        kinds = [change.kind for change in added]
        assert kinds == sorted(kinds, key=[*t.ENTITIES].index)

    def test_the_next_publisher_gets_the_next_key(self, old: Database) -> None:
        migrate(old)

        store(old, make_publisher("tass"))

        with old.read() as connection:
            keys = select(func.max(t.publisher.c.id), func.count()).select_from(t.publisher)
            assert connection.execute(keys).one() == (len(NAMES) + 1, len(NAMES) + 1)

    def test_tables_and_columns_are_those_of_the_code(self, old: Database) -> None:
        migrations.upgrade(old)

        assert migrations.find_differences(old) is None

    def test_a_second_start_changes_nothing(self, old: Database) -> None:
        migrate(old)
        with old.read() as connection:
            last = connection.scalar(select(func.max(t.change.c.seq)))

        assert not migrate(old).rebuilt

        with old.read() as connection:
            assert connection.scalar(select(func.max(t.change.c.seq))) == last


class TestKilled:
    """The process ends after the migration and before the rebuild."""

    def test_the_next_start_builds_the_documents(self, old: Database) -> None:
        migrations.upgrade(old)

        assert migrate(old).rebuilt

        assert [*find_faults(old)] == []

    def test_so_it_does_in_a_timeline_without_events(self, new_database: NewDatabase) -> None:
        with closing(Database(new_database("first_version_without_events"))) as database:
            FirstVersion(database).write(SOURCES)
            migrations.upgrade(database)

            assert migrate(database).rebuilt

            assert [*find_faults(database)] == []
            assert {*documents(database, EntityKind.PUBLISHER)} == {*NAMES.values()}


class TestPast:
    """Past states keep the documents of the first version, byte for byte."""

    @pytest.mark.parametrize(
        "path",
        [
            *("events.csv", "events.geojson", "events.ics", "events.atom", "events.jsonfeed"),
            *("events.ndjson", "events.timelinejs", "network", "network.graphml"),
            *("events.csv?columns=record", "participations.csv", "events.xlsx"),
            *("participants.csv", "places.csv", "treaties.csv", "sources.csv", "publishers.csv"),
            *(f"events/{TALKS}.jsonld", f"events/{TALKS}/evidence", f"events/{TALKS}/related"),
            *("sources", "publishers", "tags", "offices", "participants/resolve?name=Lavrov"),
            *("events?facets=publisher&facets=place&facets=office&q=talks", "dataset.sqlite"),
        ],
    )
    def test_every_answer_is_given(self, past: tuple[TestClient, int], path: str) -> None:
        client, last = past

        answer = client.get(f"/v1/{path}{'&' if '?' in path else '?'}as_of={last}")

        assert answer.status_code == 200

    def test_documents_are_those_of_then(self, past: tuple[TestClient, int]) -> None:
        client, last = past

        source = client.get(f"/v1/sources/a?as_of={last}").json()

        assert (source["publisher"], source["agency"]) == ("KCNA Watch", "KCNA")
        assert client.get(f"/v1/tags/summit?as_of={last}").status_code == 404
        assert client.get("/v1/sources/a").json()["agency"]["id"] == "kcna"

    def test_formats_show_the_names_of_then(self, past: tuple[TestClient, int]) -> None:
        client, last = past

        row = client.get(f"/v1/events.csv?as_of={last}").text

        assert "KCNA Watch; kcna; Правда; 로동신문; ; Agence France-Presse (AFP)" in row

    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ("tag=summit", 1),
            ("tag=summit&within=false", 1),
            ("tag=other", 0),
            ("place=moscow", 1),
            ("country=RU&bbox=30,50,40,60", 1),
            # Two spellings of KCNA, a paper, an agency, and a source without a name.
            ("min_sources=5", 1),
            ("min_sources=6", 0),
        ],
    )
    def test_filters_find_tags_and_places(
        self, past: tuple[TestClient, int], query: str, found: int
    ) -> None:
        client, last = past

        page = client.get(f"/v1/events?{query}&as_of={last}").json()

        assert len(page["items"]) == found

    @pytest.mark.parametrize("within", ["true", "false"])
    def test_facets_count_tags(self, past: tuple[TestClient, int], within: str) -> None:
        client, last = past

        page = client.get(f"/v1/events?facets=tag&within={within}&as_of={last}").json()

        counts = {each["value"]: each["count"] for each in page["facets"]["tag"]["values"]}
        assert counts == {"summit": 1, "troop-withdrawal": 1}


class TestBackup:
    """A backup of the first version, which is an SQLite file."""

    @pytest.fixture
    def backup(self, tmp_path: Path) -> Path:
        """The path of a backup."""
        path = tmp_path / "first.db"
        with closing(Database(f"sqlite:///{path}")) as database:
            FirstVersion(database).write(SOURCES, {TALKS: ["summit", "troop-withdrawal"]})
        return path

    @pytest.mark.thorough
    def test_is_restored(self, database: Database, backup: Path) -> None:
        restore(database, backup, migrate)

        assert [*find_faults(database)] == []
        assert {*documents(database, EntityKind.PUBLISHER)} == {*NAMES.values()}

    def test_is_not_salvaged_without_its_publishers(self, database: Database, backup: Path) -> None:
        """Its documents name publishers and tags that no document of the log describes."""
        with pytest.raises(
            BackupError, match="made by version 0.1.0: salvage it with that version"
        ):
            salvage(database, backup, migrate)
