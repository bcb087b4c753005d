"""Migrations under running servers: programs of the revision that a migration names run on the schema after it."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from io import StringIO
from itertools import count
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

import pytest
from alembic import command
from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import ScriptDirectory
from sqlalchemy import select, text, update

from app.cli.support import require_current
from app.domain.search.fields import SearchFields
from app.domain.search.tokens import MARK
from app.domain.vocabulary import EntityKind
from app.setup import Migration, migrate
from app.tables import core as t
from app.tables.database import BusyError, Database
from app.tables.schema import migrations, revisions
from app.tables.schema.creation import create_if_empty
from app.tables.schema.revisions import NEWEST, REVISIONS, number_of, oldest_program, runs_on
from app.tables.search import write_search_rows
from app.writing.upkeep import rebuild
from app.writing.upkeep.check import find_faults
from tests.support.apps import client_of, make_key
from tests.support.builders import make_cast, make_event, make_place, store
from tests.support.databases import NewDatabase
from tests.support.next_version import NEXT, NEXT_NUMBER, copy_scripts
from tests.support.schema_changes import breaks, columns_of, constraints_of
from tests.support.statements import counting_written_rows

ONLINE = [each for each in REVISIONS if oldest_program(each) < number_of(each)]
NUMBERS = count()
SQUAWK = Path(sys.executable).with_name("squawk")
# Rules of taste about types, and one about statements that may be repeated, which transactions make needless.
ACCEPTED = ("prefer-robust-stmts", "prefer-text-field", "prefer-bigint-over-int", "prefer-identity")


@pytest.fixture
def empty(new_database: NewDatabase, request: pytest.FixtureRequest) -> Iterator[Database]:
    """A database without tables."""
    name = f"{request.node.originalname[:30]}{next(NUMBERS)}"
    with closing(Database(new_database(name))) as database:
        yield database


@pytest.fixture
def timeline(empty: Database) -> Database:
    """A database at the newest revision with an event."""
    create_if_empty(empty)
    store(empty, *make_cast(), make_event(), make_place("omsk"))
    return empty


def _set_revision(database: Database, revision: str) -> None:
    with database.write() as connection:
        connection.execute(
            text("UPDATE alembic_version SET version_num = :revision"), {"revision": revision}
        )


@pytest.mark.sqlite
class TestNames:
    @pytest.mark.parametrize(
        ("newest", "revision", "runs"),
        [
            ("0014_from_0013", "0014_from_0013", True),
            ("0014_from_0013", "0015_from_0014", True),
            ("0014_from_0013", "0016_from_0013", True),
            ("0014_from_0013", "0016_from_0015", False),
            ("0014_from_0013", "0015", False),
            ("0014_from_0013", "0013", False),
            ("0014_from_0013", None, False),
            ("0014_from_0013", "head", False),
            ("0015", "0015", True),
            ("0015", "0016_from_0015", True),
        ],
    )
    def test_a_program_runs_on_newer_schemas_that_name_it(
        self, monkeypatch: pytest.MonkeyPatch, newest: str, revision: str | None, runs: bool
    ) -> None:
        monkeypatch.setattr(revisions, "NEWEST", newest)
        monkeypatch.setattr(revisions, "REVISIONS", ("0013", newest))

        assert runs_on(revision) == runs

    def test_numbers_count_and_support_only_ends(self) -> None:
        """A later schema cannot support a program that an earlier one does not."""
        assert [number_of(each) for each in REVISIONS] == [
            f"{number:04}" for number in range(1, len(REVISIONS) + 1)
        ]
        oldest = [oldest_program(each) for each in REVISIONS]
        assert oldest == sorted(oldest)
        assert all(old <= number_of(each) for old, each in zip(oldest, REVISIONS, strict=True))

    def test_a_name_without_a_number_is_refused(self) -> None:
        with pytest.raises(ValueError, match="expected a revision such as 0016 or 0016_from_0015"):
            number_of("head")


class TestSchemas:
    @pytest.mark.parametrize("revision", ONLINE)
    def test_the_oldest_program_runs_on_the_schema_after(
        self, empty: Database, revision: str
    ) -> None:
        (oldest,) = (each for each in REVISIONS if number_of(each) == oldest_program(revision))
        command.upgrade(migrations._config(empty.url), oldest)
        with empty.read() as connection:
            before, bound = columns_of(connection), constraints_of(connection)

        command.upgrade(migrations._config(empty.url), revision)

        with empty.read() as connection:
            after = columns_of(connection)
            new = {(table, each) for table, each in constraints_of(connection) - bound}
        assert [*breaks(before, after)] == []
        assert {each for each in new if each[0] in before} == set()

    @pytest.mark.parametrize(
        ("step", "reason"),
        [
            ('op.drop_table("treaty_party")', "treaty_party is gone"),
            ('batch("event", "drop_column", "note")', "event.note is gone"),
            ('batch("event", "alter_column", "note", nullable=False)', "may be null no more"),
            ('batch("event", "alter_column", "note", type_=sa.Integer())', "INTEGER, was TEXT"),
            (
                'batch("event", "add_column", sa.Column("x", sa.Integer(), nullable=False))',
                "event.x is new, and needs a value",
            ),
        ],
    )
    @pytest.mark.sqlite
    def test_breaks_are_found(
        self,
        empty: Database,
        monkeypatch: pytest.MonkeyPatch,
        tmp_path: Path,
        step: str,
        reason: str,
    ) -> None:
        create_if_empty(empty)
        with empty.read() as connection:
            before = columns_of(connection)
        helper = (
            "def batch(table, name, *arguments, **options):\n"
            "    with op.batch_alter_table(table) as changes:\n"
            "        getattr(changes, name)(*arguments, **options)\n"
        )
        monkeypatch.setattr(migrations, "_SCRIPTS", copy_scripts(tmp_path, NEXT, step, helper))

        migrations.upgrade(empty)

        with empty.read() as connection:
            found = [*breaks(before, columns_of(connection))]
        assert any(reason in each for each in found), found


class Linted(NamedTuple):
    """The SQL of a migration on PostgreSQL, and the rules that squawk finds broken."""

    sql: str
    broken: set[str]


@pytest.mark.sqlite
class TestLocks:
    @pytest.mark.parametrize("revision", ONLINE)
    def test_no_statement_blocks_readers_or_writers(self, revision: str) -> None:
        """squawk knows the statements of PostgreSQL that hold a lock while they read a table."""
        scripts = ScriptDirectory.from_config(migrations._config())
        script = scripts.get_revision(revision)
        assert script is not None

        linted = _lint(script.module)

        assert linted.broken == set(), linted.sql

    @pytest.mark.parametrize(
        ("step", "rule"),
        [
            ('op.create_index("ix_x", "event", ["note"])', "require-concurrent-index-creation"),
            ('op.drop_column("event", "note")', "ban-drop-column"),
            ('op.alter_column("event", "note", nullable=False)', "adding-not-nullable-field"),
            ('op.alter_column("event", "note", type_=sa.Integer())', "changing-column-type"),
            ('op.rename_table("event", "events")', "renaming-table"),
        ],
    )
    def test_unsafe_statements_are_found(self, tmp_path: Path, step: str, rule: str) -> None:
        config = migrations._config()
        config.set_main_option("script_location", str(copy_scripts(tmp_path, NEXT, step)))
        script = ScriptDirectory.from_config(config).get_revision(NEXT)
        assert script is not None

        assert rule in _lint(script.module).broken

    def test_an_index_is_created_beside_writers(self, tmp_path: Path) -> None:
        config = migrations._config()
        step = 'create_index_online("ix_event__note", "event", ["note"])'
        config.set_main_option("script_location", str(copy_scripts(tmp_path, NEXT, step)))
        script = ScriptDirectory.from_config(config).get_revision(NEXT)
        assert script is not None

        linted = _lint(script.module)

        assert linted.broken == set()
        assert re.findall("(?:CREATE|DROP) INDEX.*", linted.sql) == [
            "DROP INDEX CONCURRENTLY IF EXISTS ix_event__note;",
            "CREATE INDEX CONCURRENTLY ix_event__note ON event (note);",
        ]


def _lint(module: ModuleType) -> Linted:
    sql = StringIO()
    context = MigrationContext.configure(
        dialect_name="postgresql",
        opts={"as_sql": True, "output_buffer": sql, "transactional_ddl": True},
    )
    with Operations.context(context), context.begin_transaction():
        module.upgrade()
    done = subprocess.run(
        [SQUAWK, "--reporter", "json", f"--exclude={','.join(ACCEPTED)}"],
        input=f"SET lock_timeout = '1s'; SET statement_timeout = '5s';\n{sql.getvalue()}",
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode in (0, 1), done.stderr
    return Linted(sql.getvalue(), {each["rule_name"] for each in json.loads(done.stdout)})


class TestNewerSchemas:
    """The newer program migrated; this one still serves."""

    def test_a_server_is_ready_and_writes(self, timeline: Database) -> None:
        headers = {"Authorization": f"Bearer {make_key(timeline)}", "If-None-Match": "*"}
        place = make_place("tomsk").model_dump(mode="json", exclude_unset=True)
        _set_revision(timeline, NEXT)

        with client_of(timeline) as client:
            ready = client.get("/readyz?role=write")
            written = client.put("/v1/places/tomsk", json=place, headers=headers)

        assert (ready.status_code, written.status_code) == (200, 201), written.text

    def test_a_restart_leaves_the_schema_and_the_rebuild_to_the_newer_program(
        self, timeline: Database
    ) -> None:
        _set_revision(timeline, NEXT)
        with timeline.write() as connection:
            connection.execute(t.pending_rebuild.insert().values(kind=EntityKind.EVENT, after=0))

        migration = migrate(timeline)

        assert migration == Migration(NEXT, rebuilt=False)
        assert migration.now == NEXT
        with timeline.read() as connection:
            assert connection.execute(select(t.pending_rebuild)).all() == [(EntityKind.EVENT, 0)]

    def test_commands_run_except_those_of_upkeep(
        self, timeline: Database, capsys: pytest.CaptureFixture[str]
    ) -> None:
        _set_revision(timeline, NEXT)

        require_current(timeline)
        with pytest.raises(Exception, match="1"):
            require_current(timeline, exact=True)

        assert f"the database is at {NEXT}, not {NEWEST}: it was made by a newer" in (
            capsys.readouterr().err
        )

    def test_one_that_does_not_name_this_program_is_refused(self, timeline: Database) -> None:
        _set_revision(timeline, NEXT_NUMBER)

        with client_of(timeline) as client:
            assert client.get("/readyz").status_code == 503


class TestRebuildInSteps:
    def test_marked_kinds_are_rebuilt_and_others_are_not(
        self, timeline: Database, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        with timeline.write() as connection:
            for table in (t.event, t.place):
                connection.execute(update(table).values(document="{}"))
        step = "mark_for_rebuild(EntityKind.EVENT)"
        monkeypatch.setattr(migrations, "_SCRIPTS", copy_scripts(tmp_path, NEXT, step))

        migrations.upgrade(timeline)
        rebuild.finish_rebuild(timeline)

        with timeline.read() as connection:
            (document,) = connection.scalars(select(t.event.c.document))
            assert json.loads(document)["revision"] == 2
            assert {*connection.scalars(select(t.place.c.document))} == {"{}"}
            assert connection.execute(select(t.pending_rebuild)).all() == []

    def test_rows_that_are_right_are_not_written(self, timeline: Database) -> None:
        with timeline.write() as connection:
            for kind in EntityKind:
                connection.execute(t.pending_rebuild.insert().values(kind=kind, after=0))

        with counting_written_rows(timeline.engine) as written:
            rebuild.finish_rebuild(timeline)

        assert {*written} == {"pending_rebuild"}

    def test_wrong_rows_are_made_right(self, timeline: Database) -> None:
        with timeline.write() as connection:
            wrong = {"start_earliest": date(1, 1, 1)}
            connection.execute(update(t.event).values(wrong))
            connection.execute(update(t.participant_name).values(sound=None))
            write_search_rows(
                connection,
                {
                    key: SearchFields([MARK], [MARK], [MARK])
                    for key in connection.scalars(select(t.event.c.id))
                },
            )
            for kind in (EntityKind.EVENT, EntityKind.PARTICIPANT):
                connection.execute(t.pending_rebuild.insert().values(kind=kind, after=0))
        assert [*find_faults(timeline)] != []

        rebuild.finish_rebuild(timeline)

        assert [*find_faults(timeline)] == []

    def test_a_killed_rebuild_goes_on(
        self, timeline: Database, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Another process may continue, and a writer passes between the steps."""
        monkeypatch.setattr(rebuild, "_STEP", 1)
        store(timeline, *(make_event(f"2024-11-{day:02}-talks") for day in range(2, 5)))
        with timeline.write() as connection:
            connection.execute(t.pending_rebuild.insert().values(kind=EntityKind.EVENT, after=0))

        assert [rebuild._rebuild_step(timeline) for _ in range(2)] == [True, True]
        store(timeline, make_place("tomsk"))
        with timeline.read() as connection:
            keys = connection.scalars(select(t.event.c.id).order_by(t.event.c.id)).all()
            assert connection.scalar(select(t.pending_rebuild.c.after)) == keys[1]

        assert migrate(timeline) == Migration(NEWEST, rebuilt=True)
        assert [*find_faults(timeline)] == []
        assert migrate(timeline) == Migration(NEWEST, rebuilt=False)


class TestTablesInUse:
    def test_an_upgrade_gives_way_and_then_gives_up(
        self, timeline: Database, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        """While an export reads, the upgrade waits a second at a time; a lock is never half of it."""
        step = 'op.add_column("place", sa.Column("x", sa.Integer()))'
        monkeypatch.setattr(migrations, "_SCRIPTS", copy_scripts(tmp_path, NEXT, step))
        monkeypatch.setattr(migrations, "PATIENCE", 0)
        if timeline.is_sqlite:
            pytest.skip("readers of SQLite are in nobody's way")

        with timeline.stream() as export:
            export.execute(select(t.place.c.id)).all()
            with pytest.raises(BusyError, match="a table has been in use for 0 s"):
                migrations.upgrade(timeline)
        migrations.upgrade(timeline)

        assert revisions.current_revision(timeline) == NEXT
