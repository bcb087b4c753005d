"""API keys: an invalid key is refused on every path, with the reason."""

import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
import structlog
from sqlalchemy import Engine, event, select, update
from starlette.testclient import TestClient

from app.api.dependencies.auth import AdminCallerDep, CallerDep
from app.api.middleware import request_log
from app.domain.api_keys import new_key
from app.domain.vocabulary import Scope
from app.main import create_app
from app.settings import Settings
from app.tables import core as t
from app.tables.base import utc_now
from app.tables.database import Database
from app.writing.api_keys import create_key, revoke_key
from tests.support.apps import make_key


class TestKeys:
    def test_a_valid_key_may_read_and_its_use_is_recorded(
        self, client: TestClient, database: Database
    ) -> None:
        key = make_key(database)

        answer = client.get("/v1/events", headers={"Authorization": f"Bearer {key}"})

        assert answer.status_code == 200
        with database.read() as connection:
            assert connection.scalar(select(t.api_key.c.last_used_at)) is not None

    @pytest.mark.parametrize(
        ("authorization", "detail"),
        [
            *(
                pytest.param(
                    authorization,
                    "the header Authorization has no key: is the variable with the key empty? Send "
                    "Authorization: Bearer tl_…",
                    id=f"no key ({authorization})",
                )
                for authorization in ("Bearer", "Bearer ")
            ),
            pytest.param(
                "Bearer tl_1", "this is not an API key: it is cut off or mistyped", id="cut off"
            ),
            pytest.param(
                "Basic YTpi",
                "expected one header Authorization: Bearer tl_…",
                id="the Basic scheme",
            ),
            pytest.param(f"Bearer {new_key()}", "this key is unknown", id="an unknown key"),
            pytest.param(
                "Bearer \xe9", "this is not an API key: it is cut off or mistyped", id="not ASCII"
            ),
        ],
    )
    def test_an_invalid_key_is_refused_with_the_reason(
        self, client: TestClient, authorization: str, detail: str
    ) -> None:
        answer = client.get(
            "/v1/events", headers={b"Authorization": authorization.encode("latin-1")}
        )

        assert answer.status_code == 401
        assert answer.json()["detail"] == detail
        assert answer.headers["www-authenticate"] == (
            'Bearer realm="timeline", error="invalid_token"'
        )

    @pytest.mark.parametrize(
        "path", ["/healthz", "/v1/events.csv", "/openapi.json", "/docs", "/nothing/is/here"]
    )
    def test_an_unknown_key_is_refused_on_every_path(self, client: TestClient, path: str) -> None:
        answer = client.get(path, headers={"Authorization": f"Bearer {new_key()}"})

        assert answer.status_code == 401
        assert answer.json()["instance"] == path

    @pytest.mark.parametrize("method", ["HEAD", "POST", "DELETE", "OPTIONS"])
    def test_an_invalid_key_is_refused_with_every_method(
        self, client: TestClient, method: str
    ) -> None:
        answer = client.request(method, "/v1/events", headers={"Authorization": "Bearer tl_1"})

        assert answer.status_code == 401
        assert answer.headers["content-type"] == "application/problem+json"

    def test_two_authorization_headers_are_refused(
        self, client: TestClient, database: Database
    ) -> None:
        """A proxy and the server could each read a different one."""
        key = f"Bearer {make_key(database)}"

        answer = client.get("/v1/events", headers=[("Authorization", key), ("authorization", key)])

        assert answer.status_code == 401

    def test_the_scheme_is_case_insensitive(self, client: TestClient, database: Database) -> None:
        answer = client.get(
            "/v1/events", headers={"Authorization": f"bearer  {make_key(database)} "}
        )

        assert answer.status_code == 200

    def test_a_mistyped_key_and_a_revoked_key_have_different_reasons(
        self, client: TestClient, database: Database
    ) -> None:
        key = make_key(database)
        with database.write() as connection:
            assert revoke_key(connection, "editor")
            assert not revoke_key(connection, "nobody")
        mistyped = key[:-9] + ("a" if key[-9] != "a" else "b") + key[-8:]

        details = [
            client.get("/v1/events", headers={"Authorization": f"Bearer {each}"}).json()["detail"]
            for each in (key, mistyped)
        ]

        assert details == [
            "the key 'editor' was revoked",
            "this is not an API key: it is cut off or mistyped",
        ]

    def test_an_expired_key_is_refused(self, client: TestClient, database: Database) -> None:
        with database.write() as connection:
            past = utc_now() - timedelta(seconds=1)
            key = create_key(connection, "old", Scope.WRITE, expires_at=past)

        answer = client.get("/v1/events", headers={"Authorization": f"Bearer {key}"})

        assert answer.json()["detail"] == "the key 'old' has expired"

    def test_the_key_is_not_stored(self, database: Database) -> None:
        key = make_key(database)

        with database.read() as connection:
            (row,) = connection.execute(select(t.api_key))

        assert key[12:] not in str(row)
        assert row.prefix == key[3:11]


