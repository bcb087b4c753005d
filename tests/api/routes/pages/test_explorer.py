"""The data of the explorer, which a browser filters; `tests/browser` runs the explorer itself."""

import gzip
import json
import re
from datetime import date, timedelta
from typing import Any

import pytest
import zstandard
from starlette.testclient import TestClient

from app.domain.languages import Language
from app.domain.vocabulary import EntityKind
from app.formats.pages.assets import ASSETS
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
from tests.support.pages import ReadPage

TALKS = "2024-11-01-lavrov-choe-strategic-consultations"


def _index(client: TestClient, path: str = "/en/explore.json") -> dict[str, Any]:
    answer = client.get(path)
    assert answer.status_code == 200, answer.text[:500]
    found: dict[str, Any] = answer.json()
    return found


def _page_data(client: TestClient, path: str) -> dict[str, Any]:
    page = client.get(path, headers={"Accept": "text/html"})
    text = re.search(r'id="explorer-data">(.*?)</script>', page.text, re.DOTALL)
    assert text, path
    found: dict[str, Any] = json.loads(text[1])
    return found


class TestIndex:
    def test_has_each_event_as_its_document_has_it(self, seeded_client: TestClient) -> None:
        index = _index(seeded_client)
        events = index["events"]
        document = seeded_client.get(f"/v1/events/{TALKS}").json()
        at = events["id"].index(TALKS.removeprefix("2024-11-01"))

        assert {len(column) for column in events.values()} == {len(events["id"])}
        assert events["title"][at] == document["title"]["en"]
        assert index["words"]["type"][events["type"][at]][0] == document["type"]
        assert _days(events, at) == [
            document["date_bounds"][side][end]
            for side in ("start", "end")
            for end in ("earliest", "latest")
        ]
        assert [index["places"][n][0] for n in events["places"][at]] == [document["place"]["id"]]
        assert {index["tags"][n][0] for n in events["tags"][at]} == {*document["tags"]}
        people = [index["parts"][4 * n : 4 * n + 4] for n in events["people"][at]]
        assert [
            (
                index["participants"][who][0],
                index["words"]["role"][role][0],
                index["countries"][side][0],
                index["offices"][office - 1][0] if office else None,
            )
            for who, role, side, office in people
        ] == [
            (part["id"], part["role"], part["side"], part["office"] and part["office"]["id"])
            for part in document["participants"]
        ]

    def test_has_the_events_in_the_order_of_the_list(self, seeded_client: TestClient) -> None:
        listed = seeded_client.get("/v1/events?limit=200&fields=date").json()["items"]

        assert _ids(_index(seeded_client))[:200] == [each["id"] for each in listed]

    @pytest.mark.thorough
    @pytest.mark.parametrize("language", Language)
    def test_leaves_out_only_ids_and_dates_that_follow_from_the_days(
        self, seeded_client: TestClient, language: Language
    ) -> None:
        exported = seeded_client.get("/v1/events.ndjson?sort=-date").text.splitlines()
        documents = [*map(json.loads, exported)]

        index = _index(seeded_client, f"/{language}/explore.json")

        assert _ids(index) == [each["id"] for each in documents]
        assert _dates(index) == [each["date_text"][language] for each in documents]
        assert index["events"]["when"].count("") > 0.7 * len(documents)

    def test_marks_titles_in_another_language(self, seeded_client: TestClient) -> None:
        index = _index(seeded_client, "/ru/explore.json")

        languages = {*index["events"]["language"]}
        assert languages <= {"", "en"}
        assert index["words"]["type"][0][1] == "Встреча"

    def test_is_cached_and_tagged(self, seeded_client: TestClient) -> None:
        answer = seeded_client.get("/fr/explore.json")
        again = seeded_client.get(
            "/fr/explore.json", headers={"If-None-Match": answer.headers["etag"]}
        )

        assert "max-age" in answer.headers["cache-control"]
        assert again.status_code == 304

    def test_is_of_the_state_of_the_page(self, client: TestClient, database: Database) -> None:
        store(database, *make_cast(), make_event(title={"en": "The first title"}))
        seq = client.get("/v1/changes").json()["page"]["last"]
        store(database, make_event(title={"en": "The second title"}))

        data = _page_data(client, f"/en/explore?as_of={seq}")

        assert data["index"] == f"/en/explore.json?as_of={seq}"
        assert _index(client, data["index"])["events"]["title"] == ["The first title"]
        assert _index(client)["events"]["title"] == ["The second title"]

    def test_of_no_event_is_empty(self, client: TestClient) -> None:
        index = _index(client)

        assert index["events"]["id"] == index["participants"] == index["thin"] == []


