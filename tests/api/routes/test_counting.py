"""Facets, the histogram and the network, as a client sees them."""

from typing import Any
from xml.etree import ElementTree

import networkx
import pytest
from starlette.testclient import TestClient

from app.documents.counting import Facet, Histogram, Network
from app.tables.database import Database
from tests.support.answers import walk
from tests.support.builders import (
    CHOE,
    LAVROV,
    NASTY_NAME,
    make_cast,
    make_event,
    make_participant,
    make_place,
    make_source,
    make_tag,
    store,
)


def _values(*counts: tuple[str, int]) -> dict[str, Any]:
    return {
        "values": [{"value": value, "count": count} for value, count in counts],
        "distinct": len(counts),
    }


def _facets(client: TestClient, url: str) -> dict[str, Any]:
    """Return the facets without labels."""
    facets: dict[str, Any] = client.get(url).json()["facets"]
    for facet in facets.values():
        for each in facet["values"]:
            del each["label"]
    return facets


@pytest.fixture
def four(database: Database) -> None:
    """Store three meetings and a letter in two years; one person has two roles in one meeting."""
    envoy = {"id": "sergey-lavrov", "role": "envoy", "side": "SU"}
    store(
        database,
        *make_cast(),
        make_place("moscow"),
        make_participant("loner"),
        make_event("2023-05-01-a", place="moscow", tags=["x"]),
        make_event("2024-06-01-b", participants=[LAVROV, envoy, CHOE]),
        make_event("2024-06-c", date="2024-06", participants=[LAVROV]),
        make_event(
            "2024-d",
            date="2024",
            type="letter",
            subtype="reply",
            participants=[{"id": "loner", "role": "sender", "side": "RU"}],
        ),
    )


