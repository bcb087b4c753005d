"""Pages follow the API: its parameters, its problems, its caching, its past states."""

import re
from html import unescape

import pytest
from starlette.testclient import TestClient

from app.domain.vocabulary import EntityKind
from app.main import create_app
from app.settings import Settings
from app.tables.database import Database
from app.writing.edits.entities import Intent
from app.writing.edits.reverts import revert_entity
from app.writing.releases import create_release
from tests.support.answers import JsonObject
from tests.support.builders import (
    end,
    make_cast,
    make_event,
    make_office,
    make_participant,
    make_place,
    make_publisher,
    make_source,
    make_tag,
    store,
)
from tests.support.pages import ReadPage

# The same id for both engines, as a page of a problem shows it.
BROWSER = {"Accept": "text/html,*/*;q=0.8", "X-Request-Id": "of-a-test"}
TALKS = "2024-11-01-lavrov-choe-strategic-consultations"


def _read(client: TestClient, url: str, status: int = 200) -> ReadPage:
    answer = client.get(url, headers=BROWSER)
    assert answer.status_code == status, answer.text[:500]
    page = ReadPage(answer.text)
    assert page.faults == []
    return page


class TestParameters:
    def test_a_page_lists_what_the_api_lists(self, seeded_client: TestClient) -> None:
        query = "type=visit&date=2024&participant=vladimir-putin&sort=date"
        listed = seeded_client.get(f"/v1/events?{query}&fields=title&total=exact").json()

        page = _read(seeded_client, f"/en/explore?{query}")

        shown = [link.rpartition("/")[2] for link in page.links if "/en/events/" in link]
        assert shown == [item["id"] for item in listed["items"]]
        assert f"{listed['page']['total']} of " in page.text

    def test_the_next_page_follows_the_cursor(self, seeded_client: TestClient) -> None:
        ids = [item["id"] for item in seeded_client.get("/v1/events?limit=6").json()["items"]]

        first = _read(seeded_client, "/en/explore?limit=3")
        (following,) = (link["href"] for link in first.find("a", rel="next"))
        second = _read(seeded_client, following)

        events = [link for link in (*first.links, *second.links) if "/en/events/" in link]
        assert [link.rpartition("/")[2] for link in events] == ids
        (back,) = (link["href"] for link in second.find("a", rel="prev"))
        assert _read(seeded_client, back).text.count("2026") == first.text.count("2026")

    @pytest.mark.parametrize("path", ["explore", "participants", "sources", "changes", "treaties"])
    def test_the_next_page_leads_to_the_list_in_other_languages(
        self, seeded_client: TestClient, path: str
    ) -> None:
        first = _read(seeded_client, f"/en/{path}?limit=3")
        (following,) = (link["href"] for link in first.find("a", rel="next"))
        second = _read(seeded_client, following)

        for tag in ("a", "link"):
            links = {
                each["hreflang"]: each["href"] for each in second.find(tag) if "hreflang" in each
            }
            assert seeded_client.get(links["ko"]).status_code == 200, links
            assert "limit=3" in links["ko"]
            assert "cursor=" in links["en"] or tag == "a"

    def test_a_form_with_empty_fields_leads_to_the_address_without_them(
        self, seeded_client: TestClient
    ) -> None:
        answer = seeded_client.get(
            "/fr/explore?q=&date=2024&type=meeting&sort=", follow_redirects=False
        )

        assert answer.status_code == 303
        assert answer.headers["location"] == "http://testserver/fr/explore?date=2024&type=meeting"

    def test_a_search_that_is_removed_takes_its_order_with_it(
        self, seeded_client: TestClient
    ) -> None:
        page = _read(seeded_client, "/en/explore?sort=relevance&q=summit&date=2024")
        emptied = seeded_client.get("/en/explore?sort=relevance&q=&date=2024")

        assert "/en/explore?date=2024" in page.links
        assert str(emptied.url) == "http://testserver/en/explore?date=2024"
        assert emptied.status_code == 200

    def test_a_filter_is_named_and_can_be_removed(self, seeded_client: TestClient) -> None:
        page = _read(
            seeded_client, "/ko/explore?participant=choe-son-hui&place=moscow&date=2022/.."
        )

        assert "최선희" in page.text
        assert "모스크바" in page.text
        assert "2022/.." not in page.text.replace("2022년 이후: 2022/..", "")
        assert "/ko/explore?place=moscow&date=2022%2F.." in page.links

    @pytest.mark.parametrize(
        "query", ["date=2024", "participant=sergey-lavrov&participant=kim-jong-un&side=RU"]
    )
    def test_a_count_of_a_facet_is_the_total_of_its_link(
        self, seeded_client: TestClient, query: str
    ) -> None:
        answer = seeded_client.get(f"/en/explore?{query}", headers=BROWSER).text
        facets = re.findall(
            r'<li><a href="([^"]*)">[^<]*</a> <span class="count">([\d,]+)</span>', answer
        )
        assert len(facets) > 20

        for address, count in facets[::7]:
            page = _read(seeded_client, unescape(address))
            assert f"{count} of " in page.text

    def test_who_met_choe_son_hui_in_moscow_since_2022_takes_three_clicks(
        self, seeded_client: TestClient
    ) -> None:
        for language, name, moscow in (
            ("en", "Choe Son Hui", "Moscow"),
            ("ko", "최선희", "모스크바"),
        ):
            # One: the form. Two: the facet of Moscow. Three: the event, with its sources.
            found = seeded_client.get(
                f"/{language}/explore",
                params={"q": name, "date": "2022/..", "type": "meeting"},
                headers=BROWSER,
            )
            (place,) = re.findall(rf'<a href="([^"]*place=moscow[^"]*)">{moscow}</a>', found.text)
            events = _read(seeded_client, unescape(place))
            event = next(link for link in events.links if TALKS in link)
            page = _read(seeded_client, event)

            assert "tass.com" in " ".join(page.links)
            assert page.find("h2", id="known")


