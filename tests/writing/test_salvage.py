"""`db restore --salvage`: the intact part of a damaged backup becomes a database without a fault."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from app.domain.vocabulary import EntityKind
from app.setup import migrate
from app.tables import core as t
from app.tables.database import Database
from app.writing.edits.entities import Intent, withdraw_entity
from app.writing.edits.merges import merge_entity
from app.writing.record_from_document import stored_record
from app.writing.releases import create_release
from app.writing.upkeep.backup import BackupError, back_up
from app.writing.upkeep.check import find_faults
from app.writing.upkeep.salvage import Salvaged, salvage
from tests.support.apps import make_key
from tests.support.builders import (
    make_cast,
    make_event,
    make_participant,
    make_place,
    make_treaty,
    store,
)
from tests.support.databases import NewDatabase
from tests.support.raw_files import opened

TALKS, MORE = "2024-11-01-talks", "2024-12-01-more"
Records = dict[tuple[EntityKind, str], Any]


@pytest.fixture(scope="module")
def backup(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup of a timeline in ten writes; it has a key and two releases."""
    folder = tmp_path_factory.mktemp("backup")
    with closing(Database(f"sqlite:///{folder}/timeline.db")) as database:
        migrate(database)
        intent = Intent("test", "twice", lambda _: None)
        store(database, *make_cast(), make_place())  # 1 to 4
        store(database, make_event(place="moscow"))  # 5
        with database.write() as connection:
            create_release(connection, "first")
        store(database, make_event(MORE))  # 6
        store(database, make_event(place="moscow", note="Changed."))  # 7
        store(database, make_participant("s-lavrov"), make_place("omsk"), make_treaty())  # 8 to 10
        merge_entity(database, EntityKind.PARTICIPANT, "s-lavrov", "sergey-lavrov", intent)
        withdraw_entity(database, EntityKind.PLACE, "omsk", intent)
        with database.write() as connection:
            create_release(connection, "second")
        make_key(database)
        back_up(database, folder / "backup.db")
    return folder / "backup.db"


@pytest.fixture
def path(backup: Path, tmp_path: Path) -> Path:
    """A copy of the backup, without its digest, to damage."""
    copy = tmp_path / "backup.db"
    copy.write_bytes(backup.read_bytes())
    return copy


def damage(path: Path, *statements: str) -> None:
    """Execute the statements without checks."""
    with opened(path) as connection:
        for statement in statements:
            connection.execute(statement)


def records(database: Database) -> Records:
    """Return the record of each entity."""
    with database.read() as connection:
        return {
            (kind, row.slug): stored_record(kind, row.document)
            for kind, table in t.ENTITIES.items()
            for row in connection.execute(select(table.c.slug, table.c.document))
        }


def log(database: Database) -> list[tuple[int, str, str, str]]:
    """Return the number, operation, id and digest of each change."""
    change = t.change.c
    with database.read() as connection:
        statement = select(change.seq, change.op, change.slug, change.digest).order_by(change.seq)
        return [(row.seq, row.op, row.slug, row.digest) for row in connection.execute(statement)]


@pytest.fixture
def good(backup: Path) -> Iterator[Database]:
    """The undamaged backup."""
    with closing(Database(f"sqlite:///{backup}")) as database:
        yield database


def salvaged(path: Path, new: Database) -> Salvaged:
    """Salvage the backup; the result never has a fault, and goes on like any database."""
    result = salvage(new, path, migrate)

    assert [*find_faults(new)] == []
    assert log(new)[-1][3] == result.digest
    store(new, make_place("next"))
    return result


def losses(result: Salvaged) -> list[str]:
    """Return each loss as text."""
    return sorted(map(str, result.losses))


