"""`/guide`: the documentation on the server, with links that work there."""

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from urllib.parse import unquote

import pytest
from starlette.testclient import TestClient

from app.main import create_app
from app.settings import Settings
from tests.docs.pages import DOCS, find_anchors

BASE = "http://testserver"
FILES = sorted(DOCS.rglob("*.md"))

pytestmark = pytest.mark.sqlite


@pytest.fixture(scope="module")
def guide(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """The HTML of each page that a reader reaches from the first, by its address."""
    settings = Settings(database_url=f"sqlite:///{tmp_path_factory.mktemp('guide')}/empty.db")
    client = TestClient(create_app(settings), base_url=BASE)
    pages: dict[str, str] = {}
    waiting = [f"{BASE}/guide"]
    while waiting:
        url = waiting.pop()
        answer = client.get(url)
        assert answer.status_code == 200, url
        pages[url] = answer.text
        waiting += {page for page, _ in _links(url, answer.text)} - {*pages, *waiting}
    yield pages


def _links(url: str, page: str) -> Iterator[tuple[str, str]]:
    """Yield the page and the fragment of each link to a page of the guide."""
    for href in map(unescape, re.findall(r'<a href="([^"]*)"', page)):
        target, _, fragment = href.partition("#")
        if not target or target.startswith(f"{BASE}/guide"):
            yield target or url, fragment


def _ids(page: str) -> list[str]:
    return re.findall(r'<h\d id="([^"]*)"', page)


def _url(file_name: str) -> str:
    return f"{BASE}/guide/{file_name.removesuffix('.md').removesuffix('README')}".rstrip("/")


def test_a_reader_reaches_every_page_that_is_for_users(guide: dict[str, str]) -> None:
    # How to write for the project, and the reasons that no page names.
    rest = {"style.md"} | {f"decisions/{file.name}" for file in DOCS.glob("decisions/*.md")}
    names = {str(file.relative_to(DOCS)) for file in FILES} - rest

    assert {_url(name) for name in names} - {*guide} == set()
    assert {f"{BASE}/guide/{name}" for name in ("seeds", "findings", "changelog")} <= {*guide}


def test_every_link_leads_to_a_section_that_exists(guide: dict[str, str]) -> None:
    broken = [
        f"{url}: {page}#{fragment}"
        for url, text in guide.items()
        for page, fragment in _links(url, text)
        # A browser decodes a fragment that no id has as it is.
        if fragment and unquote(fragment) not in _ids(guide[page])
    ]

    assert broken == []


def test_every_section_has_an_anchor_of_its_own(guide: dict[str, str]) -> None:
    for page in guide.values():
        assert len(_ids(page)) == len({*_ids(page)})
    for file in FILES:
        url = _url(str(file.relative_to(DOCS)))
        if url in guide:
            assert find_anchors(file) <= {*_ids(guide[url])}


def test_pages_load_nothing(guide: dict[str, str]) -> None:
    for page in guide.values():
        assert not re.search(r"<(?:script|link|img|iframe|form)\b|\bsrc=|\bon\w+=\"", page)


def test_the_policy_allows_the_style_of_the_page_alone(client: TestClient) -> None:
    policy = client.get("/guide").headers["Content-Security-Policy"]

    assert policy.startswith("default-src 'none'; style-src 'sha256-")


def test_requests_lead_to_the_server_that_is_asked(tmp_path: Path) -> None:
    database_url = f"sqlite:///{tmp_path}/empty.db"
    settings = Settings(database_url=database_url, public_url="https://example.org/timeline")

    page = TestClient(create_app(settings)).get("/guide/api/history").text

    assert 'href="https://example.org/timeline/v1/changes?kind=place' in page
    assert "127.0.0.1" not in page


@pytest.mark.parametrize(
    ("name", "advice"),
    [
        ("nope", "/guide lists the pages"),
        ("architecture", "/guide lists the pages"),
        ("events", "did you mean /guide/api/events?"),
        ("api/evnts.md", "did you mean /guide/api/events?"),
    ],
)
def test_a_page_that_does_not_exist_is_not_found(
    client: TestClient, name: str, advice: str
) -> None:
    answer = client.get(f"/guide/{name}")

    assert answer.status_code == 404
    assert answer.json()["detail"] == f"this page does not exist; {advice}"


@pytest.mark.parametrize(
    ("name", "canonical"),
    [
        ("api/events.md", "/api/events"),
        ("docs/api/events.md", "/api/events"),
        ("api/", "/api"),
        ("api/README.md", "/api"),
        ("README.md", ""),
        ("CHANGELOG", "/changelog"),
        ("CHANGELOG.md", "/changelog"),
    ],
)
def test_the_name_of_the_file_leads_to_its_page(
    client: TestClient, name: str, canonical: str
) -> None:
    answer = client.get(f"/guide/{name}", follow_redirects=False)

    assert answer.status_code == 308
    assert answer.headers["location"] == f"{BASE}/guide{canonical}"
    assert client.get(f"/guide/{name}").status_code == 200


@pytest.mark.parametrize("path", ["/guide", "/guide/api", "/docs", "/redoc", "/openapi.json"])
def test_a_page_takes_no_parameter(client: TestClient, path: str) -> None:
    answer = client.get(f"{path}?x=1")

    assert answer.status_code == 400
    assert answer.json()["detail"] == "unknown parameter 'x': this path takes none"


def test_no_link_leads_to_a_path_that_takes_only_other_methods(guide: dict[str, str]) -> None:
    assert [url for url, page in guide.items() if f'href="{BASE}/v1/imports"' in page] == []


def test_an_unchanged_page_is_not_sent_again(client: TestClient) -> None:
    tag = client.get("/guide").headers["ETag"]

    assert client.get("/guide", headers={"If-None-Match": tag}).status_code == 304


def test_the_contract_and_the_index_name_the_guide(client: TestClient) -> None:
    contract = client.get("/openapi.json").json()
    index = client.get("/", headers={"Accept": "application/json"}).json()

    assert contract["externalDocs"]["url"] == f"{BASE}/guide"
    assert f"{BASE}/guide" in [link["href"] for link in index["links"]]
