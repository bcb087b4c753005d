"""Citations: of all seeds as other programs read them, of one event, and of a query in one state."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
from starlette.testclient import TestClient

from app.domain.dates import parse_edtf
from app.tables.database import Database
from app.writing.releases import create_release
from tests.support.answers import walk_items
from tests.support.builders import make_cast, make_event, make_publisher, make_source, store
from tests.support.references import (
    bibtex_entries,
    decode_entry,
    read_bibtex,
    read_csl,
    read_ris,
)

EVENT = "2024-11-01-lavrov-choe-strategic-consultations"
EXTENSIONS = ("ris", "bib", "csl.json")
MEDIA_TYPES = {
    "ris": "application/x-research-info-systems",
    "bib": "application/x-bibtex",
    "csl.json": "application/vnd.citationstyles.csl+json",
}
NEWS = {"agency", "newspaper"}
each_format = pytest.mark.parametrize("extension", EXTENSIONS)


def _expected_date(edtf: str | None) -> Any:
    """The date in CSL of a date that is a day, a month or a year, as all of the seeds' sources have."""
    return edtf and {"date-parts": [[int(part) for part in edtf.split("-")]]}


@pytest.fixture(scope="module")
def events(seeded_client: TestClient) -> list[dict[str, Any]]:
    """All events of the seeds."""
    return [*walk_items(seeded_client, "/v1/events?limit=200")]