@pytest.mark.usefixtures("four")
class TestFacets:
    def test_requested_facets_list_the_most_frequent_values_first(self, client: TestClient) -> None:
        url = "/v1/events?facets=year&facets=type&facets=place&facets=agency&facets=year"

        facets = _facets(client, url)

        assert facets == {
            "year": _values(("2024", 3), ("2023", 1)),
            "type": _values(("meeting", 3), ("letter", 1)),
            "place": _values(("moscow", 1)),
            "agency": _values(),
        }

    def test_facets_are_empty_unless_requested(self, client: TestClient) -> None:
        assert client.get("/v1/events").json()["facets"] == {}

    def test_a_participant_with_two_roles_counts_once_in_each(self, client: TestClient) -> None:
        facets = _facets(client, "/v1/events?facets=participant&facets=role")

        assert facets["participant"] == _values(
            ("sergey-lavrov", 3), ("choe-son-hui", 2), ("loner", 1)
        )
        assert facets["role"] == _values(("host", 3), ("guest", 2), ("envoy", 1), ("sender", 1))

    def test_a_facet_applies_all_filters_except_its_own(self, client: TestClient) -> None:
        url = "/v1/events?type=letter&date=2024&facets=type&facets=status"

        facets = _facets(client, url)

        assert facets["type"] == _values(("meeting", 2), ("letter", 1))
        assert facets["status"] == _values(("occurred", 1))

    def test_facets_of_the_events_of_one_participant(self, client: TestClient) -> None:
        url = "/v1/participants/choe-son-hui/events?facets=participant&facets=role&facets=side"

        facets = _facets(client, url)

        assert facets["participant"] == _values(("choe-son-hui", 2), ("sergey-lavrov", 2))
        assert facets["role"] == _values(("guest", 2))
        assert facets["side"] == _values(("KP", 2))

    def test_the_role_facet_of_two_participants_counts_shared_roles(
        self, database: Database, client: TestClient
    ) -> None:
        both = [LAVROV, CHOE, {**CHOE, "role": "speaker"}, {**LAVROV, "role": "speaker"}]
        store(database, make_event("2025-01-01-speeches", participants=both))
        url = "/v1/events?participant_all=sergey-lavrov&participant_all=choe-son-hui"

        facets = _facets(client, f"{url}&facets=role&facets=side")

        assert facets == {"role": _values(("speaker", 1)), "side": _values()}

    def test_facets_are_the_same_on_every_page(self, client: TestClient) -> None:
        pages = [*walk(client, "/v1/events?facets=type&limit=1")]

        assert len(pages) == 4
        assert {str(page["facets"]) for page in pages} == {str(pages[0]["facets"])}

    def test_a_cursor_works_with_other_facets_and_fields(self, client: TestClient) -> None:
        cursor = client.get("/v1/events?limit=1").json()["page"]["next"].rpartition("=")[2]

        answer = client.get(f"/v1/events?limit=1&facets=type&fields=title&cursor={cursor}")

        assert answer.status_code == 200
        assert answer.json()["items"][0]["id"] == "2024-06-01-b"

    def test_a_facet_lists_a_hundred_values_and_counts_all(
        self, database: Database, client: TestClient
    ) -> None:
        tags = [f"tag-{n:03}" for n in range(120)]
        store(database, make_event("2025-01-01-tags", tags=tags))
        store(database, make_event("2025-01-02-tag", tags=tags[-1:]))

        found = client.get("/v1/events?facets=tag").json()["facets"]["tag"]

        assert found["distinct"] == 121
        assert [each["value"] for each in found["values"]] == [tags[-1], *tags[:99]]

    def test_facet_limit_lists_all_values(self, database: Database, client: TestClient) -> None:
        tags = [f"tag-{n:03}" for n in range(120)]
        store(database, make_event("2025-01-01-tags", tags=tags))

        found = client.get("/v1/events?facets=tag&facet_limit=1000&limit=0").json()

        assert [each["value"] for each in found["facets"]["tag"]["values"]] == [*tags, "x"]
        assert found["items"] == []

    @pytest.mark.parametrize(
        ("facet", "q", "expected"),
        [
            pytest.param("participant", "LAVROV", ["sergey-lavrov"], id="a word in any case"),
            pytest.param("participant", "lаvrov", ["sergey-lavrov"], id="a Cyrillic letter"),
            pytest.param("type", "встр", ["meeting"], id="a label in another language"),
            pytest.param("type", "서한", ["letter"], id="Hangul"),
            pytest.param("side", "росс", ["RU"], id="a country"),
            pytest.param("participant", "nobody", [], id="nothing"),
        ],
    )
    def test_facet_q_finds_values_by_id_and_label(
        self, client: TestClient, facet: str, q: str, expected: list[str]
    ) -> None:
        answer = client.get("/v1/events", params={"facets": facet, "facet_q": q})

        found = answer.json()["facets"][facet]
        assert [each["value"] for each in found["values"]] == expected
        assert found["distinct"] == len(expected)

    @pytest.mark.parametrize("q", ["en oeuvre", "Œuv"])
    def test_a_ligature_of_a_label_is_its_letters(
        self, database: Database, client: TestClient, q: str
    ) -> None:
        store(database, make_tag("x", names={"en": "Example", "fr": "Mise en œuvre"}))

        found = client.get("/v1/events", params={"facets": "tag", "facet_q": q}).json()

        assert [each["value"] for each in found["facets"]["tag"]["values"]] == ["x"]

    def test_values_have_labels(self, database: Database, client: TestClient) -> None:
        store(database, make_tag("x", names={"en": "Example", "ko": "보기"}))
        facets = [*Facet]

        found = client.get("/v1/events", params={"facets": facets}).json()["facets"]

        labels = {
            (facet, each["value"]): each["label"]
            for facet in facets
            for each in found[facet]["values"]
        }
        assert labels["tag", "x"] == {"en": "Example", "ko": "보기"}
        assert labels["type", "meeting"]["ru"] == "Встреча"
        assert labels["side", "KP"] == {"en": "DPRK", "fr": "RPDC", "ru": "КНДР", "ko": "북한"}
        assert labels["year", "2024"]["ko"] == "2024년"
        assert labels["decade", "202X"]["en"] == "2020s"
        assert labels["month_day", "06-01"] == {
            "en": "1 June",
            "fr": "1er juin",
            "ru": "1 июня",
            "ko": "6월 1일",
        }
        assert labels["participant", "sergey-lavrov"] == {"en": "Sergey Lavrov"}
        assert all(label["en"] for label in labels.values())

    def test_an_unknown_facet_is_refused(self, seeded_client: TestClient) -> None:
        problem = seeded_client.get("/v1/events?facets=types").json()

        assert problem["type"] == "/problems/invalid-parameter"
        assert "'types'" in problem["detail"]
        assert all(facet in problem["detail"] for facet in Facet)


