"""A database that refuses writes: reads are answered as usual, and each write is a 503 `read-only`."""

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from httpx2 import Response
from sqlalchemy import event, text
from starlette.testclient import TestClient

from app.domain.instants import rfc3339
from app.domain.vocabulary import Scope
from app.setup import prepare
from app.tables.database import Database
from tests.support.apps import client_of, make_key
from tests.support.builders import make_cast, make_event, make_place, store
from tests.support.commands import run
from tests.support.databases import NewDatabase
from tests.support.editing import EVENT, plain
from tests.support.replay import shown_problem
from tests.support.standby import Standby, standby

OMSK = plain(make_place("omsk"))
PLACE = {"places": [OMSK]}
# Each kind of change, with its path and body.
CHANGES = [
    pytest.param("PUT", "/v1/places/omsk", OMSK, id="create"),
    pytest.param("PUT", EVENT, plain(make_event(note="new")), id="replace"),
    pytest.param("PATCH", EVENT, {"note": "new"}, id="patch"),
    pytest.param("DELETE", f"{EVENT}?reason=r", None, id="withdraw"),
    pytest.param("POST", "/v1/imports", PLACE, id="import"),
    pytest.param("POST", "/v1/imports?dry_run=true", PLACE, id="dry run"),
]
# PostgreSQL tells at once, and SQLite only when something is written.
WRITES = [
    *CHANGES,
    pytest.param("PUT", EVENT, plain(make_event()), id="replace by the same"),
    pytest.param("POST", f"{EVENT}/merge?into=other&reason=r", None, id="merge"),
]
READS = ["/v1/events", EVENT, "/v1/events.csv", "/v1/changes", "/v1/network", "/v1/events?as_of=2"]
Send = Callable[..., Response]


def _send(client: TestClient, key: str) -> Send:
    def send(method: str, path: str, body: object = None) -> Response:
        headers = {"Authorization": f"Bearer {key}"}
        if "imports" not in path:
            headers["If-Match" if method != "PUT" or EVENT in path else "If-None-Match"] = "*"
        return client.request(method, path, json=body, headers=headers)

    return send


def _assert_refused(answer: Response) -> None:
    assert answer.status_code == 503, answer.text
    assert answer.json()["type"] == "/problems/read-only"
    assert answer.headers["retry-after"] == "10"


@pytest.fixture(scope="module")
def filled(new_database: NewDatabase) -> Iterator[tuple[Database, str]]:
    """A database with an event, and a key that may do everything."""
    with closing(Database(new_database("read_only"))) as database:
        prepare(database, Path("no-seeds"))
        store(database, *make_cast(), make_event())
        yield database, make_key(database, scope=Scope.ADMIN)


@pytest.fixture(scope="module")
def client(filled: tuple[Database, str]) -> Iterator[TestClient]:
    """A client of a server whose database refuses writes from now on."""
    database, _ = filled
    if not database.is_sqlite:
        with database.write() as connection:
            name = database.url.database
            connection.execute(
                text(f'ALTER DATABASE "{name}" SET default_transaction_read_only = on')
            )
    with client_of(database) as client:
        if database.is_sqlite:
            assert isinstance(client.app, FastAPI)
            _protect(client.app.state.database, str(database.url.database))
            _protect(client.app.state.readiness._probe, str(database.url.database))
        yield client


def _protect(database: Database, path: str) -> None:
    """Open the file read-only from now on; its permissions would not stop root."""

    @event.listens_for(database.engine, "do_connect")
    def connect(*_: Any) -> sqlite3.Connection:
        uri = f"file:{path}?mode=ro"
        return sqlite3.connect(uri, uri=True, check_same_thread=False)

    database.engine.dispose()


@pytest.fixture
def send(client: TestClient, filled: tuple[Database, str]) -> Send:
    """A function that sends a request with the key."""
    return _send(client, filled[1])