class TestProblems:
    @pytest.mark.parametrize(
        ("path", "status"),
        [
            pytest.param("/en/explore?typ=visit", 400, id="an unknown parameter"),
            pytest.param("/en/explore?date=2024-13", 400, id="an invalid value"),
            pytest.param("/en/explore?sort=relevance", 400, id="an order without a search"),
            pytest.param("/en/explore?cursor=abc", 400, id="a cursor of no list"),
            pytest.param("/en/events/2024-11-01-nothing", 404, id="no entity"),
            pytest.param("/en/participants/Nobody", 400, id="no id"),
            pytest.param("/en/nothing", 404, id="no page"),
            pytest.param(f"/en/events/{TALKS}/revisions/999", 404, id="no revision"),
            pytest.param("/en/explore?as_of=99999999", 400, id="no state"),
        ],
    )
    def test_a_browser_gets_the_problem_as_a_page_and_a_program_as_json(
        self, seeded_client: TestClient, path: str, status: int
    ) -> None:
        problem = seeded_client.get(path)
        assert problem.status_code == status
        assert problem.headers["content-type"] == "application/problem+json"

        page = _read(seeded_client, path, status)

        assert problem.json()["detail"].split("'")[0] in page.text
        assert "Accept" in seeded_client.get(path).headers["vary"]
        assert seeded_client.get(path, headers=BROWSER).headers["cache-control"] == "no-store"

    @pytest.mark.parametrize("path", ["/de/explore", "/EN/explore", "/nope"])
    def test_an_address_without_a_language_is_a_page_in_the_language_of_the_browser(
        self, seeded_client: TestClient, path: str
    ) -> None:
        browser = {**BROWSER, "Accept-Language": "ru-RU,en;q=0.5"}
        answer = seeded_client.get(path, headers=browser)

        assert answer.status_code == 404
        assert answer.headers["content-language"] == "ru"
        page = ReadPage(answer.text)
        assert page.faults == []
        assert "/fr/explore" in page.links
        assert seeded_client.get(path).headers["content-type"] == "application/problem+json"

    @pytest.mark.parametrize(
        ("language", "title"),
        [
            ("en", "Unknown query parameter"),
            ("fr", "Paramètre de requête inconnu"),
            ("ru", "Неизвестный параметр запроса"),
            ("ko", "알 수 없는 쿼리 매개변수"),
        ],
    )
    def test_its_title_is_in_the_language_of_the_page(
        self, seeded_client: TestClient, language: str, title: str
    ) -> None:
        html = seeded_client.get(f"/{language}/explore?typ=visit", headers=BROWSER).text

        assert f'hreflang="en">{title}</a>' in html
        assert '<p lang="en">unknown parameter' in html

    def test_a_slash_at_the_end_is_dropped(self, seeded_client: TestClient) -> None:
        answer = seeded_client.get("/en/explore/?date=1961", follow_redirects=False)

        assert answer.status_code == 303
        assert answer.headers["location"] == "http://testserver/en/explore?date=1961"

    def test_no_method_writes(self, seeded_client: TestClient) -> None:
        answer = seeded_client.post("/en/explore")

        assert answer.status_code == 405
        assert answer.headers["allow"] == "GET, HEAD"


