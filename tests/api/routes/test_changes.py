"""The change log over HTTP: complete, in order, with the exact bytes of the documents."""

import json
from typing import Any

import pytest
from starlette.testclient import TestClient

from app.domain.vocabulary import EntityKind
from app.tables.database import Database
from tests.support.answers import walk, walk_items
from tests.support.builders import end, make_cast, make_event, make_participant, make_place, store

CHANGES = "/v1/changes"


def _seqs(items: list[dict[str, Any]]) -> list[int]:
    return [item["seq"] for item in items]


class TestListChanges:
    def test_an_item_describes_the_change_and_holds_the_document(
        self, client: TestClient, database: Database
    ) -> None:
        store(database, make_place(), actor="somebody")
        document = client.get("/v1/places/moscow")

        answer = client.get(CHANGES)

        (item,) = answer.json()["items"]
        assert len(item.pop("digest")) == 64
        assert item == {
            "seq": 1,
            "at": document.json()["updated_at"],
            "actor": "somebody",
            "op": "create",
            "kind": "place",
            "id": "moscow",
            "revision": 1,
            "reason": None,
            "survivor": None,
            "restored": None,
            "cause": None,
            "document": document.json(),
        }
        assert f'"document":{document.text}}}' in answer.text

    def test_lists_changes_from_the_first_to_the_last(
        self, client: TestClient, database: Database
    ) -> None:
        store(database, *make_cast(), make_event())
        store(database, make_participant(names={"en": "S. Lavrov"}))

        items = walk_items(client, f"{CHANGES}?limit=2")

        assert _seqs(items) == [1, 2, 3, 4, 5, 6]
        assert [(i["op"], i["id"], i["revision"]) for i in items[-2:]] == [
            ("update", "sergey-lavrov", 2),
            ("update", "2024-11-01-talks", 2),
        ]

    def test_shows_withdrawals_and_merges(self, client: TestClient, database: Database) -> None:
        store(database, *make_cast(), make_place("omsk"))
        end(database, EntityKind.PLACE, "omsk")
        end(database, EntityKind.PARTICIPANT, "choe-son-hui", into="sergey-lavrov")

        withdrawn, survivor, merged = client.get(f"{CHANGES}?after=4").json()["items"]

        assert (withdrawn["op"], withdrawn["survivor"]) == ("withdraw", None)
        assert (survivor["op"], survivor["id"]) == ("update", "sergey-lavrov")
        assert (merged["op"], merged["survivor"]) == ("merge", "sergey-lavrov")
        assert withdrawn["reason"] == "it was a mistake"
        assert withdrawn["document"] is merged["document"] is None

    @pytest.mark.parametrize("path", [CHANGES, f"{CHANGES}.ndjson"])
    def test_direct_leaves_out_the_changes_that_follow_from_an_edit(
        self, client: TestClient, database: Database, path: str
    ) -> None:
        store(database, *make_cast(), make_event())
        store(database, make_participant(names={"en": "S. Lavrov"}))

        everything, direct = (
            client.get(f"{path}?after=4{query}").text for query in ("", "&direct=true")
        )

        assert '"cause":{"kind":"participant","id":"sergey-lavrov"}' in everything
        assert '"seq":5' in direct
        assert '"seq":6' not in direct
        assert '"cause":null' in direct

    def test_the_last_change_of_a_direct_list_is_the_newest_of_all(
        self, client: TestClient, database: Database
    ) -> None:
        store(database, *make_cast(), make_event())
        store(database, make_participant(names={"en": "S. Lavrov"}))

        page = client.get(f"{CHANGES}?direct=true").json()["page"]

        assert (page["returned"], page["next"], page["last"]) == (5, None, 6)

    def test_kind_filters_the_changes(self, client: TestClient, database: Database) -> None:
        store(database, *make_cast(), make_place(), make_event())

        items = walk_items(client, f"{CHANGES}?kind=place&kind=event&limit=1")

        assert [item["kind"] for item in items] == ["place", "event"]

    @pytest.mark.parametrize(
        ("query", "message"),
        [
            pytest.param(
                "after=2",
                "the newest change is 1: 2 is not in this log",
                id="above the newest change",
            ),
            pytest.param("after=-1", "-1", id="negative"),
            pytest.param("after=1.0", "1.0", id="a fraction"),
            pytest.param("after=99999999999999999999", "99999999999999999999", id="20 digits"),
            pytest.param("limit=1001", "1000", id="a limit above 1000"),
            pytest.param("kind=moon", "moon", id="an unknown kind"),
        ],
    )
    def test_invalid_parameters_are_refused(
        self, client: TestClient, database: Database, query: str, message: str
    ) -> None:
        store(database, make_place())

        answer = client.get(f"{CHANGES}?{query}")

        assert answer.status_code == 400
        assert answer.json()["type"] == "/problems/invalid-parameter"
        assert message in answer.json()["detail"]


