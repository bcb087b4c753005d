"""Events with several places: a journey is found at each of them."""

import csv
from io import StringIO

import pytest
from starlette.testclient import TestClient

from app.tables.database import Database
from tests.support.answers import facet_counts, walk_items
from tests.support.builders import make_cast, make_event, make_place, store
from tests.support.editing import EVENT, Editing

BOX = {"pyongyang": "125,39,126,40", "khasan": "130,42,131,43", "omsk": "73,54,74,55"}


@pytest.fixture
def editing(client: TestClient, database: Database) -> Editing:
    """A client of a timeline with a journey from Pyongyang over Khasan to a hall in Moscow."""
    store(
        database,
        *make_cast(),
        make_place("pyongyang", country="KP", latitude=39.03, longitude=125.75),
        make_place(
            "khasan",
            latitude=42.43,
            longitude=130.65,
            precision="site",
            identifiers={"atlas": "7"},
        ),
        make_place("moscow", names={"en": "Moscow", "ru": "Москва"}),
        make_place("hall", part_of="moscow", precision="site"),
        make_place("omsk", latitude=54.99, longitude=73.37),
        make_event(place="pyongyang", further_places=["khasan", "hall"]),
        make_event("2024-01-01-elsewhere", place="omsk"),
    )
    return Editing(client, database)


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("query", "found"),
    [
        *((f"place={place}", True) for place in ("pyongyang", "khasan", "hall", "moscow")),
        ("place=moscow&within=false", False),
        ("place=omsk", False),
        *((f"country={country}", True) for country in ("KP", "RU")),
        ("country=SU", False),
        *((f"bbox={BOX[place]}", place != "omsk") for place in BOX),
        # A different place may meet each of them.
        ("place=pyongyang&country=RU", True),
        (f"place=moscow&bbox={BOX['pyongyang']}", True),
        ("q=Khasan", True),
        ("q=Москва", False),
    ],
)
def test_filters_look_at_every_place(editing: Editing, query: str, found: bool) -> None:
    events = [event["id"] for event in walk_items(editing.client, f"/v1/events?{query}")]

    assert ("2024-11-01-talks" in events) is found


def test_facets_count_it_at_each_place(editing: Editing) -> None:
    assert facet_counts(editing.client, "place", "country=KP") == {
        "pyongyang": 1,
        "khasan": 1,
        "hall": 1,
        "moscow": 1,
    }
    # As many as the list with both filters finds.
    assert facet_counts(editing.client, "country", "place=pyongyang") == {"KP": 1, "RU": 1}


class TestFormats:
    def test_the_document_keeps_the_order(self, editing: Editing) -> None:
        event = editing.client.get(EVENT).json()

        assert event["place"]["id"] == "pyongyang"
        assert [place["id"] for place in event["further_places"]] == ["khasan", "hall"]

    def test_the_csv_has_the_first_place_and_the_ids_of_the_others(self, editing: Editing) -> None:
        text = editing.client.get("/v1/events.csv?id=2024-11-01-talks").text

        (row,) = csv.DictReader(StringIO(text))
        assert (row["place_id"], row["further_place_ids"]) == ("pyongyang", "khasan; hall")

    def test_json_ld_has_every_place_with_its_identifiers(self, editing: Editing) -> None:
        places = editing.client.get(f"{EVENT}.jsonld").json()["location"]

        known = [[each["value"] for each in place["identifier"]] for place in places]
        assert [place["url"].rpartition("/")[2] for place in places] == [
            "pyongyang",
            "khasan",
            "hall",
        ]
        assert known == [[], ["7"], []]

    @pytest.mark.parametrize("name", ["geojson", "ics", "atom", "rss", "jsonfeed", "timelinejs"])
    def test_every_other_format_shows_at_least_the_first_place(
        self, editing: Editing, name: str
    ) -> None:
        assert "Pyongyang" in editing.client.get(f"/v1/events.{name}").text


class TestWrites:
    @pytest.mark.parametrize(
        ("patch", "pointer", "problem"),
        [
            ({"place": None}, "/further_places", "write the first one as `place`"),
            ({"further_places": ["pyongyang"]}, "/further_places", "appears more than once"),
            ({"further_places": ["khasn"]}, "/further_places/0", "there is no place 'khasn'"),
        ],
    )
    def test_a_wrong_journey_is_refused(
        self, editing: Editing, patch: dict[str, object], pointer: str, problem: str
    ) -> None:
        answer = editing.change("PATCH", EVENT, patch)

        (error,) = answer.json()["errors"]
        assert (answer.status_code, error["pointer"]) == (422, pointer)
        assert problem in error["detail"]

    def test_a_place_on_the_way_is_not_withdrawn(self, editing: Editing) -> None:
        answer = editing.change("DELETE", "/v1/places/khasan?reason=a mistake")

        assert answer.status_code == 409
        assert "a place" in answer.text

    def test_a_rename_of_a_place_on_the_way_rewrites_the_event(self, editing: Editing) -> None:
        editing.change("PATCH", "/v1/places/khasan", {"names": {"ru": "Хасан"}})

        event = editing.client.get(EVENT).json()
        assert event["further_places"][0]["name"]["ru"] == "Хасан"
        assert event["revision"] == 2

    def test_a_journey_may_end(self, editing: Editing) -> None:
        editing.change("PATCH", EVENT, {"further_places": []})

        assert editing.client.get("/v1/events?place=khasan").json()["items"] == []
