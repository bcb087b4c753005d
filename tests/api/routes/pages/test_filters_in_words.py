"""The filters of a list in words: each has a name, and each value is the value that was sent."""

import re
from html import unescape
from typing import Final

import pytest
from pydantic import BaseModel
from starlette.testclient import TestClient

from app.domain.vocabulary import EntityKind
from app.reading.parameters.entities import (
    OfficeFilters,
    PlaceFilters,
    PublisherFilters,
    SourceFilters,
    TagFilters,
    TreatyFilters,
)
from app.reading.parameters.events import EventFilters
from app.reading.parameters.participants import ParticipantFilters
from app.tables.database import Database
from tests.support.builders import (
    end,
    make_cast,
    make_event,
    make_participant,
    make_publisher,
    make_source,
    store,
)

BROWSER: Final = {"Accept": "text/html"}
MODELS: Final[dict[str, type[BaseModel]]] = {
    "explore": EventFilters,
    "participants": ParticipantFilters,
    "places": PlaceFilters,
    "offices": OfficeFilters,
    "treaties": TreatyFilters,
    "sources": SourceFilters,
    "publishers": PublisherFilters,
    "tags": TagFilters,
}
# A value of each parameter that takes no id of a person or thing.
VALUES: Final = {
    **dict.fromkeys(("date", "in_force_on"), "2024-06"),
    **dict.fromkeys(("created_after", "updated_after"), "2024-06-01"),
    **dict.fromkeys(("min_sources", "max_sources"), "2"),
    **dict.fromkeys(("top", "within", "state"), "yes"),
    **dict.fromkeys(("country", "side", "party"), "RU"),
    **dict.fromkeys(("q", "name"), "kim"),
    "type": "visit",
    "subtype": "state",
    "status": "occurred",
    "confidence": "high",
    "certainty": "certain",
    "role": "host",
    "rank": "ambassador",
    "month_day": "08-15",
    "bbox": "100,0,150,60",
    "language": "ru",
    "identifier": "wikidata:Q649",
    "id": "2024-01-01-x",
}
KINDS: Final = {"participants": "person", "treaties": "treaty", "publishers": "agency"}
CHIP: Final = re.compile(r"<li>([^<]*) <strong>([^<]*)</strong>")


def _chips(client: TestClient, path: str) -> list[tuple[str, str]]:
    answer = client.get(path, headers=BROWSER)
    assert answer.status_code == 200, f"{path}: {answer.text[:300]}"
    return [(unescape(lead), unescape(value)) for lead, value in CHIP.findall(answer.text)]


@pytest.mark.parametrize("language", ["en", "fr", "ru", "ko"])
@pytest.mark.parametrize("name", MODELS)
def test_every_filter_has_a_name(seeded_client: TestClient, name: str, language: str) -> None:
    for parameter in MODELS[name].model_fields:
        value = KINDS[name] if parameter == "kind" else VALUES.get(parameter, "x")

        ((lead, shown),) = _chips(seeded_client, f"/{language}/{name}?{parameter}={value}")

        assert lead and shown
        assert "_" not in lead


@pytest.mark.parametrize(
    ("query", "value"),
    [
        pytest.param("q=true", "true", id="a word of a search"),
        pytest.param("top=1", "да", id="yes"),
        pytest.param("within=no", "нет", id="no"),
        pytest.param("certainty=certain", "точно", id="certain"),
    ],
)
def test_only_a_value_of_a_choice_is_translated(
    seeded_client: TestClient, query: str, value: str
) -> None:
    assert [shown for _, shown in _chips(seeded_client, f"/ru/explore?{query}")] == [value]


def test_a_language_is_shown_by_its_name(seeded_client: TestClient) -> None:
    assert _chips(seeded_client, "/fr/sources?language=ru") == [("Langue\u00a0:", "russe")]


class TestIds:
    @pytest.fixture(autouse=True)
    def _records(self, database: Database) -> None:
        store(
            database,
            *make_cast(),
            make_participant("other"),
            make_publisher("kcna", names={"en": "Korean Central News Agency", "fr": "Agence"}),
            make_source("kcna-1", publisher="kcna"),
            make_event(sources=["kcna-1"]),
        )
        end(database, EntityKind.PARTICIPANT, "other", into="sergey-lavrov")

    @pytest.mark.parametrize(
        ("query", "name"),
        [
            pytest.param("explore?participant=other", "Sergey Lavrov", id="merged, of events"),
            pytest.param("participants?id=other", "Sergey Lavrov", id="merged, of participants"),
            pytest.param("explore?house=KCNA", "Korean Central News Agency", id="house"),
            pytest.param("explore?publisher=KCNA", "Korean Central News Agency", id="publisher"),
            pytest.param("sources?publisher=KCNA", "Korean Central News Agency", id="of sources"),
        ],
    )
    def test_a_filter_has_the_name_of_what_its_id_means(
        self, client: TestClient, query: str, name: str
    ) -> None:
        assert [shown for _, shown in _chips(client, f"/en/{query}")] == [name]

    @pytest.mark.parametrize(
        ("query", "title"),
        [
            ("participant=other", "Events – Participant: Sergey Lavrov"),
            ("house=KCNA", "Events – House of the sources: Korean Central News Agency"),
        ],
    )
    def test_so_does_the_title_of_an_embed(
        self, client: TestClient, query: str, title: str
    ) -> None:
        page = f"http://testserver/en/explore?{query}"

        assert f"<title>{title} ·" in client.get(f"/embed/en/explore?{query}").text
        assert client.get("/oembed", params={"url": page}).json()["title"] == title


def test_a_year_before_1000_has_four_digits_in_its_link(
    client: TestClient, database: Database
) -> None:
    store(database, *make_cast(), make_event("0999-05-talks", date="0999-05"))

    html = client.get("/en/explore", headers=BROWSER).text

    assert '<a href="/en/explore?date=0999">999</a>' in html
    assert client.get("/en/explore?date=0999", headers=BROWSER).status_code == 200
