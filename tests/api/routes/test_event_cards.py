"""Cards are the events of the list, in one language and in short."""

import json
from typing import Any

import pytest
from starlette.testclient import TestClient

from app.api.dependencies import event_page
from app.documents.card import EventCard, EventCardPage
from app.tables.at_once import is_at_once
from app.tables.database import Database
from tests.support.answers import walk_items
from tests.support.builders import CHOE, LAVROV, make_cast, make_event, store

URL = "/v1/events/cards"


def _get(client: TestClient, url: str, **headers: str) -> Any:
    answer = client.get(url, headers=headers)
    assert answer.status_code == 200, answer.text
    return answer.json()


class TestListEventCards:
    def test_a_card(self, database: Database, client: TestClient) -> None:
        two_roles = [LAVROV, LAVROV | {"role": "speaker"}, CHOE]
        title = {"en": "Talks", "ko": "회담"}
        talks = make_event("2024-06-talks", date="2024-06", title=title, participants=two_roles)
        store(database, *make_cast(), talks)

        (card,) = _get(client, f"{URL}?lang=ko")["items"]

        assert card == {
            "id": "2024-06-talks",
            "type": "meeting",
            "status": "occurred",
            "date": "2024-06",
            "date_text": "2024년 6월",
            "start": "2024-06-01",
            "end": "2024-06-30",
            "title": "회담",
            "place": None,
            "participants": [
                {"id": "sergey-lavrov", "name": "Sergey Lavrov"},
                {"id": "choe-son-hui", "name": "Choe Son Hui"},
            ],
        }

    def test_an_open_date_has_no_end(self, database: Database, client: TestClient) -> None:
        store(database, *make_cast(), make_event("2024-stay", date="2024-06-01/.."))

        (card,) = _get(client, URL)["items"]

        assert (card["start"], card["end"]) == ("2024-06-01", None)

    @pytest.mark.parametrize(
        "query", ["", "type=visit&date=2024&sort=date", "q=Lavrov&total=exact"]
    )
    def test_the_events_and_the_page_are_those_of_the_list(
        self, seeded_client: TestClient, query: str
    ) -> None:
        whole = _get(seeded_client, f"/v1/events?limit=20&{query}")
        cards = _get(seeded_client, f"{URL}?limit=20&{query}")

        EventCardPage.model_validate(cards)
        assert [card["id"] for card in cards["items"]] == [item["id"] for item in whole["items"]]
        kept = ("limit", "returned", "total")
        assert [cards["page"][key] for key in kept] == [whole["page"][key] for key in kept]

    def test_every_card_of_the_seeds_has_the_declared_type(self, seeded_client: TestClient) -> None:
        cards = walk_items(seeded_client, f"{URL}?limit=200&lang=ru")

        for card in cards:
            parsed = EventCard.model_validate_json(json.dumps(card), strict=True)
            assert parsed.model_dump(mode="json") == card

    def test_the_language_is_negotiated(self, seeded_client: TestClient) -> None:
        answer = seeded_client.get(f"{URL}?limit=1", headers={"Accept-Language": "fr"})

        assert answer.headers["Content-Language"] == "fr"
        assert "Accept-Language" in answer.headers["Vary"]

    def test_unknown_ids_are_named(self, seeded_client: TestClient) -> None:
        (unknown,) = _get(seeded_client, f"{URL}?place=moscov")["page"]["unknown"]

        assert unknown["nearest"] == ["moscow"]

    def test_a_page_is_a_sixth_of_the_list(self, seeded_client: TestClient) -> None:
        whole, cards = (seeded_client.get(f"{url}?limit=200") for url in ("/v1/events", URL))

        assert len(cards.content) < len(whole.content) / 6


@pytest.mark.parametrize("path", [URL, "/v1/events?fields=title"])
@pytest.mark.parametrize("limit", [100, 101])
def test_a_page_of_many_is_not_made_in_the_event_loop(
    seeded_client: TestClient, monkeypatch: pytest.MonkeyPatch, path: str, limit: int
) -> None:
    """Each document is parsed, so that other requests would wait."""
    found: list[bool] = []
    for name in ("as_cards", "select_fields"):
        make = getattr(event_page, name)

        def note(*given: Any, make: Any = make) -> Any:
            found.append(is_at_once())
            return make(*given)

        monkeypatch.setattr(event_page, name, note)

    _get(seeded_client, f"{path}{'&' if '?' in path else '?'}limit={limit}")

    assert any(found) == (limit == 100)
