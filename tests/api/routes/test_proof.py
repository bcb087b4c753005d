"""Proofs: the events of a query in one state, the same bytes for as long as the log exists."""

import json
from hashlib import sha256

import pytest
from starlette.testclient import TestClient

from app.tables.database import Database
from tests.support.builders import make_cast, make_event, make_participant, make_place, store
from tests.support.editing import PLAIN


def _store_two_writes(database: Database) -> None:
    """Write changes 1 to 4, and then 5 to 6."""
    store(database, *make_cast(), make_event())
    store(database, make_place(), make_event("2023-05-01-visit", place="moscow"))


class TestBundle:
    def test_has_the_query_the_state_and_the_stored_documents(
        self, client: TestClient, database: Database
    ) -> None:
        _store_two_writes(database)
        last = client.get("/v1/changes?after=5").json()["items"][0]

        answer = client.get("/v1/proof?participant=choe-son-hui&date=2023&date=2022&within=true")

        bundle = answer.json()
        assert answer.headers["Content-Disposition"] == 'attachment; filename="timeline-proof.json"'
        assert bundle["state"] == {key: last[key] for key in ("seq", "at", "digest")}
        assert bundle["parameters"] == {"date": ["2022", "2023"], "participant": ["choe-son-hui"]}
        assert [each["id"] for each in bundle["documents"]] == ["2023-05-01-visit"]
        assert client.get("/v1/events/2023-05-01-visit").text in answer.text
        assert client.get(bundle["url"]).json()["items"] == bundle["documents"]
        lines = client.get(bundle["url"].replace("/events?", "/events.ndjson?")).content
        assert bundle["documents_digest"] == sha256(lines).hexdigest()

    def test_names_the_log_by_its_first_change(
        self, client: TestClient, database: Database
    ) -> None:
        _store_two_writes(database)

        bundle = client.get("/v1/proof?as_of=4").json()

        first = client.get("/v1/changes?limit=1").json()["items"][0]
        assert bundle["dataset"]["first_digest"] == first["digest"]

    def test_proves_that_nothing_matched(self, client: TestClient, database: Database) -> None:
        _store_two_writes(database)

        bundle = client.get("/v1/proof?date=1999").json()

        assert (bundle["count"], bundle["documents"], bundle["unknown"]) == (0, [], [])
        assert bundle["documents_digest"] == sha256(b"").hexdigest()

    def test_says_which_ids_no_record_had(self, client: TestClient, database: Database) -> None:
        _store_two_writes(database)

        bundle = client.get("/v1/proof?place=moscow&as_of=4").json()

        assert bundle["unknown"] == [{"parameter": "place", "value": "moscow", "nearest": []}]

    def test_is_the_same_after_later_writes(self, client: TestClient, database: Database) -> None:
        store(database, *make_cast(), make_event())
        before = client.get("/v1/proof?q=talks", headers=PLAIN).content
        store(database, make_participant(names={"en": "S. Lavrov"}), make_event("2023-05-01-visit"))

        assert client.get("/v1/proof?q=talks&as_of=4", headers=PLAIN).content == before
        assert json.loads(before)["count"] == 1


class TestRefusals:
    @pytest.mark.parametrize(
        ("seq", "choice"),
        [
            pytest.param(2, "changes 1 to 4: choose 4", id="in the first write"),
            pytest.param(5, "changes 5 to 6: choose 4 or 6", id="in a later write"),
        ],
    )
    def test_a_state_within_a_write_proves_nothing(
        self, client: TestClient, database: Database, seq: int, choice: str
    ) -> None:
        _store_two_writes(database)

        answer = client.get(f"/v1/proof?as_of={seq}&date=1999")

        assert answer.status_code == 400
        assert answer.json()["errors"][0]["parameter"] == "as_of"
        assert choice in answer.json()["detail"]

    def test_before_the_first_write_there_is_nothing_to_prove(self, client: TestClient) -> None:
        answer = client.get("/v1/proof")

        assert answer.status_code == 400
        assert "nothing was ever written" in answer.json()["detail"]