class TestYears:
    """An event counts in each year that it could overlap; with `certain`, that it must overlap."""

    @pytest.mark.parametrize(
        ("certainty", "expected"),
        [
            pytest.param("possible", [3, 3, 2], id="possible"),
            pytest.param("certain", [1, 2, 1], id="certain"),
        ],
    )
    def test_open_dates_end_at_the_years_that_other_dates_name(
        self, database: Database, client: TestClient, certainty: str, expected: list[int]
    ) -> None:
        dates = ["../2020", "2019-12/2021-01", "[2020-05-05,2021-05-05]", "2020/.."]
        events = [make_event(f"2019-{n}", date=date) for n, date in enumerate(dates)]
        store(database, *make_cast(), *events)

        found = client.get(f"/v1/events?facets=year&certainty={certainty}").json()["facets"]["year"]

        counts = {each["value"]: each["count"] for each in found["values"]}
        totals = [
            client.get(f"/v1/events?date={year}&certainty={certainty}&total=exact")
            for year in (2019, 2020, 2021)
        ]
        assert [counts.get(str(year), 0) for year in (2019, 2020, 2021)] == [
            answer.json()["page"]["total"] for answer in totals
        ]
        assert max(counts) == "2021"


@pytest.mark.usefixtures("four")
class TestGetEventHistogram:
    def test_whole_answer(self, client: TestClient) -> None:
        answer = client.get("/v1/events/histogram?interval=month&group_by=type")

        assert answer.status_code == 200
        assert answer.json() == {
            "interval": "month",
            "group_by": "type",
            "buckets": [
                {
                    "start": "2023-05-01",
                    "date": "2023-05",
                    "count": 1,
                    "groups": [{"value": "meeting", "count": 1}],
                },
                {
                    "start": "2024-06-01",
                    "date": "2024-06",
                    "count": 2,
                    "groups": [{"value": "meeting", "count": 2}],
                },
            ],
            "uncertain": {"count": 1, "groups": [{"value": "letter", "count": 1}]},
            "total": 4,
            "unknown": [],
        }

    @pytest.mark.parametrize(
        ("interval", "buckets", "uncertain"),
        [
            pytest.param("day", {"2023-05-01": 1, "2024-06-01": 1}, 2, id="day"),
            pytest.param("month", {"2023-05": 1, "2024-06": 2}, 1, id="month"),
            pytest.param("year", {"2023": 1, "2024": 3}, 0, id="year"),
            pytest.param("decade", {"202X": 4}, 0, id="decade"),
        ],
    )
    def test_counts_by_interval(
        self, client: TestClient, interval: str, buckets: dict[str, int], uncertain: int
    ) -> None:
        found = client.get(f"/v1/events/histogram?interval={interval}").json()

        assert {each["date"]: each["count"] for each in found["buckets"]} == buckets
        assert all(each["groups"] == [] for each in found["buckets"])
        assert found["uncertain"] == {"count": uncertain, "groups": []}

    def test_filters_choose_the_events(self, client: TestClient) -> None:
        found = client.get("/v1/events/histogram?participant=choe-son-hui&date=2023").json()

        assert [each["date"] for each in found["buckets"]] == ["2023"]
        assert found["total"] == 1

    def test_no_events_give_no_buckets(self, client: TestClient) -> None:
        found = client.get("/v1/events/histogram?type=call&group_by=status").json()

        assert found == {
            "interval": "year",
            "group_by": "status",
            "buckets": [],
            "uncertain": {"count": 0, "groups": []},
            "total": 0,
            "unknown": [],
        }

    def test_an_open_start_is_uncertain(self, database: Database, client: TestClient) -> None:
        store(database, make_event("1945-open", date="../1945-08-15", tags=["open"]))

        found = client.get("/v1/events/histogram?interval=decade&tag=open").json()

        assert (found["buckets"], found["uncertain"]["count"]) == ([], 1)

    def test_the_answer_over_the_seeds_matches_its_schema(self, seeded_client: TestClient) -> None:
        total = seeded_client.get("/v1/events?total=exact&limit=1").json()["page"]["total"]

        found = seeded_client.get("/v1/events/histogram?interval=day&group_by=subtype").json()

        assert Histogram.model_validate(found).model_dump(mode="json") == found
        assert found["total"] == total


