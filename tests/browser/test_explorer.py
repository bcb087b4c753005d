"""The explorer as visitors use it: by mouse and keyboard, by links, without a connection or a script."""

import re
from collections import Counter
from pathlib import Path
from urllib.parse import unquote, urlsplit

import httpx
import pytest
from playwright.sync_api import Page, Route

from app.tables.database import Database
from tests.support.browsers import Tabs
from tests.support.explorers import Explorer
from tests.support.servers import find_daemon, free_port, proxied, served

pytestmark = [pytest.mark.browser, pytest.mark.sqlite]
# Count the clicks of the visitor; a label clicks its checkbox once more by itself, at no place.
_COUNT_CLICKS = """() => {
  window.clicks = 0;
  addEventListener('pointerdown', () => { window.clicks += 1; }, true);
}"""


def explore(tabs: Tabs, path: str = "/en/explore") -> Explorer:
    return Explorer(tabs.open(path))


class TestAddress:
    def test_holds_the_filters_so_that_a_link_shows_the_same(self, tabs: Tabs) -> None:
        explorer = explore(tabs)
        page = explorer.page
        whole = explorer.numbers

        explorer.check("Meeting")
        page.get_by_role("tab", name="Map").click()
        page.get_by_role("button", name=re.compile("^Khabarovsk: ")).click()

        shown = explorer.state()
        assert re.fullmatch(r"/en/explore\?type=meeting&place=khabarovsk#map", shown["address"])
        assert 0 < explorer.numbers[0] < whole[0] and explorer.numbers[1] == whole[1]
        again = explore(tabs, shown["address"])
        assert again.state() == shown
        # The server understands the same address.
        plain = tabs.open(shown["address"], java_script_enabled=False)
        assert plain.inner_text("h2 >> nth=0") == shown["found"]

    def test_a_further_person_must_have_taken_part_too(self, tabs: Tabs) -> None:
        query = "?participant=choe-son-hui&place=moscow&date=2022/..&type=meeting"
        explorer = explore(tabs, f"/en/explore{query}")
        name, count = [*explorer.facets["Participant"].items()][1]

        explorer.check(name)

        address = explorer.state()["address"]
        assert re.search(r"&participant_all=[a-z-]+$", address)
        assert explorer.numbers[0] == explorer.facets["Participant"][name] == count
        # The page of the server has the same link and the same counts.
        plain = tabs.open(f"/en/explore{query}", java_script_enabled=False)
        choice = plain.locator(".facets li", has_text=name)
        assert choice.locator(".count").inner_text() == str(count)
        choice.locator("a").click()
        assert plain.url.rpartition("&")[2] == address.rpartition("&")[2]
        assert plain.inner_text("h2 >> nth=0") == explorer.found
        choice.locator("a").click()
        assert "participant_all" not in plain.url

    @pytest.mark.parametrize(
        ("query", "filter"),
        [
            # A name that each object of a script has.
            pytest.param("q=constructor", "Words: constructor", id="a word of the language"),
            pytest.param("q=true", "Words: true", id="a word that other filters take"),
            pytest.param("top=yes", "Only occasions, without their parts: yes", id="another yes"),
        ],
    )
    def test_shows_the_filter_of_the_page_of_the_server(
        self, tabs: Tabs, query: str, filter: str
    ) -> None:
        explorer = explore(tabs, f"/en/explore?{query}")

        plain = tabs.open(f"/en/explore?{query}", java_script_enabled=False)
        assert plain.inner_text("h2 >> nth=0") == explorer.found
        assert [shown.removesuffix(" remove") for shown in explorer.filters] == [filter]
        only_occasions = explorer.page.get_by_role("checkbox", name="Only occasions")
        assert only_occasions.is_checked() == ("top" in query)

    def test_goes_back_and_forward(self, tabs: Tabs) -> None:
        explorer = explore(tabs, "/en/explore?type=letter")
        page = explorer.page
        first = explorer.state()
        explorer.check("DPRK")
        second = explorer.state()
        page.get_by_role("button", name="Remove all filters").click()
        assert explorer.numbers[0] == explorer.numbers[1]

        page.go_back()
        assert explorer.state() == second
        page.go_back()
        assert explorer.state() == first
        page.go_forward()
        assert explorer.state() == second

    def test_changes_the_files_of_the_list(self, tabs: Tabs) -> None:
        explorer = explore(tabs)
        page = explorer.page

        explorer.check("Treaty stage")
        assert page.locator(".take").get_attribute("inert") is not None
        explorer.wait_for_server()

        link = page.get_by_role("link", name="CSV").get_attribute("href") or ""
        assert "type=treaty" in link
        other = page.locator(".languages a[hreflang=ko]").get_attribute("href")
        assert other == "/ko/explore?type=treaty"
        heads = page.locator("head link[rel=alternate], head link[rel=canonical]")
        addresses = heads.evaluate_all("all => all.map((each) => each.href)")
        assert addresses and all("type=treaty" in unquote(each) for each in addresses)

    def test_loads_its_data_again_after_an_edit(self, tabs: Tabs) -> None:
        explorer = explore(tabs)
        page = explorer.page

        def count_one_more(route: Route) -> None:
            text = route.fetch().text()
            route.fulfill(body=re.sub(r'"total":(\d+)', r'"total":\g<1>0', text))

        page.route("**/explore?type=call", count_one_more)
        with page.expect_request("**/explore.json"):
            explorer.check("Call")

        explorer.wait_for_server()
        assert explorer.numbers[0] < explorer.numbers[1]

    def test_keeps_a_past_state(self, tabs: Tabs, seeds_url: str) -> None:
        release = httpx.get(f"{seeds_url}/v1/releases", timeout=60).json()["items"][0]
        half = release["seq"] - 500
        expected = httpx.get(
            f"{seeds_url}/v1/events?limit=0&total=exact&as_of={half}", timeout=60
        ).json()

        explorer = explore(tabs, f"/en/explore?as_of={half}")
        explorer.check("Visit")

        assert explorer.numbers[1] == expected["page"]["total"] > explorer.numbers[0]
        assert f"as_of={half}" in explorer.state()["address"]
        link = explorer.page.locator("#explorer .events a").first.get_attribute("href") or ""
        assert link.endswith(f"?as_of={half}")
        explorer.page.get_by_role("button", name="Remove all filters").click()
        assert explorer.state()["address"] == f"/en/explore?as_of={half}"

    def test_works_below_a_prefix(
        self, tabs: Tabs, seeded_sqlite: Database, tmp_path: Path
    ) -> None:
        nginx = find_daemon("nginx", "nginx-light")
        site = f"http://127.0.0.1:{(port := free_port())}/timeline"
        database = seeded_sqlite.url.render_as_string(hide_password=False)
        with served(database, log=tmp_path / "log", public_url=site) as (url, _):
            http = (
                f"server {{ listen 127.0.0.1:{port}; location /timeline/ "
                f"{{ proxy_pass {url}/; }} }}"
            )
            with proxied(nginx, tmp_path, http, f"{site}/readyz"):
                explorer = Explorer(tabs.open("/ru/explore", base=site))
                explorer.page.get_by_role("tab").nth(1).click()
                explorer.page.locator(".bubble").first.press("Enter")
                explorer.wait_for_server()
                paths = tabs.watch_of(explorer.page).paths
                assert explorer.state()["address"] == "/timeline/ru/explore?place=pyongyang#map"
                # A browser asks for icons at the root.
                assert {path.split("/")[1] for path in paths} == {"timeline"}
                tabs.close_all()


