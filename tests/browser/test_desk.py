"""The desk as editors use it: draft, correct with the keyboard, check, write, undo; nothing else leaves the page."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Request, expect

from app.tables.database import Database
from tests.support.apps import make_key
from tests.support.browsers import Tabs
from tests.support.desks import Desk, DeskServer
from tests.support.servers import served

pytestmark = [pytest.mark.browser, pytest.mark.sqlite]
# Characters beyond 16 bits, and a letter of two code points, precede the words.
TEXT = "PYONGYANG, May 6. 🇰🇵 Cafe\u0301: Sergey Lavrov met Choe Son Hui in Pyongyang on Friday. Jean Dupont watched."
KOREAN = "평양 🚄𝔸 \u1112\u1161\u11ab: 세르게이 라브로프 러시아 외무장관이 3일 평양에서 최선희 북한 외무상과 회담했다."


@pytest.fixture(scope="module")
def server(seeds_in_sqlite: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[DeskServer]:
    """A server over a copy of the seeds, and a key that may write."""
    folder: Path = tmp_path_factory.mktemp("desk")
    url = seeds_in_sqlite("desk")
    with closing(Database(url)) as database:
        key = make_key(database, "anna")
    with served(url, log=folder / "log", past_folder=folder / "past") as (base, _):
        yield DeskServer(base, key)


@pytest.fixture
def tabs(browser: Browser, server: DeskServer) -> Iterator[Tabs]:
    """Opens tabs on this server; the test fails at its end if any of them has a fault (see `Watch`)."""
    tabs = Tabs(browser, server.base)
    yield tabs
    assert tabs.close() == []


def _open(tabs: Tabs, server: DeskServer, language: str = "en") -> Desk:
    return Desk(tabs.open(f"/{language}/desk", reduced_motion="reduce"), server)


class TestFromDraftToUndo:
    def test_with_the_keyboard(self, tabs: Tabs, server: DeskServer) -> None:
        desk = _open(tabs, server)
        page = desk.page
        desk.draft(TEXT, "2030-05-06")

        # The words of a field are marked in the text, and the field of words beside it.
        page.locator("#desk-0-date-field").focus()
        assert desk.marked() == ["on Friday"]
        desk.put_caret("met")
        expect(page.locator("#desk-0-type.marked")).to_be_visible()
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "desk-0-type-field"

        # The first word becomes the evidence for the place.
        desk.put_caret("PYONGYANG")
        for _ in range(len("PYONGYANG,")):
            page.keyboard.press("Shift+ArrowRight")
        page.keyboard.press("Shift+ArrowLeft")
        expect(page.locator(".selected")).to_have_text("Selected: “PYONGYANG”")
        page.keyboard.type("nothing is edited")
        assert page.inner_text("#desk-text") == TEXT
        page.get_by_role("button", name="Use the selected words as evidence for: Place").press(
            "Enter"
        )
        assert desk.quotes("place") == ["PYONGYANG"]

        # An office is found by the beginning of its name.
        office = page.locator("#desk-0-participants-0-office")
        office.fill("")
        office.press_sequentially("ministre des affaires étr")
        page.wait_for_selector("#desk-0-participants-0-office-list [role=option]")
        office.press("ArrowDown")
        office.press("Enter")
        assert "foreign-minister" in office.input_value()
        office.fill("ru-foreign-minister")
        desk.fill("title-en", "Lavrov and Choe meet")
        desk.fill("summary-en", "The ministers meet.")
        event = page.locator("#desk-0-id-field").input_value()

        desk.press("Check")
        assert desk.review() == [f"new: {desk.source}", f"new: {event}"]
        assert httpx.get(f"{server.base}/v1/events/{event}").status_code == 404
        page.get_by_label("Reason, for the log of changes").fill("from a dispatch")
        desk.press("Write")
        page.get_by_role("heading", name="Written", exact=True).wait_for()
        link = page.locator(f".review a[href='/en/events/{event}']")
        assert link.is_visible()

        record = httpx.get(f"{server.base}/v1/events/{event}/record").json()
        (citation,) = record["sources"]
        spans = [each["selector"] for each in citation["evidence"] if "place" in each["supports"]]
        assert spans == [{"start": 0, "end": 9}]
        (date,) = [each for each in citation["evidence"] if each["supports"] == ["date"]]
        assert TEXT[date["selector"]["start"] : date["selector"]["end"]] == "on Friday"
        (change,) = httpx.get(f"{server.base}/v1/events/{event}/revisions").json()["items"]
        assert (change["actor"], change["reason"]) == ("anna", "from a dispatch")

        desk.press("Undo")
        page.get_by_role("heading", name="To undo it would change").wait_for()
        assert httpx.get(f"{server.base}/v1/events/{event}").status_code == 200
        desk.press("Undo it now")
        page.get_by_role("heading", name="Undone").wait_for()
        assert httpx.get(f"{server.base}/v1/events/{event}").status_code == 410
        # An undo can be undone too.
        desk.press("Undo")
        page.get_by_role("heading", name="To undo it would change").wait_for()
        assert f"restored: {event}" in desk.review()
        assert desk.kept() == {"address": "/en/desk", "stored": [[], []]}

    def test_korean_words_have_offsets_in_code_points(self, tabs: Tabs, server: DeskServer) -> None:
        desk = _open(tabs, server, "ko")
        desk.draft(KOREAN, "2031-05-06")
        sent: list[dict[str, Any]] = []

        def note_import(request: Request) -> None:
            if "/v1/imports" in request.url:
                sent.append(request.post_data_json or {})

        desk.page.on("request", note_import)
        desk.put_caret("최선희")
        for _ in "최선희":
            desk.page.keyboard.press("Shift+ArrowRight")
        # The browser tells of a selection after the key.
        expect(desk.page.locator(".selected")).to_contain_text("최선희")
        desk.page.locator("#desk-0-title .use").press("Enter")
        desk.fill("title-en", "Lavrov and Choe meet")
        desk.fill("title-ko", "라브로프와 최선희 회담")
        desk.fill("summary-en", "The ministers meet.")
        desk.page.locator(".desk-save .tools button").first.press("Enter")
        desk.page.wait_for_selector(".review")

        (evidence,) = [e["evidence"] for e in sent[0]["events"][0]["sources"]]
        assert sent[0]["articles"] == {desk.source: KOREAN}
        assert len(evidence) > 3
        for each in evidence:
            start, end = each["selector"]["start"], each["selector"]["end"]
            assert KOREAN[start:end] == each["quote"]
        assert any(each["quote"] == "최선희" and "title" in each["supports"] for each in evidence)

    def test_adds_a_source_to_a_known_event(self, tabs: Tabs, server: DeskServer) -> None:
        desk = _open(tabs, server)
        desk.draft(
            "Kim Jong Un received Sergei Shoigu in Pyongyang on Friday.",
            "2025-03-24",
            url="https://example.org/7",
        )
        page = desk.page
        event = "2025-03-21-shoigu-kim-jong-un-meeting"
        before = httpx.get(f"{server.base}/v1/events/{event}/record").json()

        assert page.locator(f".verdict a[href='/en/events/{event}']").is_visible()
        page.get_by_label("What to do with it").select_option("known")
        page.wait_for_selector("#desk-0-title-en")
        desk.press("Check")

        assert desk.review()[1].startswith(f"changed: {event}")
        fields = page.locator(".review li li code").all_inner_texts()
        assert fields == ["sources"]
        desk.press("Write")
        page.get_by_role("heading", name="Written", exact=True).wait_for()
        after = httpx.get(f"{server.base}/v1/events/{event}/record").json()
        added = after["sources"].pop()
        assert after == before
        # A source with an address alone has digests without offsets.
        assert {each["selector"] for each in added["evidence"]} == {None}


class TestErrors:
    def test_a_wrong_key_is_told(self, tabs: Tabs, server: DeskServer) -> None:
        desk = _open(tabs, DeskServer(server.base, "tl_wrong"))
        desk.draft(TEXT, "2030-05-06", waits=False)

        expect(desk.page.get_by_role("alert")).to_contain_text("key")
        assert desk.page.locator("#desk-asked-text").input_value() == TEXT
        assert "401" in tabs.watch_of(desk.page).faults.pop()

    def test_an_error_is_shown_at_its_field(self, tabs: Tabs, server: DeskServer) -> None:
        desk = _open(tabs, server)
        page = desk.page
        desk.draft(TEXT, "6 May 2030", waits=False)
        expect(page.locator("#desk-asked-published")).to_have_attribute("aria-invalid", "true")
        # The id of a source that was withdrawn is never free again, so the text is another one.
        desk.draft(f"{TEXT} They spoke.", "2030-05-06")

        desk.fill("date-field", "2030-13")
        desk.fill("participants-1-id", "putin")
        desk.press("Check")
        page.wait_for_selector("[role=alert] li")

        assert page.evaluate("document.activeElement.className") == "note desk-failure"
        assert "month 13" in page.inner_text("#desk-0-date-field-errors")
        described = page.locator("#desk-0-date-field").get_attribute("aria-describedby") or ""
        assert described.split()[0] == "desk-0-date-field-errors"
        page.get_by_role("alert").get_by_role("link", name="Date: ").press("Enter")
        assert page.evaluate("document.activeElement.id") == "desk-0-date-field"
        assert not page.get_by_role("button", name="Write", exact=True).is_visible()
        assert "No record has the id putin." in page.inner_text("#desk-0-participants-1-id-name")

        # References are looked at once each value has its form.
        desk.fill("date-field", "2030-05-03")
        desk.fill("title-en", "Lavrov and Choe meet")
        desk.fill("summary-en", "The ministers meet.")
        desk.press("Check")
        expect(page.locator("#desk-0-participants-1-id-errors")).to_contain_text("vladimir-putin")
        assert not page.locator("#desk-0-date-field-errors").count()
        assert all("42" in fault or "404" in fault for fault in tabs.watch_of(page).faults)
        tabs.watch_of(page).faults.clear()


class TestPage:
    def test_axe_finds_no_barrier(self, tabs: Tabs, server: DeskServer) -> None:
        desk = _open(tabs, server)
        found = [*_violations(desk.page)]
        desk.draft(TEXT, "2030-05-06")
        desk.page.locator("#desk-0-date-field").focus()
        desk.press("Check")
        desk.page.wait_for_selector("[role=alert] li")
        found += _violations(desk.page)
        desk.page.emulate_media(color_scheme="dark")
        found += _violations(desk.page)
        desk.page.set_viewport_size({"width": 320, "height": 640})

        assert found == []
        assert desk.page.evaluate("document.documentElement.scrollWidth") <= 320
        tabs.watch_of(desk.page).faults.clear()

    def test_keeps_the_key_only_on_request(self, tabs: Tabs, server: DeskServer) -> None:
        desk = _open(tabs, server)
        keep = desk.page.get_by_role("checkbox")

        assert desk.kept()["stored"] == [[], []]
        keep.check()
        assert desk.kept()["stored"] == [[["timeline-desk-key", server.key]], []]
        keep.uncheck()
        assert desk.kept()["stored"] == [[], []]

    def test_without_a_script_it_shows_commands(self, tabs: Tabs) -> None:
        page = tabs.open("/ru/desk", java_script_enabled=False)

        assert "/v1/imports?dry_run=true" in page.inner_text("#plain pre")
        assert not page.locator("input").count()


def _violations(page: Page) -> Iterator[str]:
    options = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
    for found in Axe().run(page, options=options).response["violations"]:
        yield f"{found['id']}: {[node['html'][:150] for node in found['nodes'][:3]]}"
