"""Undo over HTTP: reverts of entities and of imports."""

import json
from typing import Any

import pytest
from starlette.testclient import TestClient

from app.domain.vocabulary import Scope
from app.tables.database import Database
from tests.support.builders import make_event, make_place
from tests.support.editing import EVENT, PLAIN, Editing, plain
from tests.support.mirror import Mirror

MOSCOW = "/v1/places/moscow"


@pytest.fixture
def editing(client: TestClient, database: Database) -> Editing:
    """A client with a key that may write, but not more."""
    return Editing(client, database, Scope.WRITE)


def _digest(editing: Editing) -> str:
    digest: str = editing.client.get("/v1/changes.ndjson").text
    return digest


class TestRevertEntity:
    def test_answers_with_the_document_and_its_etag(self, editing: Editing) -> None:
        editing.create(make_place())
        editing.change("PATCH", MOSCOW, {"names": {"en": "Muscovy"}})

        answer = editing.change("POST", f"{MOSCOW}/revert?to=1&reason=a%20mistake")

        assert answer.status_code == 200
        assert answer.json()["revision"] == 3
        assert answer.json()["names"]["en"] == "Moscow"
        assert answer.headers["etag"] == editing.tag(MOSCOW)
        newest = editing.client.get(f"{MOSCOW}/revisions").json()["items"][0]
        assert (newest["op"], newest["restored"]) == ("update", 1)
        assert (newest["actor"], newest["reason"]) == ("editor", "a mistake")

    @pytest.mark.parametrize(
        ("headers", "status"),
        [
            pytest.param({}, 428, id="none"),
            pytest.param({"If-Match": '"of-before"'}, 412, id="another"),
            pytest.param({"If-Match": "*"}, 200, id="any"),
        ],
    )
    def test_needs_the_etag_as_other_writes(
        self, editing: Editing, headers: dict[str, str], status: int
    ) -> None:
        editing.create(make_place())
        editing.change("PATCH", MOSCOW, {"names": {"en": "Muscovy"}})

        assert editing.send("POST", f"{MOSCOW}/revert?to=1", None, headers).status_code == status

    def test_a_withdrawn_entity_says_so_and_lives_again(self, editing: Editing) -> None:
        editing.create(make_place())
        before = editing.client.get(MOSCOW, headers=PLAIN).json()
        editing.change("DELETE", f"{MOSCOW}?reason=no%20such%20place")
        gone = editing.client.get(MOSCOW)
        written = editing.send("PUT", MOSCOW, plain(make_place()))

        answer = editing.send("POST", f"{MOSCOW}/revert?to=1")

        assert (gone.status_code, written.status_code) == (410, 410)
        assert "a revert restores it" in written.json()["detail"]
        assert answer.status_code == 200
        now = editing.client.get(MOSCOW).json()
        varying = {"revision": 3, "updated_at": now["updated_at"]}
        assert now == before | varying
        assert editing.client.get("/v1/changes?kind=place").json()["items"][-1]["op"] == "restore"

    def test_a_dry_run_shows_the_document_and_writes_nothing(self, editing: Editing) -> None:
        editing.create(make_place())
        editing.change("DELETE", f"{MOSCOW}?reason=no%20such%20place")
        log = _digest(editing)

        answer = editing.send("POST", f"{MOSCOW}/revert?to=1&dry_run=true")

        assert (answer.status_code, answer.json()["revision"]) == (200, 3)
        assert "etag" not in answer.headers
        assert _digest(editing) == log

    @pytest.mark.parametrize(
        ("to", "detail"),
        [
            pytest.param(2, "withdrew the place 'moscow'", id="its end"),
            pytest.param(7, "it has revisions 1 to 2", id="unknown"),
        ],
    )
    def test_another_revision_is_a_wrong_parameter(
        self, editing: Editing, to: int, detail: str
    ) -> None:
        editing.create(make_place())
        editing.change("DELETE", f"{MOSCOW}?reason=no%20such%20place")

        answer = editing.send("POST", f"{MOSCOW}/revert?to={to}")

        assert answer.status_code == 400
        assert answer.json()["errors"][0]["parameter"] == "to"
        assert detail in answer.json()["detail"]

    def test_an_unknown_entity_is_not_found(self, editing: Editing) -> None:
        assert editing.send("POST", f"{MOSCOW}/revert?to=1").status_code == 404


