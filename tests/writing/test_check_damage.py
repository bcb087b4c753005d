"""`timeline db check` on damaged SQLite files: a line for each fault, and never a traceback."""

import os
import re
import shutil
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import cast

import pytest
from sqlalchemy import Connection
from typer.testing import Result

from app.tables import core as t
from app.tables.database import Database
from app.tables.rows import key_batches
from app.tables.schema.creation import create_if_empty
from tests.support.builders import make_cast, make_event, make_place, make_tag, store
from tests.support.chance import seeded_random
from tests.support.commands import run
from tests.support.raw_files import opened

TALKS = "2024-11-01-talks"
Damage = Callable[[Path], None]


def execute(*statements: str) -> Damage:
    """Return a function that executes these statements in a file, without checks."""

    def damage(path: Path) -> None:
        with opened(path) as connection:
            for statement in statements:
                connection.execute(statement)

    return damage


def without_not_null(table: str, *statements: str) -> Damage:
    """Return a function that executes the statements while the columns of the table may be null."""

    def damage(path: Path) -> None:
        with opened(path) as connection:
            schema = "UPDATE sqlite_master SET sql = ? WHERE name = ?"
            (sql,) = connection.execute(
                "SELECT sql FROM sqlite_master WHERE name = ?", [table]
            ).fetchone()
            connection.execute("PRAGMA writable_schema = ON")
            connection.execute(schema, [sql.replace("NOT NULL", ""), table])
        execute(*statements)(path)
        with opened(path) as connection:
            connection.execute("PRAGMA writable_schema = ON")
            connection.execute(schema, [sql, table])

    return damage


def overwrite_page_of(text: bytes) -> Damage:
    """Return a function that overwrites each page that has the text."""

    def damage(path: Path) -> None:
        content = path.read_bytes()
        size = int.from_bytes(content[16:18], "big")
        pages = [content[start : start + size] for start in range(0, len(content), size)]
        path.write_bytes(b"".join(b"Z" * size if text in page else page for page in pages))

    return damage


