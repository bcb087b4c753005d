"""The routes of places, as a client sees them."""

from typing import Any

import pytest
from starlette.testclient import TestClient

from app.documents.pages import PlacePage
from app.tables.database import Database
from tests.support.answers import walk, without_stamps
from tests.support.builders import make_cast, make_event, make_participant, make_place, store
from tests.support.editing import Editing, plain


@pytest.fixture
def editing(client: TestClient, database: Database) -> Editing:
    return Editing(client, database)


@pytest.fixture
def station(database: Database) -> dict[str, Any]:
    """Store a place, and return its document."""
    given = {
        "names": {"en": "Khasan", "fr": "Khassan", "ru": "Хасан", "ko": "하산"},
        "country": "RU",
        "latitude": 42.4286,
        "longitude": 130.6456,
        "precision": "site",
        "identifiers": {"viaf": "1", "wikidata": "Q1"},
    }
    khasan = make_place("khasan", aliases=["Хасан-1"], **given)
    store(database, khasan, make_place("moscow"))
    return {"id": "khasan", "revision": 1, "part_of": None, "aliases": ["Хасан-1"], **given}


class TestListPlaces:
    def test_a_page_has_items_and_a_link_to_the_next(
        self, client: TestClient, station: dict[str, Any]
    ) -> None:
        answer = client.get("/v1/places?limit=1")

        assert answer.status_code == 200
        assert [without_stamps(item) for item in answer.json()["items"]] == [station]
        page = answer.json()["page"]
        assert (page["limit"], page["returned"], page["total"]) == (1, 1, None)
        assert client.get(page["next"]).json()["items"][0]["id"] == "moscow"

    def test_every_place_of_the_seeds_matches_its_schema(self, seeded_client: TestClient) -> None:
        for page in walk(seeded_client, "/v1/places?limit=20"):
            assert PlacePage.model_validate(page).model_dump(mode="json") == page


class TestGetPlace:
    def test_the_whole_document(self, client: TestClient, station: dict[str, Any]) -> None:
        answer = client.get("/v1/places/khasan")

        assert answer.status_code == 200
        assert without_stamps(answer.json()) == station


class TestIdentifiers:
    """A place may have an identifier in another database, which no other place has."""

    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ("identifier=wikidata:Q1", ["khasan"]),
            ("identifier=viaf:1&identifier=wikidata:Q9", ["khasan"]),
            ("identifier=Wikidata:Q1", ["khasan"]),
            ("identifier=wikidata:Q9", []),
            ("identifier=wikidata:Q1&country=KP", []),
        ],
    )
    def test_finds_its_place(
        self, client: TestClient, station: dict[str, Any], query: str, found: list[str]
    ) -> None:
        answer = client.get(f"/v1/places?{query}")

        assert [place["id"] for place in answer.json()["items"]] == found

    @pytest.mark.parametrize(
        ("value", "problem"),
        [
            ("Q1", "expected a scheme, a colon and an identifier, such as wikidata:Q58217"),
            ("https://www.wikidata.org/wiki/Q1", "found a URL, expected a scheme, a colon"),
            ("wikidata:q1", "not an identifier of wikidata: expected Q and a number"),
            ("viaf:01", "not an identifier of viaf: expected a number without a leading zero"),
            ("isni:0000000122819559", "after 000000012281955 the check character is X"),
        ],
    )
    def test_of_no_known_form_is_refused(
        self, client: TestClient, value: str, problem: str
    ) -> None:
        answer = client.get("/v1/places", params={"identifier": value})

        assert answer.status_code == 400
        assert problem in answer.json()["errors"][0]["detail"]

    def test_belongs_to_one_place(self, editing: Editing) -> None:
        editing.create(make_place("a", identifiers={"wikidata": "Q1"}))

        answer = editing.send(
            "PUT", "/v1/places/b", plain(make_place("b", identifiers={"wikidata": "Q1"}))
        )

        assert answer.status_code == 422
        [error] = answer.json()["errors"]
        assert error["detail"] == "wikidata 'Q1' belongs to the place 'a'"
        assert error["pointer"] == "/identifiers/wikidata"

    def test_a_participant_may_have_the_identifier_of_a_place(self, editing: Editing) -> None:
        editing.create(make_place("a", identifiers={"wikidata": "Q1"}))

        editing.create(make_participant("a", identifiers={"wikidata": "Q1"}))

    def test_a_patch_adds_and_removes_it(self, editing: Editing, client: TestClient) -> None:
        editing.create(make_place("a", identifiers={"wikidata": "Q1"}))

        patch = {"identifiers": {"wikidata": None, "viaf": "7"}}
        answer = editing.change("PATCH", "/v1/places/a", patch)

        assert answer.json()["identifiers"] == {"viaf": "7"}
        assert client.get("/v1/places?identifier=wikidata:Q1").json()["items"] == []

    def test_is_in_the_table_and_on_the_page(
        self, client: TestClient, station: dict[str, Any]
    ) -> None:
        table, page = client.get("/v1/places.csv").text, client.get("/en/places/khasan").text

        assert "viaf:1; wikidata:Q1" in table
        assert '<a href="https://www.wikidata.org/wiki/Q1" rel="external">Q1</a>' in page
        assert '"http://www.wikidata.org/entity/Q1"' in page


