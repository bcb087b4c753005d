"""Promises about the project's timeline: its articles, letters, treaties and uncertain dates."""

import hashlib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.support.answers import walk_items

ARTICLE = "article-32bf51e976ece39f"
PLAQUE = "2024-11-01-plaque-yaroslavsky-station"
CONSULTATIONS = "2024-11-01-lavrov-choe-strategic-consultations"
LAVROV_AND_CHOE = "/v1/events?participant_all=sergey-lavrov&participant_all=choe-son-hui"


def _by_id(client: TestClient, url: str) -> dict[str, dict[str, Any]]:
    return {item["id"]: item for item in walk_items(client, url)}


class TestMustHold:
    @pytest.mark.parametrize("event", [PLAQUE, CONSULTATIONS])
    def test_events_of_lavrov_and_choe_in_november_2024_cite_the_article(
        self, seeded_client: TestClient, event: str
    ) -> None:
        events = _by_id(seeded_client, f"{LAVROV_AND_CHOE}&date=2024-11")

        cited = {source["id"]: source for source in events[event]["sources"]}
        assert cited[ARTICLE]["evidence"]

    @pytest.mark.parametrize("event", [PLAQUE, CONSULTATIONS])
    def test_the_evidence_has_the_digests_of_spans_of_the_article(
        self, seeded_client: TestClient, articles: Path, event: str
    ) -> None:
        source = seeded_client.get(f"/v1/sources/{ARTICLE}").json()
        text = (articles / f"{source['article']}.txt").read_bytes().decode()

        annotations = seeded_client.get(f"/v1/events/{event}/evidence").json()["items"]

        from_article = [a for a in annotations if a["target"]["source"].endswith(f"/{ARTICLE}")]
        assert from_article
        for annotation in from_article:
            selector = annotation["target"]["selector"]
            span = text[selector["start"] : selector["end"]]
            assert hashlib.sha256(span.encode()).hexdigest() == annotation["digest"]

    def test_both_letters_of_12_october_2018_are_found(self, seeded_client: TestClient) -> None:
        letters = _by_id(seeded_client, "/v1/events?date=2018-10-12&type=letter")

        assert letters.keys() == {
            "2018-10-12-kim-jong-un-letter-to-putin-70th-diplomatic-relations",
            "2018-10-12-putin-letter-to-kim-jong-un-70th-diplomatic-relations",
        }
        assert letters.keys() <= _by_id(seeded_client, "/v1/events?date=2018-10-12").keys()

    def test_an_event_known_to_the_month_or_year_is_not_certain_on_a_day(
        self, seeded_client: TestClient
    ) -> None:
        url = "/v1/events?date=2018-10-23"

        possible, certain = (
            _by_id(seeded_client, f"{url}&certainty={c}") for c in ("possible", "certain")
        )

        assert "2018-putin-kim-summit-announced" in possible.keys() - certain.keys()
        assert "2018-10-kim-jong-un-trip-to-russia-expected" in possible.keys() - certain.keys()
        assert certain
        day = date(2018, 10, 23)
        for event in certain.values():
            assert event["date_bounds"]["precision"] in ("day", "second")
            assert date.fromisoformat(event["date_bounds"]["start"]["latest"]) <= day
            assert date.fromisoformat(event["date_bounds"]["end"]["earliest"]) >= day

    @pytest.mark.parametrize(
        ("day", "in_force", "not_in_force"),
        [
            ("1995-01-01", "friendship-treaty-1961", "strategic-partnership-treaty-2024"),
            ("2025-01-01", "strategic-partnership-treaty-2024", "friendship-treaty-1961"),
        ],
        ids=["1995", "2025"],
    )
    def test_only_the_treaty_in_force_on_the_day_is_listed(
        self, seeded_client: TestClient, day: str, in_force: str, not_in_force: str
    ) -> None:
        treaties = _by_id(seeded_client, f"/v1/treaties?in_force_on={day}")

        assert in_force in treaties
        assert not_in_force not in treaties

    def test_more_than_a_thousand_events_have_sources_and_participants(
        self, seeded_client: TestClient
    ) -> None:
        events = walk_items(seeded_client, "/v1/events?limit=200")

        assert len(events) > 1000
        assert all(event["sources"] and event["participants"] for event in events)
