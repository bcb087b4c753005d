"""`POST /v1/imports` applies all records or none, reports every error, and is safe to repeat."""

import asyncio
import json
from collections.abc import Callable
from typing import Any

import pytest
import yaml
from httpx2 import Response
from sqlalchemy import func, select, update
from starlette.testclient import TestClient
from starlette.types import Message, Receive

from app.api.runtime.gates import Gate, Shares
from app.domain.vocabulary import Scope
from app.main import create_app
from app.records.models import Record
from app.settings import Settings
from app.tables import core as t
from app.tables.base import utc_now
from app.tables.database import Database
from tests.support.apps import make_key
from tests.support.builders import count_changes, make_cast, make_event, make_participant
from tests.support.replay import shown_problem

COLLECTIONS = ("participants", "participants", "sources", "events")
RECORDS: list[Record] = [*make_cast(), make_event()]
LINES = [
    json.dumps({name: [record.to_plain()]})
    for name, record in zip(COLLECTIONS, RECORDS, strict=True)
]
NDJSON = "\n".join(LINES)
WHOLE = {
    "participants": [RECORDS[0].to_plain(), RECORDS[1].to_plain()],
    "sources": [RECORDS[2].to_plain()],
    "events": [RECORDS[3].to_plain()],
}
NONE = {"created": 0, "updated": 0, "unchanged": 0, "withdrawn": 0, "restored": 0}

Send = Callable[..., Response]


@pytest.fixture
def send(database: Database, client: TestClient) -> Send:
    """Return a function that sends an import with a key that may write."""
    key = make_key(database)

    def post(
        body: str | bytes = NDJSON, media_type: str = "application/x-ndjson", **more: str
    ) -> Response:
        query = more.pop("query", "")
        headers = {"Authorization": f"Bearer {key}", "Content-Type": media_type}
        headers |= {name.replace("_", "-"): value for name, value in more.items()}
        return client.post(f"/v1/imports{query}", content=body, headers=headers)

    return post


def test_omissions_can_be_refused(send: Send) -> None:
    note = make_event(note="Doubtful.").to_plain()
    send(query="?omissions=refuse")
    body = json.dumps({"events": [note]})
    assert send(body, "application/json", query="?omissions=refuse").status_code == 200

    refused = send(query="?omissions=refuse")
    dry = send(query="?omissions=refuse&dry_run=true")
    allowed = send()

    assert (refused.status_code, dry.status_code, allowed.status_code) == (422, 422, 200)
    (error,) = refused.json()["errors"]
    assert (error["record"], error["line"]) == ("2024-11-01-talks", 4)
    assert error["detail"].startswith("would delete note of the stored event: ")
    assert allowed.json()["counts"]["events"]["updated"] == 1


class TestImport:
    def test_the_answer_counts_the_changes(self, send: Send, client: TestClient) -> None:
        answer = send()

        assert (answer.status_code, answer.headers["content-type"]) == (200, "application/json")
        review = answer.json().pop("review")
        assert [each["effect"] for each in review["records"]] == ["create"] * 4
        assert answer.json() == {
            "review": review,
            "left_out": {"kept": [], "more_kept": 0, "skipped": [], "more_skipped": 0},
            "dry_run": False,
            "counts": {
                "participants": NONE | {"created": 2},
                "places": NONE,
                "offices": NONE,
                "publishers": NONE,
                "sources": NONE | {"created": 1},
                "treaties": NONE,
                "tags": NONE,
                "events": NONE | {"created": 1},
            },
            "total": NONE | {"created": 4},
            "changes": {"after": 0, "last": 4},
            "merged": [],
        }
        assert client.get("/v1/events/2024-11-01-talks").status_code == 200

    @pytest.mark.parametrize(
        ("body", "media_type"),
        [
            pytest.param(json.dumps(WHOLE), "application/json", id="JSON"),
            pytest.param(
                json.dumps(WHOLE), "application/json; charset=UTF-8", id="JSON with a charset"
            ),
            pytest.param(yaml.safe_dump(WHOLE), "application/yaml", id="YAML"),
            pytest.param(NDJSON, "application/x-ndjson", id="NDJSON"),
            pytest.param(
                "\r\n".join(LINES[::-1]), "application/jsonl", id="NDJSON in reverse order, CRLF"
            ),
        ],
    )
    def test_accepts_each_media_type(self, send: Send, body: str, media_type: str) -> None:
        assert send(body, media_type).json()["total"] == NONE | {"created": 4}

    def test_repeating_an_import_changes_nothing(self, send: Send, database: Database) -> None:
        send()
        answer = send().json()

        assert answer["total"] == NONE | {"unchanged": 4}
        assert answer["changes"] == {"after": 4, "last": 4}
        assert count_changes(database) == 4

    def test_changes_include_the_events_that_name_the_participant(
        self, send: Send, database: Database
    ) -> None:
        """The event is not in the body, but its document has the new name."""
        send()
        renamed = make_participant(names={"en": "S. Lavrov"}).to_plain()

        answer = send(json.dumps({"participants": [renamed]})).json()

        assert answer["total"] == NONE | {"updated": 1}
        assert answer["changes"] == {"after": 4, "last": 6}

    def test_the_key_is_the_actor(self, send: Send, database: Database) -> None:
        send()
        with database.read() as connection:
            assert {*connection.scalars(select(t.change.c.actor))} == {"editor"}

    def test_a_dry_run_gives_the_same_answer_and_writes_nothing(
        self, send: Send, database: Database
    ) -> None:
        dry = send(query="?dry_run=true").json()

        assert count_changes(database) == 0
        assert dry.pop("review")["warnings"]
        done = send().json()
        assert done.pop("review")["warnings"] == []
        assert dry == done | {"dry_run": True}


