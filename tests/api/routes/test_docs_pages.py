"""The served OpenAPI document, and the pages that show it without files of other hosts."""

import json
import re
from base64 import b64encode
from hashlib import sha256
from urllib.parse import urljoin, urlsplit

import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from app.main import create_app
from app.settings import PROJECT_ROOT, Settings

PAGES = ("/docs", "/redoc")
LINK = re.compile(r"""(?:href|src|spec-url)="([^"]*)"|url: '([^']*)'""")
each_page = pytest.mark.parametrize("page", PAGES)


def _links(page: str, answer: Response) -> set[str]:
    """Return the URLs that a browser loads for the page at the URL `page`."""
    return {urljoin(page, first or second) for first, second in LINK.findall(answer.text)}


def _policy(answer: Response) -> dict[str, list[str]]:
    directives = answer.headers["content-security-policy"].split("; ")
    return {name: rest.split() for name, _, rest in (each.partition(" ") for each in directives)}


class TestOpenApi:
    def test_is_the_committed_document_except_the_server(self, seeded_client: TestClient) -> None:
        committed = json.loads((PROJECT_ROOT / "openapi.json").read_text())

        answer = seeded_client.get("/openapi.json")

        assert answer.headers["content-type"] == "application/json"
        guide = {**committed["externalDocs"], "url": "http://testserver/guide"}
        servers = [{"url": "http://testserver"}]
        assert answer.json() == {**committed, "servers": servers, "externalDocs": guide}

    def test_names_the_server_of_the_host_header(self, seeded_client: TestClient) -> None:
        urls = [
            seeded_client.get("/openapi.json", headers={"Host": host}).json()["servers"][0]["url"]
            for host in ("one.example", "two.example:8443")
        ]

        assert urls == ["http://one.example", "http://two.example:8443"]

    def test_names_the_public_url(self) -> None:
        settings = Settings(
            database_url="sqlite:///never-opened.db", public_url="https://example.org/timeline"
        )
        with TestClient(create_app(settings)) as client:
            document = client.get("/openapi.json").json()
            policy = _policy(client.get("/docs"))

        assert document["servers"] == [{"url": "https://example.org/timeline"}]
        # A page opened under another host can then send requests to the API.
        assert policy["connect-src"] == ["'self'", "https://example.org"]

    def test_has_an_etag_and_gives_304(self, seeded_client: TestClient) -> None:
        first = seeded_client.get("/openapi.json", headers={"Accept-Encoding": "gzip"})

        again = seeded_client.get(
            "/openapi.json",
            headers={"If-None-Match": first.headers["etag"], "Accept-Encoding": "gzip"},
        )

        assert first.headers["content-encoding"] == "gzip"
        assert first.headers["etag"].startswith('"')
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == first.headers["etag"]


