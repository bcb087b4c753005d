"""The routes of participants, as a client sees them."""

from typing import Any

import pytest
from answers import walk, walk_items, without_stamps
from builders import make_cast, make_event, make_participant, store
from starlette.testclient import TestClient

from app.documents.pages import CounterpartPage, EventPage, ParticipantPage
from app.tables.database import Database


@pytest.fixture
def choe(database: Database) -> dict[str, Any]:
    """A participant with everything that one can have, stored; and her document."""
    given: dict[str, Any] = {
        "kind": "person",
        "country": "KP",
        "names": {"en": "Choe Son Hui", "ru": "Цой Сон Хи", "ko": "최선희"},
        "aliases": ["Choi Sun-hee", "Цой Сон Хый"],
        "positions": [
            {
                "title": "Minister of Foreign Affairs",
                "organisation": "dprk-foreign-ministry",
                "from": "2022-06-11",
                "to": None,
            },
        ],
        "identifiers": {"wikidata": "Q19880571", "viaf": "1"},
    }
    ministry = make_participant("dprk-foreign-ministry", kind="organisation", country="KP")
    store(database, ministry, make_participant("choe-son-hui", **given))
    return {"id": "choe-son-hui", "revision": 1, **given}


class TestListParticipants:
    def test_items_and_page(self, client: TestClient, choe: dict[str, Any]) -> None:
        answer = client.get("/v1/participants?name=최선희&total=exact")

        assert answer.status_code == 200
        assert [without_stamps(item) for item in answer.json()["items"]] == [choe]
        assert answer.json()["page"] == {"limit": 50, "returned": 1, "next": None, "total": 1}

    @pytest.mark.usefixtures("choe")
    def test_by_id(self, client: TestClient) -> None:
        ids = [item["id"] for item in client.get("/v1/participants").json()["items"]]

        assert ids == ["choe-son-hui", "dprk-foreign-ministry"]

    def test_every_participant_of_the_seeds_is_as_declared(self, seeded_client: TestClient) -> None:
        for page in walk(seeded_client, "/v1/participants?limit=200"):
            assert ParticipantPage.model_validate(page).model_dump(mode="json") == page


class TestGetParticipant:
    def test_whole_document(self, client: TestClient, choe: dict[str, Any]) -> None:
        answer = client.get("/v1/participants/choe-son-hui")

        assert answer.status_code == 200
        assert answer.headers["content-type"] == "application/json"
        assert without_stamps(answer.json()) == choe

    @pytest.mark.usefixtures("choe")
    def test_what_is_not_known_is_empty(self, client: TestClient) -> None:
        ministry = client.get("/v1/participants/dprk-foreign-ministry").json()

        assert (ministry["aliases"], ministry["positions"], ministry["identifiers"]) == ([], [], {})


class TestListParticipantEvents:
    @pytest.fixture
    def talks(self, database: Database) -> None:
        guest = {"id": "choe-son-hui", "role": "guest", "side": "KP"}
        visit = make_event("2024-11-02-visit", type="visit", subtype="official")
        alone = make_event("2024-11-03-alone", participants=[guest])
        store(database, *make_cast(), make_event(), visit, alone)

    @pytest.mark.usefixtures("talks")
    def test_newest_first_with_the_filters_of_events(self, client: TestClient) -> None:
        url = "/v1/participants/sergey-lavrov/events"

        everything = [item["id"] for item in walk_items(client, f"{url}?limit=1")]
        visits = client.get(f"{url}?type=visit&role=host").json()
        as_guest = client.get(f"{url}?role=guest").json()

        assert everything == ["2024-11-02-visit", "2024-11-01-talks"]
        assert visits["items"] == [client.get("/v1/events/2024-11-02-visit").json()]
        assert as_guest["items"] == []

    @pytest.mark.parametrize("participant", ["vladimir-putin", "russia", "choe-son-hui"])
    def test_those_of_the_seeds_are_what_the_filter_gives(
        self, seeded_client: TestClient, participant: str
    ) -> None:
        pages = list(walk(seeded_client, f"/v1/participants/{participant}/events?limit=200"))

        for page in pages:
            assert EventPage.model_validate(page).model_dump(mode="json") == page
        filtered = walk_items(seeded_client, f"/v1/events?participant={participant}&limit=200")
        assert [item for page in pages for item in page["items"]] == filtered != []


class TestListCounterparts:
    def test_whole_page(self, database: Database, client: TestClient) -> None:
        store(database, *make_cast(), make_event(), make_event("2024-11-02-more-talks"))
        choe = client.get("/v1/participants/choe-son-hui").json()

        answer = client.get("/v1/participants/sergey-lavrov/counterparts?total=exact")

        assert answer.json() == {
            "items": [{"participant": choe, "events": 2}],
            "page": {"limit": 50, "returned": 1, "next": None, "total": 1},
        }

    @pytest.mark.parametrize("participant", ["vladimir-putin", "kim-jong-un", "sergey-lavrov"])
    def test_the_counts_of_the_seeds_are_those_of_the_events(
        self, seeded_client: TestClient, participant: str
    ) -> None:
        pages = list(walk(seeded_client, f"/v1/participants/{participant}/counterparts?limit=100"))

        for page in pages:
            assert CounterpartPage.model_validate(page).model_dump(mode="json") == page
        for counterpart in pages[0]["items"][:5]:
            both = (
                f"participant_all={participant}&participant_all={counterpart['participant']['id']}"
            )
            total = seeded_client.get(f"/v1/events?{both}&total=exact&limit=1").json()["page"]
            assert total["total"] == counterpart["events"]
