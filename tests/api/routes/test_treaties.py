"""The routes of treaties, as a client sees them."""

from typing import Any

import pytest
from starlette.testclient import TestClient

from app.documents.pages import TreatyPage
from app.records.models import EventRecord
from app.tables.database import Database
from tests.support.answers import walk, without_stamps
from tests.support.builders import make_cast, make_event, make_treaty, store


def _stage(subtype: str, date: str, status: str = "occurred") -> EventRecord:
    return make_event(
        f"{date[:4]}-{subtype.replace('_', '-')}",
        type="treaty",
        subtype=subtype,
        status=status,
        date=date,
        treaty="friendship-treaty",
    )


# No stage shows that the treaty was in force.
UNKNOWN = {"from": None, "to": None, "known": False}


@pytest.fixture
def treaty(database: Database) -> dict[str, Any]:
    """Store a treaty and, out of order, its stages, and return its document."""
    names = {"en": "Treaty of friendship", "ru": "Договор о дружбе"}
    store(
        database,
        *make_cast(),
        make_treaty(names=names, parties=["KP", "SU"], registration="UNTS 6045"),
        _stage("terminated", "1996-09-10"),
        _stage("signed", "1961-07-06"),
        _stage("in_force", "1961-07~"),
        _stage("amended", "1999", "reported"),
    )
    return {
        "id": "friendship-treaty",
        "revision": 1,
        "kind": "treaty",
        "names": names,
        "aliases": [],
        "parties": ["KP", "SU"],
        "registration": "UNTS 6045",
        "stages": [
            {
                "stage": "in_force",
                "date": "1961-07~",
                "status": "occurred",
                "event": "1961-in-force",
            },
            {"stage": "signed", "date": "1961-07-06", "status": "occurred", "event": "1961-signed"},
            {
                "stage": "terminated",
                "date": "1996-09-10",
                "status": "occurred",
                "event": "1996-terminated",
            },
            {"stage": "amended", "date": "1999", "status": "reported", "event": "1999-amended"},
        ],
        "in_force": {"from": "1961-07~", "to": "1996-09-10", "known": True},
    }


class TestListTreaties:
    def test_the_whole_page(self, client: TestClient, treaty: dict[str, Any]) -> None:
        answer = client.get("/v1/treaties?in_force_on=1980-01-01&total=exact")

        assert answer.status_code == 200
        assert [without_stamps(item) for item in answer.json()["items"]] == [treaty]
        assert answer.json()["page"] == {
            "limit": 50,
            "returned": 1,
            "next": None,
            "total": 1,
            "cursor": None,
            "prev": None,
            "prev_cursor": None,
            "unknown": [],
        }

    def test_an_older_treaty_is_certain_from_its_first_known_stage(
        self, database: Database, client: TestClient
    ) -> None:
        store(
            database,
            *make_cast(),
            make_treaty(),
            _stage("drafted", "1990"),
            _stage("amended", "1991-07-29"),
            _stage("terminated", "1993"),
        )

        def count(day: str, certainty: str) -> int:
            query = f"in_force_on={day}&certainty={certainty}&total=exact"
            total: int = client.get(f"/v1/treaties?{query}").json()["page"]["total"]
            return total

        days = ("1991-07-28", "1991-07-29", "1994-01-01")
        assert [count(day, "possible") for day in days] == [1, 1, 0]
        assert [count(day, "certain") for day in days] == [0, 1, 0]

    def test_every_treaty_of_the_seeds_matches_its_schema(self, seeded_client: TestClient) -> None:
        for page in walk(seeded_client, "/v1/treaties?limit=20"):
            assert TreatyPage.model_validate(page).model_dump(mode="json") == page


class TestGetTreaty:
    def test_the_whole_document(self, client: TestClient, treaty: dict[str, Any]) -> None:
        answer = client.get("/v1/treaties/friendship-treaty")

        assert answer.status_code == 200
        assert without_stamps(answer.json()) == treaty

    @pytest.mark.parametrize(
        ("stages", "in_force"),
        [
            pytest.param([], UNKNOWN, id="no stage"),
            pytest.param([("signed", "2024-06-19")], UNKNOWN, id="signed only"),
            pytest.param(
                [("in_force", "2024-12-04")],
                {"from": "2024-12-04", "to": None, "known": True},
                id="still in force",
            ),
            pytest.param(
                [("signed", "1991"), ("terminated", "1993")],
                {"from": None, "to": "1993", "known": True},
                id="an unknown beginning",
            ),
            pytest.param([("in_force", "2030", "announced")], UNKNOWN, id="announced"),
            pytest.param(
                [("in_force", "2024"), ("terminated", "2030", "announced")],
                {"from": "2024", "to": None, "known": True},
                id="an announced end",
            ),
        ],
    )
    def test_the_stages_give_the_period_in_force(
        self,
        database: Database,
        client: TestClient,
        stages: list[tuple[str, ...]],
        in_force: dict[str, object],
    ) -> None:
        store(database, *make_cast(), make_treaty(), *(_stage(*stage) for stage in stages))

        assert client.get("/v1/treaties/friendship-treaty").json()["in_force"] == in_force

    def test_each_stage_of_the_seeds_is_an_event_that_names_the_treaty(
        self, seeded_client: TestClient
    ) -> None:
        treaty = seeded_client.get("/v1/treaties/friendship-treaty-1961").json()

        assert treaty["stages"]
        for stage in treaty["stages"]:
            event = seeded_client.get(f"/v1/events/{stage['event']}").json()
            assert event["treaty"]["id"] == treaty["id"]
            assert (event["subtype"], event["date"], event["status"]) == (
                stage["stage"],
                stage["date"],
                stage["status"],
            )
