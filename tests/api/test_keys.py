"""Keys: refused wherever they open nothing, and told what is wrong with them."""

from datetime import timedelta

import pytest
from conftest import make_key
from sqlalchemy import select
from starlette.testclient import TestClient

from app.domain.api_keys import new_key
from app.domain.vocabulary import Scope
from app.tables import core as t
from app.tables.base import utc_now
from app.tables.database import Database
from app.writing.keys import create_key, revoke_key


class TestKeys:
    def test_a_valid_key_reads_like_nobody(self, client: TestClient, database: Database) -> None:
        key = make_key(database)

        answer = client.get("/v1/events", headers={"Authorization": f"Bearer {key}"})

        assert answer.status_code == 200
        with database.read() as connection:
            assert connection.scalar(select(t.api_key.c.last_used_at)) is not None

    @pytest.mark.parametrize(
        ("authorization", "detail"),
        [
            pytest.param("Bearer", "this is no key: it is cut off or mistyped", id="nothing"),
            pytest.param("Bearer tl_1", "this is no key: it is cut off or mistyped", id="cut off"),
            pytest.param(
                "Basic YTpi", "the header is to be: Authorization: Bearer tl_…", id="basic"
            ),
            pytest.param(f"Bearer {new_key()}", "nobody was given this key", id="of no one"),
            pytest.param("Bearer \xe9", "this is no key: it is cut off or mistyped", id="no ASCII"),
        ],
    )
    @pytest.mark.parametrize("path", ["/v1/events", "/healthz", "/v1/events.csv"])
    def test_what_is_no_key_is_refused_on_open_paths(
        self, client: TestClient, path: str, authorization: str, detail: str
    ) -> None:
        answer = client.get(path, headers={b"Authorization": authorization.encode("latin-1")})

        assert answer.status_code == 401
        assert answer.json()["detail"] == detail
        assert answer.headers["www-authenticate"] == (
            'Bearer realm="timeline", error="invalid_token"'
        )

    def test_a_mistyped_key_is_told_from_a_revoked_one(
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
            "this is no key: it is cut off or mistyped",
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