class TestCompression:
    @pytest.mark.parametrize("coding", ["gzip", "br", "zstd"])
    @pytest.mark.parametrize("file", ["/en/explore.json", "explorer.js", "timeline.css"])
    def test_is_better_than_the_middleware_has_time_for(
        self, seeded_client: TestClient, file: str, coding: str
    ) -> None:
        url = file if file.startswith("/") else f"/assets/{ASSETS[file].name}"
        plain = seeded_client.get(url, headers={"Accept-Encoding": "identity"})

        answer = seeded_client.get(url, headers={"Accept-Encoding": coding})

        assert answer.headers["content-encoding"] == coding
        assert "Accept-Encoding" in answer.headers["vary"]
        # The client unpacks the others.
        body = answer.content if coding != "zstd" else zstandard.decompress(answer.content)
        assert body == plain.content
        assert int(answer.headers["content-length"]) < len(gzip.compress(plain.content, 6)) * 1.02
        tag = f'{plain.headers["etag"][:-1]}-{coding}"'
        assert answer.headers["etag"] == tag
        known = {"Accept-Encoding": coding, "If-None-Match": tag}
        again = seeded_client.get(url, headers=known)
        assert (again.status_code, again.headers["etag"], again.content) == (304, tag, b"")
        assert "Accept-Encoding" in again.headers["vary"]
        head = seeded_client.head(url, headers={"Accept-Encoding": coding})
        assert head.headers["content-length"] == answer.headers["content-length"]

    def test_leaves_a_small_file_alone(self, seeded_client: TestClient) -> None:
        answer = seeded_client.get(f"/assets/{ASSETS['icon.svg'].name}")

        assert "content-encoding" not in answer.headers


class TestMatches:
    @pytest.mark.parametrize(
        "query",
        ["q=nuclear", "q=Choi+Sun+Hee", "q=lavrov&sort=relevance", "month_day=08-15&sort=date"],
    )
    def test_are_the_events_of_the_api(self, seeded_client: TestClient, query: str) -> None:
        found = seeded_client.get(f"/en/explore/matches.json?{query}").json()["ids"]
        listed = seeded_client.get(f"/v1/events?{query}&limit=200&fields=date&total=exact").json()

        assert found[:200] == [each["id"] for each in listed["items"]]
        assert len(found) == listed["page"]["total"] > 0

    def test_are_none_of_an_unknown_id(self, seeded_client: TestClient) -> None:
        answer = seeded_client.get("/en/explore/matches.json?publisher=nobody")

        assert answer.status_code == 200
        assert answer.json() == {"ids": []}

    def test_refuse_what_the_api_refuses(self, seeded_client: TestClient) -> None:
        answer = seeded_client.get("/en/explore/matches.json?date=2024-13")

        assert answer.status_code == 400
        assert "month 13" in answer.json()["detail"]