@pytest.fixture(scope="module")
def intact(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a small timeline."""
    path = tmp_path_factory.mktemp("intact") / "intact.db"
    with closing(Database(f"sqlite:///{path}")) as database:
        create_if_empty(database)
        talks = make_event(place="moscow", tags=["a"])
        store(database, *make_cast(), make_place(), make_tag("a"), talks)
        store(database, make_event("2024-12-01-more", summary={"en": "Somewhere else."}))
    return path


@pytest.fixture
def path(intact: Path, tmp_path: Path) -> Path:
    """A copy of the small timeline, to damage."""
    return Path(shutil.copy(intact, tmp_path / "damaged.db"))


def check(path: Path) -> Result:
    """Run `timeline db check` on the file."""
    return run("db", "check", database_url=f"sqlite:///{path}")


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("damage", "line"),
    [
        pytest.param(
            execute("DELETE FROM event WHERE id = 1"),
            "table participation: row 1 refers to a row of event that does not exist",
            id="an event whose child rows stayed",
        ),
        pytest.param(
            execute("DELETE FROM source"),
            "table citation: row 1 refers to a row of source that does not exist",
            id="a source whose citations stayed",
        ),
        pytest.param(
            execute("UPDATE event SET note = CAST(x'C328' AS TEXT) WHERE id = 1"),
            "table event: row 1: note is not UTF-8",
            id="a note that is not UTF-8",
        ),
        pytest.param(
            execute("UPDATE event SET document = CAST(x'FF' AS TEXT) WHERE id = 1"),
            "table event: row 1: document is not UTF-8",
            id="a document that is not UTF-8",
        ),
        pytest.param(
            execute("UPDATE place SET slug = CAST(x'FE' AS TEXT)"),
            "table place: row 1: slug is not UTF-8",
            id="an id that is not UTF-8",
        ),
        pytest.param(
            execute("UPDATE change SET actor = CAST(x'FF' AS TEXT) WHERE seq = 2"),
            "change 2: its digest does not match its fields and the digest before it",
            id="an actor in the log that is not UTF-8",
        ),
        pytest.param(
            execute("UPDATE change SET at = 'yesterday' WHERE seq = 2"),
            "change 2: cannot be read: Invalid isoformat string: 'yesterday'",
            id="an instant in the log that is none",
        ),
        pytest.param(
            execute("UPDATE change SET document = 7 WHERE seq = 2"),
            "change 2: its document is not revision 1 of sergey-lavrov",
            id="a document in the log that is a number",
        ),
        pytest.param(
            without_not_null("change", "UPDATE change SET at = NULL WHERE seq = 2"),
            "change 2: cannot be checked: 'NoneType' object has no attribute",
            id="no instant in the log",
        ),
        pytest.param(
            without_not_null("event", "UPDATE event SET date = NULL WHERE id = 1"),
            f"event {TALKS}: its rows do not make a valid event: ",
            id="no date",
        ),
        pytest.param(
            execute("UPDATE event SET title = '{' WHERE id = 1"),
            f"event {TALKS}: its rows do not make a valid event: Expecting property name",
            id="a title that is no JSON",
        ),
        pytest.param(
            execute("UPDATE event SET title = '[[1]]' WHERE id = 1"),
            f"event {TALKS}: its rows do not make a valid event: ",
            id="a title that is a list",
        ),
        pytest.param(
            execute("UPDATE event SET updated_at = x'00' WHERE id = 1"),
            f"event {TALKS}: its rows do not make a valid event: ",
            id="an instant that is bytes",
        ),
        pytest.param(
            execute("UPDATE participation SET participant_id = 'x'"),
            f"event {TALKS}: ",
            id="a reference that is a word",
        ),
        pytest.param(
            execute("DROP TABLE event_tag"),
            "schema of the database: ",
            id="a table that is missing",
        ),
        pytest.param(
            execute("DROP TABLE event_search"),
            "table event_search: ",
            id="a search index that is missing",
        ),
        pytest.param(
            overwrite_page_of(b'"id":"moscow","revision"'),
            "table place: cannot be checked: database disk image is malformed",
            id="a page of places that was overwritten",
        ),
        pytest.param(
            overwrite_page_of(b"CREATE TABLE participant"),
            "",
            id="the schema overwritten",
        ),
    ],
)
def test_finds_the_damage(path: Path, damage: Damage, line: str) -> None:
    damage(path)

    result = check(path)

    assert isinstance(result.exception, SystemExit), result.exc_info
    assert result.exit_code == 1
    *faults, last = result.stderr.splitlines()
    assert any(each.startswith(line) for each in (*faults, last)), result.stderr
    assert not faults or re.fullmatch(r"\d+ faults?", last)


def test_damage_in_one_part_hides_no_other(path: Path) -> None:
    execute(
        "UPDATE change SET at = 'yesterday' WHERE seq = 2",
        "UPDATE change SET actor = 'mallory' WHERE seq = 4",
        "UPDATE event SET note = CAST(x'C328' AS TEXT) WHERE id = 1",
        "UPDATE event SET note = 'by hand' WHERE id = 2",
        "UPDATE place SET latitude = 1",
    )(path)

    lines = check(path).stderr

    for line in (
        "change 2: cannot be read",
        "change 4: its digest does not match",
        "table event: row 1: note is not UTF-8",
        "event 2024-12-01-more: its document does not match its rows: note",
        "place moscow: its document does not match its rows: latitude",
    ):
        assert line in lines


def test_the_check_leaves_the_file_as_it_was(path: Path) -> None:
    execute("UPDATE event SET note = CAST(x'C328' AS TEXT)", "DELETE FROM source")(path)
    before = check(path).stderr

    assert check(path).stderr == before


def test_a_damaged_page_of_the_log_hides_no_other_change(tmp_path: Path) -> None:
    path = tmp_path / "long.db"
    with closing(Database(f"sqlite:///{path}")) as database:
        create_if_empty(database)
        store(database, *(make_place(f"place-{n}") for n in range(60)))
    with opened(path) as connection:
        ((digest,),) = connection.execute("SELECT digest FROM change WHERE seq = 20")
    execute("UPDATE change SET actor = 'mallory' WHERE seq = 60")(path)
    overwrite_page_of(digest.encode())(path)

    lines = check(path).stderr.splitlines()

    unread = [
        each for each in lines if each.endswith("cannot be read: database disk image is malformed")
    ]
    assert 2 <= len(unread) <= 40
    assert "change 60: its digest does not match its fields and the digest before it" in lines


def test_a_schema_that_the_driver_cannot_quote_is_one_line(path: Path) -> None:
    name = b"sqlite_autoindex_change"
    content = path.read_bytes()
    assert name in content
    path.write_bytes(content.replace(name, name.replace(b"n", b"\xee")))

    for command in ("check", "upgrade", "rebuild"):
        result = run("db", command, database_url=f"sqlite:///{path}")

        assert isinstance(result.exception, SystemExit), result.exc_info
        assert result.exit_code == 1
        assert "is damaged: " in result.stderr


class _Stuck:
    """A connection to a damaged file, which gives the same key again and again."""

    def scalars(self, _: object) -> "_Stuck":
        return self

    def all(self) -> list[int]:
        return [1]


def test_keys_out_of_order_end_a_walk_through_a_table() -> None:
    with pytest.raises(ValueError, match="the keys of event are out of order"):
        list(key_batches(cast("Connection", _Stuck()), t.event))


@pytest.mark.parametrize("number", range(int(os.environ.get("DAMAGES", "6"))))
def test_no_random_damage_causes_a_traceback(number: int, path: Path) -> None:
    random = seeded_random(f"random damage {number}")
    content = bytearray(path.read_bytes())
    for _ in range(random.choice((1, 10, 100))):
        content[random.randrange(100, len(content))] = random.randrange(256)
    path.write_bytes(content)

    result = check(path)

    assert result.exit_code in (0, 1)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exc_info
