"""The houses behind the sources of an event: copies of one house's text are one source."""

import pytest
from starlette.testclient import TestClient

from app.records.models import PublisherRecord
from app.tables.database import Database
from tests.support.answers import walk
from tests.support.builders import make_cast, make_event, make_publisher, make_source, store
from tests.support.editing import Editing

CITED = {
    "three-papers": ["paper-a", "paper-b", "paper-c"],
    "paper-and-copyist": ["paper-a", "copyist"],
    "agency-itself": ["paper-a", "agency"],
    "copyist-with-another-agency": ["paper-a", "copyist-other"],
    "copy-of-a-copy": ["agency", "second-copyist"],
    "copyist-as-agency": ["agency", "signed-by-copyist", "signed-by-second-copyist"],
    "no-publisher": ["tass-1", "unsigned"],
}
SOURCES = {
    "paper-a": {"publisher": "pravda", "agency": "kcna"},
    "paper-b": {"publisher": "izvestia", "agency": "kcna"},
    "paper-c": {"publisher": "trud", "agency": "kcna"},
    "copyist": {"publisher": "kcna-watch"},
    "copyist-other": {"publisher": "kcna-watch", "agency": "trud"},
    "second-copyist": {"publisher": "reprints"},
    "signed-by-copyist": {"publisher": "trud", "agency": "kcna-watch"},
    "signed-by-second-copyist": {"agency": "reprints"},
    "agency": {"publisher": "kcna"},
    "unsigned": {},
}


@pytest.fixture
def _events(database: Database) -> None:
    """Store an event for each way in which sources share a house."""
    houses = {"kcna-watch": "kcna", "reprints": "kcna-watch"}
    ids = ("pravda", "izvestia", "trud", "kcna", "kcna-watch", "reprints")
    store(
        database,
        *make_cast(),
        *(
            PublisherRecord.model_validate(
                {"id": id, "names": {"en": id}, "kind": "other", "house": houses.get(id)}
            )
            for id in ids
        ),
        *(make_source(id, **fields) for id, fields in SOURCES.items()),
        *(
            make_event(f"2024-01-{n:02}-{name}", sources=of)
            for n, (name, of) in enumerate(CITED.items(), 1)
        ),
    )


@pytest.mark.usefixtures("_events")
@pytest.mark.parametrize(
    ("name", "independent"),
    [
        pytest.param("three-papers", 1, id="one agency in three papers"),
        pytest.param("paper-and-copyist", 1, id="a paper, and a site that only copies the agency"),
        pytest.param("agency-itself", 1, id="a paper, and the agency's own site"),
        pytest.param("copyist-with-another-agency", 2, id="the agency wins over the copied house"),
        pytest.param("copy-of-a-copy", 1, id="a copy of a copy"),
        pytest.param("copyist-as-agency", 1, id="an agency that only copies"),
        pytest.param("no-publisher", 2, id="sources without a publisher are houses themselves"),
    ],
)
def test_sources_of_one_house_count_once(client: TestClient, name: str, independent: int) -> None:
    id = next(f"2024-01-{n:02}-{each}" for n, each in enumerate(CITED, 1) if each == name)

    assert client.get(f"/v1/events/{id}").json()["independent_sources"] == independent
    found = client.get("/v1/events", params={"min_sources": independent + 1, "limit": 200}).json()
    assert id not in [event["id"] for event in found["items"]]


@pytest.mark.usefixtures("_events")
@pytest.mark.parametrize(
    ("house", "sources"),
    [
        pytest.param(
            "kcna",
            "agency copyist paper-a paper-b paper-c second-copyist signed-by-copyist "
            "signed-by-second-copyist",
            id="texts, copies and site",
        ),
        pytest.param("trud", "copyist-other", id="the agency of a copy of another house"),
        pytest.param("kcna-watch", "", id="a site with no text that is its own"),
        pytest.param("pravda", "", id="a paper that printed the text of an agency"),
    ],
)
def test_filters_by_house(client: TestClient, house: str, sources: str) -> None:
    found = client.get("/v1/sources", params={"house": house}).json()["items"]
    events = client.get("/v1/events", params={"house": house, "limit": 200}).json()["items"]

    assert [source["id"] for source in found] == sources.split()
    assert {event["id"][11:] for event in events} == {
        name for name, cited in CITED.items() if {*cited} & {*sources.split()}
    }


@pytest.mark.usefixtures("_events")
def test_counts_events_by_house(client: TestClient) -> None:
    counted = client.get("/v1/events", params={"facets": "house", "min_sources": 2}).json()

    values = {each["value"]: each["count"] for each in counted["facets"]["house"]["values"]}
    assert values == {"kcna": 1, "trud": 1}


@pytest.mark.usefixtures("_events")
def test_coverage_counts_the_houses_of_the_events(client: TestClient) -> None:
    """All events are of one year, so the year has the houses of all of them."""
    events = client.get("/v1/events", params={"limit": 200}).json()["items"]
    sources = {source["id"]: source for event in events for source in event["sources"]}
    houses = {source["house"] or f"/{id_}" for id_, source in sources.items()}

    counted = client.get("/v1/coverage").json()

    assert len(houses) == 4
    (year,) = counted["years"]
    assert counted["independent_sources"] == year["independent_sources"] == len(houses)
    assert counted["sources"] == year["sources"] == len(sources)


def test_coverage_follows_a_publisher_that_becomes_a_copy(
    client: TestClient, database: Database
) -> None:
    editing = Editing(client, database)
    store(
        database,
        *make_cast(),
        *map(make_publisher, ("kcna", "yonhap", "trud")),
        make_source("kcna-1", publisher="kcna"),
        make_source("yonhap-1", publisher="trud", agency="yonhap"),
        make_event(sources=["kcna-1", "yonhap-1"]),
    )

    before = editing.client.get("/v1/coverage").json()
    editing.change("PATCH", "/v1/publishers/yonhap", {"house": "kcna"})
    after = editing.client.get("/v1/coverage").json()

    assert (before["independent_sources"], after["independent_sources"]) == (2, 1)
    assert [year["events_of_one_source"] for year in after["years"]] == [1]


def test_kcna_in_three_places_is_one_source(seeded_client: TestClient) -> None:
    event = seeded_client.get("/v1/events/2024-03-18-kozhemyako-second-visit-dprk").json()

    houses = [source["house"] for source in event["sources"]]
    assert sorted(houses) == ["kcna", "kcna", "kcna", "reuters"]
    assert len({source["publisher"]["id"] for source in event["sources"]}) == 4
    assert event["independent_sources"] == 2


def test_every_event_of_the_seeds_counts_its_houses(seeded_client: TestClient) -> None:
    for page in walk(seeded_client, "/v1/events?limit=200"):
        for event in page["items"]:
            houses = {source["house"] or source["id"] for source in event["sources"]}
            assert event["independent_sources"] == len(houses), event["id"]
