"""`GET /v1/coverage`: events and sources of each year, thin years, and known gaps."""

from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from app.documents.coverage import Coverage
from app.main import create_app
from app.records.models import PublisherRecord
from app.settings import Settings
from app.tables.database import Database
from app.tables.log import newest_seq
from tests.support.builders import make_cast, make_event, make_source, store

GAP = """\
[[gaps]]
date = "1971"
text = {en = "A congress", fr = "Un congrès"}

[[gaps]]
date = "1961"
text.en = "A visit"
"""


def _publisher(id: str) -> PublisherRecord:
    given = {"id": id, "names": {"en": id}, "kind": "agency"}
    return PublisherRecord.model_validate(given)


def _year(year: int, *numbers: int, thin: bool = False) -> dict[str, Any]:
    keys = ("events", "events_of_one_source", "sources", "independent_sources")
    return {"year": year, **dict(zip(keys, numbers, strict=True)), "thin": thin}


@pytest.fixture
def covered(database: Database) -> Database:
    """Four events in three years, and one with an open start."""
    copy = _publisher("kcna-watch").model_copy(update={"house": "kcna"})
    store(
        database,
        *make_cast(),
        _publisher("kcna"),
        copy,
        make_source("kcna-1", publisher="kcna"),
        make_source("copy-1", publisher="kcna-watch"),
        make_source("paper-1", publisher="kcna-watch", agency="kcna"),
        make_source("other-1"),
        make_event("2019-01-talks", date="2019-01", sources=["kcna-1", "copy-1", "paper-1"]),
        make_event("2019-05-talks", date="2019-05/2021", sources=["kcna-1", "tass-1"]),
        make_event("2021-01-talks", date="2021-01", sources=["other-1"]),
        make_event("2021-open", date="../2021", sources=["copy-1"]),
        make_event("2022-open", date="2022/..", sources=["tass-1"]),
    )
    return database


@pytest.mark.usefixtures("covered")
class TestGetCoverage:
    def test_whole_answer(self, client: TestClient) -> None:
        """One house counts once, a long event in its first year, and an open start in no year."""
        answer = client.get("/v1/coverage")

        assert answer.status_code == 200
        found = answer.json()
        del found["known_gaps"]
        assert found == {
            "events": 5,
            "sources": 5,
            "independent_sources": 3,
            "years": [
                _year(2019, 2, 1, 4, 2),
                _year(2020, 0, 0, 0, 0, thin=True),
                _year(2021, 1, 1, 1, 1),
                _year(2022, 1, 1, 1, 1),
            ],
        }

    def test_a_past_state_is_counted_and_has_no_known_gaps(
        self, covered: Database, client: TestClient
    ) -> None:
        before = client.get("/v1/coverage").json()
        with covered.read() as connection:
            seq = newest_seq(connection)
        store(covered, make_event("2023-01-talks", date="2023-01"))

        past = client.get(f"/v1/coverage?as_of={seq}")

        assert client.get("/v1/coverage").json()["events"] == 6
        assert past.json() == {**before, "known_gaps": []}
        assert "immutable" in past.headers["Cache-Control"]


def test_no_events_give_no_years(client: TestClient) -> None:
    found = client.get("/v1/coverage").json()

    assert (found["events"], found["sources"], found["years"]) == (0, 0, [])


class TestSeeds:
    def test_the_years_add_up_to_all_events(self, seeded_client: TestClient) -> None:
        total = seeded_client.get("/v1/events?total=exact&limit=1").json()["page"]["total"]

        found = seeded_client.get("/v1/coverage").json()

        assert Coverage.model_validate(found).model_dump(mode="json", by_alias=True) == found
        assert found["events"] == total == sum(year["events"] for year in found["years"])
        assert len(found["years"]) == found["years"][-1]["year"] - found["years"][0]["year"] + 1

    def test_a_year_agrees_with_the_lists(self, seeded_client: TestClient) -> None:
        """No event of these years is long, or of an uncertain year."""
        years = {each["year"]: each for each in seeded_client.get("/v1/coverage").json()["years"]}

        for year in (1985, 2009):
            url = f"/v1/events?date={year}&limit=200"
            events = seeded_client.get(url).json()["items"]
            events = [
                each for each in events if each["date_bounds"]["start"]["earliest"][:4] == str(year)
            ]
            sources = {source["id"]: source for each in events for source in each["sources"]}
            houses = {source["house"] or f"/{id_}" for id_, source in sources.items()}
            single = sum(each["independent_sources"] == 1 for each in events)
            numbers = (len(events), single, len(sources), len(houses))
            assert years[year] == {**_year(year, *numbers), "thin": years[year]["thin"]}

    def test_years_of_few_events_among_many_are_thin(self, seeded_client: TestClient) -> None:
        years = seeded_client.get("/v1/coverage").json()["years"]
        thin = {each["year"] for each in years if each["thin"]}

        assert {1954, 1971, 1981} <= thin
        assert not {1960, 1990, 2000, 2018, 2024} & thin

    def test_the_known_gaps_are_in_four_languages_and_in_order(
        self, seeded_client: TestClient
    ) -> None:
        gaps = seeded_client.get("/v1/coverage").json()["known_gaps"]

        assert len(gaps) >= 8
        assert [gap["date"] for gap in gaps] == sorted(gap["date"] for gap in gaps)
        assert all(gap["text"].keys() == {"en", "fr", "ru", "ko"} for gap in gaps)


class TestKnownGaps:
    """They are in the folder of the seeds; a deployment with other data has its own, or none."""

    def _ask(self, database: Database, seeds: Path) -> list[dict[str, Any]]:
        url = database.url.render_as_string(hide_password=False)
        with TestClient(create_app(Settings(database_url=url, seeds=seeds))) as client:
            gaps: list[dict[str, Any]] = client.get("/v1/coverage").json()["known_gaps"]
        return gaps

    @pytest.mark.sqlite
    def test_are_read_from_the_folder(self, database: Database, tmp_path: Path) -> None:
        (tmp_path / "gaps.toml").write_text(GAP)

        assert self._ask(database, tmp_path) == [
            {"date": "1961", "text": {"en": "A visit"}},
            {"date": "1971", "text": {"en": "A congress", "fr": "Un congrès"}},
        ]

    @pytest.mark.sqlite
    def test_a_folder_without_the_file_has_none(self, database: Database, tmp_path: Path) -> None:
        assert self._ask(database, tmp_path) == []