class TestRefused:
    def test_every_error_has_its_record_pointer_and_line(
        self, send: Send, database: Database
    ) -> None:
        event = make_event(place="moscow").to_plain()
        lines = [
            LINES[0],
            json.dumps({"participants": [make_participant("x").to_plain() | {"country": "ru"}]}),
            LINES[2],
            json.dumps({"events": [event]}),
        ]

        answer = send("\n".join(lines))

        problem = answer.json()
        assert (answer.status_code, problem["type"]) == (422, "/problems/invalid-records")
        assert problem["detail"] == "3 errors: nothing was written"
        assert problem["errors"] == [
            {
                "parameter": None,
                "record": "x",
                "pointer": "/participants/0/country",
                "line": 2,
                "detail": "found the text 'ru', expected a country code: ISO 3166-1 alpha-2 such as "
                "RU or KP, or SU; did you mean 'RU'?",
            },
            {
                "parameter": None,
                "record": "2024-11-01-talks",
                "pointer": "/events/0/place",
                "line": 4,
                "detail": "there is no place 'moscow'",
            },
            {
                "parameter": None,
                "record": "2024-11-01-talks",
                "pointer": "/events/0/participants/1/id",
                "line": 4,
                "detail": "there is no participant 'choe-son-hui'",
            },
        ]
        assert count_changes(database) == 0

    @pytest.mark.parametrize("more", [{}, {"Idempotency_Key": "a"}, {"query": "?dry_run=true"}])
    @pytest.mark.parametrize("broken", ["{", '{"places": [{"id": "moscow"}]}'])
    def test_a_broken_body_does_not_wait_for_other_writers(
        self, send: Send, database: Database, broken: str, more: dict[str, str]
    ) -> None:
        with database.write():
            answer = send(f"{NDJSON}\n{broken}", **more)

        # A request that waited would get a 503 after half a minute.
        assert (answer.status_code, answer.json()["type"]) == (422, "/problems/invalid-records")

    def test_a_request_without_a_key_is_refused(self, client: TestClient) -> None:
        answer = client.post("/v1/imports", content=NDJSON)
        assert (answer.status_code, answer.json()["type"]) == (401, "/problems/unauthorized")

    def test_an_unsupported_media_type_is_refused(self, send: Send) -> None:
        answer = send(media_type="text/csv")
        assert (answer.status_code, answer.json()["type"]) == (
            415,
            "/problems/unsupported-media-type",
        )

    def test_a_body_above_the_limit_is_refused(self, database: Database) -> None:
        url = database.url.render_as_string(hide_password=False)
        headers = {"Authorization": f"Bearer {make_key(database)}"}
        headers["Content-Type"] = "application/x-ndjson"
        with TestClient(create_app(Settings(database_url=url, import_bytes=1000))) as client:
            too_large, allowed = (
                client.post("/v1/imports", content="x" * size, headers=headers)
                for size in (1001, 1000)
            )

        assert too_large.json()["type"] == "/problems/body-too-large"
        assert allowed.json()["type"] == "/problems/invalid-records"

    def test_a_request_without_a_free_slot_gets_503(self, send: Send, client: TestClient) -> None:
        app: Any = client.app
        gate, app.state.import_gate = app.state.import_gate, Gate(0, "imports", wait_seconds=0.01)

        answer = send()

        app.state.import_gate = gate

        assert (answer.status_code, answer.headers["retry-after"]) == (503, "10")

    def test_a_key_may_have_only_some_imports_at_once(self, send: Send, client: TestClient) -> None:
        """The body of each is a file; otherwise one key could fill the disk with bodies that arrive."""
        app: Any = client.app
        shares, app.state.import_shares = app.state.import_shares, Shares(0, "imports")

        answer = send()

        app.state.import_shares = shares
        assert answer.status_code == 503
        assert "at most 0 imports at once for one key" in answer.json()["detail"]


