"""Measure the explorer: bytes of the first load, processor time until it works, time of a redraw.

`python -m tests.support.explorer_speed URL` prints them for a running server.
"""

import json
import sys
from collections.abc import Iterable
from statistics import median, quantiles
from typing import Any, Final, NamedTuple

import httpx
from playwright.sync_api import Browser, CDPSession, Page, Route

from tests.support.browsers import chromium

_PERSON: Final = "participant=kim-jong-un"
VIEWS: Final = ("timeline", "map", "network")
# Filters that a visitor may set one after the other.
_QUERIES: Final = [
    "",
    "?type=meeting",
    "?type=meeting&place=moscow",
    "?date=2018/2025",
    f"?{_PERSON}",
    "?side=RU&role=host",
    "?tag=military&status=occurred",
    "?certainty=certain&date=1985/..",
    "?sort=-sources",
    "?top=true",
]
# Apply a query, and return the milliseconds until the page is laid out and painted.
_REDRAW: Final = """async (query) => {
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  const task = () => new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = resolve;
    port2.postMessage(0);
  });
  await frame();
  const begin = performance.now();
  history.pushState(null, '', location.pathname + query + location.hash);
  dispatchEvent(new PopStateEvent('popstate'));
  // Preact draws after this frame, and the message comes after the layout and paint of the next one.
  await task();
  await frame();
  await task();
  return performance.now() - begin;
}"""


class Redraw(NamedTuple):
    """The milliseconds of a redraw: of the main thread's processor, and on the clock with its waits."""

    processor: float
    clock: float


def redraws(page: Page, view: str, rounds: int = 3) -> list[Redraw]:
    """Return the times of each redraw of a view after a change of filters.

    A network needs a person in its centre, so each query names one.
    """
    page.evaluate("(view) => { location.hash = view; }", view)
    page.wait_for_selector(f"#explorer-tab-{view}[aria-selected=true]")
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    queries = [_with_person(query) for query in _QUERIES] if view == "network" else _QUERIES
    times = []
    for query in queries * rounds:
        before = _task_seconds(session)
        clock: float = page.evaluate(_REDRAW, query)
        times.append(Redraw((_task_seconds(session) - before) * 1000, clock))
    return times


def _with_person(query: str) -> str:
    return query if _PERSON in query else f"{query or '?'}&{_PERSON}"


def _task_seconds(session: CDPSession) -> float:
    """Return the processor time of the main thread so far."""
    metrics = session.send("Performance.getMetrics")["metrics"]
    return float(next(each["value"] for each in metrics if each["name"] == "TaskDuration"))


def percentile_95(times: Iterable[float]) -> float:
    """Return the time within which 95 % of the redraws end."""
    return quantiles(times, n=20)[-1]


def multiplied(index: dict[str, Any], number: int) -> dict[str, Any]:
    """Return the index with its events repeated until there are so many."""
    columns = index["events"]
    times = number // len(columns["id"]) + 1
    many = {
        name: [each for each in column for _ in range(times)] for name, column in columns.items()
    }
    many["id"] = [f"{slug}-{copy}" for slug in columns["id"] for copy in range(times)]
    return {**index, "events": {name: column[:number] for name, column in many.items()}}


def open_many(browser: Browser, base: str, number: int) -> Page:
    """Open the explorer over so many events, in a context that the caller closes."""
    index = httpx.get(f"{base}/en/explore.json", timeout=60).json()
    text = json.dumps(multiplied(index, number))

    def answer(route: Route) -> None:
        route.fulfill(body=text, content_type="application/json")

    page = browser.new_context().new_page()
    page.route("**/explore.json", answer)
    page.goto(f"{base}/en/explore")
    page.wait_for_selector("#explorer[data-ready]", timeout=60_000)
    return page


def first_load(base: str, language: str) -> dict[str, int]:
    """Return the bytes of each file of the first load, as the server sends it to a client of gzip alone."""
    headers = {"Accept-Encoding": "gzip"}
    with httpx.Client(base_url=base, timeout=60, headers=headers) as client:
        page = client.get(f"/{language}/explore")
        paths = [f"/{language}/explore", f"/{language}/explore.json"]
        paths += sorted({part for part in page.text.split('"') if part.startswith("/assets/")})
        return {path: client.get(path).num_bytes_downloaded for path in paths}


def processor_seconds(page: Page, url: str) -> float:
    """Return the processor time of the page's main thread from its request until the explorer works."""
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    page.goto(url)
    page.wait_for_selector("#explorer[data-ready]")
    return _task_seconds(session)


def main(base: str) -> None:
    """Print all figures."""
    for language in ("en", "fr", "ru", "ko"):
        sizes = first_load(base, language)
        print(language, sum(sizes.values()), sizes)
    with chromium() as browser:
        for path in ("/en/explore", "/ko/explore"):
            seconds = [
                processor_seconds(browser.new_context().new_page(), base + path) for _ in range(3)
            ]
            print(path, "processor seconds until it works:", seconds)
        page = browser.new_page()
        page.goto(f"{base}/en/explore")
        page.wait_for_selector("#explorer[data-ready]")
        for view in VIEWS:
            _print(view, redraws(page, view))
        page = open_many(browser, base, 20_000)
        for view in VIEWS:
            _print(f"20,000 events, {view}", redraws(page, view))


def _print(name: str, times: list[Redraw]) -> None:
    for measure in Redraw._fields:
        values = [getattr(each, measure) for each in times]
        print(
            f"redraw, {name}, {measure}: median {median(values):.1f} ms, "
            f"p95 {percentile_95(values):.1f} ms"
        )


if __name__ == "__main__":
    main(sys.argv[1])