def _import(editing: Editing, query: str = "", **records: Any) -> Any:
    return editing.send("POST", f"/v1/imports{query}", records).json()


class TestRevertImport:
    def test_is_an_import_that_a_mirror_follows(self, editing: Editing) -> None:
        editing.create_cast()
        editing.create(make_event())
        changed = {**plain(make_event()), "note": "x"}
        done = _import(
            editing, "?reason=news&file=feed", places=[plain(make_place())], events=[changed]
        )
        seq = done["changes"]["last"]

        answer = editing.send("POST", f"/v1/imports/{seq}/revert?reason=wrong")

        assert answer.status_code == 200
        assert answer.json()["total"] == {
            **dict.fromkeys(("created", "unchanged", "restored"), 0),
            "updated": 1,
            "withdrawn": 1,
        }
        (event, place) = answer.json()["review"]["records"]
        assert (event["effect"], place["effect"]) == ("update", "withdraw")
        assert event["fields"] == [{"field": "note", "before": "x", "after": None}]
        assert event["patch"] == [{"op": "replace", "path": "/note", "value": None}]
        assert editing.client.get(EVENT).json()["note"] is None
        described = editing.client.get(f"/v1/imports/{seq}").json()
        assert (described["reason"], described["file"]) == ("news", "feed")
        assert described["reverted_by"] == answer.json()["changes"]["last"]
        mirror = Mirror(editing.client, ":memory:")  # type: ignore[arg-type]  # has its methods
        mirror.update()
        assert mirror.last()[1] == editing.client.get("/v1/changes").json()["items"][-1]["digest"]
        copies = mirror.database.execute("SELECT kind, id, text FROM document")
        documents = {(kind, id): text for kind, id, text in copies}
        assert ("place", "moscow") not in documents
        assert documents["event", EVENT.rpartition("/")[2]] == editing.client.get(EVENT).text

    def test_a_conflict_says_how_to_go_on(self, editing: Editing) -> None:
        seq = _import(editing, places=[plain(make_place())])["changes"]["last"]
        editing.change("PATCH", MOSCOW, {"names": {"en": "Muscovy"}})

        answer = editing.send("POST", f"/v1/imports/{seq}/revert")

        assert answer.status_code == 409
        assert answer.json()["type"] == "/problems/later-changes"
        (error,) = answer.json()["errors"]
        assert error["record"] == "moscow"
        path = f"{MOSCOW}/revert?to=1"
        assert f"POST {path} first" in error["detail"]
        assert editing.change("POST", path).status_code == 200
        assert editing.send("POST", f"/v1/imports/{seq}/revert").status_code == 200

    @pytest.mark.thorough
    def test_a_large_one_needs_an_admin(
        self, editing: Editing, client: TestClient, database: Database
    ) -> None:
        places = [plain(make_place(f"place-{n}")) for n in range(101)]
        path = f"/v1/imports/{_import(editing, places=places)['changes']['last']}"

        refused = editing.send("POST", f"{path}/revert")
        shown = editing.send("POST", f"{path}/revert?dry_run=true")

        assert (refused.status_code, shown.status_code) == (403, 200)
        assert "dry_run=true" in refused.json()["detail"]
        assert shown.json()["total"]["withdrawn"] == 101
        assert editing.client.get(path).json()["needs_admin"]
        assert editing.client.get("/v1/places?total=exact").json()["page"]["total"] == 101

    def test_the_log_stays_the_same_in_a_dry_run(self, editing: Editing) -> None:
        seq = _import(editing, places=[plain(make_place())])["changes"]["last"]
        log = _digest(editing)

        answer = editing.send("POST", f"/v1/imports/{seq}/revert?dry_run=true")

        assert answer.json()["dry_run"] is True
        assert _digest(editing) == log

    def test_an_edit_is_no_import(self, editing: Editing) -> None:
        editing.create(make_place())

        answers = [
            editing.client.get("/v1/imports/1"),
            editing.send("POST", "/v1/imports/1/revert"),
            editing.send("POST", "/v1/imports/99/revert"),
        ]

        assert {answer.status_code for answer in answers} == {404}
        assert json.dumps("edits of single entities are no imports")[1:-1] in answers[0].text
