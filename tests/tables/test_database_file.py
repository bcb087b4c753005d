"""The SQLite file under a running server: deleted, replaced, moved back or damaged."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from urllib.parse import quote

import pytest
import structlog.testing
from sqlalchemy import delete
from sqlalchemy.exc import DBAPIError, OperationalError
from starlette.testclient import TestClient

from app.api.problems.catalogue import NotReady
from app.tables import core as t
from app.tables.database import Database
from app.tables.files.database_file import UnusableFileError
from app.tables.schema.creation import create_if_empty
from tests.support.apps import client_of, make_key
from tests.support.builders import make_cast, make_participant, make_place, store
from tests.support.databases import NewDatabase
from tests.support.editing import plain

pytestmark = pytest.mark.sqlite

MOSCOW = "/v1/places/moscow"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """The file of a database with some participants."""
    path = tmp_path / "a b #c.db"
    with closing(Database(f"sqlite:///{path}")) as database:
        create_if_empty(database)
        store(database, *make_cast())
    return path


@pytest.fixture
def key(path: Path) -> dict[str, str]:
    """The header of a key that may write."""
    with closing(Database(f"sqlite:///{path}")) as database:
        return {"Authorization": f"Bearer {make_key(database)}"}


@pytest.fixture
def server(path: Path, key: dict[str, str]) -> Iterator[TestClient]:
    """A server over this file that has answered a read and a write."""
    with closing(Database(f"sqlite:///{path}")) as database, client_of(database) as client:
        assert client.get("/v1/events").status_code == 200
        body = plain(make_participant("first"))
        assert client.put("/v1/participants/first", json=body, headers=key).status_code == 201
        yield client


def _statuses(server: TestClient, key: dict[str, str]) -> set[int]:
    """Return the statuses of all kinds of requests, asked for several times."""
    place = plain(make_place())
    answers = [
        answer
        for _ in range(3)
        for answer in (
            server.get("/readyz"),
            server.get("/v1/events"),
            server.get("/v1/events", headers=key),
            server.get("/v1/events.csv"),
            server.put(MOSCOW, json=place, headers=key),
            server.post("/v1/imports", json={"places": [place]}, headers=key),
            server.post("/v1/imports?dry_run=true", json={"places": [place]}, headers=key),
        )
    ]
    assert {answer.json()["type"] for answer in answers if answer.status_code >= 400} <= {
        NotReady.type_uri()
    }
    return {answer.status_code for answer in answers}


def _files(path: Path) -> set[str]:
    return {each.name for each in path.parent.iterdir()}


class TestGone:
    def test_every_request_gets_503_until_the_file_is_back(
        self, server: TestClient, path: Path, key: dict[str, str]
    ) -> None:
        aside = path.with_name("aside.db")
        path.rename(aside)

        assert _statuses(server, key) == {503}
        assert path.name not in _files(path), "no empty file may appear"

        aside.rename(path)
        assert server.get("/readyz").status_code == 200
        assert server.put(MOSCOW, json=plain(make_place()), headers=key).status_code == 201
        with closing(Database(f"sqlite:///{path}")) as other, client_of(other) as client:
            assert client.get(MOSCOW).status_code == 200

    def test_the_log_and_the_detail_say_why(self, server: TestClient, path: Path) -> None:
        path.unlink()

        with structlog.testing.capture_logs() as log:
            answer = server.get("/readyz")

        assert answer.json()["detail"] == "the database file was deleted: put it back"
        assert "the database or its clock cannot be used" in [entry["event"] for entry in log]

    def test_every_request_gets_503_after_the_log_was_deleted(
        self, server: TestClient, path: Path, key: dict[str, str]
    ) -> None:
        """SQLite keeps the newest writes in `…-wal`; later ones would be lost with the process."""
        log = path.with_name(f"{path.name}-wal")
        assert server.put(MOSCOW, json=plain(make_place()), headers=key).status_code == 201
        assert log.exists()

        log.unlink()

        # A connection that existed before notices it, and from then on every request does.
        assert server.put(MOSCOW, json=plain(make_place()), headers=key).status_code == 503
        assert _statuses(server, key) == {503}
        assert f"the file {log.name} beside the database was deleted" in server.get("/readyz").text

    def test_a_link_to_itself_is_refused_by_the_engine(self, tmp_path: Path) -> None:
        link = tmp_path / "timeline.db"
        link.symlink_to(link)

        with (
            closing(Database(f"sqlite:///{link}")) as database,
            pytest.raises(OperationalError, match="unable to open"),
            database.read(),
        ):
            pass

    def test_the_log_of_a_link_is_beside_the_file(self, path: Path, tmp_path: Path) -> None:
        link = tmp_path / "links" / "timeline.db"
        link.parent.mkdir()
        link.symlink_to(path)
        with (
            closing(Database(f"sqlite:///{link}")) as first,
            closing(Database(f"sqlite:///{link}")) as second,
        ):
            store(first, make_place())
            store(second, make_place("omsk"))
            assert [each.name for each in link.parent.iterdir()] == [link.name]

            path.with_name(f"{path.name}-wal").unlink()

            with pytest.raises(UnusableFileError, match="beside the database was deleted"):
                store(second, make_place("perm"))

    def test_a_new_log_does_not_hide_that_the_old_one_was_deleted(
        self, server: TestClient, path: Path, key: dict[str, str]
    ) -> None:
        assert server.put(MOSCOW, json=plain(make_place()), headers=key).status_code == 201
        path.with_name(f"{path.name}-wal").unlink()
        with (
            closing(Database(f"sqlite:///{path}")) as other,
            suppress(DBAPIError),
            other.read() as c,
        ):
            c.execute(t.place.select()).all()

        assert (
            server.put("/v1/places/omsk", json=plain(make_place("omsk")), headers=key).status_code
            == 503
        )

    def test_an_export_is_refused(self, path: Path) -> None:
        with closing(Database(f"sqlite:///{path}", existing=True)) as database:
            with database.read():
                pass
            path.unlink()
            with pytest.raises(UnusableFileError), database.stream():
                pass

    def test_a_write_in_progress_is_not_committed(self, path: Path) -> None:
        with closing(Database(f"sqlite:///{path}", existing=True)) as database:
            with pytest.raises(UnusableFileError), database.write() as connection:
                connection.execute(delete(t.participant_name))
                path.rename(path.with_name("aside.db"))
            path.with_name("aside.db").rename(path)
            with database.read() as connection:
                assert connection.execute(t.participant_name.select()).first() is not None

    def test_a_server_over_a_missing_file_creates_none(self, tmp_path: Path) -> None:
        path = tmp_path / "none.db"

        with closing(Database(f"sqlite:///{path}")) as other, client_of(other) as server:
            assert server.get("/readyz").status_code == 503
            assert server.get("/v1/events").status_code == 503

        assert _files(path) == set()


def test_a_uri_is_watched_as_well(path: Path) -> None:
    uri = f"sqlite:///file:{quote(str(path))}?mode=rw&uri=true"
    with closing(Database(uri)) as database:
        other = Database(f"sqlite:///{path}")
        with closing(other), database.write(), other.read() as connection:
            assert other.is_written(connection)
        path.unlink()
        with pytest.raises(UnusableFileError), database.read():
            pass


class TestReplaced:
    def test_every_request_gets_503(
        self, server: TestClient, path: Path, key: dict[str, str]
    ) -> None:
        copy = path.with_name("copy.db")
        shutil.copy(path, copy)
        copy.replace(path)

        assert _statuses(server, key) == {503}
        assert "restart the server" in server.get("/readyz").json()["detail"]


class TestDamaged:
    def test_after_damage_was_met_writes_and_readiness_get_503(
        self, seeds_in_sqlite: "NewDatabase"
    ) -> None:
        with closing(Database(seeds_in_sqlite("damaged"))) as database:
            path = Path(database.url.database or "")
            key = {"Authorization": f"Bearer {make_key(database)}"}
        _damage(path, "place")

        with closing(Database(f"sqlite:///{path}")) as other, client_of(other) as server:
            patient = TestClient(server.app, raise_server_exceptions=False)
            assert patient.get("/v1/places").status_code >= 500
            body = plain(make_participant("new-envoy"))
            written = server.put("/v1/participants/new-envoy", json=body, headers=key)
            ready = [server.get("/readyz") for _ in range(2)]

        assert [answer.status_code for answer in (written, *ready)] == [503, 503, 503]
        assert "restore a backup" in ready[0].json()["detail"]


def _damage(path: Path, table: str) -> None:
    """Overwrite the first page of a table and of each of its indexes."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").close()
        (size,) = connection.execute("PRAGMA page_size").fetchone()
        roots = "SELECT rootpage FROM sqlite_master WHERE tbl_name = ?"
        pages = [page for (page,) in connection.execute(roots, (table,))]
    with path.open("r+b") as file:
        for page in pages:
            file.seek((page - 1) * size)
            file.write(b"Z" * size)
