"""The drawings of the explorer and of treaties: on a wide screen, on a phone, on paper; and the printed address."""

import re
from itertools import pairwise
from typing import Any

import pytest
from playwright.sync_api import Page

from app.domain.languages import Language
from tests.support.browsers import Tabs
from tests.support.explorers import Explorer

pytestmark = [pytest.mark.browser, pytest.mark.sqlite]
PHONE = {"width": 360, "height": 740}
WIDTHS = (320, 360, 480, 640, 800, 1000, 1280, 1600)
RANGES = ("", "1985", "2024", "2024-06", "2024-11/2025-02", "2023/2024", "2015/2024", "1946/2026")
NETWORK = "explore?participant=choe-son-hui#network"
# A canvas has no elements: keep the texts of the last drawing, and the room that each takes.
_KEEP_TEXTS = """(() => {
  const { clearRect, fillText } = CanvasRenderingContext2D.prototype;
  CanvasRenderingContext2D.prototype.clearRect = function (...box) {
    window.texts = [];
    return clearRect.apply(this, box);
  };
  CanvasRenderingContext2D.prototype.fillText = function (text, x, y) {
    const { width } = this.measureText(text);
    const left = { left: x, center: x - width / 2, right: x - width }[this.textAlign];
    window.texts.push({ text, left, right: left + width, y });
    return fillText.call(this, text, x, y);
  };
})()"""
# Wait until the page has drawn itself in another size.
_DRAWN = """async () => {
  for (let n = 0; n < 4; n += 1) await new Promise((resolve) => requestAnimationFrame(resolve));
}"""
_HAS_MAP = """() => {
  return performance.getEntriesByType('resource').some((each) => each.name.includes('/map.'));
}"""
# The labels of the axis are the lowest texts.
_AXIS = """() => {
  const lowest = Math.max(...texts.map((each) => each.y));
  const labels = texts.filter((each) => each.y === lowest).sort((a, b) => a.left - b.left);
  return { labels, width: document.querySelector('.lanes .canvas').clientWidth };
}"""
# The heights of the letters of a drawing on the screen, and the names that cover others or the edge of the page.
_LETTERS = """(selector) => {
  const all = [...document.querySelectorAll(selector)];
  const boxes = all.map((each) => each.getBoundingClientRect());
  const over = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1
    && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 3;
  return {
    sizes: all.map((each) => parseFloat(getComputedStyle(each).fontSize) * each.getScreenCTM().d),
    overlaps: boxes.flatMap((a, n) => boxes.slice(n + 1).flatMap((b, m) =>
      over(a, b) ? [[all[n].textContent, all[n + 1 + m].textContent]] : [])),
    outside: all.filter((_, n) => boxes[n].left < 0 || boxes[n].right > innerWidth).map((each) => each.textContent),
    excess: document.documentElement.scrollWidth - document.documentElement.clientWidth,
  };
}"""


def letters(page: Page, selector: str) -> dict[str, Any]:
    page.wait_for_selector(selector)
    found: dict[str, Any] = page.evaluate(_LETTERS, selector)
    return found


@pytest.mark.parametrize("language", Language)
def test_no_label_of_the_timeline_covers_another(tabs: Tabs, language: Language) -> None:
    page = tabs.open()
    page.add_init_script(_KEEP_TEXTS)
    page.goto(f"{tabs.base}/{language}/explore")
    explorer = Explorer(page)

    faults = []
    for period in RANGES:
        explorer.go(f"?date={period}" if period else "")
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            page.evaluate(_DRAWN)
            axis = page.evaluate(_AXIS)
            labels = axis["labels"]
            texts = [each["text"] for each in labels]
            isolated = all(one["right"] + 4 < other["left"] for one, other in pairwise(labels))
            within = labels[0]["left"] >= 0 and labels[-1]["right"] <= axis["width"] + 0.5
            if len(labels) < 2 or not (isolated and within):
                faults.append((period, width, texts))

    assert faults == []


def test_the_timeline_of_a_year_names_its_months(tabs: Tabs) -> None:
    page = tabs.open(viewport={"width": 1280, "height": 800})
    page.add_init_script(_KEEP_TEXTS)
    page.goto(f"{tabs.base}/en/explore?date=2024")
    Explorer(page)

    texts = [each["text"] for each in page.evaluate(_AXIS)["labels"]]

    months = "Feb Mar Apr May Jun Jul Aug Sept? Oct Nov Dec"
    assert re.fullmatch(f"2024 {months} 2025", " ".join(texts))