class TestWords:
    @pytest.mark.parametrize(
        ("path", "typed", "chosen"),
        [
            pytest.param("/ko/explore", "최선희", "participant=choe-son-hui", id="Hangul"),
            pytest.param("/ko/explore", "최서", "participant=choe-son-hui", id="half a syllable"),
            pytest.param("/en/explore", "Лавров", "participant=sergey-lavrov", id="Cyrillic"),
            pytest.param("/fr/explore", "choi sun-h", "participant=choe-son-hui", id="a spelling"),
            pytest.param("/ru/explore", "Пхенья", "place=pyongyang", id="a place"),
        ],
    )
    def test_suggests_names_in_any_script(
        self, tabs: Tabs, path: str, typed: str, chosen: str
    ) -> None:
        explorer = explore(tabs, path)
        field = explorer.page.get_by_role("combobox").first

        field.press_sequentially(typed)
        # The last option searches for the words.
        explorer.page.wait_for_selector("#explorer-suggestions [role=option] strong")
        field.press("ArrowDown")
        field.press("Enter")

        assert explorer.state()["address"] == f"{path}?{chosen}"

    def test_searches_words_as_the_api_does(self, tabs: Tabs, seeds_url: str) -> None:
        explorer = explore(tabs)
        field = explorer.page.get_by_role("combobox").first

        field.fill("nuclear")
        field.press("Enter")
        explorer.page.wait_for_selector(".chips")
        explorer.go("?q=nuclear")

        expected = httpx.get(
            f"{seeds_url}/v1/events?q=nuclear&limit=0&total=exact", timeout=60
        ).json()
        assert explorer.numbers[0] == expected["page"]["total"]


