"""An empty list names the ids that no entity has, and the words that no event has, with similar ones."""

from typing import Any
from urllib.parse import urlencode

import pytest
from sqlalchemy import delete
from starlette.testclient import TestClient

from app.domain.vocabulary import EntityKind
from app.reading.names.unknown import find_unknown
from app.reading.parameters.events import EventFilters
from app.reading.parameters.ids import id_parameters
from app.reading.parameters.participants import CounterpartFilters
from app.tables import core as t
from app.tables.database import Database
from tests.support.builders import make_cast, make_event, make_publisher, make_tag, store
from tests.support.statements import counting_statements


def _unknown(client: TestClient, url: str) -> list[dict[str, Any]]:
    answer = client.get(url)
    assert answer.status_code == 200, answer.text
    unknown: list[dict[str, Any]] = answer.json()["page"]["unknown"]
    return unknown


class TestUnknownValues:
    @pytest.mark.parametrize(
        ("parameter", "value", "nearest"),
        [
            pytest.param("place", "moscov", "moscow", id="a misspelt id"),
            pytest.param("place", "quito-bahnhof", None, id="nothing similar"),
            pytest.param("place", "moscou", "moscow", id="a name in another language"),
            pytest.param("participant", "putin", "vladimir-putin", id="a part of a name"),
            pytest.param("participant", "lavrov-sergey", "sergey-lavrov", id="another order"),
            pytest.param("participant_all", "kim-jong-eun", "kim-jong-un", id="an alias"),
            pytest.param("participant", "choi-sun-hee", "choe-son-hui", id="a second alias"),
            pytest.param("tag", "strategic-dialog", "strategic-dialogue", id="a tag"),
            pytest.param("publisher", "tas", "tass", id="a publisher"),
            pytest.param("publisher", "TASSS", "tass", id="a publisher in capitals"),
            pytest.param("agency", "kcn", "kcna", id="an agency"),
            pytest.param("treaty", "friendship-treaty-1960", "friendship-treaty-1961", id="treaty"),
            pytest.param("source", "tass-1865656", "tass-1865655", id="a source"),
            pytest.param(
                "id",
                "2019-04-25-putin-kim-summit",
                "2019-04-25-putin-kim-summit-vladivostok",
                id="an event",
            ),
        ],
    )
    def test_of_events(
        self, seeded_client: TestClient, parameter: str, value: str, nearest: str | None
    ) -> None:
        (unknown,) = _unknown(seeded_client, f"/v1/events?{parameter}={value}")

        assert (unknown["parameter"], unknown["value"].lower()) == (parameter, value.lower())
        assert nearest in unknown["nearest"] if nearest else unknown["nearest"] == []
        assert len(unknown["nearest"]) <= 3

    @pytest.mark.parametrize(
        "url",
        [
            "/v1/participants?id=nobody",
            "/v1/participants/vladimir-putin/events?place=nowhere",
            "/v1/participants/vladimir-putin/counterparts?office=no-office",
            "/v1/places?id=nowhere",
            "/v1/treaties?id=no-treaty",
            "/v1/sources?publisher=nobody",
            "/v1/sources?id=no-source",
            "/v1/publishers?house=nobody",
            "/v1/offices?organisation=nobody",
            "/v1/tags?broader=nothing",
        ],
    )
    def test_of_every_list_with_ids(self, seeded_client: TestClient, url: str) -> None:
        parameter, _, value = url.partition("?")[2].partition("=")

        (unknown,) = _unknown(seeded_client, url)

        assert (unknown["parameter"], unknown["value"]) == (parameter, value)

    @pytest.mark.parametrize(
        "url",
        [
            pytest.param("/v1/events?place=moscow&date=1800", id="a known id"),
            pytest.param("/v1/events?place=moscow&place=nowhere", id="an answer with items"),
            pytest.param("/v1/events?date=1800", id="no ids"),
            pytest.param("/v1/events", id="no filter"),
        ],
    )
    def test_nothing_is_unknown(self, seeded_client: TestClient, url: str) -> None:
        assert _unknown(seeded_client, url) == []

    def test_names_each_once_and_at_most_ten(self, seeded_client: TestClient) -> None:
        query = "&".join(f"place=p-{i}&place=p-{i}" for i in range(20))

        unknown = _unknown(seeded_client, f"/v1/events?{query}")

        assert [each["value"] for each in unknown] == [f"p-{i}" for i in range(10)]

    @pytest.mark.parametrize("name", ["publisher", "agency"])
    @pytest.mark.parametrize("value", ["TASS", "Tass", " tass"])
    def test_publishers_compare_without_case(
        self, seeded_client: TestClient, name: str, value: str
    ) -> None:
        url, total = "/v1/events?limit=1&total=exact", []
        for each in ("tass", value):
            answer = seeded_client.get(url, params={name: each, "limit": 1, "total": "exact"})
            total.append(answer.json()["page"]["total"])

        assert total[0] == total[1] > 0

    def test_a_tag_without_a_row_is_known(self, database: Database) -> None:
        """Past states have such tags."""
        store(database, *make_cast(), make_tag("old"), make_event(tags=["old"]))
        filters = EventFilters(tag=["old", "new"])
        with database.write() as connection:
            connection.execute(delete(t.tag))
        with database.read() as connection:
            (unknown,) = find_unknown(connection, filters)

        assert unknown.value == "new"