class TestHttp:
    @pytest.mark.parametrize(
        "path", ["/en/explore?date=2024-06", f"/ru/events/{TALKS}", "/en/about"]
    )
    def test_pages_are_conditional_compressed_and_cached(
        self, seeded_client: TestClient, path: str
    ) -> None:
        answer = seeded_client.get(path)
        head = seeded_client.head(path)

        assert answer.headers["content-type"] == "text/html; charset=utf-8"
        assert answer.headers["content-encoding"]
        assert "max-age=60" in answer.headers["cache-control"]
        assert "Accept-Encoding" in answer.headers["vary"]
        assert "Accept-Language" not in answer.headers["vary"]
        assert head.content == b""
        assert head.headers["etag"] == answer.headers["etag"]
        again = seeded_client.get(path, headers={"If-None-Match": answer.headers["etag"]})
        assert again.status_code == 304
        zipped = seeded_client.get(path, headers={"Accept-Encoding": "gzip"})
        assert zipped.headers["content-encoding"] == "gzip"

    def test_the_policy_lets_a_page_load_its_style_sheet_alone(
        self, seeded_client: TestClient
    ) -> None:
        answer = seeded_client.get("/en/about")

        assert answer.headers["content-security-policy"] == (
            "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
            "base-uri 'none'; frame-ancestors 'none'"
        )
        page = ReadPage(answer.text)
        loaded = [each["href"] for each in page.find("link", rel="stylesheet")]
        assert len(loaded) == 1
        assert not page.find("img") and not page.find("iframe") and not page.find("style")
        sheet = seeded_client.get(loaded[0])
        assert sheet.headers["content-type"].startswith("text/css")
        assert "immutable" in sheet.headers["cache-control"]
        assert not re.search(r"url\(|@import|https?:", sheet.text)

    def test_an_earlier_name_of_the_style_sheet_works(self, seeded_client: TestClient) -> None:
        earlier = seeded_client.get("/assets/timeline.0123456789abcdef.css")

        assert earlier.status_code == 200
        assert earlier.headers["cache-control"] == "no-cache"
        assert seeded_client.get("/assets/other.css").status_code == 404

    def test_links_keep_the_prefix_of_a_proxy(self, seeded_sqlite: Database) -> None:
        url = seeded_sqlite.url.render_as_string(hide_password=False)
        settings = Settings(database_url=url, public_url="https://example.org/timeline")
        with TestClient(create_app(settings)) as client:
            text = client.get(f"/en/events/{TALKS}").text
            explore = client.get("/en/explore?date=1961").text

        for page in (text, explore):
            links = [link for link in ReadPage(page).links if link.startswith("/")]
            assert links
            assert [link for link in links if not link.startswith("/timeline/")] == []
            assert 'href="/timeline/assets/timeline.' in page
        assert 'action="/timeline/en/explore"' in explore


