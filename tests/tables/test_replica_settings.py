"""URLs of several hosts, the settings of replicas, and the modules that a server without replicas leaves out."""

import subprocess
import sys
from contextlib import closing

import pytest
from pydantic import ValidationError
from sqlalchemy import URL, event, make_url, text
from sqlalchemy.exc import OperationalError

from app.settings import PROJECT_ROOT, Settings
from app.tables.database import Database, ReadOnlyError, UnknownOutcomeError
from app.tables.engines import read_url
from tests.support.builders import make_place, store
from tests.support.commands import run
from tests.support.databases import NewDatabase

PRIMARY = "postgresql://a/timeline"


class TestUrls:
    @pytest.mark.parametrize(
        ("url", "hosts"),
        [
            ("postgresql://a:1,b:2/timeline", ("a:1", "b:2")),
            ("postgresql://me:p%40ss@a:1,b/timeline?target_session_attrs=read-write", ("a:1", "b")),
            ("postgresql+psycopg://a,b/timeline", ("a", "b")),
            ("postgresql://me@[::1]:5432,b/timeline", ("[::1]:5432", "b")),
        ],
    )
    def test_several_hosts_may_have_ports(self, url: str, hosts: tuple[str, ...]) -> None:
        found = read_url(url)

        assert (found.query["host"], found.database, found.host) == (hosts, "timeline", None)
        assert found.password in (None, "p@ss")
        assert found.query.get("target_session_attrs", "read-write") == "read-write"

    @pytest.mark.parametrize(
        "url", ["sqlite:///a,b.db", "postgresql://a:1/timeline", "postgresql://u:a,b@c/timeline"]
    )
    def test_other_urls_stay_as_they_are(self, url: str) -> None:
        assert read_url(url) == make_url(url)


class TestSettings:
    def test_several_replicas(self) -> None:
        urls = "postgresql://b/timeline postgresql://c:5433/timeline"

        assert Settings(database_url=PRIMARY, read_urls=urls).read_urls == urls

    def test_sqlite_has_none(self) -> None:
        done = run(
            "serve", database_url="sqlite:///x.db", TIMELINE_READ_URLS="postgresql://b/timeline"
        )

        assert done.exit_code == 2
        assert "TIMELINE_READ_URLS: " in done.stderr
        assert (
            "only PostgreSQL has replicas, and TIMELINE_DATABASE_URL names an SQLite" in done.stderr
        )

    @pytest.mark.parametrize("urls", ["sqlite:///b.db", "b", f"{PRIMARY},x secret://me:pw@b/t"])
    def test_other_urls_are_refused_and_not_repeated(self, urls: str) -> None:
        with pytest.raises(ValidationError) as error:
            Settings(database_url=PRIMARY, read_urls=urls)

        (found,) = error.value.errors()
        assert "expected URLs such as postgresql://replica/timeline" in found["msg"]
        assert "pw" not in found["msg"]

    @pytest.mark.sqlite
    def test_a_server_without_replicas_imports_nothing_for_them(self) -> None:
        code = (
            "import sys; from app.main import create_app; from app.settings import Settings; "
            "create_app(Settings(database_url='sqlite:///nothing.db')); "
            "print([n for n in sys.modules if 'replica' in n or n.split('.')[0] in ('psycopg', 'redis')])"
        )
        done = subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            text=True,
            cwd=PROJECT_ROOT,
            check=True,
        )

        assert done.stdout.strip() == "[]"


class TestWrites:
    """Of PostgreSQL: after a failover the pool may have connections to a server that is a standby now."""

    @pytest.fixture
    def url(self, new_postgresql: NewDatabase) -> URL:
        """A database without tables."""
        return read_url(new_postgresql("failed_over"))

    def test_connections_to_a_read_only_server_are_dropped(self, url: URL) -> None:
        with closing(Database(url.render_as_string(hide_password=False))) as database:
            with database.write() as connection:
                # As the server does that became a standby: each later transaction is read-only.
                connection.execute(text("SET SESSION default_transaction_read_only = on"))

            with database.write() as connection:
                connection.execute(text("CREATE TABLE written (x integer)"))

    def test_a_database_that_stays_read_only_is_an_error(self, url: URL) -> None:
        address = url.render_as_string(hide_password=False)
        read_only = f'ALTER DATABASE "{url.database}" SET default_transaction_read_only = on'
        with closing(Database(address)) as database, database.write() as connection:
            connection.execute(text(read_only))

        with (
            closing(Database(address)) as database,
            pytest.raises(ReadOnlyError, match="default_transaction_read_only"),
            database.write(),
        ):
            pass

    def test_a_connection_that_breaks_during_the_commit_leaves_the_outcome_open(
        self, database: Database
    ) -> None:
        if database.is_sqlite:
            pytest.skip("SQLite has no connection that breaks")
        store(database, make_place())

        def break_off(connection: object) -> None:
            driver = connection.connection.driver_connection  # type: ignore[attr-defined]
            with database.read() as other:
                other.execute(text(f"SELECT pg_terminate_backend({driver.info.backend_pid})"))

        url = database.url.render_as_string(hide_password=False)
        with closing(Database(url)) as broken:
            event.listen(broken.engine, "commit", break_off)
            with (
                pytest.raises(UnknownOutcomeError, match="may have been stored"),
                broken.write() as connection,
            ):
                connection.execute(text("SELECT 1"))

    def test_a_connection_that_breaks_before_wrote_nothing(self, database: Database) -> None:
        if database.is_sqlite:
            pytest.skip("SQLite has no connection that breaks")
        url = database.url.render_as_string(hide_password=False)
        with (
            closing(Database(url)) as broken,
            pytest.raises(OperationalError),
            broken.write() as connection,
        ):
            connection.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))