class TestSlowBody:
    def test_others_import_while_bodies_arrive(
        self, client: TestClient, database: Database
    ) -> None:
        """Two bodies that arrive byte by byte used to hold both slots."""
        app: Any = client.app
        headers = [
            (b"host", b"testserver"),
            (b"authorization", f"Bearer {make_key(database)}".encode()),
            (b"content-type", b"application/x-ndjson"),
        ]
        statuses: list[int] = []

        async def send_status(message: Message) -> None:
            statuses.append(message.get("status", 0))

        async def drip() -> Message:
            await asyncio.sleep(0.01)
            return {"type": "http.request", "body": b"{", "more_body": True}

        async def arrive() -> Message:
            return {"type": "http.request", "body": NDJSON.encode(), "more_body": False}

        async def post(receive: Receive) -> None:
            scope = {"type": "http", "method": "POST", "path": "/v1/imports", "query_string": b""}
            await app({**scope, "headers": headers}, receive, send_status)

        async def run() -> None:
            app.state.import_gate = Gate(2, "imports", wait_seconds=1)
            slow = [asyncio.create_task(post(drip)) for _ in range(2)]
            await asyncio.sleep(0.1)
            await post(arrive)
            for task in slow:
                task.cancel()
            await asyncio.wait(slow)

        gate = app.state.import_gate
        asyncio.run(run())
        app.state.import_gate = gate

        assert statuses[0] == 200


class TestIdempotencyKey:
    def test_repeating_a_key_gives_the_first_answer_again(
        self, send: Send, database: Database
    ) -> None:
        first = send(Idempotency_Key='"a 1"')
        again = send(Idempotency_Key='"a 1"')

        assert first.json()["total"] == NONE | {"created": 4}
        assert again.content == first.content
        assert "idempotent-replayed" not in first.headers
        assert again.headers["idempotent-replayed"] == "true"
        assert count_changes(database) == 4

    def test_a_key_without_quotes_is_the_same(self, send: Send) -> None:
        send(Idempotency_Key='"a"')
        assert "idempotent-replayed" in send(Idempotency_Key="a").headers

    def test_each_api_key_has_separate_idempotency_keys(
        self, send: Send, database: Database, client: TestClient
    ) -> None:
        send(Idempotency_Key="a")
        other = make_key(database, "other", Scope.ADMIN)

        answer = send(Idempotency_Key="a", Authorization=f"Bearer {other}")

        assert "idempotent-replayed" not in answer.headers
        assert answer.json()["total"] == NONE | {"unchanged": 4}

    @pytest.mark.parametrize(
        ("body", "media_type"),
        [
            pytest.param(LINES[0], "application/x-ndjson", id="another body"),
            pytest.param(NDJSON, "application/json", id="another media type"),
        ],
    )
    def test_a_key_is_refused_for_another_request(
        self, send: Send, body: str, media_type: str
    ) -> None:
        send(Idempotency_Key="a")

        answer = send(body, media_type, Idempotency_Key="a")

        assert (answer.status_code, answer.json()["type"]) == (
            422,
            "/problems/idempotency-key-reused",
        )

    @pytest.mark.parametrize(
        "query",
        ["omissions=refuse", "reason=x", "file=x", "keep_edits=true", "skip_withdrawn=true"],
    )
    def test_a_key_is_refused_for_another_parameter(self, send: Send, query: str) -> None:
        send(Idempotency_Key="a")

        answer = send(query=f"?{query}", Idempotency_Key="a")

        assert answer.json()["type"] == "/problems/idempotency-key-reused"

    @pytest.mark.parametrize("key", ["", '""', '"a', "a b", '"a\\"b"', "é".encode(), "a" * 256])
    def test_an_invalid_key_is_refused(self, send: Send, key: Any) -> None:
        answer = send(Idempotency_Key=key)

        assert answer.status_code == 400
        assert answer.json()["errors"][0]["parameter"] == "Idempotency-Key"

    def test_a_refused_import_can_be_corrected_under_the_same_key(self, send: Send) -> None:
        assert send(LINES[3], Idempotency_Key="a").status_code == 422
        assert send(Idempotency_Key="a").json()["total"] == NONE | {"created": 4}

    def test_a_dry_run_does_not_use_the_key(self, send: Send, database: Database) -> None:
        send(query="?dry_run=true", Idempotency_Key="a")
        assert send(Idempotency_Key="a").json()["total"] == NONE | {"created": 4}
        assert count_changes(database) == 4

    def test_a_key_expires(self, send: Send, database: Database) -> None:
        send(Idempotency_Key="a")
        long_ago = utc_now().replace(year=2020)
        with database.write() as connection:
            connection.execute(update(t.import_answer).values(created_at=long_ago))

        answer = send(Idempotency_Key="a")

        assert "idempotent-replayed" not in answer.headers
        with database.read() as connection:
            assert connection.scalar(select(func.count()).select_from(t.import_answer)) == 1

    def test_a_key_is_refused_while_its_import_is_running(
        self, send: Send, client: TestClient
    ) -> None:
        app: Any = client.app
        with app.state.import_keys.hold("editor", "a"):
            answer = send(Idempotency_Key="a")
            other = send(Idempotency_Key="b")

        assert (answer.status_code, answer.json()["type"]) == (409, "/problems/import-in-progress")
        assert other.status_code == 200
        assert send(Idempotency_Key="a").status_code == 200
        assert answer.json() == shown_problem("import-in-progress", answer)
