"""Everything that a reader takes from a page: files with its filters, an address for good, code, embeds, oEmbed."""

import re
from html import escape, unescape
from typing import Any
from urllib.parse import parse_qsl, quote, urljoin, urlsplit
from xml.etree import ElementTree

import pytest
from starlette.testclient import TestClient

from app.domain.vocabulary import EntityKind
from app.tables.database import Database
from app.writing.releases import create_release
from tests.support.builders import (
    end,
    make_cast,
    make_event,
    make_office,
    make_participant,
    make_place,
    make_publisher,
    make_tag,
    make_treaty,
    store,
)
from tests.support.pages import ReadPage

BROWSER = {"Accept": "text/html,*/*;q=0.8"}
TALKS = "2024-11-01-lavrov-choe-strategic-consultations"
HOST = "http://testserver"


def _page(client: TestClient, url: str) -> ReadPage:
    answer = client.get(url, headers=BROWSER)
    assert answer.status_code == 200, f"{url}: {answer.text[:300]}"
    page = ReadPage(answer.text)
    assert page.faults == [], url
    return page


def _snippets(client: TestClient, url: str) -> list[str]:
    html = client.get(url, headers=BROWSER).text
    return [
        unescape(code) for code in re.findall(r"<pre><code>(.*?)</code></pre>", html, re.DOTALL)
    ]