class TestIntactLog:
    @pytest.mark.thorough
    @pytest.mark.parametrize(
        "statement",
        [
            pytest.param("SELECT 1", id="no damage"),
            pytest.param("UPDATE event SET note = 'by hand'", id="a row"),
            pytest.param("UPDATE event SET document = CAST(x'FF' AS TEXT)", id="not UTF-8"),
            pytest.param("DELETE FROM source", id="rows that refer to missing rows"),
            pytest.param("UPDATE place SET slug = 'moskva'", id="an id"),
            pytest.param("DELETE FROM event_search_tokens", id="the search index"),
        ],
    )
    def test_gives_everything_back(
        self, path: Path, new: Database, good: Database, statement: str
    ) -> None:
        damage(path, statement)

        result = salvage(new, path, migrate)

        assert [*find_faults(new)] == []
        assert records(new) == records(good)
        assert log(new) == log(good)
        assert result.kept == len(log(good))
        lost = [each for each in losses(result) if "moskva" not in each]
        assert lost == []

    def test_keeps_keys_and_releases(self, path: Path, new: Database) -> None:
        salvage(new, path, migrate)

        with new.read() as connection:
            names = connection.scalars(select(t.release.c.name).order_by(t.release.c.seq)).all()
            assert names == ["first", "second"]
            assert connection.scalar(select(t.api_key.c.name)) == "editor"


