"""Programs read the head of pages: search engines, reference managers, browsers, feed readers."""

import json
import re
import xml.etree.ElementTree as ET

import pytest
from starlette.testclient import TestClient

from app.domain.languages import Language
from app.formats.pages import search_engines
from app.main import create_app
from app.settings import Settings
from app.tables.database import Database
from tests.support.answers import JsonObject
from tests.support.builders import make_cast, make_event, make_source, store
from tests.support.pages import ReadPage

BROWSER = {"Accept": "text/html,*/*;q=0.8"}
TALKS = "2024-11-01-lavrov-choe-strategic-consultations"
_SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
_OPENSEARCH = "{http://a9.com/-/spec/opensearch/1.1/}"


def _read(client: TestClient, url: str) -> ReadPage:
    answer = client.get(url, headers=BROWSER)
    assert answer.status_code == 200, answer.text[:300]
    return ReadPage(answer.text)


def _json_ld(client: TestClient, url: str) -> JsonObject:
    text = client.get(url, headers=BROWSER).text
    (found,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text)
    value: JsonObject = json.loads(found)
    return value


def _metas(page: ReadPage, prefix: str) -> dict[str, str]:
    names = {
        each.get("name") or each.get("property") or "": each.get("content", "")
        for each in page.find("meta")
    }
    return {name: content for name, content in names.items() if name.startswith(prefix)}


class TestHead:
    def test_names_the_page_and_its_translations(self, seeded_client: TestClient) -> None:
        page = _read(seeded_client, f"/ru/events/{TALKS}")

        (canonical,) = page.find("link", rel="canonical")
        assert canonical["href"] == f"http://testserver/ru/events/{TALKS}"
        alternates = {
            each["hreflang"]: each["href"]
            for each in page.find("link", rel="alternate")
            if "hreflang" in each
        }
        translations = {str(code): f"http://testserver/{code}/events/{TALKS}" for code in Language}
        assert alternates == translations | {"x-default": translations["en"]}
        (document,) = page.find("link", type="application/json")
        assert seeded_client.get(document["href"]).json()["id"] == TALKS

    def test_describes_the_page_for_previews(self, seeded_client: TestClient) -> None:
        page = _read(seeded_client, f"/fr/events/{TALKS}")

        graph = _metas(page, "og:")
        assert (
            graph["og:title"]
            == "Lavrov et Choe Son Hui tiennent des consultations stratégiques à Moscou"
        )
        assert graph["og:description"] == _metas(page, "description")["description"] != ""
        assert graph["og:url"] == f"http://testserver/fr/events/{TALKS}"
        # No image is invented.
        assert "og:image" not in graph

    def test_search_engines_list_no_filtered_list_and_no_past_state(
        self, seeded_client: TestClient
    ) -> None:
        robots = {
            path: _metas(_read(seeded_client, path), "robots")
            for path in ("/en/explore", "/en/explore?type=visit", f"/en/events/{TALKS}")
        }

        assert robots == {
            "/en/explore": {},
            "/en/explore?type=visit": {"robots": "noindex"},
            f"/en/events/{TALKS}": {},
        }


class TestSchemaOrg:
    def test_a_journey_has_all_its_places(self, seeded_client: TestClient) -> None:
        journey = "2024-10-28-choe-son-hui-official-visit-to-russia"
        stored = seeded_client.get(f"/v1/events/{journey}").json()
        event = _json_ld(seeded_client, f"/en/events/{journey}")

        places = [stored["place"], *stored["further_places"]]
        assert len(places) > 1
        assert [each["name"] for each in event["location"]] == [
            each["name"]["en"] for each in places
        ]

    def test_of_an_event(self, seeded_client: TestClient) -> None:
        event = _json_ld(seeded_client, f"/ko/events/{TALKS}")

        assert event["@type"] == "Event"
        assert event["name"] == "라브로프와 최선희, 모스크바에서 전략 협의"
        assert event["startDate"] == event["endDate"] == "2024-11-01"
        assert event["location"]["name"] == "모스크바"
        assert event["organizer"] == [
            {
                "@type": "Person",
                "name": "세르게이 라브로프",
                "url": "http://testserver/ko/participants/sergey-lavrov",
            }
        ]
        assert "image" not in event

    def test_a_vague_date_stays_vague(self, client: TestClient, database: Database) -> None:
        store(database, *make_cast(), make_event(date="2024-06~"))

        event = _json_ld(client, "/en/events/2024-11-01-talks")

        assert "startDate" not in event and "endDate" not in event

    @pytest.mark.parametrize(
        ("path", "kind"),
        [
            pytest.param("participants/sergey-lavrov", "Person", id="a person"),
            pytest.param("participants/alexandrov-ensemble", "Organization", id="an organisation"),
            pytest.param("places/moscow", "Place", id="a place"),
            pytest.param("treaties/friendship-treaty-1961", "Legislation", id="a treaty"),
            pytest.param("sources/tass-1865655", "CreativeWork", id="a source"),
            pytest.param("about", "Dataset", id="the dataset"),
        ],
    )
    def test_of_other_pages(self, seeded_client: TestClient, path: str, kind: str) -> None:
        thing = _json_ld(seeded_client, f"/en/{path}")

        assert (thing["@context"], thing["@type"]) == ("https://schema.org", kind)
        assert thing["url"] == f"http://testserver/en/{path}"

    def test_no_text_ends_its_element(self, client: TestClient, database: Database) -> None:
        store(database, *make_cast(), make_event(title={"en": "</script><b>"}))

        assert _json_ld(client, "/en/events/2024-11-01-talks")["name"] == "</script><b>"


