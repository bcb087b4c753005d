"""Each format holds the events of the list, for any filters."""

import csv
import json
import re
from collections.abc import Iterator
from datetime import datetime
from io import StringIO
from typing import Any
from urllib.parse import urlencode

import feedparser
import geojson
import icalendar
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from app.documents.entities.event import EventDocument
from app.formats.dates import is_known_to_the_day
from app.formats.events.timelinejs import MAX_SLIDES
from app.formats.uuids import event_uuid
from app.main import create_app
from app.settings import Settings
from app.tables.database import Database
from tests.support.answers import walk_items
from tests.support.builders import make_cast, make_event, make_participant, store
from tests.support.chance import scaled
from tests.support.references import bibtex_entries, read_csl, read_ris
from tests.support.streams import read_raw

EVENT = "2024-11-01-lavrov-choe-strategic-consultations"
MEDIA_TYPES = {
    "csv": "text/csv; charset=utf-8; header=present",
    "ndjson": "application/x-ndjson",
    "geojson": "application/geo+json",
    "ics": "text/calendar; charset=utf-8",
    "ris": "application/x-research-info-systems",
    "bib": "application/x-bibtex",
    "csl.json": "application/vnd.citationstyles.csl+json",
    "atom": "application/atom+xml",
    "rss": "application/rss+xml",
    "jsonfeed": "application/feed+json",
    "timelinejs": "application/json",
    "parquet": "application/vnd.apache.parquet",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
STREAMED = ("csv", "parquet", "xlsx", "ndjson", "geojson", "ics", "ris", "bib", "csl.json")
each_format = pytest.mark.parametrize("name", MEDIA_TYPES)

FILTERS = st.fixed_dictionaries(
    {"date": st.sampled_from(["1948/1960", "1961", "1985/1999", "2018/..", "2024-11", "1900"])},
    optional={
        "certainty": st.sampled_from(["possible", "certain"]),
        "type": st.lists(st.sampled_from(["letter", "visit", "treaty"]), max_size=2, unique=True),
        "country": st.sampled_from(["RU", "KP", "SU", "CN"]),
        "participant": st.sampled_from(["kim-jong-un", "vladimir-putin", "kim-il-sung"]),
        "q": st.sampled_from(["putin", "договор", "-visit"]),
        "sort": st.sampled_from(["date", "-date", "updated", "-updated"]),
    },
)


def _get(client: TestClient, name: str, query: str) -> Any:
    answer = client.get(f"/v1/events.{name}?{query}")
    assert answer.status_code == 200, answer.text
    assert answer.headers["Content-Type"] == MEDIA_TYPES[name]
    return answer


def _ids_of_csv(client: TestClient, query: str) -> list[str]:
    text = _get(client, "csv", query).text
    return [row["id"] for row in csv.DictReader(StringIO(text, newline=""), strict=True)]


def _ids_of_ndjson(client: TestClient, query: str) -> list[str]:
    return [json.loads(line)["id"] for line in _get(client, "ndjson", query).text.split("\n")[:-1]]


def _ids_of_geojson(client: TestClient, query: str) -> list[str]:
    collection = geojson.loads(_get(client, "geojson", query).text)
    assert collection.is_valid
    return [feature["id"] for feature in collection["features"]]


def _uids_of_ics(client: TestClient, query: str) -> list[str]:
    calendar = icalendar.Calendar.from_ical(_get(client, "ics", query).content)
    return [str(entry["UID"]) for entry in calendar.events]


def _ids_of_citations(client: TestClient, query: str) -> list[str]:
    ris = [reference.key for reference in read_ris(_get(client, "ris", query).text)]
    bibtex = [entry.key for entry in bibtex_entries(_get(client, "bib", query).text)]
    csl = [item["id"] for item in read_csl(_get(client, "csl.json", query).text)]
    assert ris == bibtex == csl
    return [key.removeprefix("event-") for key in ris if key.startswith("event-")]


def _uids_of_xml(client: TestClient, name: str, query: str) -> Iterator[str]:
    following: str | None = f"/v1/events.{name}?{query}"
    while following is not None:
        read = feedparser.parse(client.get(following).content)
        assert not read.bozo
        yield from (entry.id.removeprefix("urn:uuid:") for entry in read.entries)
        following = next((link.href for link in read.feed.links if link.rel == "next"), None)


def _uids_of_jsonfeed(client: TestClient, query: str) -> Iterator[str]:
    following: str | None = f"/v1/events.jsonfeed?{query}"
    while following is not None:
        feed = client.get(following).json()
        yield from (item["id"].removeprefix("urn:uuid:") for item in feed["items"])
        following = feed.get("next_url")


class TestEveryFormat:
    @pytest.mark.thorough
    @settings(max_examples=scaled(5), suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(filters=FILTERS)
    def test_holds_the_events_of_the_list(
        self, seeded_client: TestClient, filters: dict[str, Any]
    ) -> None:
        query = urlencode(filters, doseq=True)
        events = walk_items(seeded_client, f"/v1/events?limit=200&{query}")
        ids = [event["id"] for event in events]
        known = [
            event["id"]
            for event in events
            if is_known_to_the_day(EventDocument.model_validate(event))
        ]

        assert _ids_of_csv(seeded_client, query) == ids
        assert _ids_of_ndjson(seeded_client, query) == ids
        assert _ids_of_geojson(seeded_client, query) == ids
        assert _uids_of_ics(seeded_client, query) == [str(event_uuid(id)) for id in known]
        assert _uids_of_ics(seeded_client, f"{query}&imprecise=include") == [
            str(event_uuid(id)) for id in ids
        ]
        assert _ids_of_citations(seeded_client, query) == ids
        filters.pop("sort", None)
        uids = sorted(str(event_uuid(id)) for id in ids)
        for by in ("added", "event"):
            query = f"{urlencode(filters, doseq=True)}&by={by}&limit=150"
            uids_of_atom = [*_uids_of_xml(seeded_client, "atom", query)]
            assert sorted(uids_of_atom) == uids
            assert [*_uids_of_xml(seeded_client, "rss", query)] == uids_of_atom
            assert sorted(_uids_of_jsonfeed(seeded_client, query)) == uids
        slides = seeded_client.get(f"/v1/events.timelinejs?{urlencode(filters, doseq=True)}")
        assert (slides.status_code == 200) is (len(ids) <= MAX_SLIDES)
        if len(ids) <= MAX_SLIDES:
            assert {slide["unique_id"] for slide in slides.json()["events"]} == {*ids}

    @each_format
    def test_refuses_unknown_and_invalid_parameters(
        self, seeded_client: TestClient, name: str
    ) -> None:
        for query in ("limit=-1", "cursor=x", "facets=type", "dates=2024", "date=yesterday"):
            answer = seeded_client.get(f"/v1/events.{name}?{query}")

            assert answer.status_code == 400
            assert answer.headers["Content-Type"] == "application/problem+json"

    @each_format
    def test_gives_304_until_an_event_changes(
        self, database: Database, client: TestClient, name: str
    ) -> None:
        store(database, *make_cast(), make_event())
        url = f"/v1/events.{name}"
        first = client.get(url, headers={"Accept-Encoding": "identity"})
        known = {"If-None-Match": first.headers["ETag"], "Accept-Encoding": "identity"}

        again = client.get(url, headers=known)
        store(database, make_event("2024-11-02-talks"))
        changed = client.get(url, headers=known)

        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["ETag"] == first.headers["ETag"]
        assert "Content-Type" not in again.headers
        assert changed.status_code == 200
        assert changed.headers["ETag"] != first.headers["ETag"]

    @pytest.mark.thorough
    @each_format
    @pytest.mark.parametrize("coding", ["identity", "gzip", "zstd"])
    def test_head_has_the_headers_of_get(
        self, seeded_client: TestClient, name: str, coding: str
    ) -> None:
        url, headers = f"/v1/events.{name}?date=2024-11", {"Accept-Encoding": coding}

        get, head = (seeded_client.request(m, url, headers=headers) for m in ("GET", "HEAD"))

        assert (head.status_code, head.content) == (200, b"")
        varying = {"x-request-id", "content-length"}
        assert {k: v for k, v in head.headers.items() if k not in varying} == {
            k: v for k, v in get.headers.items() if k not in varying
        }


@pytest.mark.thorough
@pytest.mark.parametrize("name", STREAMED)
@pytest.mark.parametrize(
    "other", ["lang=fr", "date=2024", "sort=date"], ids=["language", "filter", "order"]
)
def test_different_answers_have_different_etags(
    seeded_client: TestClient, name: str, other: str
) -> None:
    if name == "ndjson" and other == "lang=fr":
        other = "sort=updated"
    url = f"/v1/events.{name}?participant=choe-son-hui"

    one, two = seeded_client.head(url), seeded_client.head(f"{url}&{other}")

    assert one.status_code == two.status_code == 200
    assert one.headers["ETag"] != two.headers["ETag"]


@pytest.mark.thorough
def test_a_negotiated_language_is_part_of_the_tag(seeded_client: TestClient) -> None:
    tags = {
        seeded_client.head("/v1/events.ics", headers={"Accept-Language": language}).headers["ETag"]
        for language in ("en", "de", "fr", "ru", "ko")
    }

    assert len(tags) == 4


def test_the_site_of_the_pages_is_part_of_the_tag(seeded_sqlite: Database) -> None:
    url = seeded_sqlite.url.render_as_string(hide_password=False)
    tags = set()
    for page in ("", "https://example.org/{id}", "https://example.org/{language}/{id}"):
        with TestClient(create_app(Settings(database_url=url, event_page=page))) as client:
            tags.add(client.head("/v1/events.ics").headers["ETag"])

    assert len(tags) == 3


class TestCsv:
    def test_is_an_attachment_with_a_file_name(self, seeded_client: TestClient) -> None:
        answer = _get(seeded_client, "csv", f"id={EVENT}")

        assert answer.headers["Content-Disposition"] == 'attachment; filename="events.csv"'
        assert answer.content.startswith(b"id,type,")

    def test_bom_adds_a_byte_order_mark(self, seeded_client: TestClient) -> None:
        assert _get(seeded_client, "csv", f"id={EVENT}&bom=true").content.startswith(
            b"\xef\xbb\xbf"
        )

    @pytest.mark.parametrize("value", ["1", "yes", "True"])
    def test_bom_is_true_or_false(self, seeded_client: TestClient, value: str) -> None:
        answer = seeded_client.get(f"/v1/events.csv?bom={value}")

        assert answer.status_code == 400
        assert "expected true or false" in answer.json()["detail"]


class TestNdjson:
    def test_a_line_is_the_document(self, seeded_client: TestClient) -> None:
        document = seeded_client.get(f"/v1/events/{EVENT}").text

        assert _get(seeded_client, "ndjson", f"id={EVENT}").text == f"{document}\n"


class TestNames:
    """A reader who subscribes to two lists can tell them apart."""

    @pytest.mark.parametrize(
        ("query", "name"),
        [
            pytest.param("", "Russia–DPRK Timeline", id="everything"),
            pytest.param(
                "&participant=choe-son-hui&type=visit",
                "Russia–DPRK Timeline – Participant: Choe Son Hui, Type: Visit",
                id="filters",
            ),
            pytest.param(
                "&q=a%01b%0A%3Cx%3E%EF%BF%BE%C2%85;,%5C",
                "Russia–DPRK Timeline – Words: a b <x> ;,\\",
                id="any characters",
            ),
        ],
    )
    @pytest.mark.parametrize("format", ["atom", "rss", "jsonfeed", "ics"])
    def test_say_the_filters(
        self, seeded_client: TestClient, format: str, query: str, name: str
    ) -> None:
        answer = _get(seeded_client, format, f"lang=en{query}")

        if format == "jsonfeed":
            assert answer.json()["title"] == name
        elif format == "ics":
            calendar = icalendar.Calendar.from_ical(answer.text)
            # The reader leaves the escapes of a text without a type.
            assert re.sub(r"\\(.)", r"\1", str(calendar["X-WR-CALNAME"])) == name
        else:
            assert feedparser.parse(answer.content).feed.title == name


class TestFeeds:
    def test_lists_the_last_added_or_the_last_dated_event_first(
        self, database: Database, client: TestClient
    ) -> None:
        store(database, *make_cast(), make_event("2024-11-02-talks"))
        store(database, make_event("1999-01-01-talks"))

        added, event = (
            [*_uids_of_jsonfeed(client, f"by={by}&limit=1")] for by in ("added", "event")
        )

        order = [str(event_uuid(id)) for id in ("1999-01-01-talks", "2024-11-02-talks")]
        assert added == order
        assert event == order[::-1]

    def test_direct_counts_edits_of_the_event_alone_as_updates(
        self, database: Database, client: TestClient
    ) -> None:
        store(database, *make_cast(), make_event())
        url = "/v1/events.jsonfeed?direct="
        created, _ = (client.get(url + each).json()["items"][0] for each in ("true", "false"))
        store(database, make_participant(names={"en": "S. Lavrov"}))

        direct, indirect = (client.get(url + each).json()["items"][0] for each in ("true", "false"))

        assert direct["date_modified"] == created["date_modified"] < indirect["date_modified"]
        atom = feedparser.parse(_get(client, "atom", "direct=true").content)
        updated, modified = (atom.entries[0].updated, direct["date_modified"])
        assert datetime.fromisoformat(updated) == datetime.fromisoformat(modified)

    @pytest.mark.parametrize(
        ("query", "subtitle"),
        [("", "The events added last"), ("by=event", "Events by their date, the newest first")],
    )
    def test_the_subtitle_names_the_order(
        self, seeded_client: TestClient, query: str, subtitle: str
    ) -> None:
        read = feedparser.parse(_get(seeded_client, "atom", query).content)

        assert read.feed.subtitle == subtitle
        assert _get(seeded_client, "jsonfeed", query).json()["description"] == subtitle

    @pytest.mark.parametrize("language", ["en", "ru"])
    def test_rss_holds_the_pages_of_atom(self, seeded_client: TestClient, language: str) -> None:
        query = f"type=letter&date=2024/..&limit=4&by=event&lang={language}"

        atom, rss = (
            feedparser.parse(_get(seeded_client, name, query).content) for name in ("atom", "rss")
        )

        assert (rss.version, len(rss.entries), rss.feed.language) == ("rss20", 4, language)
        keys = ("id", "title", "link", "published_parsed", "updated")
        for old, new in zip(atom.entries, rss.entries, strict=True):
            assert [new[key] for key in keys] == [old[key] for key in keys]
            assert new.description == old.content[0].value
        assert [*_uids_of_xml(seeded_client, "rss", query)] == [
            *_uids_of_xml(seeded_client, "atom", query)
        ]

    def test_the_link_header_has_the_next_page(self, seeded_client: TestClient) -> None:
        answer = _get(seeded_client, "jsonfeed", "limit=3&type=letter")

        assert answer.headers["Link"] == f'<{answer.json()["next_url"]}>; rel="next"'
        assert len(answer.json()["items"]) == 3

    def test_all_pages_of_a_feed_have_the_same_id(self, seeded_client: TestClient) -> None:
        first = feedparser.parse(_get(seeded_client, "atom", "limit=2").content)
        (following,) = [link.href for link in first.feed.links if link.rel == "next"]

        second = feedparser.parse(seeded_client.get(following).content)

        assert second.feed.id == first.feed.id
        other = feedparser.parse(_get(seeded_client, "atom", "type=visit").content)
        assert other.feed.id != first.feed.id

    @pytest.mark.parametrize("name", ["atom", "rss", "jsonfeed"])
    def test_its_address_is_valid_for_a_query_that_is_not_encoded(
        self, seeded_client: TestClient, name: str
    ) -> None:
        url = f'/v1/events.{name}?limit=1&q=%22a%22-"<b>{{c}}|^`\\'

        status, _, body = read_raw(seeded_client, url)

        encoded = "limit=1&q=%22a%22-%22%3Cb%3E%7Bc%7D%7C%5E%60%5C"
        shown = encoded if name == "jsonfeed" else encoded.replace("&", "&amp;")
        assert status == 200
        assert f'"http://testserver/v1/events.{name}?{shown}"' in body.decode()

    def test_a_cursor_of_another_order_is_refused(self, seeded_client: TestClient) -> None:
        following = _get(seeded_client, "jsonfeed", "by=event&limit=1").json()["next_url"]

        answer = seeded_client.get(following.replace("by=event", "by=added"))

        assert answer.json()["type"] == "/problems/invalid-cursor"


class TestTimelineJs:
    def test_more_than_300_slides_are_refused(self, seeded_client: TestClient) -> None:
        total = seeded_client.get("/v1/events?limit=1&total=exact").json()["page"]["total"]

        answer = seeded_client.get("/v1/events.timelinejs")

        assert answer.status_code == 400
        assert answer.json()["type"] == "/problems/too-many-results"
        assert answer.json()["detail"] == (
            f"{total} events match, and this format holds at most 300: "
            "narrow the filters, for example by date, type or participant"
        )


@pytest.mark.parametrize("name", [*STREAMED, "timelinejs"])
def test_links_to_the_list_of_the_same_events(seeded_client: TestClient, name: str) -> None:
    answer = _get(seeded_client, name, "date=2024-11&type=meeting&sort=date")

    link = answer.links["alternate"]["url"]
    assert link == "http://testserver/v1/events?date=2024-11&type=meeting&sort=date"
    assert seeded_client.get(link).json()["items"]