class TestUnknownWords:
    @pytest.mark.parametrize(
        ("q", "words"),
        [
            pytest.param("Lavorv", {"Lavorv": "sergey-lavrov"}, id="a misspelt person"),
            pytest.param("Putin Pyonyang", {"Pyonyang": "pyongyang"}, id="a misspelt place"),
            pytest.param("Лаворв Ким", {"Лаворв": "sergey-lavrov"}, id="Russian"),
            pytest.param("Qxyz Wvut", {"Qxyz": None, "Wvut": None}, id="nothing similar"),
            pytest.param("When did Qxyz", {"Qxyz": None}, id="question words"),
            pytest.param("Qxyz North Korea", {"Qxyz": None}, id="a country"),
            pytest.param("Qxyz 1873", {"Qxyz": None, "1873": None}, id="a year without events"),
            pytest.param("Kosygin Wonsan 1949", {}, id="known words that no event has together"),
            pytest.param('"Qxyz" title:Qxyz -Qxyz', {}, id="a phrase, a field and an exclusion"),
            pytest.param("A1x B2x C3x D4x", dict.fromkeys(["A1x", "B2x", "C3x"]), id="many"),
        ],
    )
    def test_are_named_with_similar_names(
        self, seeded_client: TestClient, q: str, words: dict[str, str | None]
    ) -> None:
        unknown = _unknown(seeded_client, f"/v1/events?{urlencode({'q': q})}")

        assert [each["value"] for each in unknown] == [*words]
        for each in unknown:
            nearest = words[each["value"]]
            assert each["parameter"] == "q"
            assert nearest in each["nearest"] if nearest else each["nearest"] == []

    def test_are_no_mistake_in_files(self, seeded_client: TestClient) -> None:
        paths = ("events.atom", "events.csv", "events.geojson", "network.graphml", "events.ics")
        for path in paths:
            assert seeded_client.get(f"/v1/{path}?q=Qxyz").status_code == 200, path
            assert seeded_client.get(f"/v1/{path}?q=Qxyz&place=moscov").status_code == 404, path

    def test_are_named_beside_ids_and_counts(self, seeded_client: TestClient) -> None:
        for path in ("events", "events/histogram", "network"):
            answer = seeded_client.get(f"/v1/{path}?q=Qxyz&place=moscov").json()
            unknown = answer.get("unknown") or answer["page"]["unknown"]

            assert [each["parameter"] for each in unknown] == ["place", "q"], path

    def test_are_no_part_of_a_proof(self, seeded_client: TestClient) -> None:
        proof = seeded_client.get("/v1/proof?q=Qxyz&place=moscov").json()

        assert [each["parameter"] for each in proof["unknown"]] == ["place"]

    def test_pages_say_so(self, seeded_client: TestClient) -> None:
        answer = seeded_client.get("/ru/explore?q=Qxyz")

        assert "Слова Qxyz нет ни в одном событии." in answer.text

    def test_one_statement_if_every_word_is_known(self, database: Database) -> None:
        store(database, *make_cast(), make_event())
        with database.read() as connection, counting_statements(*database.engines) as statements:
            assert find_unknown(connection, EventFilters(q="Lavrov Choe")) == []

        assert len(statements) == 1