class TestPastStates:
    def test_a_page_shows_a_past_state_and_its_links_keep_it(
        self, client: TestClient, database: Database
    ) -> None:
        store(database, *make_cast(), make_event(title={"en": "The first title"}))
        seq = client.get("/v1/changes").json()["page"]["last"]
        store(database, make_event(title={"en": "The second title"}))

        now = _read(client, "/en/events/2024-11-01-talks")
        then = _read(client, f"/en/events/2024-11-01-talks?as_of={seq}")

        assert now.text.count("The second title") and not now.text.count("The first title")
        assert then.text.count("The first title") and not then.text.count("The second title")
        assert f"past state of the data: after change {seq}." in then.text
        assert "past state" not in now.text
        assert f"/en/explore?type=meeting&as_of={seq}" in then.links
        assert "/en/events/2024-11-01-talks" in then.links
        # The program may make another page of the same state.
        answer = client.get(f"/en/events/2024-11-01-talks?as_of={seq}")
        assert "immutable" not in answer.headers["cache-control"]

    @pytest.mark.parametrize("language", ["fr", "ko", "ru"])
    def test_the_notice_of_a_past_state_is_translated(
        self, client: TestClient, database: Database, language: str
    ) -> None:
        store(database, *make_cast())
        with database.write() as connection:
            create_release(connection, "first")
        at = client.get("/v1/changes").json()["items"][-1]["at"]

        for name, state in (("as_of", "1"), ("as_of", at), ("release", "first")):
            page = client.get(f"/{language}/about", params={name: state}).text
            notice = re.findall('<aside class="banner"><p>(.*?)<a', page)[0]

            assert state in notice
            assert "This page" not in notice

    def test_a_record_that_came_later_says_since_when_it_exists(
        self, client: TestClient, database: Database
    ) -> None:
        store(database, *make_cast())
        early = client.get("/v1/changes").json()["page"]["last"]
        # The write ends with the event, and the place is before it.
        store(database, make_place(), make_event(place="moscow"))
        first = client.get("/v1/changes").json()["page"]["last"]

        for path in ("events/2024-11-01-talks", "places/moscow"):
            page = _read(client, f"/ko/{path}?as_of={early}", 404)
            problem = client.get(f"/v1/{path}?as_of={early}").json()

            assert f"as_of={first} is the first state that has it" in problem["detail"]
            assert {f"/ko/{path}?as_of={first}", f"/ko/{path}"} <= {*page.links}
            _read(client, f"/ko/{path}?as_of={first}")
        assert "first state" not in client.get(f"/v1/events/2024-none?as_of={early}").text
        assert "first state" not in client.get("/v1/events/2024-none").text

    def test_every_link_of_the_menu_leads_somewhere(
        self, client: TestClient, database: Database
    ) -> None:
        store(database, *make_cast(), make_event())
        links = _read(client, "/en/about?as_of=1").links

        menu = [link for link in links if re.fullmatch(r"/en/\w+(\?.*)?", link)]
        assert "/en/releases" in menu and "/en/treaties?as_of=1" in menu
        assert [link for link in menu if client.get(link).status_code != 200] == []

    def test_a_release_is_a_state(self, client: TestClient, database: Database) -> None:
        store(database, *make_cast(), make_event())
        with database.write() as connection:
            create_release(connection, "first")

        page = _read(client, "/en/explore?release=first")

        assert "past state of the data: the release first." in page.text
        assert "/en/events/2024-11-01-talks?release=first" in page.links
        assert "/en/explore?release=first" in _read(client, "/en/releases").links


