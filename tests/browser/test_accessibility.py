"""Every kind of page is accessible: axe-core, the keyboard, forced colours, print, small screens."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.support.browsers import Tabs

pytestmark = [pytest.mark.browser, pytest.mark.sqlite]
TALKS = "2024-11-01-lavrov-choe-strategic-consultations"
# One of each kind, below the language.
PAGES = (
    *("explore?limit=20", "explore?participant=choe-son-hui&q=summit", f"events/{TALKS}"),
    *("participants?limit=20", "participants/sergey-lavrov", "treaties?limit=10"),
    *("treaties/friendship-treaty-1961", "places?limit=20", "places/moscow", "offices?limit=20"),
    *("offices/kp-foreign-minister", "tags?limit=20", "tags/military", "sources?limit=20"),
    *("sources/tass-1865655", "publishers?limit=20", "publishers/kcna", "changes?limit=10"),
    *(f"events/{TALKS}/revisions/1", "releases", "about", "desk", "explore?as_of=3799&date=1961"),
)
EMBEDS = (f"/embed/{{}}/events/{TALKS}", "/embed/{}/explore?participant=choe-son-hui&limit=5")
# Pages with a script or forms; the others have links alone.
WALKED = (
    "explore?date=1961",
    f"events/{TALKS}",
    "participants/sergey-lavrov",
    "treaties",
    "changes",
    "about",
    "desk",
)
# WCAG 2.2 AA, and the practices that axe-core knows beyond it.
_ALL = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
_CONTRAST = {
    "runOnly": {"type": "rule", "values": ["color-contrast"]},
    "resultTypes": ["violations"],
}
# The element that has the focus: its place in the page, and whether the eye can see that it has it.
_FOCUS = """() => {
    const element = document.activeElement;
    const style = getComputedStyle(element), box = element.getBoundingClientRect();
    const lined = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
    return {
        place: [...document.querySelectorAll('*')].indexOf(element),
        name: element.outerHTML.slice(0, 120),
        seen: (lined || style.boxShadow !== 'none') && box.width > 0 && box.height > 0,
        body: element === document.body,
    };
}"""
_FOCUSABLE = """() => [...document.querySelectorAll(
    'a[href], button, input:not([type=hidden]), select, summary, textarea, [tabindex="0"]'
)].filter(each => each.checkVisibility({visibilityProperty: true}) && !each.disabled).length"""
# Text that is wider than the page, which then scrolls in two directions (1.4.10).
_OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def _violations(page: Page, rules: dict[str, Any]) -> Iterator[str]:
    for found in Axe().run(page, options=rules).response["violations"]:
        for node in found["nodes"][:3]:
            yield f"{found['id']}: {node['html'][:150]}"


@pytest.mark.parametrize("language", ["en", "ko"])
def test_axe_finds_no_barrier_in_light_and_dark(tabs: Tabs, language: str) -> None:
    page = tabs.open(reduced_motion="reduce")

    found = {}
    for path in (*(f"/{language}/{each}" for each in PAGES), *(e.format(language) for e in EMBEDS)):
        page.emulate_media(color_scheme="light")
        page.goto(f"{tabs.base}{path}")
        violations = [*_violations(page, _ALL)]
        page.emulate_media(color_scheme="dark")
        if violations := [*violations, *_violations(page, _CONTRAST)]:
            found[path] = violations

    assert found == {}


@pytest.mark.parametrize("path", WALKED)
def test_the_keyboard_reaches_everything_and_leaves_again(tabs: Tabs, path: str) -> None:
    page = tabs.open(f"/en/{path}")
    page.wait_for_load_state("networkidle")
    wanted = page.evaluate(_FOCUSABLE)
    # A long page is walked in part.
    steps = min(wanted, 100)

    places, unseen = [], []
    for _ in range(steps):
        page.keyboard.press("Tab")
        focus = page.evaluate(_FOCUS)
        places.append(focus["place"])
        unseen += [] if focus["seen"] or focus["body"] else [focus["name"]]

    assert unseen == []
    # The order is the one of the page, and no element holds the focus.
    assert len({*places}) >= steps - 1, "the focus is held"
    assert sum(later < earlier for earlier, later in pairwise(places)) <= 1
    page.keyboard.press("Shift+Tab")
    assert page.evaluate(_FOCUS)["place"] != places[-1]


def test_the_first_stop_skips_to_the_content(tabs: Tabs) -> None:
    page = tabs.open("/en/about")

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    assert page.evaluate("location.hash") == "#main"


def test_pages_fit_a_small_screen_and_large_text(tabs: Tabs) -> None:
    """A screen of 1280 pixels has 320 CSS pixels at 400 % (WCAG 1.4.10)."""
    page = tabs.open(viewport={"width": 320, "height": 640})

    wide = {}
    for path in PAGES:
        page.goto(f"{tabs.base}/ru/{path}")
        if (excess := page.evaluate(_OVERFLOW)) > 0:
            wide[path] = excess

    assert wide == {}


def test_forced_colours_keep_the_bars(tabs: Tabs) -> None:
    page = tabs.open(forced_colors="active")

    for path, bar in (("about", ".bar"), ("treaties", ".force, .stage")):
        page.goto(f"{tabs.base}/en/{path}")
        shown = page.locator(bar).first.evaluate(
            "each => [getComputedStyle(each).fill, getComputedStyle(document.body).backgroundColor]"
        )
        assert shown[0] != shown[1], path


def test_print_shows_the_content_and_its_address(tabs: Tabs) -> None:
    page = tabs.open(color_scheme="dark")
    page.emulate_media(media="print")

    for path in (
        "explore?date=2024&place=moscow",
        f"events/{TALKS}",
        "treaties/friendship-treaty-1961",
    ):
        page.goto(f"{tabs.base}/en/{path}")
        assert (
            page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
        )
        assert not page.locator("header nav").first.is_visible()
        assert not page.locator(".take").first.is_visible()
        assert page.locator("footer .address").is_visible()
    page.goto(f"{tabs.base}/en/events/{TALKS}")
    after = page.locator("a.url").first.evaluate(
        "each => getComputedStyle(each, '::after').content"
    )
    assert "http" in after, "a printed link shows its address"


def test_an_embed_shows_in_a_page_of_another_site_and_no_other_page(
    tabs: Tabs, tmp_path: Path
) -> None:
    page = tabs.open()
    frames = "".join(
        f'<iframe src="{tabs.base}{path}" width="600" height="260" title="{title}"></iframe>'
        for title, path in (("embed", f"/embed/en/events/{TALKS}"), ("page", "/en/about"))
    )
    (tmp_path / "index.html").write_text(f"<!DOCTYPE html>{frames}")

    with _site(tmp_path) as other:
        page.goto(other)

        shown = page.frame_locator("[title=embed]").locator("h1 a")
        assert shown.get_attribute("href") == f"{tabs.base}/en/events/{TALKS}"
        assert page.frame_locator("[title=page]").locator("#main").count() == 0
    faults = tabs.watch_of(page).faults
    assert [each for each in faults if other not in each and "frame-ancestors" not in each] == []
    faults.clear()


@contextmanager
def _site(folder: Path) -> Iterator[str]:
    """Yield the URL of another site, which shows the files of a folder."""
    handler = partial(SimpleHTTPRequestHandler, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


@pytest.mark.parametrize("script", [True, False])
def test_print_says_that_a_list_is_a_part(tabs: Tabs, script: bool) -> None:
    page = tabs.open("/en/explore?type=visit", java_script_enabled=script)
    if script:
        page.wait_for_selector("#explorer[data-ready]")
    note = page.locator(".printed").filter(visible=True)
    assert note.count() == 0

    page.emulate_media(media="print")

    assert note.inner_text().startswith("50 of ")
    for name in ("Narrow the list", "Remove all filters"):
        assert page.get_by_text(name).filter(visible=True).count() == 0
    assert page.locator(".chips").filter(visible=True).inner_text().startswith("Type: Visit")


@pytest.mark.parametrize("width", [360, 800])
def test_no_word_of_a_table_is_broken_without_need(tabs: Tabs, width: int) -> None:
    """A column with long texts used to leave one letter of each word to the others."""
    page = tabs.open(f"/en/events/{TALKS}", viewport={"width": width, "height": 800})

    cells = page.locator("section[aria-labelledby=known] tbody tr").first.locator("th, td")
    widths = cells.evaluate_all("all => all.map((each) => each.offsetWidth)")

    assert min(widths) >= (100 if width == 800 else 54), widths