class TestCost:
    def test_one_statement_for_each_kind_and_one_for_its_names(self, database: Database) -> None:
        store(database, *make_cast(), make_publisher())
        filters = EventFilters(publisher=["tass", "tas"], agency=["ta"], place=["moscow"])
        with database.read() as connection, counting_statements(*database.engines) as statements:
            find_unknown(connection, filters)

        # The place of the cast is unknown here too.
        assert len(statements) == 4

    def test_every_list_of_ids_has_a_kind(self) -> None:
        assert {*id_parameters(EventFilters).values()} == {*EntityKind}
        assert id_parameters(CounterpartFilters).keys() == {"office"}


class TestCounts:
    @pytest.mark.parametrize("path", ["/v1/events/histogram", "/v1/network"])
    def test_of_nothing_name_unknown_ids(self, seeded_client: TestClient, path: str) -> None:
        answer = seeded_client.get(f"{path}?place=moscov&participant=vladimir-putin")

        assert answer.status_code == 200, answer.text
        assert answer.json()["unknown"] == [
            {"parameter": "place", "value": "moscov", "nearest": ["moscow"]}
        ]

    @pytest.mark.parametrize("path", ["/v1/events/histogram", "/v1/network"])
    def test_of_something_name_nothing(self, seeded_client: TestClient, path: str) -> None:
        answer = seeded_client.get(f"{path}?place=moscov&place=kazan&place=moscow&date=2024")

        assert answer.json()["unknown"] == []


FILES = [
    *(f"/v1/events.{name}" for name in ("csv", "ndjson", "geojson", "ics", "timelinejs")),
    *(
        "/v1/events.atom",
        "/v1/events.rss",
        "/v1/events.jsonfeed",
        "/v1/places.geojson",
        "/v1/network.graphml",
    ),
]


class TestFiles:
    @pytest.mark.parametrize("kind", ["places", "participants", "treaties", "sources"])
    def test_an_empty_table_with_an_unknown_id_is_refused(
        self, seeded_client: TestClient, kind: str
    ) -> None:
        answer = seeded_client.get(f"/v1/{kind}.csv?id=nothing-at-all")

        assert (answer.status_code, answer.json()["errors"][0]["parameter"]) == (404, "id")

    @pytest.mark.parametrize("path", FILES)
    def test_an_empty_one_with_an_unknown_id_is_refused(
        self, seeded_client: TestClient, path: str
    ) -> None:
        answer = seeded_client.get(f"{path}?place=moscov")

        assert answer.status_code == 404
        assert answer.json()["type"].endswith("/problems/not-found")
        (item,) = answer.json()["errors"]
        assert item["parameter"] == "place"
        assert item["detail"] == "no entity has the id moscov: perhaps moscow is meant"

    @pytest.mark.parametrize("path", FILES)
    def test_an_empty_one_with_known_ids_is_an_answer(
        self, seeded_client: TestClient, path: str
    ) -> None:
        assert seeded_client.get(f"{path}?place=moscow&date=1800").status_code == 200

    @pytest.mark.parametrize("path", FILES)
    def test_one_with_a_match_is_an_answer(self, seeded_client: TestClient, path: str) -> None:
        url = f"{path}?place=moscov&place=moscow&date=2024-11"

        assert seeded_client.get(url).status_code == 200