class TestThreeClicks:
    @pytest.mark.parametrize(
        ("locale", "typed", "moscow"),
        [("en-GB", "Choe Son", "Moscow"), ("ko-KR", "최선희", "모스크바")],
    )
    def test_who_met_choe_son_hui_in_moscow_since_2022_and_how_do_we_know(
        self, tabs: Tabs, locale: str, typed: str, moscow: str
    ) -> None:
        """From the address of the server, in a browser that was never here. Only the mouse and the keyboard are used."""
        page = tabs.open("/", locale=locale)
        language = locale[:2]
        explorer = Explorer(page)
        page.evaluate(_COUNT_CLICKS)

        # One: the field of names, in which she is typed; then Tab leads to the date.
        page.locator("#explorer-q").click()
        page.keyboard.type(typed)
        page.wait_for_selector("#explorer-suggestions [role=option] strong")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        page.keyboard.type("2022/..")
        page.keyboard.press("Enter")
        page.wait_for_url("**&date=*")
        # Two: Moscow. The participants beside the list are the people whom she met there.
        page.locator(".facet label").filter(has_text=moscow).first.click()
        page.wait_for_url("**&place=moscow*")
        query = page.evaluate("location.search")
        met = [*explorer.facets.values()][1]
        listed = explorer.listed
        clicks = page.evaluate("clicks")
        # Three: an event, and how we know.
        page.locator("#explorer-list ~ .events a").last.click()
        page.wait_for_selector("#known")

        assert clicks == 2
        assert re.fullmatch(rf"/{language}/events/202\d-.*", urlsplit(page.url).path)
        known = page.locator("section[aria-labelledby=known]")
        assert known.locator("a.url, a[rel~=external], a[href^=http]").count() > 0
        # The API says the same.
        api = httpx.get(f"{tabs.base}/v1/events{query}&limit=200", timeout=60).json()["items"]
        assert listed == [each["id"] for each in api]
        counts = Counter(part["name"][language] for each in api for part in each["participants"])
        assert 1 < len(met) == min(len(counts), 8)
        assert all(counts[name] == events for name, events in met.items())


class TestDates:
    @pytest.mark.parametrize("text", ["1948-10~", "199X"])
    def test_every_form_of_the_api_is_taken(self, tabs: Tabs, seeds_url: str, text: str) -> None:
        explorer = explore(tabs)
        field = explorer.page.locator("#explorer-date")
        query = httpx.QueryParams(date=text, limit=0, total="exact")
        expected = httpx.get(f"{seeds_url}/v1/events", params=query, timeout=60).json()

        field.fill(text)
        field.press("Enter")
        explorer.page.wait_for_selector(".chips")
        explorer.page.wait_for_selector("#explorer output[aria-busy=false]")

        assert explorer.numbers[0] == expected["page"]["total"]
        assert explorer.page.evaluate("new URLSearchParams(location.search).get('date')") == text

    def test_no_date_is_refused(self, tabs: Tabs) -> None:
        explorer = explore(tabs)
        page = explorer.page
        field = page.locator("#explorer-date")

        for text in ("last week", "1948-13~"):
            field.fill(text)
            field.press("Enter")
            page.wait_for_selector("#explorer-date[aria-invalid=true]")
            assert "This is no date" in page.inner_text("#explorer-date-help")
            assert explorer.state()["address"] == "/en/explore"
            field.fill("")
            field.press("Enter")
            page.wait_for_selector("#explorer-date[aria-invalid=false]")

        # The server refused the second one.
        assert all("400" in fault for fault in tabs.watch_of(page).faults)
        tabs.watch_of(page).faults.clear()