class TestReadOnly:
    """PostgreSQL with `default_transaction_read_only`, and a write-protected file of SQLite."""

    @pytest.mark.parametrize(("method", "path", "body"), CHANGES)
    def test_refuses_each_change(self, send: Send, method: str, path: str, body: object) -> None:
        # The connection of a reader must not carry its own mode into the next write.
        assert send("GET", EVENT).status_code == 200

        _assert_refused(send(method, path, body))

    def test_answers_reads(self, send: Send) -> None:
        assert [send("GET", path).status_code for path in READS] == [200] * len(READS)

    def test_is_ready_to_read_and_not_to_write(self, client: TestClient) -> None:
        assert client.get("/readyz").status_code == 200
        assert client.get("/readyz?role=read").status_code == 200
        _assert_refused(client.get("/readyz?role=write"))

    def test_the_answer_is_the_documented_one(self, send: Send, engine: str) -> None:
        answer = send("PUT", "/v1/places/omsk", OMSK)

        if engine == "postgresql":
            assert answer.json() == shown_problem("read-only", answer)


@pytest.fixture(scope="module")
def pair(postgres_url: str, new_postgresql: NewDatabase) -> Iterator[tuple[Database, str, Standby]]:
    """A database with an event on a primary, a key for it, and a standby of the primary."""
    with closing(Database(new_postgresql("primary"))) as database:
        prepare(database, Path("no-seeds"))
        store(database, *make_cast(), make_event())
        with standby(postgres_url) as following:
            yield database, make_key(database, scope=Scope.ADMIN), following


@pytest.fixture(scope="module")
def copy(pair: tuple[Database, str, Standby]) -> Iterator[Database]:
    """The database on the standby."""
    primary, _, following = pair
    with closing(Database(following.url(_text(primary)))) as database:
        yield database


@pytest.fixture(scope="module")
def copy_client(copy: Database) -> Iterator[TestClient]:
    """A client of a server over the standby."""
    with client_of(copy) as client:
        yield client


@pytest.mark.thorough
class TestStandby:
    """A real standby of PostgreSQL."""

    @pytest.mark.parametrize(("method", "path", "body"), WRITES)
    def test_refuses_each_write(
        self,
        pair: tuple[Database, str, Standby],
        copy_client: TestClient,
        method: str,
        path: str,
        body: object,
    ) -> None:
        send = _send(copy_client, pair[1])
        assert send("GET", EVENT).status_code == 200

        _assert_refused(send(method, path, body))

    @pytest.mark.parametrize("path", READS)
    def test_answers_reads_as_the_primary(
        self, pair: tuple[Database, str, Standby], copy_client: TestClient, path: str
    ) -> None:
        with client_of(pair[0]) as of_primary:
            expected = of_primary.get(path)

        answer = copy_client.get(path)

        assert (answer.status_code, answer.content) == (200, expected.content)

    def test_has_the_new_rows_of_the_primary(
        self, pair: tuple[Database, str, Standby], copy_client: TestClient
    ) -> None:
        primary, _, following = pair
        store(primary, make_place("minsk"))
        following.url(_text(primary))

        assert copy_client.get("/v1/places/minsk").status_code == 200

    def test_an_instant_after_the_last_change_is_refused(self, copy_client: TestClient) -> None:
        """A change with an earlier timestamp may still come, and the answer would be kept forever."""
        now = rfc3339(datetime.now(UTC))

        _assert_refused(copy_client.get(f"/v1/events?as_of={now}"))

    def test_is_ready_to_read_and_not_to_write(self, copy_client: TestClient) -> None:
        assert copy_client.get("/readyz").status_code == 200
        _assert_refused(copy_client.get("/readyz?role=write"))

    def test_a_server_starts_on_it(self, copy: Database) -> None:
        assert prepare(copy, Path("no-seeds")) == []

    def test_the_command_refuses_to_write(self, copy: Database, tmp_path: Path) -> None:
        (tmp_path / "places.json").write_text(json.dumps(PLACE))

        done = run("load", str(tmp_path), database_url=_text(copy))

        assert done.exit_code == 1
        assert done.stderr == ("the database is read-only: it is a standby; write to the primary\n")

    def test_accepts_writes_after_a_failover(
        self, pair: tuple[Database, str, Standby], copy_client: TestClient
    ) -> None:
        """The last test of the standby: afterwards it is a primary. The server need not restart."""
        _, key, following = pair
        following.promote()

        answer = _send(copy_client, key)("PUT", "/v1/places/omsk", OMSK)

        assert answer.status_code == 201, answer.text
        assert copy_client.get("/readyz?role=write").status_code == 200


def _text(database: Database) -> str:
    return database.url.render_as_string(hide_password=False)
