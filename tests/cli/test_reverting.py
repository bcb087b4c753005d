"""`timeline load --dry-run`, `timeline revert` and `timeline revert-import`."""

import json
from pathlib import Path

import pytest
from sqlalchemy import select

from app.domain.vocabulary import EntityKind
from app.tables import core as t
from app.tables.database import Database
from app.tables.log import newest_change
from tests.support.builders import end, make_cast, make_event, make_place, store
from tests.support.commands import run

OMSK = """\
places:
- {id: omsk, names: {en: Omsk}, country: RU, latitude: 55, longitude: 73, precision: city}
"""


@pytest.fixture
def url(database: Database) -> str:
    """The URL of a database without a row."""
    return database.url.render_as_string(hide_password=False)


@pytest.fixture
def omsk(tmp_path: Path) -> str:
    """The path of a file with a place."""
    path = tmp_path / "omsk.yaml"
    path.write_text(OMSK)
    return str(path)


def _newest(database: Database) -> tuple[str, str, str | None]:
    with database.read() as connection:
        change = newest_change(connection, t.change.c.op, t.change.c.actor, t.change.c.reason)
    assert change is not None
    return change.op, change.actor, change.reason


class TestLoad:
    def test_the_log_says_who_and_why(self, database: Database, url: str, omsk: str) -> None:
        run("load", omsk, "--by", "ann", "--reason", "a new map", database_url=url)

        assert _newest(database) == ("create", "ann", "a new map")

    def test_without_a_name_the_log_has_the_command(
        self, database: Database, url: str, omsk: str
    ) -> None:
        run("load", omsk, database_url=url)

        assert _newest(database) == ("create", "timeline load", None)

    def test_a_dry_run_prints_each_field_and_each_warning(
        self, database: Database, url: str, omsk: str
    ) -> None:
        run("load", omsk, database_url=url)
        store(database, make_place("omsk", aliases=["Om"]), actor="bob")

        result = run("load", omsk, "--dry-run", database_url=url)

        assert result.exit_code == 0
        assert "update place omsk\n" in result.stdout
        assert "  latitude: 55.75 → 55.0\n" in result.stdout
        assert "  aliases: Om → nothing\n" in result.stdout
        assert "warning: place 'omsk': bob edited it on " in result.stdout
        assert result.stdout.endswith("dry run: nothing was written\n")
        assert _newest(database)[1] == "bob"

    def test_others_edits_and_withdrawals_are_left_alone(
        self, database: Database, url: str, omsk: str
    ) -> None:
        run("load", omsk, database_url=url)
        store(database, make_place("omsk"), actor="bob")
        kept = run("load", omsk, "--keep-edits", database_url=url)
        end(database, EntityKind.PLACE, "omsk")
        refused = run("load", omsk, database_url=url)
        skipped = run("load", omsk, "--skip-withdrawn", database_url=url)

        assert "left alone: place omsk: on " in kept.stdout
        assert "bob edited it" in kept.stdout
        assert (refused.exit_code, skipped.exit_code) == (1, 0)
        assert "skipped: place omsk: on " in skipped.stdout
        assert (
            "its id is never reused: --skip-withdrawn leaves such records out, "
            "timeline revert place omsk --to 2 restores the entity\n" in refused.stderr
        )

    def test_the_report_as_json_has_the_patch(
        self, database: Database, url: str, omsk: str
    ) -> None:
        store(database, make_place("omsk"))

        result = run("load", omsk, "--dry-run", "--format", "json", database_url=url)

        (record,) = json.loads(result.stdout)["review"]["records"]
        assert {"op": "replace", "path": "/latitude", "value": 55.0} in record["patch"]

    def test_an_event_with_an_unknown_beginning_is_reviewed(
        self, database: Database, url: str, omsk: str
    ) -> None:
        store(database, *make_cast(), make_event(date="../2024-11-01"))

        result = run("load", omsk, "--dry-run", database_url=url)

        assert result.exit_code == 0, result.exception
        assert result.stdout.endswith("dry run: nothing was written\n")

    @pytest.mark.parametrize(
        ("name", "file"),
        [
            pytest.param("om\udced.yaml", "om\\udced.yaml", id="a byte that is not UTF-8"),
            pytest.param(" om\nsk.yaml", "om\\nsk.yaml", id="two lines"),
        ],
    )
    def test_the_name_of_a_file_may_have_any_bytes(
        self, database: Database, url: str, tmp_path: Path, name: str, file: str
    ) -> None:
        (tmp_path / name).write_text(OMSK)

        result = run("load", str(tmp_path / name), database_url=url)

        assert result.exit_code == 0, result.exception
        with database.read() as connection:
            assert connection.scalars(select(t.import_run.c.file)).all() == [file]

    @pytest.mark.parametrize(
        "option",
        [
            pytest.param(["--by", "ann\nbob"], id="two lines"),
            pytest.param(["--reason", "x" * 501], id="too long"),
            pytest.param(["--by", "ann", "--to", "http://localhost:1", "--key", "x"], id="remote"),
        ],
    )
    def test_an_unfit_option_is_misuse(self, url: str, omsk: str, option: list[str]) -> None:
        assert run("load", omsk, *option, database_url=url).exit_code == 2