class TestViews:
    def test_the_strip_chooses_years(self, tabs: Tabs) -> None:
        explorer = explore(tabs)
        strip = explorer.page.locator(".strip")
        box = strip.locator("svg").bounding_box()
        assert box
        step = box["width"] / strip.locator("g[role=button]").count()
        y = box["y"] + box["height"] / 2
        mouse = explorer.page.mouse

        mouse.move(box["x"] + box["width"] - 2.5 * step, y)
        mouse.down()
        mouse.move(box["x"] + box["width"] - 5.5 * step, y)
        mouse.up()

        assert re.fullmatch(r"/en/explore\?date=20\d\d%2F20\d\d", explorer.state()["address"])
        first, last = map(int, re.findall(r"20\d\d", explorer.state()["address"]))
        assert last - first == 3
        strip.get_by_role("button", name="All years").click()
        assert explorer.state()["address"] == "/en/explore"

    def test_the_map_counts_every_event(self, tabs: Tabs) -> None:
        explorer = explore(tabs, "/en/explore?date=2019/2024#map")
        page = explorer.page
        names = page.locator(".bubble").evaluate_all("all => all.map((each) => each.ariaLabel)")
        placeless = page.inner_text(".views summary")

        assert any(name.startswith("Pyongyang: ") for name in names)
        assert len(names) == len({name.split(":")[0] for name in names})
        assert re.match(r"\d+ events without a place", placeless)
        page.get_by_role("button", name="Eurasia").click()
        assert page.get_by_role("button", name=re.compile("^Moscow: ")).count() == 1
        assert explorer.state()["address"].endswith("#map-eurasia")

    @pytest.mark.parametrize(
        ("address", "region"),
        [
            pytest.param("?place=moscow#map", "Eurasia", id="of the places"),
            pytest.param("?place=vladivostok#map", "Far East", id="the smaller one"),
            pytest.param("?place=vladivostok#map-eurasia", "Eurasia", id="of the fragment"),
        ],
    )
    def test_the_map_shows_the_region_of_the_address(
        self, tabs: Tabs, address: str, region: str
    ) -> None:
        explorer = explore(tabs, f"/en/explore{address}")

        chosen = explorer.page.locator(".views .tools [aria-pressed=true]")
        assert chosen.inner_text() == region
        assert explorer.page.locator(".bubble.marked").count() == 1
        assert explorer.state()["address"] == f"/en/explore{address}"

    def test_the_network_shows_the_people_of_the_same_events(self, tabs: Tabs) -> None:
        explorer = explore(tabs, "/en/explore#network")
        page = explorer.page

        page.locator(".views .chips button").first.click()
        assert explorer.state()["address"].startswith("/en/explore?participant=")
        node = page.locator(".node[role=button]").first
        expected = int(
            re.findall(r"(\d+) events? in common", node.get_attribute("aria-label") or "")[0]
        )
        node.click()

        assert "participant_all=" in explorer.state()["address"]
        assert explorer.numbers[0] == expected

    def test_the_timeline_shows_the_days_of_the_address(self, tabs: Tabs) -> None:
        explorer = explore(tabs, "/en/explore?type=visit")
        page = explorer.page
        group = page.locator(".lanes .canvas")

        for name in ("Earlier", "Earlier", "Closer"):
            page.get_by_role("button", name=name, exact=True).click()
        shown, address = group.get_attribute("aria-label"), explorer.state()["address"]
        assert re.fullmatch(
            r"/en/explore\?type=visit#timeline-\d{4}-\d\d-\d\d/\d{4}-\d\d-\d\d", address
        )
        # A link.
        again = explore(tabs, address)
        assert again.page.locator(".lanes .canvas").get_attribute("aria-label") == shown
        # Away, and back.
        page.locator(".events a").first.click()
        page.wait_for_selector("#known")
        page.go_back()
        page.wait_for_selector("#explorer[data-ready]")
        assert group.get_attribute("aria-label") == shown
        # Another filter keeps the days, another period does not; back shows them again.
        explorer.check("DPRK")
        assert explorer.state()["address"].endswith(address.partition("#")[2])
        page.locator("#explorer-date").fill("1961")
        page.locator("#explorer-date").press("Enter")
        page.wait_for_function("!location.hash")
        assert group.get_attribute("aria-label") == "Timeline of the events from 1960 to 1962"
        page.go_back()
        page.wait_for_function("location.hash")
        assert group.get_attribute("aria-label") == shown

    def test_other_languages_and_the_link_to_copy_show_the_same_view(self, tabs: Tabs) -> None:
        explorer = explore(tabs, "/en/explore?type=visit")
        page = explorer.page

        page.get_by_role("tab", name="Map").click()
        page.get_by_role("button", name="Eurasia").click()
        fragment = "?type=visit#map-eurasia"
        for selector in (".take a.address", "footer .address"):
            assert page.inner_text(selector) == f"{tabs.base}/en/explore{fragment}"
        explorer.check("DPRK")
        explorer.wait_for_server()
        page.locator(".languages a[hreflang=ko]").click()

        page.wait_for_url("**/ko/explore?type=visit&side=KP#map-eurasia")
        page.wait_for_selector(".bubble")

    @pytest.mark.parametrize(
        "fragment",
        [
            "1700-01-01/1710-01-01",
            "1990-02-30/1991-01-01",
            "1991-01-01/1990-01-01",
            "2024-06-01/2024-06-01",
        ],
    )
    def test_odd_days_in_the_address_do_no_harm(self, tabs: Tabs, fragment: str) -> None:
        page = explore(tabs, f"/en/explore#timeline-{fragment}").page

        label = page.locator(".lanes .canvas").get_attribute("aria-label") or ""
        first, last = map(int, re.findall(r"\d{4}", label))
        assert 1940 < first <= last < 2030

    @pytest.mark.parametrize("language", ["en", "fr", "ru", "ko"])
    @pytest.mark.parametrize("sort", ["", "?sort=date", "?type=treaty&sort=date"])
    def test_dates_and_links_are_the_same_as_on_the_page_of_the_server(
        self, tabs: Tabs, language: str, sort: str
    ) -> None:
        path = f"/{language}/explore{sort}"
        read = "all => all.map((each) => [each.querySelector('.when').textContent, each.querySelector('a').href])"

        made = explore(tabs, path).page.locator("#explorer .events > li").evaluate_all(read)
        served = tabs.open(path, java_script_enabled=False)

        assert made == served.locator("#plain .events > li").evaluate_all(read)
        assert len(made) == 50

    def test_the_title_follows_the_filters(self, tabs: Tabs) -> None:
        explorer = explore(tabs)
        explorer.check("Call")
        explorer.wait_for_server()

        assert explorer.page.title() == "Events – Type: Call · Russia–DPRK Timeline"

    @pytest.mark.parametrize("language", ["en", "ko", "ru"])
    def test_names_in_the_network_cover_no_other(self, tabs: Tabs, language: str) -> None:
        page = explore(tabs, f"/{language}/explore?participant=sergey-lavrov#network").page
        page.wait_for_selector(".network text")

        names, overlaps = page.evaluate(
            """() => {
              const all = [...document.querySelectorAll('.network text')];
              const boxes = all.map((each) => each.getBoundingClientRect());
              const over = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 3
                && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 3;
              return [
                all.map((each) => each.textContent),
                boxes.flatMap((a, n) => boxes.slice(n + 1).flatMap((b, m) =>
                  over(a, b) ? [[all[n].textContent, all[n + 1 + m].textContent]] : [])),
              ];
            }"""
        )

        assert overlaps == []
        assert len(names) == len({*names}) > 15

    def test_the_timeline_draws_uncertain_dates_apart(self, tabs: Tabs) -> None:
        explorer = explore(tabs, "/en/explore?date=1985/1992")
        colours = explorer.page.locator(".lanes canvas").evaluate(
            """canvas => {
              const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
              const strengths = new Set();
              for (let at = 3; at < data.length; at += 4) strengths.add(data[at]);
              return [...strengths];
            }"""
        )

        # Certain days are opaque, and possible ones have a third of the strength.
        assert 255 in colours and any(80 <= each <= 95 for each in colours)


