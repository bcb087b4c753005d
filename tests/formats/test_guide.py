"""A page of the guide: its links, sections and escapes."""

import pytest

from app.formats.guide import guide_page

BASE = "https://example.org/timeline"


def _page(markdown: str) -> str:
    known = {"lists.md": f"{BASE}/guide/lists"}
    return guide_page(f"# Events\n{markdown}", BASE, known.get)


def test_the_title_is_the_first_heading() -> None:
    assert "<title>Events</title>" in _page("")


def test_a_link_leads_to_the_page_of_its_file() -> None:
    assert f'<a href="{BASE}/guide/lists">lists</a>' in _page("See [lists.md](lists.md).")


@pytest.mark.parametrize("link", ["[the `code`](app/main.py)", "[the code](../secret.md)"])
def test_a_link_that_leads_nowhere_is_text(link: str) -> None:
    page = _page(f"See {link}, then [lists.md](lists.md).")

    assert "app/main.py" not in page
    assert "secret" not in page
    assert f'<a href="{BASE}/guide/lists">lists</a>' in page


@pytest.mark.parametrize(
    ("shown", "address"),
    [
        ("GET /v1/events?date=2024-06&amp;limit=1", "/v1/events?date=2024-06&amp;limit=1"),
        (
            "/v1/events?q=최선희 Цой",
            "/v1/events?q=%EC%B5%9C%EC%84%A0%ED%9D%AC%20%D0%A6%D0%BE%D0%B9",
        ),
    ],
)
def test_a_request_leads_to_its_answer(shown: str, address: str) -> None:
    page = _page(f"`{shown.replace('&amp;', '&')}`")

    assert f'<a href="{BASE}{address}"><code>{shown}</code></a>' in page


@pytest.mark.parametrize(
    "shown", ["GET /v1/events/{event_id}", "POST /v1/events", "/v1/events?…", "date", "/etc/hosts"]
)
def test_other_code_is_no_link(shown: str) -> None:
    assert f"<p><code>{shown}</code></p>" in _page(f"`{shown}`")


def test_sections_are_listed_and_have_the_anchors_of_code_hosts() -> None:
    page = _page("## `GET /v1/events/{id}`\n## One & all\n### Deeper\n## One & all\n")

    for id, text in [
        ("get-v1eventsid", "GET /v1/events/{id}"),
        ("one--all", "One &amp; all"),
        ("one--all-1", "One &amp; all"),
    ]:
        assert f'<li><a href="#{id}">{text}</a></li>' in page
        assert f'<h2 id="{id}">' in page
    assert '<h3 id="deeper">' in page
    assert "#deeper" not in page


def test_a_section_with_a_link_has_the_text_of_the_link() -> None:
    page = _page("## [The `lists`](lists.md) of all\n")

    assert '<li><a href="#the-lists-of-all">The lists of all</a></li>' in page
    assert '<h2 id="the-lists-of-all">' in page


def test_a_path_that_takes_no_get_is_no_link() -> None:
    page = guide_page("# Imports\n`/v1/imports`, `/v1/events?a=b`", BASE, str, "/v1/events".__eq__)

    assert "<p><code>/v1/imports</code>, <a " in page


def test_tags_in_the_markdown_are_text() -> None:
    page = _page("<script>alert(1)</script> [x](<javascript:alert(1)>) ![y](<data:text/html,z>)")

    assert "<script" not in page
    assert "javascript:" not in page.replace("[x](&lt;javascript:", "")
    assert "<table>" in _page("| a |\n|---|\n| b |\n")