class TestNumbers:
    @pytest.mark.parametrize(
        "command",
        [
            pytest.param(["revert", "place", "moscow", "--to"], id="revision"),
            pytest.param(["revert-import"], id="change"),
        ],
    )
    def test_a_number_that_fits_no_column_is_misuse(self, url: str, command: list[str]) -> None:
        result = run(*command, "9" * 20, database_url=url)

        assert result.exit_code == 2
        assert "less than or equal to 9999" in result.stderr


class TestRevert:
    def test_shows_the_fields_and_writes_them(self, database: Database, url: str) -> None:
        store(database, make_place(), make_place("omsk"))
        store(database, make_place(names={"en": "Muscovy"}))
        command = ("revert", "place", "moscow", "--to", "1")

        dry = run(*command, "--dry-run", database_url=url)
        done = run(*command, "--by", "ann", "--reason", "wrong", database_url=url)
        again = run(*command, database_url=url)

        assert "  names/en: Muscovy → Moscow\n" in dry.stdout
        assert dry.stdout.endswith("dry run: nothing was written\n")
        assert done.stdout.startswith("place moscow: as at revision 1 again\n")
        assert _newest(database) == ("update", "ann", "wrong")
        assert again.stdout.endswith("nothing to do\n")

    def test_a_withdrawn_entity_lives_again(self, database: Database, url: str) -> None:
        store(database, make_place())
        end(database, EntityKind.PLACE, "moscow")

        result = run("revert", "place", "moscow", "--to", "1", database_url=url)

        assert "lives again" in result.stdout
        assert _newest(database)[:2] == ("restore", "timeline revert")

    @pytest.mark.parametrize(
        ("kind", "hint"),
        [("events", "did you mean 'event'?"), ("plaice", "did you mean 'place'?")],
    )
    def test_another_word_for_a_kind_is_misuse(self, url: str, kind: str, hint: str) -> None:
        result = run("revert", kind, "moscow", "--to", "1", database_url=url)

        assert result.exit_code == 2
        assert hint in " ".join(result.stderr.replace("│", " ").split())

    @pytest.mark.parametrize(
        ("id", "to", "message"),
        [
            pytest.param("moscow", "4", "it has revisions 1 to 1; nothing was", id="revision"),
            pytest.param("omsk", "1", "there is no place with the id 'omsk'", id="entity"),
        ],
    )
    def test_a_wrong_argument_is_explained(
        self, database: Database, url: str, id: str, to: str, message: str
    ) -> None:
        store(database, make_place())

        result = run("revert", "place", id, "--to", to, database_url=url)

        assert result.exit_code == 1
        assert message in result.stderr


class TestRevertImport:
    def test_undoes_a_load_and_itself(self, database: Database, url: str, omsk: str) -> None:
        run("load", omsk, database_url=url)

        dry = run("revert-import", "1", "--dry-run", database_url=url)
        done = run("revert-import", "1", database_url=url)
        gone = _newest(database)
        again = run("revert-import", "2", database_url=url)

        assert "withdraw place omsk\n" in dry.stdout
        assert [each.exit_code for each in (dry, done, again)] == [0, 0, 0]
        assert gone == ("withdraw", "timeline revert-import", "import 1 was reverted")
        assert _newest(database)[0] == "restore"

    def test_a_later_edit_is_named(self, database: Database, url: str, omsk: str) -> None:
        run("load", omsk, database_url=url)
        store(database, make_place("omsk"), actor="bob")

        result = run("revert-import", "1", database_url=url)

        assert result.exit_code == 1
        assert result.stderr.startswith(
            "place omsk: bob changed it in the change 2: to drop that, timeline revert place omsk --to 1 first\n"
        )
        assert result.stderr.endswith("nothing was written\n")

    def test_a_later_load_is_undone_by_its_number(
        self, database: Database, url: str, omsk: str, tmp_path: Path
    ) -> None:
        run("load", omsk, database_url=url)
        further = tmp_path / "further.yaml"
        further.write_text(
            OMSK.replace("55", "54") + OMSK.removeprefix("places:\n").replace("omsk", "tomsk")
        )
        run("load", str(further), "--by", "bob", database_url=url)

        result = run("revert-import", "1", database_url=url)

        assert result.stderr.startswith(
            "place omsk: the import 3, by bob, changed it: timeline revert-import 3 first\n"
        )
        assert "Undo these first, listed above" in result.stderr
