"""A reader without JavaScript reaches every kind of page in each language, and no link is broken."""

import re
from collections import Counter
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from starlette.testclient import TestClient

from app.domain.languages import Language
from app.tables.database import Database
from tests.support.apps import client_of
from tests.support.pages import ReadPage

BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
LANGUAGES = "|".join(Language)
# Every kind of page: the path below the language, with a star for an id.
KINDS = {
    *("explore", "participants", "places", "offices", "tags", "sources", "publishers", "treaties"),
    *("participants/*", "places/*", "offices/*", "tags/*", "sources/*", "publishers/*"),
    *("treaties/*", "events/*", "changes", "releases", "about", "desk"),
    *(
        f"{name}/*/revisions/*"
        for name in (
            *("participants", "places", "offices", "tags", "sources", "publishers"),
            *("treaties", "events"),
        )
    ),
}


def _kind(url: str) -> str:
    """Return the kind of a page; empty for another URL."""
    match = re.fullmatch(rf"/(?:{LANGUAGES})/(.*)", urlsplit(url).path)
    if match is None:
        return ""
    parts = match[1].split("/")
    return "/".join("*" if n % 2 else part for n, part in enumerate(parts))


def _walk(client: TestClient, language: Language, most: int) -> Iterator[tuple[str, ReadPage]]:
    """Yield pages that links lead to from the first one, at most so many of a kind."""
    first = client.get("/", headers={**BROWSER, "Accept-Language": language})
    waiting, seen, counts = [str(first.url)], {str(first.url)}, Counter[str]()
    others: dict[str, str] = {}
    while waiting:
        url = waiting.pop(0)
        answer = client.get(url, headers=BROWSER)
        assert answer.status_code == 200, f"{url}: {answer.text[:500]}"
        assert answer.headers["Content-Language"] == language
        page = ReadPage(answer.text)
        yield url, page
        for link in page.internal_links(url):
            kind = _kind(link)
            if not kind:
                others.setdefault(urlsplit(link).path, link)
            elif link not in seen and f"/{language}/" in link and counts[kind] < most:
                seen.add(link)
                counts[kind] += 1
                waiting.append(link)
    _ask_others(client, others)


def _ask_others(client: TestClient, others: dict[str, str]) -> None:
    """Follow one link to each other path, such as a file of a list."""
    for path, link in others.items():
        # A whole export costs a second and is tested elsewhere.
        if path.count("/") < 3 and path != "/v1/dataset.sqlite":
            link += ("&" if "?" in link else "?") + "date=1961" if "events." in path else ""
        if path != "/v1/dataset.sqlite":
            answer = client.get(link)
            assert answer.status_code == 200, f"{link}: {answer.text[:500]}"


def _check(url: str, page: ReadPage, language: Language) -> None:
    assert page.faults == [], url
    assert page.find("html")[0]["lang"] == language
    assert len(page.find("h1")) == 1, url
    assert len(page.find("main")) == 1
    assert page.links[0] == "#main", "the first link skips the navigation"
    scripts = {each.get("type") for each in page.find("script")}
    # The explorer improves the page of events, which is complete without it; the desk needs its script.
    is_scripted = page.find("div", id="explorer") or page.find("div", id="desk")
    expected = {"module", "application/json"} if is_scripted else set()
    assert scripts - {"application/ld+json"} == expected, url
    for each in page.find("th"):
        assert each.get("scope") in ("col", "row"), url
    labelled = {each["for"] for each in page.find("label") if "for" in each}
    for tag in ("input", "select"):
        for field in page.find(tag):
            hidden = field.get("type") in ("hidden", "checkbox")
            assert hidden or field.get("id") in labelled, (url, field)
    assert not re.search(r"\b(?:None|Undefined|MISSING)\b", page.text), url


class TestWalk:
    @pytest.mark.thorough
    def test_in_english_on_both_engines(self, seeded_client: TestClient) -> None:
        kinds = set()
        for url, page in _walk(seeded_client, Language.EN, most=1):
            _check(url, page, Language.EN)
            kinds.add(_kind(url))

        assert kinds == KINDS

    @pytest.mark.thorough
    @pytest.mark.sqlite
    @pytest.mark.parametrize("language", [Language.FR, Language.RU, Language.KO])
    def test_in_other_languages(self, seeded_sqlite: Database, language: Language) -> None:
        kinds = set()
        with client_of(seeded_sqlite) as client:
            for url, page in _walk(client, language, most=1):
                _check(url, page, language)
                kinds.add(_kind(url))

        assert kinds == KINDS