@pytest.mark.usefixtures("four")
class TestGetNetwork:
    def test_whole_answer(self, client: TestClient) -> None:
        answer = client.get("/v1/network")

        assert answer.status_code == 200
        assert answer.json() == {
            "nodes": [
                {
                    "id": "sergey-lavrov",
                    "kind": "person",
                    "country": "RU",
                    "name": {"en": "Sergey Lavrov"},
                    "events": 3,
                },
                {
                    "id": "choe-son-hui",
                    "kind": "person",
                    "country": "KP",
                    "name": {"en": "Choe Son Hui"},
                    "events": 2,
                },
            ],
            "edges": [
                {
                    "source": "choe-son-hui",
                    "target": "sergey-lavrov",
                    "weight": 2,
                    "events": ["2023-05-01-a", "2024-06-01-b"],
                }
            ],
            "unknown": [],
        }

    @pytest.mark.parametrize(
        "query",
        [
            pytest.param("min_weight=3", id="too light"),
            pytest.param("type=letter", id="a participant alone"),
            pytest.param("kind=organisation", id="another kind"),
            pytest.param("id=2024-nothing", id="no events"),
        ],
    )
    def test_a_participant_without_an_edge_is_left_out(
        self, client: TestClient, query: str
    ) -> None:
        network = client.get(f"/v1/network?{query}").json()

        assert (network["nodes"], network["edges"]) == ([], [])

    @pytest.mark.parametrize("value", ["0", "-1", "1.5", "x", "9999999"])
    def test_min_weight_is_a_positive_number(self, seeded_client: TestClient, value: str) -> None:
        answer = seeded_client.get(f"/v1/network?min_weight={value}")

        assert answer.status_code == 400
        assert answer.json()["type"] == "/problems/invalid-parameter"

    @pytest.mark.parametrize("path", ["/v1/network", "/v1/network.graphml"])
    def test_too_many_edges_are_refused_with_their_number(
        self, database: Database, client: TestClient, path: str
    ) -> None:
        people = [make_participant(f"person-{n}") for n in range(102)]
        everyone = [{"id": each.id, "role": "attendee", "side": "RU"} for each in people]
        store(database, *people, make_event("2025-01-01-crowd", participants=everyone))

        refused = client.get(path)

        assert refused.status_code == 400
        assert refused.json()["type"] == "/problems/too-many-results"
        assert f"{102 * 101 // 2 + 1} edges" in refused.json()["detail"]
        assert "min_weight above 1" in refused.json()["detail"]
        assert client.get(f"{path}?min_weight=2").status_code == 200

    def test_the_answer_over_the_seeds_matches_its_schema(self, seeded_client: TestClient) -> None:
        found = seeded_client.get("/v1/network").json()

        assert found["edges"]
        assert Network.model_validate(found).model_dump(mode="json") == found


class TestGetNetworkGraphml:
    def test_networkx_reads_the_same_network(self, seeded_client: TestClient) -> None:
        answer = seeded_client.get("/v1/network.graphml?min_weight=2")
        found = seeded_client.get("/v1/network?min_weight=2").json()

        graph = networkx.parse_graphml(answer.text)

        assert answer.headers["content-type"] == "application/graphml+xml"
        assert not graph.is_directed()
        assert {id: node["events"] for id, node in graph.nodes.items()} == {
            node["id"]: node["events"] for node in found["nodes"]
        }
        assert {
            (*sorted(ends), edge["weight"], edge["events"]) for ends, edge in graph.edges.items()
        } == {
            (e["source"], e["target"], e["weight"], " ".join(e["events"])) for e in found["edges"]
        }

    def test_names_keep_every_language_and_character(
        self, database: Database, client: TestClient
    ) -> None:
        names = {
            "en": NASTY_NAME,
            "ru": "Цой Сон Хи",
            "ko": "최선희",
        }
        choe = make_participant("choe-son-hui", country="KP", names=names)
        store(database, make_participant(), choe, make_source(), make_event())

        answer = client.get("/v1/network.graphml")

        ElementTree.fromstring(answer.content)
        assert networkx.parse_graphml(answer.text).nodes["choe-son-hui"] == {
            **dict.fromkeys(["label", "name"], NASTY_NAME),
            "name_ru": names["ru"],
            "name_ko": names["ko"],
            "kind": "person",
            "country": "KP",
            "events": 1,
        }

    def test_an_empty_network_is_valid(self, client: TestClient) -> None:
        answer = client.get("/v1/network.graphml")

        assert answer.status_code == 200
        assert len(networkx.parse_graphml(answer.text)) == 0