class TestKeyboard:
    def test_reaches_every_part_in_order(self, tabs: Tabs) -> None:
        page = explore(tabs).page
        page.locator("#explorer-q").focus()

        stops = [_focused(page)]
        while len(stops) < 16:
            page.keyboard.press("Tab")
            stops.append(_focused(page))

        tools = ["Earlier", "Later", "Closer", "Wider", "All years"]
        fields = ["explorer-q", "explorer-date", "explorer-certainty", "explorer-sort", "checkbox"]
        assert stops[: len(fields) + 1] == [*fields, "2026"]
        assert stops[6:] == ["Timeline", *tools, "group", "Narrow the list", "A", "A"]

    def test_leads_past_the_list_to_the_filters(self, tabs: Tabs) -> None:
        page = explore(tabs).page
        page.get_by_role("button", name="Narrow the list").focus()

        page.keyboard.press("Enter")
        page.keyboard.press("Tab")

        assert _focused(page) == "checkbox"

    def test_chooses_years(self, tabs: Tabs) -> None:
        explorer = explore(tabs)
        page = explorer.page
        page.locator(".strip g[tabindex='0']").focus()

        for key in ("ArrowLeft", "ArrowLeft", "Enter"):
            page.keyboard.press(key)
        assert explorer.state()["address"] == "/en/explore?date=2024"
        for key in ("Shift+ArrowLeft", "Shift+ArrowLeft"):
            page.keyboard.press(key)
        assert explorer.state()["address"] == "/en/explore?date=2022%2F2024"
        assert page.evaluate("document.activeElement.ariaPressed") == "true"

    def test_opens_an_event_of_the_timeline(self, tabs: Tabs) -> None:
        explorer = explore(tabs, "/en/explore?date=2024")
        page = explorer.page
        page.locator(".canvas").focus()

        for key in ("End", "ArrowLeft", "ArrowLeft"):
            page.keyboard.press(key)
        link = page.locator(".selection a").get_attribute("href") or ""
        assert page.locator(".events > li.selected a").get_attribute("href") == link
        page.keyboard.press("Enter")

        page.wait_for_url(f"**{link}")

    def test_moves_between_views_and_cities(self, tabs: Tabs) -> None:
        explorer = explore(tabs)
        page = explorer.page
        page.get_by_role("tab", name="Timeline").focus()

        page.keyboard.press("ArrowRight")
        page.wait_for_selector(".bubble")
        for key in ("Tab", "Tab", "Tab", "ArrowRight", "Enter"):
            page.keyboard.press(key)

        assert re.fullmatch(r"/en/explore\?place=[a-z-]+#map", explorer.state()["address"])