class TestPublishers:
    def test_an_agency_that_papers_carry_has_its_texts_and_their_events(
        self, client: TestClient, database: Database
    ) -> None:
        source = make_source("paper-1", publisher="rodong-sinmun", agency="kcna")
        houses = [make_publisher("kcna"), make_publisher("rodong-sinmun")]
        store(database, *make_cast(), *houses, source, make_event(sources=["paper-1"]))

        page = _read(client, "/en/publishers/kcna")
        paper = _read(client, "/en/publishers/rodong-sinmun")

        assert "Its texts at other publishers 1 source" in page.text
        assert "0 sources" not in page.text
        assert "/en/events/2024-11-01-talks" in page.links
        assert {"/en/sources?agency=kcna", "/en/explore?agency=kcna"} <= {*page.links}
        assert [link for link in page.links if "publisher=kcna" in link] == []
        assert "Its texts" not in paper.text
        assert "Sources 1 source" in paper.text


class TestOffices:
    def test_a_holder_whom_an_event_alone_names_is_listed(
        self, client: TestClient, database: Database
    ) -> None:
        office = make_office("foreign-minister", names={"en": "Minister"})
        held = {"title": "Minister", "office": "foreign-minister", "from": "1990"}
        earlier = make_participant("ivan-petrov", names={"en": "Ivan Petrov"}, positions=[held])
        lavrov = {"id": "sergey-lavrov", "role": "host", "side": "RU", "office": "foreign-minister"}
        store(database, office, *make_cast(), earlier, make_event(participants=[lavrov]))

        page = _read(client, "/en/offices/foreign-minister")

        listed = client.get("/v1/participants?office=foreign-minister").json()["items"]
        assert [each["id"] for each in listed] == ["ivan-petrov", "sergey-lavrov"]
        assert "Ivan Petrov 1990 not known, or held still" in page.text
        assert "Sergey Lavrov not known not known, or held still" in page.text


class TestHistory:
    def test_changes_are_told_in_words(self, client: TestClient, database: Database) -> None:
        store(database, *make_cast(), make_event(date="2024-06", status="announced"))
        store(database, make_event(date="2024-06-19", status="occurred"), actor="an editor")

        changes = _read(client, "/en/changes?kind=event")
        revision = _read(client, "/fr/events/2024-11-01-talks/revisions/2")

        for text in (changes.text, revision.text):
            assert "an editor" in text
        assert "Date June 2024 19 June 2024" in changes.text
        assert "Status Announced Took place" in changes.text
        assert "juin 2024 19 juin 2024" in revision.text

    @pytest.mark.parametrize(
        ("language", "restored"),
        [
            ("en", "undone: revision 1 restored"),
            ("fr", "annulation : révision 1 rétablie"),
            ("ru", "отмена: восстановлена версия 1"),
            ("ko", "되돌림: 1판 복원"),
        ],
    )
    def test_an_undone_change_says_so_with_its_reason(
        self, client: TestClient, database: Database, language: str, restored: str
    ) -> None:
        store(database, *make_cast(), make_event())
        end(database, EntityKind.EVENT, "2024-11-01-talks")
        intent = Intent("an editor", "it did take place", lambda _: None)
        revert_entity(database, EntityKind.EVENT, "2024-11-01-talks", 1, intent)

        pages = [
            _read(client, f"/{language}/{path}")
            for path in (
                "events/2024-11-01-talks",
                "changes",
                "events/2024-11-01-talks/revisions/3",
            )
        ]

        for page in pages:
            for text in (restored, "it did take place", "an editor"):
                assert text in page.text

    def test_a_name_in_another_language_is_told_by_its_language(
        self, client: TestClient, database: Database
    ) -> None:
        names = {"en": "Moscow", "ko": "모스크바"}
        store(database, *make_cast(), make_place(names=names), make_event(place="moscow"))
        store(database, make_place(names=names | {"ko": "모스끄바"}))

        page = _read(client, "/en/changes?kind=event")

        assert "Place ko: 모스크바 ko: 모스끄바" in page.text
        assert "Place Moscow Moscow" not in page.text

    def test_lists_are_told_by_the_names_of_their_parts(
        self, client: TestClient, database: Database
    ) -> None:
        tag = make_tag(names={"en": "Summits", "ko": "정상회담"})
        store(database, *make_cast(), tag, make_event())
        store(database, make_event(tags=["summit"]))
        store(database, make_participant(positions=[{"title": "Envoy", "from": "2025"}]))

        event = _read(client, "/ko/events/2024-11-01-talks/revisions/2").text
        person = _read(client, "/en/changes?kind=participant&direct=true").text

        assert "— 정상회담" in event
        assert "Positions — Envoy (2025)" in person

    def test_a_list_in_another_order_is_told_whole(
        self, client: TestClient, database: Database
    ) -> None:
        aliases = ["Lavrov S.", "S. Lavrov"]
        for names in (aliases, aliases[::-1]):
            store(database, make_participant(aliases=names))

        person = _read(client, "/en/participants/sergey-lavrov/revisions/2").text

        assert "Other names Lavrov S.; S. Lavrov S. Lavrov; Lavrov S." in person

    def test_a_restored_revision_has_its_file(self, client: TestClient, database: Database) -> None:
        store(database, *make_cast(), make_event())
        end(database, EntityKind.EVENT, "2024-11-01-talks")
        revert_entity(
            database, EntityKind.EVENT, "2024-11-01-talks", 1, Intent("a", "r", lambda _: None)
        )

        page = _read(client, "/en/events/2024-11-01-talks/revisions/3")

        # In the page, and among the files to take away; the revision before has no document to compare.
        assert page.links.count("/v1/events/2024-11-01-talks/revisions/3") == 2
        assert [link for link in page.links if "/diff" in link] == []

    def test_a_title_and_the_link_to_its_change_stand_apart(
        self, client: TestClient, database: Database
    ) -> None:
        store(database, *make_cast(), make_event())

        page = _read(client, "/en/changes?kind=event")

        assert "Talks · added (revision 1)" in page.text

    def test_a_withdrawn_record_leads_to_its_last_revision(
        self, client: TestClient, database: Database
    ) -> None:
        store(database, *make_cast(), make_event())
        end(database, EntityKind.EVENT, "2024-11-01-talks")

        page = _read(client, "/ko/events/2024-11-01-talks", 410)

        last = "/ko/events/2024-11-01-talks/revisions/2"
        assert last in page.links
        _read(client, last)

    def test_a_new_name_follows_to_the_event(self, client: TestClient, database: Database) -> None:
        store(database, *make_cast(), make_event())
        store(database, make_participant(names={"en": "Sergei Lavrov"}))

        page = _read(client, "/en/changes?kind=event")

        assert "Follows from an edit:" in page.text
        assert "Sergei Lavrov" in page.text
        assert "Follows from" not in _read(client, "/en/changes?direct=true").text