class TestPage:
    def test_may_run_its_script_and_no_other(self, seeded_client: TestClient) -> None:
        answer = seeded_client.get("/en/explore", headers={"Accept": "text/html"})
        page = ReadPage(answer.text)

        policy = answer.headers["content-security-policy"]
        assert policy.startswith("default-src 'none';")
        assert "script-src 'self'; connect-src 'self'" in policy
        (source,) = [each["src"] for each in page.find("script") if "src" in each]
        script = seeded_client.get(source)
        assert script.headers["content-type"].startswith("text/javascript")
        assert "immutable" in script.headers["cache-control"]

    def test_names_the_filters_and_the_unknown_values(self, seeded_client: TestClient) -> None:
        data = _page_data(
            seeded_client, "/fr/explore?rank=foreign_minister&participant=nobody&q=Qxyz"
        )

        assert ["rank", "foreign_minister", "Ministre des Affaires étrangères"] in data["named"]
        assert data["unknown"] == ["nobody"]
        assert data["unknownWords"] == ["Qxyz"]
        assert data["total"] == 0

    def test_says_which_ids_are_meant(self, client: TestClient, database: Database) -> None:
        store(database, *make_cast(), make_event(), make_participant("other"))
        end(database, EntityKind.PARTICIPANT, "other", into="sergey-lavrov")

        data = _page_data(client, "/en/explore?participant=other&company=choe-son-hui&house=TASS")

        assert sorted(data["meant"]) == [
            ["house", "TASS", "tass"],
            ["participant", "other", "sergey-lavrov"],
        ]
        # Without a script the filter has the name of the survivor.
        html = client.get("/en/explore?participant=other").text
        assert ">1 of 1 events<" in html
        assert "<strong>Sergey Lavrov</strong>" in html
        assert "<strong>other</strong>" not in html

    @pytest.mark.parametrize(
        ("query", "name"),
        [
            pytest.param("participant=other", "Sergey Lavrov", id="the id of a merged entity"),
            pytest.param("house=TASS", "TASS", id="an id in capitals"),
        ],
    )
    def test_a_facet_shows_the_value_that_an_id_means_as_chosen(
        self, client: TestClient, database: Database, query: str, name: str
    ) -> None:
        store(
            database,
            *make_cast(),
            make_participant("other"),
            make_publisher(),
            make_source("tass-2", publisher="tass"),
            make_event(sources=["tass-2"]),
        )
        end(database, EntityKind.PARTICIPANT, "other", into="sergey-lavrov")

        html = client.get(f"/en/explore?{query}").text

        assert f'<a href="/en/explore" aria-current="true">{name}</a>' in html

    def test_of_too_many_events_has_no_explorer(
        self, seeded_client: TestClient, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("app.api.routes.pages.explore.MOST_EVENTS", 1000)

        answer = seeded_client.get("/en/explore?top=true", headers={"Accept": "text/html"})

        assert "<script" not in answer.text
        assert "script-src" not in answer.headers["content-security-policy"]


def _ids(index: dict[str, Any]) -> list[str]:
    """Return the ids of the events, as the explorer completes them."""
    ids = index["events"]["id"]
    return [
        f"{_days(index['events'], at)[0]}{slug}" if slug.startswith("-") else slug
        for at, slug in enumerate(ids)
    ]


def _dates(index: dict[str, Any]) -> list[str]:
    """Return the dates of the events in words, as the explorer completes them."""
    found = []
    for at, words in enumerate(index["events"]["when"]):
        first, *_, last = _days(index["events"], at)
        found.append(words or _words(index["dates"], first, last))
    return found


def _words(patterns: dict[str, Any], first: str | None, last: str | None) -> str:
    assert first and last
    year, month, day = map(int, first.split("-"))
    by_month = patterns["day" if first == last else "month"]
    pattern = by_month[month - 1] if first[:7] == last[:7] else patterns["year"]
    return str(pattern).replace("{y}", str(year)).replace("{d}", str(day))


def _days(events: dict[str, Any], at: int) -> list[str | None]:
    first = events["from"][at]
    later = [events[name][at] for name in ("started", "ends", "until")]
    numbers = [first, *(None if day is None else day + (first or 0) for day in later)]
    return [None if n is None else str(date(1970, 1, 1) + timedelta(n)) for n in numbers]