class TestPages:
    @each_page
    def test_load_nothing_from_other_hosts(self, seeded_client: TestClient, page: str) -> None:
        links = _links(page, seeded_client.get(page))

        assert "/openapi.json" in links
        assert len(links) >= 3
        assert [link for link in links if urlsplit(link).netloc] == []
        for link in links:
            answer = seeded_client.get(link)
            assert answer.status_code == 200
            if answer.headers["content-type"].startswith("text/css"):
                # A style sheet must hold every image and font that it names.
                assert re.findall(r"@import", answer.text) == []
                urls = re.findall(r"""url\(["']?([^"')]*)""", answer.text)
                assert urls
                assert [url for url in urls if not url.startswith("data:")] == []

    @each_page
    def test_the_policy_allows_no_other_host(self, seeded_client: TestClient, page: str) -> None:
        """A script does not show each URL that it fetches, so the policy must forbid them."""
        policy = _policy(seeded_client.get(page))

        allowed = {source for sources in policy.values() for source in sources}
        hashes = {source for source in allowed if source.startswith("'sha256-")}
        assert policy["default-src"] == ["'none'"]
        assert allowed - hashes <= {"'none'", "'self'", "'unsafe-inline'", "data:", "blob:"}
        assert {name for name in policy if "'unsafe-inline'" in policy[name]} <= {"style-src"}
        assert {name for name in policy if "blob:" in policy[name]} <= {"worker-src"}
        assert policy["frame-ancestors"] == ["'none'"]

    @each_page
    def test_may_run_their_own_scripts(self, seeded_client: TestClient, page: str) -> None:
        answer = seeded_client.get(page)

        own = re.findall(r"<script>(.*?)</script>", answer.text, re.DOTALL)
        hashes = [b64encode(sha256(text.encode()).digest()).decode() for text in own]
        expected = ["'self'", *(f"'sha256-{each}'" for each in hashes)]
        assert _policy(answer)["script-src"] == expected
        assert len(own) == (1 if page == "/docs" else 0)

    def test_send_no_document_to_a_validator(self, seeded_client: TestClient) -> None:
        assert '"validatorUrl": null' in seeded_client.get("/docs").text

    @each_page
    def test_work_below_any_prefix(self, seeded_client: TestClient, page: str) -> None:
        """Links are relative, so the page need not know the prefix that a proxy gives it."""
        root = "https://example.org/timeline"

        links = _links(f"{root}{page}", seeded_client.get(page))

        assert f"{root}/openapi.json" in links
        assert [link for link in links if not link.startswith(f"{root}/")] == []

    @each_page
    def test_are_revalidated_by_their_etag(self, seeded_client: TestClient, page: str) -> None:
        """A page names the files of one version: a cache must not show it after an upgrade."""
        answer = seeded_client.get(page)

        again = seeded_client.get(page, headers={"If-None-Match": answer.headers["etag"]})

        assert answer.headers["cache-control"] == "no-cache"
        assert again.status_code == 304

    @pytest.mark.parametrize("path", ["/openapi.json", *PAGES])
    def test_head_has_the_headers_of_get(self, seeded_client: TestClient, path: str) -> None:
        got, head = seeded_client.get(path), seeded_client.head(path)

        assert head.content == b""
        for name in ("etag", "content-type", "cache-control", "content-length"):
            assert head.headers[name] == got.headers[name]

    @pytest.mark.parametrize("path", ["/openapi.json", *PAGES])
    def test_other_methods_are_refused(self, seeded_client: TestClient, path: str) -> None:
        answer = seeded_client.post(path)

        assert answer.status_code == 405
        assert answer.headers["allow"] == "GET, HEAD"
        assert answer.headers["content-type"] == "application/problem+json"

    def test_are_not_in_the_openapi_document(self, seeded_client: TestClient) -> None:
        paths = seeded_client.get("/openapi.json").json()["paths"]

        assert [path for path in paths if path.startswith(("/docs", "/redoc", "/openapi"))] == []


class TestFiles:
    def _files(self, client: TestClient) -> set[str]:
        return {
            link
            for page in PAGES
            for link in _links(page, client.get(page))
            if link != "/openapi.json"
        }

    def test_are_immutable(self, seeded_client: TestClient) -> None:
        files = self._files(seeded_client)

        assert {path.rpartition("/")[2] for path in files} == {
            "favicon.png",
            "redoc.standalone.js",
            "swagger-ui-bundle.js",
            "swagger-ui.css",
        }
        for path in files:
            answer = seeded_client.get(path)
            assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
            digest = sha256(answer.content).hexdigest()
            assert path.split("/")[2] == digest[:16]
            assert answer.headers["etag"].startswith(f'"{digest[:32]}')
            headers = {"If-None-Match": answer.headers["etag"]}
            assert seeded_client.get(path, headers=headers).status_code == 304

    def test_are_compressed(self, seeded_client: TestClient) -> None:
        for path in self._files(seeded_client):
            answer = seeded_client.get(path, headers={"Accept-Encoding": "br"})
            assert (answer.headers.get("content-encoding") == "br") is not path.endswith(".png")

    @pytest.mark.parametrize(
        "path",
        [
            pytest.param("/docs/0000000000000000/swagger-ui.css", id="another version"),
            pytest.param("/docs/0000000000000000/no-such-file.js", id="an unknown file"),
            pytest.param("/docs/0000000000000000/..%2Fcore.py", id="outside of the folder"),
        ],
    )
    def test_other_paths_are_not_found(self, seeded_client: TestClient, path: str) -> None:
        answer = seeded_client.get(path)

        assert answer.status_code == 404
        assert answer.json()["type"] == "/problems/not-found"
        assert answer.headers["cache-control"] == "no-store"