def test_a_source_of_an_unknown_house_is_not_said_to_be_independent(
    client: TestClient, database: Database
) -> None:
    store(database, *make_cast(), make_event())
    event = client.get("/v1/events/2024-11-01-talks").json()
    unknown = sum(source["house"] is None for source in event["sources"])

    page = _read(client, "/en/events/2024-11-01-talks")

    known = event["independent_sources"] - unknown
    assert f"rests on {known} independent source" in page.text
    assert ("source is unknown. The data counts it as independent" in page.text) == bool(unknown)
    assert (f"which makes {event['independent_sources']}." in page.text) == bool(unknown)


def test_a_list_names_all_places_of_a_journey(client: TestClient, database: Database) -> None:
    journey = make_event(place="moscow", further_places=["vladivostok"])
    store(database, *make_cast(), make_place(), make_place("vladivostok"), journey)

    html = client.get("/en/explore", headers=BROWSER).text

    assert "Meeting · Moscow → Vladivostok</span>" in html


@pytest.mark.parametrize(
    ("path", "chip"),
    [
        ("/en/explore?status=occurred", "<li>Did it take place? <strong>Took place</strong>"),
        ("/fr/explore?status=occurred", "<li>A-t-il eu lieu ? <strong>A eu lieu</strong>"),
        ("/fr/explore?type=visit", "<li>Type\u00a0: <strong>Visite</strong>"),
        ("/ko/explore?type=visit", "<li>유형: <strong>방문</strong>"),
    ],
)
def test_a_filter_has_the_sign_of_its_language(
    seeded_client: TestClient, path: str, chip: str
) -> None:
    assert chip in seeded_client.get(path, headers=BROWSER).text