class TestPartOf:
    """A place may lie within another, and `place` finds the events at both."""

    @pytest.fixture
    def halls(self, database: Database) -> None:
        """Store a hall in a city in a region, another city, and an event at each."""
        parts = {"region": None, "city": "region", "hall": "city", "town": "region"}
        store(
            database,
            *make_cast(),
            *(make_place(id, part_of=whole) for id, whole in parts.items()),
            *(make_event(f"2024-01-01-{id}", place=id) for id in parts),
        )

    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ("place=hall", ["hall"]),
            ("place=city", ["city", "hall"]),
            ("place=region", ["city", "hall", "region", "town"]),
            ("place=hall&place=town", ["hall", "town"]),
            ("place=region&within=false", ["region"]),
            ("place=region&place=hall&within=false", ["hall", "region"]),
            ("within=false", ["city", "hall", "region", "town"]),
            ("place=region&country=KP", []),
        ],
    )
    @pytest.mark.usefixtures("halls")
    def test_finds_the_events_within(
        self, client: TestClient, query: str, found: list[str]
    ) -> None:
        answer = client.get(f"/v1/events?{query}&sort=date")

        assert [e["id"].removeprefix("2024-01-01-") for e in answer.json()["items"]] == found

    @pytest.mark.parametrize(
        ("query", "counts"),
        [
            ("", {"region": 4, "city": 2, "hall": 1, "town": 1}),
            ("&within=false", {"city": 1, "hall": 1, "region": 1, "town": 1}),
            ("&id=2024-01-01-hall", {"city": 1, "hall": 1, "region": 1}),
        ],
    )
    @pytest.mark.usefixtures("halls")
    def test_a_facet_counts_an_event_for_each_place_that_it_is_in(
        self, client: TestClient, query: str, counts: dict[str, int]
    ) -> None:
        facet = client.get(f"/v1/events?facets=place{query}").json()["facets"]["place"]

        assert {each["value"]: each["count"] for each in facet["values"]} == counts

    @pytest.mark.usefixtures("halls")
    def test_a_place_with_parts_cannot_be_withdrawn(
        self, client: TestClient, database: Database
    ) -> None:
        editing = Editing(client, database)

        answer = editing.change("DELETE", "/v1/places/city?reason=an error")

        assert answer.status_code == 409
        assert "hall" in answer.text

    @pytest.mark.usefixtures("halls")
    def test_a_circle_is_refused(self, client: TestClient, database: Database) -> None:
        editing = Editing(client, database)

        for whole in ("hall", "city", "region"):
            answer = editing.change("PATCH", "/v1/places/region", {"part_of": whole})

            assert answer.status_code == 422
            (error,) = answer.json()["errors"]
            assert error["pointer"] == "/part_of"
            assert error["detail"].startswith("the relations would form a circle: ")

    @pytest.mark.usefixtures("halls")
    @pytest.mark.usefixtures("halls")
    @pytest.mark.parametrize(
        ("query", "found"),
        [
            pytest.param("part_of=region", ["city", "town"], id="directly"),
            pytest.param("part_of=region&part_of=city", ["city", "hall", "town"], id="one of two"),
            pytest.param("part_of=town", [], id="a place without parts"),
            pytest.param("part_of=region&country=KP", [], id="a country too"),
        ],
    )
    def test_lists_the_parts_of_a_place(
        self, client: TestClient, query: str, found: list[str]
    ) -> None:
        items = client.get(f"/v1/places?{query}").json()["items"]

        assert [item["id"] for item in items] == found

    def test_a_circle_within_an_import_is_refused(
        self, client: TestClient, database: Database
    ) -> None:
        places = [plain(make_place(a, part_of=b)) for a, b in (("a", "b"), ("b", "a"))]

        answer = Editing(client, database).send("POST", "/v1/imports", {"places": places})

        assert answer.status_code == 422
        assert "'a' part_of 'b' part_of 'a'" in answer.text
        assert client.get("/v1/places/a").status_code == 404

    @pytest.mark.usefixtures("halls")
    def test_a_place_that_does_not_exist_is_refused(
        self, client: TestClient, database: Database
    ) -> None:
        answer = Editing(client, database).change("PATCH", "/v1/places/city", {"part_of": "no"})

        assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/part_of")

    @pytest.mark.usefixtures("halls")
    def test_can_be_removed(self, client: TestClient, database: Database) -> None:
        Editing(client, database).change("PATCH", "/v1/places/hall", {"part_of": None})

        assert client.get("/v1/places/hall").json()["part_of"] is None
        assert len(client.get("/v1/events?place=city").json()["items"]) == 1

    @pytest.mark.parametrize("city", ["pyongyang", "moscow", "vladivostok"])
    def test_a_city_of_the_seeds_includes_its_sites(
        self, seeded_client: TestClient, city: str
    ) -> None:
        url = f"/v1/events?place={city}&limit=1&total=exact"

        totals = [
            seeded_client.get(f"{url}{exactly}").json()["page"]["total"]
            for exactly in ("", "&within=false")
        ]

        assert totals[0] > totals[1] > 0
