"""`timeline keys` creates, lists and revokes keys from the command line."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import NoResultFound
from typer.testing import Result

from app.domain.vocabulary import Scope
from app.reading.api_keys import find_api_key
from app.tables import core as t
from app.tables.base import utc_now
from app.tables.database import Database
from tests.support.commands import run


def keys(database: Database, *arguments: str) -> Result:
    """Run `timeline keys` with these arguments."""
    url = database.url.render_as_string(hide_password=False)
    return run("keys", *arguments, database_url=url)


class TestCreate:
    def test_prints_only_the_key_on_stdout(self, database: Database) -> None:
        result = keys(database, "create", "news-importer")

        assert result.exit_code == 0
        assert re.fullmatch(r"tl_\w{8}_\w{38}\n", result.stdout)
        assert result.stderr == ("news-importer has the scope write. The key is not shown again:\n")
        with database.read() as connection:
            row = find_api_key(connection, result.stdout.strip())
        assert row is not None
        assert (row.name, row.scope, row.expires_at) == ("news-importer", Scope.WRITE, None)

    def test_accepts_a_scope_and_a_number_of_days(self, database: Database) -> None:
        result = keys(database, "create", "boss", "--scope", "admin", "--expires", "30d")

        with database.read() as connection:
            row = connection.execute(select(t.api_key)).one()
        assert row.scope is Scope.ADMIN
        assert abs(row.expires_at - utc_now() - timedelta(days=30)) < timedelta(minutes=1)
        assert f"until {row.expires_at:%Y-%m-%dT%H:%M:%SZ}" in result.stderr

    def test_accepts_a_date(self, database: Database) -> None:
        keys(database, "create", "guest", "--expires", "2999-01-01")

        with database.read() as connection:
            expires_at = connection.scalar(select(t.api_key.c.expires_at))
        assert str(expires_at) == "2999-01-01 00:00:00+00:00"

    def test_refuses_a_name_that_a_revoked_key_has(self, database: Database) -> None:
        keys(database, "create", "guest")
        keys(database, "revoke", "guest")

        result = keys(database, "create", "guest")

        assert (result.exit_code, result.stdout) == (1, "")
        assert "a key named 'guest' already exists" in result.stderr

    @pytest.mark.parametrize(
        ("arguments", "message"),
        [
            pytest.param(["No Slug"], "'No Slug'", id="name is not a slug"),
            pytest.param(["x\n"], "expected lower-case letters", id="name ends with a line break"),
            pytest.param(["a", "--expires", "soon"], "30d", id="neither a date nor days"),
            pytest.param(["a", "--expires", "0d"], "30d", id="zero days"),
            pytest.param(["a", "--expires", "99999999d"], "30d", id="too many days"),
            pytest.param(["a", "--expires", "2020-01-01"], "is in the past", id="date in the past"),
            pytest.param(["a", "--expires", "9999-12-31"], "before the year 9999", id="last year"),
            pytest.param(["a", "--scope", "all"], "'write'", id="unknown scope"),
        ],
    )
    def test_misuse_exits_with_2(
        self, database: Database, arguments: list[str], message: str
    ) -> None:
        result = keys(database, "create", *arguments)

        assert (result.exit_code, result.stdout) == (2, "")
        assert message in result.stderr
        with database.read() as connection, pytest.raises(NoResultFound):
            connection.execute(select(t.api_key)).one()


class TestList:
    def test_shows_each_key_without_its_secret(self, database: Database) -> None:
        key = keys(database, "create", "news-importer").stdout.strip()
        keys(database, "create", "boss", "--scope", "admin", "--expires", "2999-01-01")
        keys(database, "revoke", "boss")

        result = keys(database, "list")

        cells = [re.split(r"\s*│\s*", line)[1:-1] for line in result.stdout.splitlines()[3:-1]]
        boss, importer = cells
        assert [boss[0], boss[2], *boss[5:]] == ["boss", "admin", "2999-01-01T00:00:00Z", "revoked"]
        assert importer[:3] == ["news-importer", f"{key[:11]}…", "write"]
        assert re.fullmatch(r"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ", importer[3])
        assert importer[4:] == ["", "", "valid"]
        assert key[12:] not in result.stdout


class TestRevoke:
    def test_may_be_repeated(self, database: Database) -> None:
        keys(database, "create", "guest")

        first, second = (keys(database, "revoke", "guest") for _ in "12")

        assert (first.exit_code, second.exit_code) == (0, 0)

    def test_refuses_an_unknown_name(self, database: Database) -> None:
        result = keys(database, "revoke", "nobody")

        assert result.exit_code == 1
        assert "no key is named 'nobody'" in result.stderr

    def test_does_not_wait_for_an_import_on_postgresql(
        self, database: Database, engine: str
    ) -> None:
        """A stolen key may be running that import, so its owner must be able to revoke it at once."""
        if engine == "sqlite":
            pytest.skip("SQLite allows one writer at a time")
        keys(database, "create", "guest")
        with database.write():
            result = keys(database, "revoke", "guest")

        assert result.exit_code == 0