@pytest.mark.parametrize(
    ("path", "heading"),
    [
        ("/en/explore?type=call", "1 of 1,130 events"),
        ("/ru/explore?type=call", "1 событие из 1\u00a0130"),
        ("/ko/explore?type=call", "사건 1,130건 중 1건"),
    ],
)
def test_one_event_of_many_is_in_the_right_number(
    seeded_client: TestClient, path: str, heading: str
) -> None:
    assert f'<h2 id="found">{heading}</h2>' in seeded_client.get(path, headers=BROWSER).text


def test_an_office_has_its_holders_with_their_terms(client: TestClient, database: Database) -> None:
    held = {"title": "Minister", "office": "foreign-minister"}
    store(
        database,
        make_office(),
        make_participant("earlier", positions=[{**held, "from": "1998-01", "to": "2004-03-09"}]),
        make_participant("later", positions=[{**held, "from": "2004-03-09"}, {"title": "Envoy"}]),
        make_participant("unknown", positions=[held]),
    )

    html = client.get("/en/offices/foreign-minister", headers=BROWSER).text
    rows = re.findall(
        r'scope="row"><a[^>]*>([^<]*)</a></th>\s*<td>(.*?)</td>\s*<td>(.*?)</td>', html
    )

    assert rows[:3] == [
        ("Later", "9 March 2004", "not known, or held still"),
        ("Earlier", "January 1998", "9 March 2004"),
        ("Unknown", "not known", "not known, or held still"),
    ]


def test_texts_are_escaped(client: TestClient, database: Database) -> None:
    nasty = "<script>alert(1)</script> & \"quotes\" 'and' </title>"
    store(database, *make_cast())
    store(
        database,
        make_event(title={"en": nasty}, summary={"en": nasty}, note=nasty),
        make_participant(names={"en": nasty}, aliases=[nasty + "2"]),
    )

    for url in (
        "/en/events/2024-11-01-talks",
        "/en/explore",
        "/en/participants/sergey-lavrov",
        "/ru/participants",
        "/en/changes",
        "/en/events/2024-11-01-talks/revisions/1",
    ):
        answer = client.get(url, headers=BROWSER)
        page = ReadPage(answer.text)
        assert page.faults == []
        assert [each for each in page.find("script") if "type" not in each] == []
        assert "alert(1)" in page.text
        assert nasty not in answer.text


def test_a_text_in_another_language_says_so(client: TestClient, database: Database) -> None:
    store(database, *make_cast(), make_event(title={"en": "Talks", "ko": "회담 제목"}))

    korean = _read(client, "/ko/events/2024-11-01-talks")
    russian = _read(client, "/ru/events/2024-11-01-talks")

    assert ("회담 제목", "ko") in korean.texts
    assert ("Talks", "en") in russian.texts


def test_a_page_of_a_merged_entity_leads_to_the_survivor(
    client: TestClient, database: Database
) -> None:
    store(database, *make_cast(), make_participant("other"))
    end(database, EntityKind.PARTICIPANT, "other", into="sergey-lavrov")

    answer = client.get("/en/participants/other", headers=BROWSER, follow_redirects=False)

    assert answer.status_code == 308
    assert answer.headers["location"] == "http://testserver/en/participants/sergey-lavrov"


def test_no_uncertain_date_is_shown_as_edtf(seeded_client: TestClient) -> None:
    listed = seeded_client.get("/v1/events?limit=200&sort=date&fields=date").json()["items"]
    odd: dict[str, JsonObject] = {}
    for item in listed:
        form = re.sub(r"\d", "9", item["date"])
        if not re.fullmatch("9999(-99(-99)?)?", form):
            odd.setdefault(form, item)
    assert len(odd) > 3

    for item in odd.values():
        page = _read(seeded_client, f"/en/events/{item['id']}")
        assert item["date"] not in page.text