class TestContinuing:
    def test_after_the_last_change_of_a_page_gives_new_changes(
        self, client: TestClient, database: Database
    ) -> None:
        store(database, make_place("moscow"), make_place("omsk"))
        *_, last = walk(client, f"{CHANGES}?limit=1")
        store(database, make_place("tomsk"))

        (new_change,) = client.get(f"{CHANGES}?after={last['page']['last']}").json()["items"]

        assert (new_change["seq"], new_change["id"]) == (3, "tomsk")

    def test_an_empty_page_ends_at_the_newest_change(
        self, client: TestClient, database: Database
    ) -> None:
        store(database, make_place("moscow"), make_place("omsk"))

        page = client.get(f"{CHANGES}?kind=event&after=1").json()

        assert page["items"] == []
        assert page["page"] == {"limit": 100, "returned": 0, "next": None, "total": None, "last": 2}

    def test_since_an_instant_lists_what_was_made_after_it(
        self, client: TestClient, database: Database
    ) -> None:
        store(database, make_place("moscow"), make_place("omsk"))
        store(database, make_place("perm"), make_place("tomsk"))
        first = client.get(f"{CHANGES}?limit=1").json()["items"][0]["at"]

        pages = [*walk(client, f"{CHANGES}?since={first}&limit=1")]

        assert [item["id"] for page in pages for item in page["items"]] == ["perm", "tomsk"]
        assert "since" not in pages[0]["page"]["next"]
        assert client.get(f"{CHANGES}?since=2100-01-01").json()["items"] == []
        assert len(client.get(f"{CHANGES}?since=1990-01-01").json()["items"]) == 4
        assert client.get(f"{CHANGES}.ndjson?since={first}").text.count("\n") == 2

    def test_the_later_of_since_and_after_counts(
        self, client: TestClient, database: Database
    ) -> None:
        store(database, make_place("moscow"), make_place("omsk"))

        answer = client.get(f"{CHANGES}?since=1990-01-01&after=1")

        assert [item["id"] for item in answer.json()["items"]] == ["omsk"]

    def test_an_empty_log_ends_at_0(self, client: TestClient) -> None:
        assert client.get(CHANGES).json()["page"]["last"] == 0

    def test_only_pages_before_the_last_may_be_cached(
        self, client: TestClient, database: Database
    ) -> None:
        store(database, make_place("moscow"), make_place("omsk"))

        first, last = client.get(f"{CHANGES}?limit=1"), client.get(f"{CHANGES}?limit=1&after=1")

        assert first.headers["cache-control"] == "public, max-age=86400"
        assert last.headers["cache-control"] == "no-cache"

    def test_an_unchanged_list_gives_304(self, client: TestClient, database: Database) -> None:
        store(database, make_place())
        headers = {"If-None-Match": client.get(CHANGES).headers["etag"]}

        before = client.get(CHANGES, headers=headers).status_code
        store(database, make_place("omsk"))

        assert (before, client.get(CHANGES, headers=headers).status_code) == (304, 200)


class TestExportChanges:
    def test_has_the_items_of_the_list_one_per_line(
        self, client: TestClient, database: Database
    ) -> None:
        store(database, *make_cast(), make_place(), make_event())
        end(database, EntityKind.PLACE, "moscow")
        query = "after=1&kind=place&kind=event"

        answer = client.get(f"{CHANGES}.ndjson?{query}")

        lines = answer.content.removesuffix(b"\n").split(b"\n")
        assert [json.loads(line) for line in lines] == walk_items(client, f"{CHANGES}?{query}")
        assert all(line.decode() in client.get(f"{CHANGES}?{query}").text for line in lines)

    def test_must_be_revalidated(self, client: TestClient, database: Database) -> None:
        store(database, make_place())
        first = client.get(f"{CHANGES}.ndjson")
        headers = {"If-None-Match": first.headers["etag"]}

        before = client.get(f"{CHANGES}.ndjson", headers=headers).status_code
        store(database, make_place("omsk"))

        assert first.headers["cache-control"] == "no-cache"
        assert (before, client.get(f"{CHANGES}.ndjson", headers=headers).status_code) == (304, 200)

    def test_a_number_above_the_newest_change_is_refused(self, client: TestClient) -> None:
        assert client.get(f"{CHANGES}.ndjson?after=1").status_code == 400
