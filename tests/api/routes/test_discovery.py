"""The root and the API catalogue: from an address alone, a program finds the API's parts."""

import re

import pytest
from starlette.testclient import TestClient

from app.main import create_app
from app.settings import Settings

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8"
LINK = re.compile(r'<([^>]*)>; rel="([^"]*)"; type="([^"]*)"')
CATALOG = "/.well-known/api-catalog"


def _links(header: str) -> list[tuple[str, str, str]]:
    """Return target, relation and media type of each link of a header that holds only links."""
    assert LINK.sub("", header).replace(", ", "") == ""
    return LINK.findall(header)


def _media_type(client: TestClient, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return str(answer.headers["content-type"].partition(";")[0])


class TestGetIndex:
    def test_describes_the_service(self, seeded_client: TestClient) -> None:
        index = seeded_client.get("/").json()
        info = seeded_client.get("/openapi.json").json()["info"]

        described = {key: value for key, value in index.items() if key != "links"}
        assert described == {
            "title": info["title"],
            "summary": info["summary"],
            "version": info["version"],
            "license": "https://creativecommons.org/licenses/by/4.0/",
        }

    def test_every_link_leads_to_its_media_type(self, seeded_client: TestClient) -> None:
        links = seeded_client.get("/").json()["links"]

        # `/mcp` takes no GET.
        assistants = "http://testserver/mcp"
        internal = [
            each for each in links if each["rel"] != "license" and each["href"] != assistants
        ]
        assert {link["href"]: _media_type(seeded_client, link["href"]) for link in internal} == {
            link["href"]: link["type"] for link in internal
        }

    def test_links_to_every_collection(self, seeded_client: TestClient) -> None:
        paths = seeded_client.get("/openapi.json").json()["paths"]
        links = seeded_client.get("/").json()["links"]

        lists = {path for path in paths if re.fullmatch(r"/v1/[a-z]+", path)} - {"/v1/imports"}
        items = {link["href"] for link in links if link["rel"] == "item"}
        # These count, prove or draft events or resolve names, and are no collections.
        lists -= {"/v1/network", "/v1/coverage", "/v1/drafts", "/v1/proof", "/v1/resolve"}
        assert items == {f"http://testserver{path}" for path in lists}

    def test_leads_to_the_data_by_other_standards(self, seeded_client: TestClient) -> None:
        links = seeded_client.get("/").json()["links"]
        doors = [link["href"] for link in links if link["rel"] == "service"]

        *readable, assistants = doors
        manifest, landing = (seeded_client.get(href).json() for href in readable)

        assert seeded_client.options(assistants).headers["Allow"] == "POST"
        assert "0.2" in manifest["versions"]
        assert {"conformance", "data"} <= {link["rel"] for link in landing["links"]}

    def test_the_link_header_has_the_same_relations(self, seeded_client: TestClient) -> None:
        answer = seeded_client.get("/")

        links = [link for link in answer.json()["links"] if link["rel"] not in ("item", "service")]
        assert _links(answer.headers["link"]) == [
            (link["href"], link["rel"], link["type"]) for link in links
        ]
        assert {link["rel"] for link in links} == {
            "service-desc",
            "service-doc",
            "describedby",
            "service-meta",
            "status",
            "license",
            "api-catalog",
        }

    @pytest.mark.parametrize(
        "accept",
        [
            pytest.param(BROWSER, id="a browser"),
            pytest.param("text/html, application/json;q=0.9", id="HTML first"),
        ],
    )
    @pytest.mark.parametrize(
        ("preferred", "language"),
        [
            pytest.param("", "en", id="no language"),
            pytest.param("fr-CA, en;q=0.5", "fr", id="French"),
            pytest.param("ko, en;q=0.9", "ko", id="Korean"),
            pytest.param("de, ru;q=0.8, en;q=0.2", "ru", id="Russian before English"),
            pytest.param("de", "en", id="a language without pages"),
        ],
    )
    def test_redirects_a_client_that_prefers_html_to_the_pages(
        self, seeded_client: TestClient, accept: str, preferred: str, language: str
    ) -> None:
        headers = {"Accept": accept, "Accept-Language": preferred}
        answer = seeded_client.get("/", headers=headers, follow_redirects=False)

        assert answer.status_code == 303
        assert answer.headers["location"] == f"http://testserver/{language}/explore"
        assert {"Accept", "Accept-Language"} <= {*answer.headers["vary"].split(", ")}
        assert answer.content == b""

    @pytest.mark.parametrize(
        "accept",
        [
            pytest.param("*/*", id="curl, fetch and most clients"),
            pytest.param("application/json", id="JSON"),
            pytest.param("application/json, text/html", id="either"),
            pytest.param("application/json, text/html;q=0.5", id="JSON first"),
            pytest.param("image/png", id="neither"),
            pytest.param("§;;q=x,,", id="unreadable"),
            pytest.param("", id="empty"),
        ],
    )
    def test_gives_json_to_all_other_clients(self, seeded_client: TestClient, accept: str) -> None:
        given = {b"Accept": accept.encode("latin-1")}
        answer = seeded_client.get("/", headers=given, follow_redirects=False)

        assert answer.status_code == 200
        assert answer.headers["content-type"] == "application/json"
        assert "Accept" in answer.headers["vary"].split(", ")

    def test_supports_conditional_requests(self, seeded_client: TestClient) -> None:
        answer = seeded_client.get("/")

        headers = {"If-None-Match": answer.headers["etag"]}
        assert seeded_client.get("/", headers=headers).status_code == 304
        assert seeded_client.head("/").headers["link"] == answer.headers["link"]
        assert seeded_client.get("/?limit=1").status_code == 400

    def test_v1_answers_the_same(self, seeded_client: TestClient) -> None:
        assert seeded_client.get("/v1").json() == seeded_client.get("/").json()


class TestGetApiCatalog:
    def test_is_the_linkset_of_the_one_api(self, seeded_client: TestClient) -> None:
        answer = seeded_client.get(CATALOG)

        base = "http://testserver"
        assert answer.headers["content-type"] == (
            'application/linkset+json; profile="https://www.rfc-editor.org/info/rfc9727"'
        )
        assert answer.json() == {
            "linkset": [
                {
                    "anchor": f"{base}/",
                    "service-desc": [{"href": f"{base}/openapi.json", "type": "application/json"}],
                    "service-doc": [
                        {"href": f"{base}/guide", "type": "text/html"},
                        {"href": f"{base}/docs", "type": "text/html"},
                        {"href": f"{base}/redoc", "type": "text/html"},
                    ],
                    "describedby": [
                        {"href": f"{base}/v1/datapackage.json", "type": "application/json"}
                    ],
                    "service-meta": [
                        {"href": f"{base}/v1/dataset.jsonld", "type": "application/ld+json"},
                        {"href": f"{base}/v1/coverage", "type": "application/json"},
                    ],
                    "status": [{"href": f"{base}/readyz", "type": "application/json"}],
                    "license": [
                        {
                            "href": "https://creativecommons.org/licenses/by/4.0/",
                            "type": "text/html",
                        }
                    ],
                }
            ]
        }

    def test_has_the_links_of_the_root(self, seeded_client: TestClient) -> None:
        (api,) = seeded_client.get(CATALOG).json()["linkset"]
        root = seeded_client.get(api["anchor"])

        described = {
            (target["href"], rel, target["type"])
            for rel, targets in api.items()
            if rel != "anchor"
            for target in targets
        }
        assert described == {
            link for link in _links(root.headers["link"]) if link[1] != "api-catalog"
        }

    @pytest.mark.parametrize("method", ["GET", "HEAD"])
    def test_names_itself_and_the_api_in_its_header(
        self, seeded_client: TestClient, method: str
    ) -> None:
        """RFC 9727 requires this of HEAD."""
        answer = seeded_client.request(method, CATALOG)

        assert _links(answer.headers["link"]) == [
            (f"http://testserver{CATALOG}", "api-catalog", "application/linkset+json"),
            ("http://testserver/", "item", "application/json"),
        ]

    def test_supports_conditional_requests(self, seeded_client: TestClient) -> None:
        answer = seeded_client.get(CATALOG)

        headers = {"If-None-Match": answer.headers["etag"]}
        assert seeded_client.get(CATALOG, headers=headers).status_code == 304


def test_links_begin_with_the_public_url() -> None:
    settings = Settings(
        database_url="sqlite:///never-opened.db", public_url="https://example.org/timeline"
    )
    with TestClient(create_app(settings)) as client:
        index, catalog = client.get("/").json(), client.get(CATALOG).json()
        moved = client.get("/", headers={"Accept": BROWSER}, follow_redirects=False)

    base = "https://example.org/timeline"
    assert catalog["linkset"][0]["anchor"] == f"{base}/"
    assert moved.headers["location"] == f"{base}/en/explore"
    links = [link["href"] for link in index["links"] if link["rel"] != "license"]
    assert [link for link in links if not link.startswith(f"{base}/")] == []