class TestLinks:
    @pytest.mark.thorough
    @pytest.mark.sqlite
    def test_no_page_of_any_state_shows_a_link_that_is_refused(
        self, client: TestClient, database: Database
    ) -> None:
        """The third state is within a write: the pages have it, and a proof of it is refused."""
        records = (make_place(), make_office(), make_publisher(), make_tag(), make_treaty())
        event = make_event(
            place="moscow",
            tags=["summit"],
            type="treaty",
            subtype="signed",
            treaty="friendship-treaty",
        )
        store(database, *make_cast(), *records, event)
        store(database, make_participant(names={"en": "S. Lavrov"}))
        with database.write() as connection:
            create_release(connection, "first", 9)
        pages = (
            *("explore?sort=relevance&q=talks&limit=1", "explore?participant=choe-son-hui&date=2024"),
            *("events/2024-11-01-talks", "participants/sergey-lavrov", "places/moscow"),
            *("offices/foreign-minister", "publishers/tass", "tags/summit", "sources/tass-1"),
            *("treaties/friendship-treaty", "participants?kind=person", "places", "treaties", "changes?direct=true"),
            *("events/2024-11-01-talks/revisions/1", "about"),
        )  # fmt: skip

        refused = []
        for path in pages:
            for state in ("", "as_of=9", "release=first", "as_of=8"):
                if state == "as_of=8" and path.startswith(("events/", "explore")):
                    # The last change of the write adds the event.
                    path = "explore?date=2023"
                url = f"/en/{path}{'&' if '?' in path else '?'}{state}" if state else f"/en/{path}"
                links = _page(client, url).internal_links(HOST + url)
                refused += [(url, link) for link in links if client.get(link).status_code >= 400]

        assert refused == []

    def test_files_have_the_filters_and_the_state_of_the_page(
        self, seeded_client: TestClient
    ) -> None:
        page = _page(
            seeded_client, "/fr/explore?place=moscow&date=2022&sort=date&cursor=&as_of=3799"
        )

        files = {urlsplit(link).path: dict(parse_qsl(urlsplit(link).query)) for link in page.links}
        asked = {"place": "moscow", "date": "2022", "as_of": "3799"}
        for suffix in ("csv", "xlsx", "parquet", "ics", "geojson", "ris", "bib", "csl.json"):
            assert files[f"/v1/events.{suffix}"].items() >= (asked | {"sort": "date"}).items()
        for suffix in ("csv", "xlsx", "ris", "bib", "csl.json"):
            assert files[f"/v1/events.{suffix}"]["lang"] == "fr"
        assert files["/v1/dataset.ris"].items() >= asked.items()
        assert files["/v1/proof"] == asked
        # Nobody subscribes to a past state.
        assert "/v1/events.atom" not in files

    def test_a_list_offers_a_calendar_with_all_its_events(self, seeded_client: TestClient) -> None:
        page = _page(seeded_client, "/en/explore?treaty=friendship-treaty-2000")

        calendars = [link for link in page.links if "/v1/events.ics" in link]
        total = seeded_client.get("/v1/events?treaty=friendship-treaty-2000&total=exact").json()
        entries = [seeded_client.get(each).text.count("BEGIN:VEVENT") for each in calendars]
        assert entries[0] < entries[1] == total["page"]["total"]
        assert "iCalendar, also with events that are not known to the day" in page.text

    def test_a_server_without_the_extra_offers_no_parquet(
        self, seeded_client: TestClient, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("app.formats.pages.sharing.take_away.is_installed", lambda: False)

        page = _page(seeded_client, "/fr/explore?place=moscow&date=2021")

        assert not any(".parquet" in link for link in page.links)

    def test_a_proof_and_a_citation_of_a_state_within_a_write_are_about_its_end(
        self, seeded_client: TestClient
    ) -> None:
        page = _page(seeded_client, "/en/explore?date=1999&as_of=2000")

        assert "/v1/proof?date=1999&as_of=3799" in page.links
        assert "/v1/dataset.ris?date=1999&lang=en&as_of=3799" in page.links
        assert "It lies within a write" in page.text
        assert "/en/explore?date=1999&as_of=3799" in page.links
        whole = _page(seeded_client, "/en/explore?date=1999&as_of=3799")
        assert "It lies within a write" not in whole.text

    def test_a_page_can_be_pinned(self, client: TestClient, database: Database) -> None:
        store(database, *make_cast(), make_event())
        (pin,) = {
            each["href"]
            for each in _page(client, "/ko/explore?date=2024").find("a", rel="nofollow")
        }

        answer = client.get(pin, follow_redirects=False)

        assert answer.status_code == 303
        assert answer.headers["location"] == f"{HOST}/ko/explore?date=2024&as_of=4"
        assert client.get(f"{pin}&as_of=3").url == f"{HOST}/ko/explore?date=2024&as_of=3"

    @pytest.mark.parametrize(
        ("path", "status", "told"),
        [
            pytest.param("en/none", 404, "no page at /en/none", id="no page"),
            pytest.param("en//evil.example", 404, "no page at", id="another host"),
            pytest.param("en/events/", 404, "no page at", id="a redirect"),
            pytest.param("en/events/2024-none", 404, "no event with the id", id="no event"),
            pytest.param("en/events/2024-11-01-gone", 410, "was withdrawn", id="withdrawn"),
            pytest.param("en/assets/icon.svg", 404, "no page at", id="a file"),
            pytest.param("en/desk", 404, "no past states", id="a page of all states"),
        ],
    )
    def test_nobody_gets_a_permanent_address_of_nothing(
        self, client: TestClient, database: Database, path: str, status: int, told: str
    ) -> None:
        store(database, *make_cast(), make_event("2024-11-01-gone"))
        end(database, EntityKind.EVENT, "2024-11-01-gone")

        answer = client.get(f"/pin/{path}", follow_redirects=False)

        assert answer.status_code == status
        assert told in answer.json()["detail"]

    @pytest.mark.parametrize(
        "path",
        ["explore?sort=date", "about", "changes", "places", "places/moscow", f"events/{TALKS}"]
        + [f"events/{TALKS}/revisions/1", "explore.json", "explore/matches.json?q=talks"],
    )
    def test_every_page_of_a_state_can_be_pinned(
        self, seeded_client: TestClient, path: str
    ) -> None:
        answer = seeded_client.get(f"/pin/fr/{path}")

        assert answer.status_code == 200
        assert str(answer.url).endswith("as_of=3799")

    def test_its_error_is_in_the_language_of_the_page(self, client: TestClient) -> None:
        answer = client.get("/pin/ko/none", headers={**BROWSER, "Accept-Language": "fr"})

        assert answer.headers["content-language"] == "ko"

    def test_the_page_of_a_merged_event_is_pinned_as_its_survivor(
        self, client: TestClient, database: Database
    ) -> None:
        store(database, *make_cast(), make_event("2024-11-01-a"), make_event("2024-11-01-b"))
        end(database, EntityKind.EVENT, "2024-11-01-a", into="2024-11-01-b")

        pinned = client.get("/pin/fr/events/2024-11-01-a", follow_redirects=False)
        embedded = client.get("/embed/fr/events/2024-11-01-a", follow_redirects=False)

        assert pinned.headers["location"].startswith(f"{HOST}/fr/events/2024-11-01-b?as_of=")
        assert embedded.status_code == 308
        assert embedded.headers["location"] == f"{HOST}/embed/fr/events/2024-11-01-b"

    def test_nothing_can_be_pinned_before_the_first_write(self, client: TestClient) -> None:
        assert client.get("/pin/en/explore").status_code == 404

    def test_the_code_reads_the_table(self, client: TestClient, database: Database) -> None:
        title = "Talks ' \" <b> & more"
        store(database, *make_cast(), make_event(title={"en": title}))

        offered = _snippets(client, "/en/events/2024-11-01-talks")[-1]

        assert f'title="{escape(title)}" loading' in offered

    def test_no_other_page_may_be_framed(self, seeded_client: TestClient) -> None:
        policy = seeded_client.get("/ko/explore?date=1961").headers["Content-Security-Policy"]

        assert "frame-ancestors 'none'" in policy

    def test_its_error_is_shown_in_the_frame(self, seeded_client: TestClient) -> None:
        answer = seeded_client.get(
            "/embed/fr/events/2024-none", headers={**BROWSER, "X-Request-Id": "a-test"}
        )

        assert (answer.status_code, answer.headers["content-type"]) == (
            404,
            "text/html; charset=utf-8",
        )
        assert answer.headers["Content-Security-Policy"].endswith("frame-ancestors *")


def _describe(client: TestClient, url: str, query: str = "") -> Any:
    answer = client.get(f"/oembed?url={quote(url, safe='')}{query}")
    assert answer.status_code == 200, answer.text
    return answer.json()


class TestOembed:
    """As oembed-extractor and micawber read it: discovery in the HTML, JSON, and the size."""

    def test_xml_says_the_same_as_json(self, seeded_client: TestClient) -> None:
        path = f"/oembed?url={HOST}/ko/events/{TALKS}"

        as_json = seeded_client.get(f"{path}&format=json").json()
        answer = seeded_client.get(f"{path}&format=xml")

        assert answer.headers["content-type"] == "text/xml; charset=utf-8"
        root = ElementTree.fromstring(answer.content)
        assert root.tag == "oembed"
        assert {each.tag: each.text for each in root} == {k: str(v) for k, v in as_json.items()}

    @pytest.mark.parametrize("character", ["\x01", "\x0b", "\uffff"])
    def test_xml_has_no_character_that_xml_has_not(
        self, seeded_client: TestClient, character: str
    ) -> None:
        page = f"{HOST}/en/explore?q={quote(f'Kim{character}Jong')}"

        answer = seeded_client.get("/oembed", params={"url": page, "format": "xml"})

        title = ElementTree.fromstring(answer.content).findtext("title")
        assert title == "Events – Words: Kim Jong"

    def test_a_reader_discovers_it(self, seeded_client: TestClient) -> None:
        page = _page(seeded_client, f"/en/events/{TALKS}")

        (link,) = page.find("link", type="application/json+oembed")
        found = seeded_client.get(urljoin(HOST, link["href"]), headers={"Accept": "*/*"})

        assert found.headers["content-type"] == "application/json"
        described = found.json()
        title = seeded_client.get(f"/v1/events/{TALKS}").json()["title"]["en"]
        assert described.items() >= {"version": "1.0", "type": "rich", "title": title}.items()
        (src,) = re.findall(r'src="([^"]*)"', described["html"])
        assert src == f"{HOST}/embed/en/events/{TALKS}"
        assert f'width="{described["width"]}" height="{described["height"]}"' in described["html"]

    @pytest.mark.parametrize(
        ("url", "embed", "title"),
        [
            pytest.param(
                "/en/explore?participant=choe-son-hui&place=moscow&date=2022/..",
                "/en/explore?participant=choe-son-hui&place=moscow&date=2022%2F..",
                "Events – Participant: Choe Son Hui, Place: Moscow, Date: from 2022",
                id="a list",
            ),
            pytest.param(
                "/ko/places/moscow",
                "/ko/explore?place=moscow",
                "사건 – 장소: 모스크바",
                id="a place",
            ),
            pytest.param("/", "/en/explore", "Events", id="the address of the server"),
            pytest.param("", "/en/explore", "Events", id="without its slash"),
            pytest.param("/fr", "/fr/explore", "Événements", id="a language"),
            pytest.param("/embed/ru/explore?type=call", "/ru/explore?type=call", None, id="embed"),
            pytest.param(
                f"/pin/en/events/{TALKS}", f"/en/events/{TALKS}?as_of=3799", None, id="pinned"
            ),
            pytest.param(
                f"/pin/en/events/{TALKS}?as_of=3790",
                f"/en/events/{TALKS}?as_of=3790",
                None,
                id="past",
            ),
        ],
    )
    def test_knows_every_address_that_leads_to_a_list_or_an_event(
        self, seeded_client: TestClient, url: str, embed: str, title: str | None
    ) -> None:
        described = _describe(seeded_client, f"{HOST}{url}")

        (src,) = re.findall(r'src="([^"]*)"', described["html"])
        assert unescape(src) == f"{HOST}/embed{embed}"
        assert title in (None, described["title"])
        page = seeded_client.get(unescape(src))
        assert page.status_code == 200
        assert f"<title>{described['title']} · " in page.text

    @pytest.mark.parametrize("limits", ["maxwidth=1", "maxheight=20", "maxwidth=159&maxheight=900"])
    def test_without_room_it_is_a_link(self, seeded_client: TestClient, limits: str) -> None:
        described = _describe(seeded_client, f"{HOST}/en/explore?type=call", f"&{limits}")

        assert described == {
            "version": "1.0",
            "type": "link",
            "title": "Events – Type: Call",
            "provider_name": "Russia–DPRK Timeline",
            "provider_url": f"{HOST}/",
        }

    def test_keeps_to_the_largest_size(self, seeded_client: TestClient) -> None:
        url = f"{HOST}/ru/explore?place=moscow&limit=3"

        # The parameters of WordPress.
        described = _describe(seeded_client, url, "&maxwidth=300&maxheight=533&format=json&dnt=1")

        assert (described["width"], described["height"]) == (300, 480)
        assert f'src="{HOST}/embed/ru/explore?place=moscow"' in described["html"]

    def test_the_page_of_an_entity_has_the_list_of_its_events(
        self, seeded_client: TestClient
    ) -> None:
        described = _describe(seeded_client, "https://TESTSERVER/en/places/moscow?as_of=3799")

        (src,) = re.findall(r'src="([^"]*)"', described["html"])
        assert unescape(src) == f"{HOST}/embed/en/explore?place=moscow&as_of=3799"
        assert seeded_client.get(unescape(src)).status_code == 200

    @pytest.mark.parametrize(
        ("url", "status", "told"),
        [
            pytest.param("https://example.org/en/explore", 404, "on another server", id="foreign"),
            pytest.param(
                f"{HOST}.example.org/en/explore", 404, "on another server", id="like ours"
            ),
            pytest.param("javascript:alert(1)", 404, "no address of the web", id="a script"),
            pytest.param("http://[", 404, "no address of the web", id="malformed"),
            pytest.param(f"{HOST}/en/releases", 404, "no embed shows this page", id="other page"),
            pytest.param(f"{HOST}/de/explore", 404, "no embed shows this page", id="no language"),
            pytest.param(f"{HOST}/en/places/none", 404, "no place with the id", id="no place"),
            pytest.param(
                f"{HOST}/en/explore?as_of=9999999", 400, "no change 9999999", id="no state"
            ),
            pytest.param(f"{HOST}/en/explore?release=none", 400, "no release", id="no release"),
            pytest.param(f"{HOST}/pin", 404, "no embed shows this page", id="nothing pinned"),
            pytest.param(f"{HOST}/embed/en", 404, "no embed shows this page", id="no embed"),
            pytest.param(
                f"{HOST}/en/events/none", 404, "no event with the id 'none'", id="no event"
            ),
            pytest.param(f"{HOST}/en/explore?type=war", 400, "'type'", id="a wrong filter"),
            pytest.param(f"{HOST}/en/explore?colour=red", 400, "'colour'", id="no filter"),
        ],
    )
    def test_refuses_other_addresses(
        self, seeded_client: TestClient, url: str, status: int, told: str
    ) -> None:
        answer = seeded_client.get(f"/oembed?url={quote(url, safe='')}")

        assert answer.status_code == status
        assert told in answer.json()["detail"]

    @pytest.mark.parametrize(
        "query",
        ["", "?url=", f"?url={HOST}/en/explore&maxwidth=0"],
    )
    def test_refuses_wrong_parameters(self, seeded_client: TestClient, query: str) -> None:
        assert seeded_client.get(f"/oembed{query}").status_code == 400

    @pytest.mark.parametrize("name", ["yaml", "JSON", "xml "])
    def test_has_no_other_format(self, seeded_client: TestClient, name: str) -> None:
        answer = seeded_client.get("/oembed", params={"url": f"{HOST}/en/explore", "format": name})

        assert answer.status_code == 501
        assert answer.json()["type"].endswith("/problems/format-not-offered")
        detail = f"format: found the text {name!r}; the formats are json and xml"
        assert answer.json()["detail"] == detail
