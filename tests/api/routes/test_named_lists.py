"""Lists of entities with names: half-typed names, orders, and the activity of each item."""

from typing import Any

import pytest
from starlette.testclient import TestClient

from app.tables.database import Database
from tests.support.answers import walk_items
from tests.support.builders import (
    CHOE,
    LAVROV,
    make_cast,
    make_event,
    make_participant,
    make_place,
    make_treaty,
    store,
)


def _get(client: TestClient, url: str) -> Any:
    answer = client.get(url)
    assert answer.status_code == 200, answer.text
    return answer.json()


def _ids(client: TestClient, url: str) -> list[str]:
    return [item["id"] for item in walk_items(client, url)]


class TestActivity:
    def test_of_participants(self, database: Database, client: TestClient) -> None:
        twice = [LAVROV, LAVROV | {"role": "speaker"}, CHOE]
        store(
            database,
            *make_cast(),
            make_participant("nobody"),
            make_event("2024-early", date="2024~", participants=twice),
            make_event("2024-06-18-talks"),
            make_event("2030-plan", date="2030-05", status="announced"),
        )

        page = _get(client, "/v1/participants?id=sergey-lavrov&id=nobody&activity=true")

        assert page["activity"] == [
            {"id": "nobody", "events": 0, "first": None, "last": None},
            {"id": "sergey-lavrov", "events": 3, "first": "2024~", "last": "2030-05"},
        ]

    def test_of_a_place_includes_places_within_it(
        self, database: Database, client: TestClient
    ) -> None:
        hall = make_place("hall", part_of="pyongyang")
        journey = {"place": "hall", "further_places": ["pyongyang"]}
        store(
            database,
            *make_cast(),
            make_place("pyongyang"),
            hall,
            make_event("2024-06-18-talks", place="hall"),
            make_event("2024-06-19-journey", **journey),
        )

        page = _get(client, "/v1/places?activity=true")

        assert page["activity"] == [
            {"id": "hall", "events": 2, "first": "2024-06-18", "last": "2024-06-19"},
            {"id": "pyongyang", "events": 2, "first": "2024-06-18", "last": "2024-06-19"},
        ]

    @pytest.mark.parametrize(
        ("kind", "query"),
        [
            pytest.param("participants", "participant", id="participants"),
            pytest.param("places", "place", id="places"),
        ],
    )
    def test_agrees_with_the_lists_of_events(
        self, seeded_client: TestClient, kind: str, query: str
    ) -> None:
        page = _get(seeded_client, f"/v1/{kind}?limit=20&activity=true")

        for activity in page["activity"]:
            listed = walk_items(seeded_client, f"/v1/events?{query}={activity['id']}&limit=200")
            assert activity["events"] == len(listed)
            if listed:
                ends = [activity["last"], activity["first"]]
                assert ends == [listed[0]["date"], listed[-1]["date"]]

    @pytest.mark.parametrize("kind", ["participants", "places"])
    def test_is_empty_unless_asked_for(self, seeded_client: TestClient, kind: str) -> None:
        assert _get(seeded_client, f"/v1/{kind}?limit=1")["activity"] == []

    def test_a_new_event_gives_a_new_tag(self, database: Database, client: TestClient) -> None:
        store(database, *make_cast(), make_event("2024-06-18-talks"))
        url = "/v1/participants?id=sergey-lavrov&activity=true"
        before = client.get(url)

        store(database, make_event("2024-06-19-talks"))
        after = client.get(url, headers={"If-None-Match": before.headers["ETag"]})

        assert after.status_code == 200
        assert after.json()["items"] == before.json()["items"]
        assert after.json()["activity"][0]["events"] == 2


class TestOrders:
    def test_participants_by_name_and_events(self, database: Database, client: TestClient) -> None:
        store(
            database,
            *make_cast(),
            make_participant("x-1", names={"en": "Émile Aaron"}),
            make_participant("x-2", names={"en": "emile aaron"}),
            make_event("2024-06-18-talks", participants=[LAVROV]),
            make_event("2024-06-19-talks", participants=[LAVROV, CHOE]),
        )
        url = "/v1/participants?limit=1&id=x-1&id=x-2&id=sergey-lavrov&id=choe-son-hui&sort="

        assert _ids(client, f"{url}name") == ["choe-son-hui", "x-1", "x-2", "sergey-lavrov"]
        assert _ids(client, f"{url}events") == ["sergey-lavrov", "choe-son-hui", "x-1", "x-2"]
        assert _ids(client, f"{url}id") == ["choe-son-hui", "sergey-lavrov", "x-1", "x-2"]

    def test_treaties_by_date(self, database: Database, client: TestClient) -> None:
        stage = {"type": "treaty", "subtype": "signed"}
        later = {"type": "treaty", "subtype": "ratified"}
        store(
            database,
            *make_cast(),
            *(make_treaty(id) for id in ("a", "b", "c")),
            make_event("2000-02-09-signed", treaty="a", **stage),
            make_event("2000-04-01-ratified", treaty="a", **later),
            make_event("1961-07-06-signed", treaty="b", **stage),
        )

        assert _ids(client, "/v1/treaties?limit=1&sort=date") == ["b", "a", "c"]
        assert _ids(client, "/v1/treaties?limit=1&sort=-date") == ["c", "a", "b"]


class TestHalfTypedNames:
    @pytest.mark.parametrize(
        ("url", "found"),
        [
            pytest.param("/v1/places?q=Пхен", "pyongyang", id="a place in Russian"),
            pytest.param("/v1/places?q=phyong", "pyongyang", id="an alias of a place"),
            pytest.param(
                "/v1/treaties?q=strateg part", "strategic-partnership-treaty-2024", id="treaty"
            ),
            pytest.param("/v1/offices?q=foreign min", "kp-foreign-minister", id="office"),
            pytest.param("/v1/publishers?q=кор", "kcna", id="publisher"),
            pytest.param("/v1/tags?q=militar", "military", id="tag"),
            pytest.param("/v1/tags?q=en oeuv", "treaty-implementation", id="a ligature in letters"),
            pytest.param("/v1/tags?q=EN ŒUV", "treaty-implementation", id="a ligature"),
        ],
    )
    def test_every_list_of_things_has_q(
        self, seeded_client: TestClient, url: str, found: str
    ) -> None:
        ids = _ids(seeded_client, url)
        everything = _get(seeded_client, f"{url.partition('?')[0]}?total=exact")["page"]["total"]

        assert found in ids
        assert len(ids) < everything

    @pytest.mark.parametrize(
        "url",
        [
            "/v1/participants?q=Посольство КНДР в России",
            "/v1/treaties?q=partnership comprehensive",
            "/v1/publishers?q=синмун нодон",
        ],
    )
    def test_things_keep_the_order_of_their_words(
        self, seeded_client: TestClient, url: str
    ) -> None:
        expected = ["dprk-embassy-moscow"] if "КНДР" in url else []

        assert _ids(seeded_client, url) == expected

    def test_nothing_begins_so(self, seeded_client: TestClient) -> None:
        assert _ids(seeded_client, "/v1/places?q=zzz") == []


class TestBoundingBox:
    def test_of_places(self, database: Database, client: TestClient) -> None:
        fiji = make_place("fiji", latitude=-17.8, longitude=178.0)
        store(database, make_place("moscow"), fiji)

        assert _ids(client, "/v1/places?bbox=30,50,40,60") == ["moscow"]
        assert _ids(client, "/v1/places?bbox=170,-20,-170,-10") == ["fiji"]