@pytest.fixture(scope="module")
def sources(events: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """All sources that events of the seeds cite, by the key of their references."""
    return {f"source-{each['id']}": each for event in events for each in event["sources"]}


@pytest.fixture(scope="module")
def kinds(seeded_client: TestClient) -> dict[str, str]:
    """The kind of each publisher of the seeds."""
    publishers = walk_items(seeded_client, "/v1/publishers?limit=200")
    return {publisher["id"]: publisher["kind"] for publisher in publishers}


class TestAllSeeds:
    """Every event and every cited source appears once, with its type, date, names and URL."""

    def test_rispy_reads_them(
        self,
        seeded_client: TestClient,
        events: list[dict[str, Any]],
        sources: dict[str, dict[str, Any]],
        kinds: dict[str, str],
    ) -> None:
        read = read_ris(seeded_client.get("/v1/events.ris?lang=en").text)

        assert len(read) == len(events) + len(sources)
        cited = {reference.key: reference for reference in read}
        for event in events:
            entry = cited[f"event-{event['id']}"]
            assert (entry.type, entry.title) == ("ELEC", event["title"]["en"])
            assert entry.date == event["updated_at"][:10].replace("-", "/") + "/"
        for key, source in sources.items():
            year, month, day = (*(source["published"] or "").split("-"), "", "")[:3]
            assert cited[key].date == (f"{year}/{month}/{day}/" if year else None)
            assert cited[key].names == [part["name"]["en"] for part in [source["agency"]] if part]
            assert cited[key].urls == [url.replace(";", "%3B") for url in [source["url"]] if url]
            assert (cited[key].type == "NEWS") is (_kind(source, kinds) in NEWS)

    @pytest.mark.thorough
    def test_bibtexparser_reads_them(
        self,
        seeded_client: TestClient,
        events: list[dict[str, Any]],
        sources: dict[str, dict[str, Any]],
        kinds: dict[str, str],
    ) -> None:
        text = seeded_client.get("/v1/events.bib?lang=en").text
        entries = bibtex_entries(text)
        cited = {entry.key: decode_entry(entry) for entry in entries}
        fields = {entry.key: entry.fields_dict for entry in entries}

        assert len(cited) == len(events) + len(sources)
        for event in events:
            key = f"event-{event['id']}"
            assert (cited[key].type, cited[key].title) == ("online", event["title"]["en"])
            assert cited[key].date == event["updated_at"][:10]
            _check_event_date(event["date"], str(fields[key]["eventdate"].value))
        for key, source in sources.items():
            assert cited[key].date == source["published"]
            assert cited[key].names == [part["name"]["en"] for part in [source["agency"]] if part]
            assert cited[key].urls == [url for url in [source["url"]] if url]
            assert (cited[key].type == "article") is (_kind(source, kinds) in NEWS)

    def test_csl_json_is_valid(
        self,
        seeded_client: TestClient,
        events: list[dict[str, Any]],
        sources: dict[str, dict[str, Any]],
    ) -> None:
        items = read_csl(seeded_client.get("/v1/events.csl.json?lang=en").text)
        cited = {item["id"]: item for item in items}

        assert len(cited) == len(items) == len(events) + len(sources)
        for event in events:
            issued = cited[f"event-{event['id']}"]["issued"]
            assert issued == _expected_date(event["updated_at"][:10])
        for key, source in sources.items():
            assert cited[key].get("issued") == _expected_date(source["published"])
            assert cited[key].get("URL") == source["url"]
            assert "accessed" not in cited[key]


def _kind(source: dict[str, Any], kinds: dict[str, str]) -> str | None:
    publisher = source["publisher"] or source["agency"]
    return kinds[publisher["id"]] if publisher else None


def _check_event_date(known: str, cited: str) -> None:
    """Fail if the cited date is finer than the known one, or excludes one of its days."""
    bounds, shown = parse_edtf(known), parse_edtf(cited)
    assert shown.start_earliest <= bounds.start_earliest
    assert bounds.end_latest <= shown.end_latest
    assert (shown.approximate, shown.uncertain) == (bounds.approximate, bounds.uncertain)


class TestOneEvent:
    @each_format
    def test_is_a_file(self, seeded_client: TestClient, extension: str) -> None:
        answer = seeded_client.get(f"/v1/events/{EVENT}.{extension}?lang=fr")

        assert answer.headers["Content-Type"] == MEDIA_TYPES[extension]
        assert answer.headers["Content-Language"] == "fr"
        name = f'attachment; filename="{EVENT}.{extension}"'
        assert answer.headers["Content-Disposition"] == name

    @each_format
    @pytest.mark.parametrize("language", ["en", "fr", "ru", "ko"])
    def test_is_the_same_as_in_a_list(
        self, seeded_client: TestClient, extension: str, language: str
    ) -> None:
        one = seeded_client.get(f"/v1/events/{EVENT}.{extension}?lang={language}")
        listed = seeded_client.get(f"/v1/events.{extension}?id={EVENT}&lang={language}")

        assert one.text == listed.text

    @each_format
    def test_has_a_tag_and_answers_head_and_304(
        self, seeded_client: TestClient, extension: str
    ) -> None:
        url = f"/v1/events/{EVENT}.{extension}"
        plain = {"Accept-Encoding": "identity"}
        get, head = (seeded_client.request(m, url, headers=plain) for m in ("GET", "HEAD"))
        tag = get.headers["ETag"]

        known = seeded_client.get(url, headers={"If-None-Match": tag, **plain})

        assert (head.headers["ETag"], head.content) == (tag, b"")
        assert (known.status_code, known.content) == (304, b"")

    @each_format
    def test_is_compressed(self, seeded_client: TestClient, extension: str) -> None:
        url = f"/v1/events/{EVENT}.{extension}"
        answer = seeded_client.get(url, headers={"Accept-Encoding": "gzip"})

        assert answer.headers["Content-Encoding"] == "gzip"

    @each_format
    def test_an_unknown_or_withdrawn_event_is_a_problem(
        self, seeded_client: TestClient, extension: str
    ) -> None:
        answer = seeded_client.get(f"/v1/events/2024-01-01-nothing.{extension}")

        assert answer.status_code == 404
        assert answer.json()["type"] == "/problems/not-found"

    def test_its_url_is_the_revision(self, client: TestClient, database: Database) -> None:
        store(database, *make_cast(), make_event())
        ((page, url),) = _entry_urls(client, "/v1/events/2024-11-01-talks.csl.json?lang=ru")
        cited = client.get(url).json()

        store(database, make_event(title={"en": "Other talks"}))

        assert page == "http://testserver/ru/events/2024-11-01-talks/revisions/1"
        assert "Talks" in client.get(page).text
        assert url == "http://testserver/v1/events/2024-11-01-talks/revisions/1"
        assert client.get(url).json() == cited
        assert cited["title"] == {"en": "Talks"}

    def test_its_url_keeps_the_state_that_was_asked_for(
        self, client: TestClient, database: Database
    ) -> None:
        store(database, *make_cast(), make_event())
        state = client.get("/v1/changes").json()["items"][-1]["seq"]
        store(database, make_event(title={"en": "Other talks"}))

        for path in ("events/2024-11-01-talks.csl.json", "events.csl.json"):
            ((page, url),) = _entry_urls(client, f"/v1/{path}?as_of={state}&lang=en")

            assert page == f"http://testserver/en/events/2024-11-01-talks?as_of={state}"
            assert client.get(page).status_code == 200
            assert url == f"http://testserver/v1/events/2024-11-01-talks?as_of={state}"
            assert client.get(url).json()["title"] == {"en": "Talks"}

    def test_a_change_of_its_publisher_changes_the_type(
        self, client: TestClient, database: Database
    ) -> None:
        source = make_source(publisher="tass")
        store(database, make_publisher(), *make_cast()[:2], source, make_event())
        url, tags = "/v1/events.csl.json", []

        for kind, expected in (("agency", "article-newspaper"), ("archive", "document")):
            store(database, make_publisher(kind=kind))
            answer = client.get(url)
            tags.append(answer.headers["ETag"])
            assert answer.json()[1]["type"] == expected
        assert tags[0] != tags[1]


def _entry_urls(client: TestClient, path: str) -> Iterator[tuple[str, str]]:
    """Yield the URL of each event's page, and the address in the API."""
    for item in client.get(path).json():
        if item["id"].startswith("event-"):
            yield item["URL"], _api_address(item)


def _api_address(item: dict[str, Any]) -> str:
    """Return the address at the end of the note."""
    return str(item["note"].rpartition(": ")[2])


class TestQuery:
    def _cite(self, client: TestClient, query: str = "") -> dict[str, Any]:
        (item,) = read_csl(client.get(f"/v1/dataset.csl.json?{query}").text)
        return item

    def test_names_state_digest_and_number(self, client: TestClient, database: Database) -> None:
        store(database, *make_cast(), make_event())
        change = client.get("/v1/changes").json()["items"][-1]

        item = self._cite(client, "type=meeting&lang=en")

        assert item == {
            "id": item["id"],
            "type": "dataset",
            "title": "Russia–DPRK Timeline [type=meeting]",
            "publisher": "Russia–DPRK Timeline",
            "issued": _expected_date(change["at"][:10]),
            "version": str(change["seq"]),
            "language": "en",
            "URL": f"http://testserver/en/explore?type=meeting&as_of={change['seq']}",
            "note": f"Number of events: 1. Change: {change['seq']} ({change['at']}). "
            f"SHA-256 of the change log: {change['digest']}. "
            f"Address in the API: http://testserver/v1/events?type=meeting&as_of={change['seq']}",
        }

    @pytest.mark.parametrize(
        "query",
        [
            {"type": "meeting", "date": ["2024", "1948"], "sort": "date"},
            {"q": '"talks" -최선희', "certainty": "possible"},
            {"participant": "choe-son-hui", "date": "2024-11-02"},
            {"date": "1900"},
        ],
        ids=["repeated", "words", "ids", "nothing matches"],
    )
    def test_its_url_answers_with_the_events(
        self, client: TestClient, database: Database, query: dict[str, Any]
    ) -> None:
        events = (make_event(f"{day}-talks") for day in ("1948-10-12", "2024-11-01", "2024-11-02"))
        store(database, *make_cast(), *events)
        asked = urlencode(query, doseq=True)
        before = client.get(f"/v1/events?{asked}").json()["items"]

        item = self._cite(client, f"{asked}&lang=en")
        store(database, make_event("2024-11-03-talks"), make_event("1948-11-02-talks"))

        assert item["note"].startswith(f"Number of events: {len(before)}. ")
        assert client.get(_api_address(item)).json()["items"] == before
        shown = client.get(item["URL"]).text
        assert [event["id"] for event in before] == re.findall(
            r'<a href="/en/events/([^?"]*)\?as_of=', shown
        )

    @each_format
    def test_is_the_same_in_every_format(self, seeded_client: TestClient, extension: str) -> None:
        answer = seeded_client.get(f"/v1/dataset.{extension}?type=visit&lang=ko")

        assert answer.headers["Content-Type"] == MEDIA_TYPES[extension]
        assert (
            answer.headers["Content-Disposition"] == f'attachment; filename="dataset.{extension}"'
        )
        item = self._cite(seeded_client, "type=visit&lang=ko")
        reading = {"ris": read_ris, "bib": read_bibtex}.get(extension)
        if reading is not None:
            (read,) = reading(answer.text)
            assert (read.key, read.title, read.urls) == (item["id"], item["title"], [item["URL"]])

    def test_the_whole_dataset_is_its_file(self, client: TestClient, database: Database) -> None:
        store(database, *make_cast(), make_event())

        item = self._cite(client, "lang=fr")

        assert item["title"] == "Chronologie Russie–RPDC"
        assert item["URL"] == f"http://testserver/fr/explore?as_of={item['version']}"
        file = _api_address(item)
        assert file == f"http://testserver/v1/dataset.sqlite?as_of={item['version']}"
        assert client.head(file).status_code == 200

    def test_a_past_state_gives_the_same_citation_later(
        self, client: TestClient, database: Database
    ) -> None:
        store(database, *make_cast(), make_event())
        before = self._cite(client, "type=meeting")
        instant = before["note"].partition("(")[2].partition(")")[0]

        store(database, make_event("2024-11-02-talks"))

        for state in (before["version"], instant):
            assert self._cite(client, f"type=meeting&as_of={state}") == before
        assert self._cite(client, "type=meeting") != before

    def test_a_release_stays_in_the_url(self, client: TestClient, database: Database) -> None:
        store(database, *make_cast(), make_event())
        with database.write() as connection:
            create_release(connection, "2026-11", None)

        item = self._cite(client, "type=meeting&release=2026-11")

        assert item["version"] == "2026-11"
        assert _api_address(item) == "http://testserver/v1/events?type=meeting&release=2026-11"
        assert item["URL"] == "http://testserver/en/explore?type=meeting&release=2026-11"

    def test_a_state_within_a_write_is_refused(
        self, client: TestClient, database: Database
    ) -> None:
        store(database, *make_cast(), make_event())

        answer = client.get("/v1/dataset.ris?as_of=2")

        assert answer.status_code == 400
        assert answer.json()["detail"].endswith("one write made the changes 1 to 4: choose 4")

    def test_an_empty_timeline_has_no_state(self, client: TestClient) -> None:
        item = self._cite(client)

        assert "issued" not in item
        assert "version" not in item
        assert item["note"] == (
            "Number of events: 0. Address in the API: http://testserver/v1/dataset.sqlite"
        )
        assert item["URL"] == "http://testserver/en/explore"

    def test_an_unknown_id_is_a_problem_and_nothing_found_is_not(
        self, seeded_client: TestClient
    ) -> None:
        unknown = seeded_client.get("/v1/dataset.ris?participant=nobody")

        assert unknown.status_code == 404
        assert seeded_client.get("/v1/dataset.ris?date=1900").status_code == 200

    def test_two_queries_have_two_keys(self, seeded_client: TestClient) -> None:
        keys = {self._cite(seeded_client, query)["id"] for query in ("", "type=visit", "date=2024")}

        assert len(keys) == 3