@pytest.mark.parametrize("language", ["en", "ko", "ru"])
@pytest.mark.parametrize(
    ("path", "drawing"),
    [
        ("treaties/friendship-treaty-2000", "svg.treaty"),
        ("treaties/friendship-treaty-1961", "svg.treaty"),
        ("treaties", "svg.treaty"),
        ("explore#map", ".map"),
        ("explore#map-eurasia", ".map"),
        (NETWORK, ".network"),
    ],
)
def test_a_phone_shows_names_that_can_be_read(
    tabs: Tabs, language: str, path: str, drawing: str
) -> None:
    page = tabs.open(f"/{language}/{path}", viewport=PHONE)

    for width in (320, 360, 411, 600, 800):
        page.set_viewport_size({"width": width, "height": 740})
        page.evaluate(_DRAWN)
        found = letters(page, f"{drawing} text")
        assert min(found["sizes"]) >= 10, width
        assert [found[each] for each in ("overlaps", "outside", "excess")] == [[], [], 0], width


@pytest.mark.parametrize("path", ["explore#map", "explore#map-eurasia", NETWORK])
@pytest.mark.parametrize("width", [360, 1280])
def test_a_finger_hits_a_disc(tabs: Tabs, path: str, width: int) -> None:
    """WCAG 2.2, 2.5.8: a target has 24 pixels."""
    page = tabs.open(f"/ru/{path}", viewport={"width": width, "height": 740})
    page.wait_for_selector(".target", state="attached")

    sizes = page.locator(".target").evaluate_all(
        "all => all.map((each) => each.getBoundingClientRect().width)"
    )

    assert len(sizes) > 5 and min(sizes) >= 24


@pytest.mark.parametrize("path", ["explore#map", NETWORK])
def test_no_disc_covers_a_name(tabs: Tabs, path: str) -> None:
    page = tabs.open(f"/ru/{path}")
    page.wait_for_selector(".names text")

    kinds = page.locator(".views svg :is(.dot, text)").evaluate_all(
        "all => all.map((each) => each.tagName)"
    )

    # A later element lies above an earlier one.
    assert {"circle", "text"} == {*kinds} and kinds == sorted(kinds)


class TestPrint:
    def test_shows_the_address_of_the_present_filters(self, tabs: Tabs) -> None:
        explorer = Explorer(tabs.open("/ko/explore"))
        page = explorer.page
        field = page.locator("#explorer-date")

        shown = []
        for value in ("2024", "1985"):
            field.fill(value)
            field.press("Enter")
            page.wait_for_url(f"**date={value}")
            # At once, and as the server answers.
            shown.append(_addresses(page))
            explorer.wait_for_server()
            shown.append(_addresses(page))
        page.go_back()
        shown.append(_addresses(page))
        page.go_back()
        shown.append(_addresses(page))
        page.get_by_role("tab").nth(1).click()
        shown.append(_addresses(page))
        page.go_forward()
        explorer.wait_for_server()
        shown.append(_addresses(page))

        own = f"{tabs.base}/ko/explore"
        first, second = f"{own}?date=2024", f"{own}?date=1985"
        expected = [first, first, second, second, first, own]
        assert shown[:6] == [(each, each) for each in expected]
        assert shown[6] == (f"{own}#map", own)
        assert shown[7][1] == first

    def test_shows_it_without_a_connection(self, tabs: Tabs) -> None:
        explorer = Explorer(tabs.open("/en/explore"))
        # The explorer fetches the map early, for a visitor who loses the connection.
        explorer.page.wait_for_function(_HAS_MAP)
        explorer.page.context.set_offline(True)

        explorer.check("Visit")

        assert _addresses(explorer.page)[0] == f"{tabs.base}/en/explore?type=visit"

    @pytest.mark.parametrize("view", ["timeline", "map", "network"])
    def test_shows_no_control(self, tabs: Tabs, view: str) -> None:
        query = "?participant=choe-son-hui&date=2022/.."
        page = Explorer(tabs.open(f"/en/explore{query}#{view}")).page
        drawing = page.locator(".lanes canvas, .map, .network")
        drawing.wait_for()

        page.emulate_media(media="print")

        controls = page.locator("input, select, fieldset, [role=tab], button:not(.link), .jump")
        assert controls.filter(visible=True).count() == 0
        for selector in ("h1", "#explorer output", ".strip svg", "#explorer-list", ".address"):
            assert page.locator(selector).filter(visible=True).count() == 1, selector
        assert drawing.is_visible()
        chips = page.locator("#explorer .chips li").all_inner_texts()
        assert [each.strip() for each in chips] == ["Participant: Choe Son Hui", "Date: from 2022"]
        assert page.get_by_text("As a list").filter(visible=True).count() == 0
        if view == "map":
            # The names of the places beside the map, which are buttons on a screen.
            assert re.search(r"Moscow \(\d+\)", page.inner_text(".views"))
        assert page.pdf().startswith(b"%PDF")


def _addresses(page: Page) -> tuple[str, str]:
    """Return the address that print shows, and the one for programs."""
    return (
        page.inner_text("footer .address"),
        page.get_attribute("link[rel=canonical]", "href") or "",
    )