class TestOffline:
    def test_filters_work_after_the_page_was_loaded(self, tabs: Tabs) -> None:
        explorer = explore(tabs)
        page = explorer.page
        page.wait_for_timeout(1200)
        page.context.set_offline(True)

        explorer.check("Visit")
        assert explorer.numbers[0] < explorer.numbers[1]
        page.get_by_role("tab", name="Map").click()
        page.wait_for_selector(".bubble")
        page.locator(".bubble").first.press("Enter")
        page.get_by_role("tab", name="Network").click()
        page.locator(".views .chips button").first.click()
        page.wait_for_selector(".node")
        state = explorer.state()
        assert "place=" in state["address"] and "participant=" in state["address"]
        assert page.locator(".take").get_attribute("inert") is not None

        field = page.locator("#explorer-q")
        field.press_sequentially("treaty")
        field.press("Enter")
        page.wait_for_selector("[role=alert]")
        assert "Words" in page.inner_text("[role=alert]")
        assert explorer.found == state["found"]

        faults = tabs.watch_of(page).faults
        assert all("ERR_INTERNET_DISCONNECTED" in fault for fault in faults)
        faults.clear()
        page.context.set_offline(False)
        explorer.wait_for_server()
        # The filter applies as soon as the server can be asked.
        page.wait_for_selector("[role=alert]", state="detached")
        assert explorer.numbers[0] < int(re.findall(r"[\d,]+", state["found"])[0])


class TestWithoutScript:
    def test_the_page_of_the_server_is_complete(self, tabs: Tabs) -> None:
        page = tabs.open("/en/explore?type=meeting", java_script_enabled=False)

        assert not page.is_visible("#explorer")
        assert page.locator("#plain .events > li").count() == 50
        page.get_by_label("Date", exact=True).fill("2024")
        page.get_by_role("button", name="Show events").click()
        assert "date=2024" in page.url and "type=meeting" in page.url

    def test_it_stays_if_the_data_cannot_be_loaded(self, tabs: Tabs) -> None:
        page = tabs.open()
        page.route("**/explore.json", lambda route: route.fulfill(status=200, body="broken"))
        page.goto(f"{tabs.base}/en/explore")
        page.wait_for_timeout(500)

        assert page.is_visible("#plain") and not page.is_visible("#explorer")


def _focused(page: Page) -> str:
    """Return the id of the focused element, its first word, or its kind."""
    found: str = page.evaluate(
        """() => {
          const { id, type, role, ariaLabel, textContent, tagName } = document.activeElement;
          if (tagName === 'g') return ariaLabel.slice(0, 4);
          if (type === 'button') return textContent;
          return id || role || (type === 'checkbox' ? type : tagName);
        }"""
    )
    return found
