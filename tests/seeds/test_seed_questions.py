"""Plain questions of an analyst, each asked of a server over the seeds in one request."""

from collections.abc import Iterable

import pytest
from fastapi.testclient import TestClient

from app.records.models import EventRecord, PlaceRecord
from tests.support.seed_records import list_seeds

SHOIGUS_VISITS = {
    "2023-07-25-shoigu-visit-dprk",
    "2024-09-13-shoigu-visit-to-pyongyang",
    "2025-03-21-shoigu-visit-to-pyongyang",
    "2025-06-04-shoigu-kim-jong-un-meeting",
    "2025-06-17-shoigu-kim-jong-un-meeting",
}


def _ids(client: TestClient, query: str) -> set[str]:
    page = client.get(f"/v1/events?limit=200&total=exact&{query}").json()
    ids = {event["id"] for event in page["items"]}
    assert len(ids) == page["page"]["total"]
    return ids


def _places_of(event: EventRecord) -> Iterable[str]:
    return [*([event.place] if event.place else []), *event.further_places]


class TestMilitaryCooperation:
    """`tag=military` finds the armed forces and all narrower subjects."""

    QUESTION = "tag=military&date=2023/2026"

    def test_finds_the_deployment_to_kursk(self, seeded_client: TestClient) -> None:
        assert "2025-04-28-dprk-confirms-deployment" in _ids(seeded_client, self.QUESTION)

    def test_finds_every_stage_of_the_treaty_of_2024(self, seeded_client: TestClient) -> None:
        stages = {
            event.id
            for event in list_seeds(EventRecord)
            if event.treaty == "strategic-partnership-treaty-2024"
        }

        assert len(stages) > 5
        assert stages - _ids(seeded_client, self.QUESTION) == set()

    def test_finds_the_visits_of_shoigu(self, seeded_client: TestClient) -> None:
        assert SHOIGUS_VISITS - _ids(seeded_client, self.QUESTION) == set()

    def test_finds_no_event_about_culture_alone(self, seeded_client: TestClient) -> None:
        assert "2023-09-11-alexandrov-ensemble-concert" not in _ids(seeded_client, self.QUESTION)

    def test_has_the_narrower_tags_only_within(self, seeded_client: TestClient) -> None:
        exactly = _ids(seeded_client, f"{self.QUESTION}&within=false")

        assert exactly < _ids(seeded_client, self.QUESTION)


class TestEventsOfACity:
    """`place=` finds the events of a city, of its sites, and the journeys that led there."""

    @pytest.mark.parametrize("city", ["pyongyang", "moscow", "vladivostok"])
    def test_finds_each_of_them(self, seeded_client: TestClient, city: str) -> None:
        inside = {p.id for p in list_seeds(PlaceRecord) if city in (p.id, p.part_of)}
        question = f"/v1/events?place={city}&limit=1&total=exact"

        events = [e for e in list_seeds(EventRecord) if inside & set(_places_of(e))]

        assert len(inside) > 1
        assert seeded_client.get(question).json()["page"]["total"] == len(events)

    @pytest.mark.parametrize("place", ["khasan", "vostochny-cosmodrome", "komsomolsk-on-amur"])
    def test_finds_a_journey_by_each_of_its_places(
        self, seeded_client: TestClient, place: str
    ) -> None:
        assert "2023-09-12-kim-official-visit-russia" in _ids(seeded_client, f"place={place}")


class TestOtherNames:
    """`q` finds places and treaties by their other spellings and short names."""

    @pytest.mark.parametrize(
        ("words", "event"),
        [
            pytest.param(
                "울라지보스또크",
                "2019-04-25-putin-kim-summit-vladivostok",
                id="the North's spelling of a city",
            ),
            pytest.param("나선", "2013-09-22-rajin-khasan-reopening", id="the South's spelling"),
            pytest.param(
                "Leningrad", "2001-08-06-kim-jong-il-saint-petersburg", id="a former name"
            ),
            pytest.param("조소우호조약", "1996-09-10-1961-treaty-expires", id="a treaty in Korean"),
            pytest.param(
                '"Договор 1961 года"', "1996-09-10-1961-treaty-expires", id="a treaty in Russian"
            ),
        ],
    )
    def test_finds(self, seeded_client: TestClient, words: str, event: str) -> None:
        assert event in _ids(seeded_client, f"q={words}")