class TestUse:
    def test_is_recorded_once_a_minute(self, client: TestClient, database: Database) -> None:
        headers = {"Authorization": f"Bearer {make_key(database)}"}
        client.get("/v1/events", headers=headers)
        first = _last_used(database)
        client.get("/v1/events", headers=headers)
        second = _last_used(database)
        with database.write() as connection:
            earlier = utc_now() - timedelta(minutes=2)
            connection.execute(update(t.api_key).values(last_used_at=earlier))
        client.get("/v1/events", headers=headers)

        assert first == second
        assert first is not None
        assert (_last_used(database) or first) > first

    def test_does_not_wait_for_a_writer(self, client: TestClient, database: Database) -> None:
        headers = {"Authorization": f"Bearer {make_key(database)}"}
        with database.write() as connection:
            connection.execute(update(t.place).values(revision=1))
            started = time.monotonic()
            answer = client.get("/v1/events", headers=headers)
            waited = time.monotonic() - started

        assert answer.status_code == 200
        assert waited < 5

    def test_does_not_wait_for_a_lock_on_the_row_of_the_key(
        self, client: TestClient, database: Database
    ) -> None:
        headers = {"Authorization": f"Bearer {make_key(database)}"}
        with database.write() as connection:
            connection.execute(update(t.api_key).values(expires_at=None))
            answer = client.get("/v1/events", headers=headers)

        assert answer.status_code == 200
        assert _last_used(database) is None

    def test_checking_a_key_is_one_small_statement(
        self, client: TestClient, database: Database
    ) -> None:
        headers = {"Authorization": f"Bearer {make_key(database)}"}
        client.get("/v1/events", headers=headers)
        statements: list[str] = []

        @event.listens_for(_engine(client), "before_cursor_execute")
        def note(*arguments: Any) -> None:
            statements.append(arguments[2])

        client.get("/healthz", headers=headers)
        event.remove(_engine(client), "before_cursor_execute", note)

        assert len([each for each in statements if each.startswith("SELECT api_key.")]) == 1
        assert (
            len([each for each in statements if not each.startswith(("BEGIN", "SET LOCAL "))]) == 1
        )

    def test_the_log_names_the_key(
        self, client: TestClient, database: Database, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        key = make_key(database)
        monkeypatch.setattr(request_log, "_log", structlog.get_logger())

        with structlog.testing.capture_logs() as log:
            for method in ("GET", "HEAD"):
                client.request(method, "/v1/events", headers={"Authorization": f"Bearer {key}"})

        assert [entry["key"] for entry in log] == ["editor", "editor"]
        assert key[12:] not in str(log)


def test_a_key_without_a_database_gives_503() -> None:
    app = create_app(Settings(database_url="sqlite:////nowhere/at/all.db"))
    with TestClient(app) as client:
        answer = client.get("/v1/events", headers={"Authorization": f"Bearer {new_key()}"})

    assert answer.status_code == 503
    assert answer.json()["type"] == "/problems/not-ready"


class TestCaching:
    def test_an_answer_to_a_key_is_private(self, client: TestClient, database: Database) -> None:
        answer = client.get("/v1/events", headers={"Authorization": f"Bearer {make_key(database)}"})

        assert answer.headers["cache-control"] == "private, no-cache"
        assert "Authorization" in answer.headers["vary"]

    def test_an_answer_without_a_key_is_public_and_varies_by_authorization(
        self, client: TestClient
    ) -> None:
        answer = client.get("/v1/events")
        not_modified = client.get("/v1/events", headers={"If-None-Match": answer.headers["etag"]})

        assert answer.headers["cache-control"].startswith("public, max-age=60")
        assert "Authorization" in answer.headers["vary"]
        assert (not_modified.status_code, not_modified.headers["vary"]) == (
            304,
            answer.headers["vary"],
        )

    def test_the_tag_is_the_same_with_and_without_a_key(
        self, client: TestClient, database: Database
    ) -> None:
        headers = {"Authorization": f"Bearer {make_key(database)}"}

        tags = {client.get("/v1/events", headers=each).headers["etag"] for each in ({}, headers)}

        assert len(tags) == 1


class TestScopes:
    """These tests use two extra routes; the tests of each write cover the scope that it needs."""

    @pytest.fixture
    def guarded(self, database: Database) -> Iterator[TestClient]:
        url = database.url.render_as_string(hide_password=False)
        app = create_app(Settings(database_url=url))

        @app.post("/written")
        async def write(caller: CallerDep) -> str:
            return caller.name

        @app.post("/merged")
        async def merge(caller: AdminCallerDep) -> str:
            return caller.name

        with TestClient(app) as client:
            yield client

    def test_admin_may_do_everything_that_write_may(
        self, guarded: TestClient, database: Database
    ) -> None:
        keys = {scope: make_key(database, f"a-{scope}", scope) for scope in Scope}

        statuses = {
            (scope, path): guarded.post(
                path, headers={"Authorization": f"Bearer {key}"}
            ).status_code
            for scope, key in keys.items()
            for path in ("/written", "/merged")
        }

        assert statuses == {
            ("write", "/written"): 200,
            ("write", "/merged"): 403,
            ("admin", "/written"): 200,
            ("admin", "/merged"): 200,
        }

    def test_an_insufficient_scope_is_refused(
        self, guarded: TestClient, database: Database
    ) -> None:
        headers = {"Authorization": f"Bearer {make_key(database)}"}

        answer = guarded.post("/merged", headers=headers)

        assert answer.status_code == 403
        assert answer.json()["type"] == "/problems/insufficient-scope"
        assert answer.headers["www-authenticate"] == (
            'Bearer realm="timeline", error="insufficient_scope", scope="admin"'
        )

    @pytest.mark.parametrize("path", ["/written", "/merged"])
    def test_a_request_without_a_key_names_no_error(self, guarded: TestClient, path: str) -> None:
        answer = guarded.post(path)

        assert answer.status_code == 401
        assert answer.headers["www-authenticate"] == 'Bearer realm="timeline"'


def _last_used(database: Database) -> datetime | None:
    with database.read() as connection:
        return connection.scalar(select(t.api_key.c.last_used_at))


def _engine(client: TestClient) -> Engine:
    database: Database = client.app.state.database  # type: ignore[attr-defined]
    return database.engine
