"""The watch over tabs notices each kind of fault."""

import pytest

from tests.support.browsers import Tabs

pytestmark = [pytest.mark.browser, pytest.mark.sqlite]


class TestWatch:
    def test_a_page_of_events_has_no_fault(self, tabs: Tabs) -> None:
        page = tabs.open("/ko/explore")

        assert page.locator("html").get_attribute("lang") == "ko"
        assert tabs.watch_of(page).faults == []
        assert tabs.watch_of(page).paths[0] == "/ko/explore"

    @pytest.mark.parametrize(
        ("script", "fault"),
        [
            pytest.param(
                "document.body.setAttribute('style', 'color: red')",
                "Content Security Policy",
                id="a style that the policy forbids",
            ),
            pytest.param("console.error('broken')", "broken", id="an error in the console"),
            pytest.param("setTimeout(() => undefined.x)", "exception", id="an exception"),
            pytest.param(
                "fetch('http://127.0.0.1:9/elsewhere').catch(() => 0)",
                "http://127.0.0.1:9/elsewhere",
                id="a request that leaves the origin",
            ),
            pytest.param("fetch('/nowhere')", "404", id="an answer that is an error"),
        ],
    )
    def test_a_fault_is_noticed(self, tabs: Tabs, script: str, fault: str) -> None:
        page = tabs.open("/en/explore")
        page.wait_for_selector("#explorer[data-ready]")
        watch = tabs.watch_of(page)

        page.evaluate(f"() => {{ {script}; }}")
        for _ in range(100):
            if watch.faults:
                break
            page.wait_for_timeout(100)

        assert any(fault in each for each in watch.faults), watch.faults
        watch.faults.clear()
