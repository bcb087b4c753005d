import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, select, text, update

from app.domain.search.fields import search_fields
from app.domain.search.query import parse_query
from app.reading.search import search_hits
from app.setup import migrate
from app.tables import core as t
from app.tables.database import Database, NewerDatabaseError
from app.tables.schema import migrations
from app.tables.schema.creation import create_if_empty
from app.tables.schema.revisions import NEWEST, REVISIONS, current_revision
from app.tables.search import write_search_rows
from app.writing.upkeep.check import find_faults
from app.writing.upkeep.rebuild import rebuild
from tests.support.builders import (
    CHOE,
    LAVROV,
    make_cast,
    make_event,
    make_office,
    make_place,
    make_treaty,
    store,
)
from tests.support.databases import NewDatabase


@pytest.fixture
def empty(new_database: NewDatabase, request: pytest.FixtureRequest) -> Iterator[Database]:
    """A database without tables."""
    database = Database(new_database(request.node.originalname))
    yield database
    database.close()


class TestMigrations:
    def test_the_revisions_are_those_of_the_scripts(self) -> None:
        scripts = ScriptDirectory.from_config(migrations._config())

        newest_first = [script.revision for script in scripts.walk_revisions()]

        assert len(scripts.get_heads()) == 1
        assert newest_first == list(reversed(REVISIONS))

    @pytest.mark.thorough
    def test_up_check_down(self, empty: Database) -> None:
        assert current_revision(empty) is None
        migrations.upgrade(empty)
        assert current_revision(empty) == NEWEST
        assert migrations.find_differences(empty) is None
        command.downgrade(migrations._config(empty.url), "base")
        with empty.read() as connection:
            assert inspect(connection).get_table_names() == ["alembic_version"]
        migrations.upgrade(empty)
        assert migrations.find_differences(empty) is None

    def test_the_data_of_the_version_before_is_brought_up_to_date(self, empty: Database) -> None:
        create_if_empty(empty)
        stage = {"type": "treaty", "subtype": "in_force", "treaty": "friendship-treaty"}
        store(empty, *make_cast(), make_place(), make_treaty(), make_event(**stage))
        command.downgrade(migrations._config(empty.url), "0006")
        with empty.write() as connection:
            connection.execute(
                text("UPDATE event SET document = replace(document, 'date_text', 'x')")
            )

        assert migrate(empty) == ("0006", True)

        with empty.read() as connection:
            [document] = connection.scalars(select(t.event.c.document))
            assert json.loads(document)["date_text"]["en"] == "1 November 2024"
            assert connection.scalars(select(t.treaty.c.in_force_known)).all() == [True]
        # The log lacks the change that this test made by itself.
        assert {fault.kind for fault in find_faults(empty)} <= {"log"}

    def test_a_search_finds_the_offices_of_a_database_of_before(self, empty: Database) -> None:
        create_if_empty(empty)
        participants = [{**LAVROV, "office": "foreign-minister"}, CHOE]
        store(empty, *make_cast(), make_office(), make_event(participants=participants))
        with empty.write() as connection:
            (key,) = connection.scalars(select(t.event.c.id))
            write_search_rows(connection, {key: search_fields([], [], [])})
        command.downgrade(migrations._config(empty.url), "0009")

        assert migrate(empty) == ("0009", True)

        with empty.read() as connection:
            found = connection.scalars(search_hits(parse_query("Foreign Minister"))).all()
        assert found == [key]

    def test_relations_get_titles(self, empty: Database) -> None:
        create_if_empty(empty)
        follows = [{"type": "follows", "event": "2024-06-01-visit"}]
        store(empty, *make_cast(), make_event("2024-06-01-visit"), make_event(relations=follows))
        with empty.write() as connection:
            bare = text("UPDATE event SET document = replace(document, :titled, '\"}')")
            connection.execute(bare, {"titled": '","title":{"en":"Talks"},"date":"2024-06-01"}'})
        command.downgrade(migrations._config(empty.url), "0010")

        assert migrate(empty) == ("0010", True)

        with empty.read() as connection:
            of_talks = t.event.c.slug == "2024-11-01-talks"
            document = json.loads(
                connection.scalar(select(t.event.c.document).where(of_talks)) or ""
            )
        assert document["revision"] == 2
        assert document["relations"] == [
            {**follows[0], "title": {"en": "Talks"}, "date": "2024-06-01"}
        ]

    def test_a_column_is_derived_although_the_document_stays(self, empty: Database) -> None:
        create_if_empty(empty)
        store(empty, *make_cast(), make_event())
        with empty.write() as connection:
            connection.execute(update(t.event).values(independent_sources=0))

        rebuild(empty)

        assert [*find_faults(empty)] == []
        with empty.read() as connection:
            assert connection.execute(
                select(t.event.c.independent_sources, t.event.c.revision)
            ).all() == [(1, 1)]

    def test_places_without_events_are_brought_up_to_date(self, empty: Database) -> None:
        create_if_empty(empty)
        store(empty, make_place())
        command.downgrade(migrations._config(empty.url), "0006")

        assert migrate(empty) == ("0006", True)
        assert [*find_faults(empty)] == []

    def test_a_difference_is_found(self, empty: Database) -> None:
        create_if_empty(empty)
        with empty.write() as connection:
            connection.execute(text("ALTER TABLE place ADD COLUMN altitude INTEGER"))

        assert "altitude" in (migrations.find_differences(empty) or "")

    def test_a_database_of_a_newer_program_is_refused(self, empty: Database) -> None:
        create_if_empty(empty)
        with empty.write() as connection:
            connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))

        with pytest.raises(NewerDatabaseError, match="at 9999: it was made by a newer version"):
            migrations.upgrade(empty)

    def test_a_failing_migration_leaves_nothing(
        self, empty: Database, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        scripts = _copy_of_scripts(tmp_path)
        (scripts / "versions" / "9999_fails.py").write_text(
            f'revision = "9999"\ndown_revision = "{NEWEST}"\n'
            "def upgrade():\n"
            "    from alembic import op\n"
            '    op.execute("CREATE TABLE half_done (id INTEGER)")\n'
            '    raise RuntimeError("in the middle")\n'
        )
        monkeypatch.setattr(migrations, "_SCRIPTS", scripts)

        with pytest.raises(RuntimeError, match="in the middle"):
            migrations.upgrade(empty)

        with empty.read() as connection:
            assert "half_done" not in inspect(connection).get_table_names()


def _copy_of_scripts(folder: Path) -> Path:
    scripts = folder / "migrations"
    (scripts / "versions").mkdir(parents=True)
    for path in migrations._SCRIPTS.rglob("*"):
        if path.suffix in (".py", ".mako"):
            (scripts / path.relative_to(migrations._SCRIPTS)).write_bytes(path.read_bytes())
    return scripts