class TestCitation:
    def test_of_an_event(self, seeded_client: TestClient) -> None:
        cited = _metas(_read(seeded_client, f"/en/events/{TALKS}"), "citation_")

        assert cited["citation_title"].startswith("Lavrov and Choe Son Hui")
        assert cited["citation_public_url"] == f"http://testserver/en/events/{TALKS}"
        assert cited["citation_publisher"] == "Russia–DPRK Timeline"
        # The day of the revision, not of the event.
        assert not cited["citation_publication_date"].startswith("2024")

    @pytest.mark.parametrize(
        ("published", "date"),
        [
            pytest.param("2024-11-01", "2024/11/01", id="a day"),
            pytest.param("2024-11", "2024/11", id="a month"),
            pytest.param("2024", "2024", id="a year"),
            pytest.param("2024~", None, id="approximate"),
            pytest.param("2023/2024", None, id="a range"),
            pytest.param(None, None, id="unknown"),
        ],
    )
    def test_the_date_of_a_source_is_never_finer_than_known(
        self, client: TestClient, database: Database, published: str | None, date: str | None
    ) -> None:
        store(database, make_source(published=published, url="https://tass.com/1"))

        cited = _metas(_read(client, "/en/sources/tass-1"), "citation_")

        assert cited.get("citation_publication_date") == date
        assert cited["citation_public_url"] == "https://tass.com/1"


class TestSearchEngines:
    def test_sitemaps_have_each_entity_in_each_language(self, seeded_client: TestClient) -> None:
        index = ET.fromstring(seeded_client.get("/sitemap.xml").text)
        maps = [each.text or "" for each in index.iter(f"{_SITEMAP}loc")]
        places = ET.fromstring(seeded_client.get("/sitemaps/places-1.xml").text)
        pages = [each.text for each in places.iter(f"{_SITEMAP}loc")]

        count = seeded_client.get("/v1/places?total=exact&limit=0").json()["page"]["total"]
        assert len(maps) == 9
        assert len(pages) == len(set(pages)) == 4 * count
        assert "http://testserver/ko/places/moscow" in pages
        for url in maps:
            root = ET.fromstring(seeded_client.get(url).text)
            (first, *_) = root.iter(f"{_SITEMAP}loc")
            assert seeded_client.get(first.text or "").status_code == 200

    def test_a_kind_of_many_entities_has_several_sitemaps(
        self, client: TestClient, database: Database, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from app.api.routes.pages import search_engines as routes

        for module in (search_engines, routes):
            monkeypatch.setattr(module, "ENTITIES_OF_A_SITEMAP", 2)
        store(database, *(make_source(f"source-{n}") for n in range(5)))

        index = client.get("/sitemap.xml").text
        parts = [client.get(f"/sitemaps/sources-{n}.xml").text.count("<loc>") for n in (1, 2, 3)]

        assert index.count("/sitemaps/sources-") == 3
        assert parts == [8, 8, 4]

    def test_robots_find_the_sitemap(self, seeded_client: TestClient) -> None:
        text = seeded_client.get("/robots.txt").text

        assert "Sitemap: http://testserver/sitemap.xml\n" in text
        assert "Disallow: /ko/explore?\n" in text

    def test_browsers_find_the_search(self, seeded_client: TestClient) -> None:
        page = _read(seeded_client, "/ko/explore")
        (link,) = page.find("link", rel="search")
        description = ET.fromstring(seeded_client.get(link["href"]).text)
        urls = {
            each.get("type"): each.get("template", "")
            for each in description.iter(f"{_OPENSEARCH}Url")
        }

        short = description.findtext(f"{_OPENSEARCH}ShortName") or ""
        assert 0 < len(short) <= 16
        found = seeded_client.get(urls["text/html"].replace("{searchTerms}", "최선희"))
        assert "최선희" in found.text
        suggested = seeded_client.get(
            urls["application/x-suggestions+json"].replace("{searchTerms}", "Choe S")
        )
        typed, names, _, addresses = suggested.json()
        assert typed == "Choe S"
        assert "최선희" in names
        assert "http://testserver/ko/participants/choe-son-hui" in addresses

    def test_suggests_by_other_spellings(self, seeded_client: TestClient) -> None:
        suggested = seeded_client.get("/en/suggest?q=Schoigu").json()

        assert suggested[3] == ["http://testserver/en/participants/sergei-shoigu"]


class TestLinksToPages:
    @pytest.mark.parametrize(
        ("path", "page"),
        [
            pytest.param("events.atom", "http://testserver/ko/events/{}", id="Atom"),
            pytest.param("events.rss", "http://testserver/ko/events/{}", id="RSS"),
            pytest.param("events.jsonfeed", "http://testserver/ko/events/{}", id="JSON Feed"),
            pytest.param("events.ics", "http://testserver/ko/events/{}", id="iCalendar"),
            pytest.param("events.geojson", "http://testserver/ko/events/{}", id="GeoJSON"),
        ],
    )
    def test_feeds_calendars_and_maps_lead_to_pages(
        self, client: TestClient, database: Database, path: str, page: str
    ) -> None:
        store(database, *make_cast(), make_event())

        text = client.get(f"/v1/{path}?lang=ko").text.replace("\r\n ", "")

        assert page.format("2024-11-01-talks") in text
        assert client.get(page.format("2024-11-01-talks")).status_code == 200

    @pytest.mark.sqlite
    def test_or_to_the_pages_of_another_site(self, seeded_sqlite: Database) -> None:
        settings = Settings(
            database_url=seeded_sqlite.url.render_as_string(hide_password=False),
            event_page="https://example.org/{language}/what/{id}",
        )
        with TestClient(create_app(settings)) as client:
            text = client.get(f"/v1/events.jsonfeed?id={TALKS}&lang=fr").text

        assert f"https://example.org/fr/what/{TALKS}" in text