class TestDamagedLog:
    def test_an_altered_change_loses_no_record(
        self, path: Path, new: Database, good: Database
    ) -> None:
        damage(path, "UPDATE change SET actor = 'mallory' WHERE seq = 7")

        result = salvage(new, path, migrate)

        assert [*find_faults(new)] == []
        assert records(new) == records(good)
        ends = {(op, slug) for _, op, slug, _ in log(new) if op in ("merge", "withdraw")}
        assert ends == {("merge", "s-lavrov"), ("withdraw", "omsk")}
        # The write before the damaged one cannot be told from a part of it.
        assert result.kept == 5
        assert log(new)[:5] == log(good)[:5]
        assert losses(result) == [
            "change 7: its digest does not match its fields and the digest before it",
            f"release second: its change {len(log(good))} is not in the new log",
        ]

    @pytest.mark.thorough
    def test_the_newest_intact_version_is_written_again(self, path: Path, new: Database) -> None:
        damage(
            path,
            "UPDATE change SET document = replace(plain(document), 'Changed', 'Altered') WHERE seq = 7",
            f"UPDATE event SET document = replace(document, 'Changed', 'Altered') "
            f"WHERE slug = '{TALKS}'",
        )

        result = salvaged(path, new)

        assert records(new)[EntityKind.EVENT, TALKS]["note"] is None
        assert f"event {TALKS}: is as it was at revision 1: its later ones are damaged" in losses(
            result
        )

    def test_an_entity_without_an_intact_version_is_lost(self, path: Path, new: Database) -> None:
        damage(
            path,
            "UPDATE change SET document = '{}' WHERE seq = 6",
            f"UPDATE event SET document = '{{}}' WHERE slug = '{MORE}'",
        )

        result = salvaged(path, new)

        assert (EntityKind.EVENT, MORE) not in records(new)
        assert f"event {MORE}: is lost: none of its versions is intact" in losses(result)

    def test_a_record_that_refers_to_a_lost_one_is_left_out(
        self, path: Path, new: Database
    ) -> None:
        damage(
            path,
            "UPDATE change SET document = '{}' WHERE slug = 'tass-1'",
            "UPDATE source SET document = '{}'",
        )

        result = salvaged(path, new)

        assert {kind for kind, _ in records(new)} == {
            EntityKind.PARTICIPANT,
            EntityKind.PLACE,
            EntityKind.TREATY,
        }
        found = losses(result)
        assert "source tass-1: is lost: none of its versions is intact" in found
        assert [each for each in found if each.startswith(f"event {TALKS}: there is no source")]

    def test_ends_of_entities_in_the_kept_log_are_made_again(
        self, path: Path, new: Database
    ) -> None:
        damage(path, "UPDATE change SET actor = 'mallory' WHERE op = 'update' AND seq > 8")

        result = salvaged(path, new)

        assert result.kept == 7
        present = {slug for _, slug in records(new)}
        assert not {"omsk", "s-lavrov"} & present

    def test_a_damaged_end_brings_the_entity_back(self, path: Path, new: Database) -> None:
        damage(path, "UPDATE change SET actor = 'mallory' WHERE op = 'withdraw'")

        result = salvaged(path, new)

        assert (EntityKind.PLACE, "omsk") in records(new)
        assert "place omsk: is as it was at revision 1: its later ones are damaged" in losses(
            result
        )

    def test_a_log_that_is_damaged_from_the_start_costs_no_entity(
        self, path: Path, new: Database, good: Database
    ) -> None:
        damage(path, "UPDATE change SET actor = 'mallory' WHERE seq = 1")

        result = salvage(new, path, migrate)

        assert result.kept == 0
        assert [*find_faults(new)] == []
        assert records(new) == records(good)

    def test_without_its_log_the_entities_stay(
        self, path: Path, new: Database, good: Database
    ) -> None:
        damage(path, "DELETE FROM change")

        result = salvage(new, path, migrate)

        assert result.kept == 0
        assert [*find_faults(new)] == []
        assert records(new) == records(good)

    def test_a_page_that_cannot_be_read_costs_no_record(
        self, path: Path, new: Database, good: Database
    ) -> None:
        content = path.read_bytes()
        size = int.from_bytes(content[16:18], "big")
        pages = [content[start : start + size] for start in range(0, len(content), size)]
        text = b'"id":"moscow"'
        hit = [number for number, page in enumerate(pages) if text in page]
        assert len(hit) > 1
        pages[hit[-1]] = b"Z" * size
        path.write_bytes(b"".join(pages))

        salvage(new, path, migrate)

        assert [*find_faults(new)] == []
        assert records(new).keys() >= {
            id for id in records(good) if id[0] is EntityKind.PARTICIPANT
        }

    @pytest.mark.thorough
    def test_an_ended_entity_that_an_older_version_refers_to_stays(
        self, new: Database, tmp_path: Path
    ) -> None:
        path = tmp_path / "timeline.db"
        with closing(Database(f"sqlite:///{path}")) as database:
            migrate(database)
            store(database, *make_cast(), make_place("omsk"), make_event(place="omsk"))
            store(database, make_event())
            withdraw_entity(
                database, EntityKind.PLACE, "omsk", Intent("test", "empty", lambda _: None)
            )
        damage(
            path, "UPDATE change SET document = '{}' WHERE seq = 6", "UPDATE event SET note = 'x'"
        )

        result = salvaged(path, new)

        stays = f"place omsk: had an end, but event {TALKS} refers to it: it stays"
        assert stays in losses(result)

    def test_keys_that_cannot_be_read_are_listed(self, path: Path, new: Database) -> None:
        damage(path, "UPDATE api_key SET created_at = 'yesterday'")

        result = salvage(new, path, migrate)

        problem = "cannot be read: Invalid isoformat string: 'yesterday'"
        assert losses(result) == [f"table api_key: {problem}"]


class TestRefusals:
    @pytest.fixture
    def sqlite(self, new_sqlite: NewDatabase, tmp_path: Path) -> Iterator[Database]:
        """A new SQLite database."""
        with closing(Database(new_sqlite(f"refusals-{tmp_path.name}"))) as database:
            yield database

    def test_a_database_that_is_not_empty(self, path: Path, sqlite: Database) -> None:
        migrate(sqlite)
        store(sqlite, make_place())

        with pytest.raises(BackupError, match="is not empty"):
            salvage(sqlite, path, migrate)

    @pytest.mark.parametrize(
        ("content", "problem"),
        [
            pytest.param(b"", "is not a backup of a timeline", id="an empty file"),
            pytest.param(b"no database " * 100, "file is not a database", id="no database"),
        ],
    )
    def test_a_file_that_is_no_backup(
        self, path: Path, sqlite: Database, content: bytes, problem: str
    ) -> None:
        path.write_bytes(content)

        with pytest.raises(BackupError, match=problem):
            salvage(sqlite, path, migrate)
