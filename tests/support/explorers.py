"""The explorer on the page of events, as its visitor sees it."""

import re
from collections.abc import Mapping
from typing import Any, Final

from playwright.sync_api import Page

# Show another query without loading the page, as the browser does for its button "back".
_GO: Final = """async (search) => {
  history.pushState(null, '', location.pathname + search);
  dispatchEvent(new PopStateEvent('popstate'));
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  do { await frame(); await frame(); }
  while (document.querySelector('#explorer output').ariaBusy !== 'false');
}"""
_FACETS: Final = """() => Object.fromEntries(
  [...document.querySelectorAll('#explorer .facet')].map((facet) => [
    facet.querySelector('legend').textContent,
    Object.fromEntries([...facet.querySelectorAll('label')].map((label) => [
      label.querySelector('span').textContent, label.querySelector('.count').textContent,
    ])),
  ]),
)"""
_YEARS: Final = """() => [...document.querySelectorAll('#explorer .strip [role=button]')].map((year) => year.ariaLabel)"""
_LINKS: Final = """() => [...document.querySelectorAll('#explorer #explorer-list ~ .events a')].map((link) => link.href)"""


class Explorer:
    """The explorer in a tab, once it has started."""

    def __init__(self, page: Page) -> None:
        self.page = page
        page.wait_for_selector("#explorer[data-ready]")

    def go(self, search: str) -> None:
        """Show another query, such as `?date=2024`, without loading the page."""
        self.page.evaluate(_GO, search)

    def check(self, value: str) -> None:
        """Check the value of a facet, such as a type, which its number of events follows."""
        name = re.compile(rf"^{re.escape(value)} [\d,]+$")
        self.page.locator(".facet").get_by_role("checkbox", name=name).check()

    def open_facets(self) -> None:
        """Open the facets that are closed at first."""
        while (closed := self.page.locator(".facet legend [aria-expanded=false]")).count():
            closed.first.click()

    def wait_for_server(self) -> None:
        """Wait until the files of the list are the files of the present filters."""
        self.page.wait_for_selector(".take:not([inert])", state="attached")

    @property
    def found(self) -> str:
        """The number of events in words."""
        return self.page.inner_text("#explorer output")

    @property
    def filters(self) -> list[str]:
        """The filters in words, each with its button."""
        return self.page.locator("#explorer .chips > li").all_inner_texts()

    @property
    def numbers(self) -> list[int]:
        """The numbers in `found`: of the events in the list, and of all events, in English."""
        return [int(each.replace(",", "")) for each in re.findall(r"[\d,]+", self.found)]

    @property
    def facets(self) -> Mapping[str, Mapping[str, int]]:
        """The counts that the facets show, by the titles of facets and values."""
        shown: dict[str, dict[str, str]] = self.page.evaluate(_FACETS)
        return {
            title: {label: int(n.replace(",", "")) for label, n in values.items()}
            for title, values in shown.items()
        }

    @property
    def years(self) -> Mapping[int, int]:
        """The events of each year of the strip that has any."""
        names: list[str] = self.page.evaluate(_YEARS)
        found = [map(int, re.findall(r"\d+", name.replace(",", ""))[:2]) for name in names]
        return {year: events for year, events in found if events}

    @property
    def listed(self) -> list[str]:
        """The ids of the events in the list, as far as it shows them."""
        links: list[str] = self.page.evaluate(_LINKS)
        return [link.rpartition("/")[2].partition("?")[0] for link in links]

    def state(self) -> dict[str, Any]:
        """Return all that a link must restore."""
        return {
            "address": self.page.evaluate("location.pathname + location.search + location.hash"),
            "found": self.found,
            "facets": self.facets,
            "years": self.years,
            "listed": self.listed,
            "view": self.page.inner_text("#explorer [role=tab][aria-selected=true]"),
        }
