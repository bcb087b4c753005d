"""Caching: ETags, 304, HEAD, Cache-Control, Vary and compression."""

import asyncio
import gzip
import random
import re
from collections.abc import Callable, Iterable
from functools import cache, partial
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient
from starlette.types import Message, Receive, Scope, Send

from app.api.http.caching import UNCHANGING
from app.api.middleware.compression import MINIMUM_SIZE, CompressionMiddleware, choose_coding
from app.main import create_app
from app.settings import Settings
from app.tables.database import Database
from tests.support.answers import EXAMPLE_IDS, example_url
from tests.support.builders import make_cast, make_event, store
from tests.support.contract import OPERATIONS
from tests.support.rules import offenders

PATHS = {
    example_url(path): operation
    for path, method, operation in OPERATIONS.values()
    # A stream has no end.
    if method == "get" and "text/event-stream" not in operation["responses"]["200"]["content"]
}
NEVER_CACHED = ("/healthz", "/readyz")
# The paths that override the setting, with their Cache-Control.
OWN_CACHE_CONTROL = {
    "/v1/changes": "public, max-age=86400",
    "/v1/changes.ndjson": "no-cache",
    **{path: UNCHANGING for path in PATHS if re.search("/revisions/|/diff", path)},
}
EVENT = f"/v1/events/{EXAMPLE_IDS['event_id']}"
LONG, SHORT = "/v1/events?limit=50", "/v1/events?date=1700"
STRONG_TAG = re.compile(r'"[\x21\x23-\x7e]+"')
CODINGS = ("identity", "gzip", "br", "zstd")

READS = [*(path for path in PATHS if path not in NEVER_CACHED), "/openapi.json", "/docs"]


def _coded(paths: Iterable[str]) -> list[tuple[str, str]]:
    """List each path twice: uncompressed, and in one of the other codings in turn."""
    return [(path, c) for i, path in enumerate(paths) for c in ("identity", CODINGS[1 + i % 3])]


each_coding = pytest.mark.parametrize("coding", CODINGS)


def _get(client: TestClient, url: str, coding: str = "identity", **headers: str) -> Any:
    return client.get(url, headers={"Accept-Encoding": coding, **headers})


@pytest.fixture(scope="module")
def answer_to(seeded_client: TestClient) -> Callable[..., Any]:
    """Return a function that requests a path in a coding once, and reuses the answer later."""
    return cache(partial(_get, seeded_client))


def _comparable(answer: Any, *excluded: str) -> dict[str, str]:
    """Return the headers of an answer, without its request id and the excluded ones."""
    return {k: v for k, v in answer.headers.items() if k not in ("x-request-id", *excluded)}


class TestEntityTag:
    @pytest.mark.thorough
    def test_is_strong_and_gives_304(
        self, seeded_client: TestClient, answer_to: Callable[..., Any]
    ) -> None:
        body_headers = ("content-type", "content-length", "content-encoding", "transfer-encoding")

        def rule(read: tuple[str, str]) -> None:
            full = answer_to(*read)
            tag = full.headers["etag"]

            answer = _get(seeded_client, *read, **{"If-None-Match": tag})

            assert STRONG_TAG.fullmatch(tag)
            assert (full.status_code, answer.status_code) == (200, 304)
            assert answer.content == b""
            assert _comparable(answer) == _comparable(full, *body_headers)

        assert offenders(_coded(READS), rule) == []

    @pytest.mark.thorough
    def test_is_declared_exactly_where_it_is_sent(self, answer_to: Callable[..., Any]) -> None:
        def rule(path: str) -> None:
            responses = PATHS[path]["responses"]
            given = answer_to(path, "identity").headers

            declared = {name.lower() for name in responses["200"].get("headers", ())}

            assert ("304" in responses) is ("etag" in declared) is ("etag" in given)
            checked = {"cache-control", "content-language", "etag", "vary", "x-request-id"}
            assert not declared or given.keys() & checked <= declared
            assert {"etag", "cache-control"} & declared <= given.keys()

        assert offenders(PATHS.keys(), rule) == []

    def test_a_304_of_a_list_has_the_link_to_the_next_page(self, seeded_client: TestClient) -> None:
        full = seeded_client.get(LONG)

        answer = seeded_client.get(LONG, headers={"If-None-Match": full.headers["etag"]})

        assert answer.headers["link"] == f'<{full.json()["page"]["next"]}>; rel="next"'

    @pytest.mark.parametrize("url", ["/v1/events", "/v1/events/2024-11-01-talks"])
    def test_changes_after_a_write(self, client: TestClient, database: Database, url: str) -> None:
        store(database, *make_cast(), make_event())
        before = client.get(url).headers["etag"]

        store(database, make_event(title={"en": "Talks in Moscow"}))
        answer = client.get(url, headers={"If-None-Match": before})

        assert answer.status_code == 200
        assert answer.headers["etag"] != before
        assert "Talks in Moscow" in answer.text

    def test_stays_when_a_write_changes_nothing(
        self, client: TestClient, database: Database
    ) -> None:
        store(database, *make_cast(), make_event())
        before = client.get("/v1/events").headers["etag"]

        store(database, *make_cast(), make_event())

        assert client.get("/v1/events").headers["etag"] == before

    QUERIES = st.builds(
        "/v1/events?date={}/..&limit={}&sort={}".format,
        st.integers(2024, 2030),
        st.integers(1, 3),
        st.sampled_from(["date", "-date"]),
    )

    @given(first=QUERIES, second=QUERIES)
    def test_is_the_same_if_and_only_if_the_bytes_are_the_same(
        self, seeded_client: TestClient, first: str, second: str
    ) -> None:
        one, other = (_get(seeded_client, url) for url in (first, second))

        assert (one.headers["etag"] == other.headers["etag"]) is (one.content == other.content)

    @pytest.mark.parametrize("path", NEVER_CACHED)
    def test_an_answer_that_is_never_cached_has_none(
        self, seeded_client: TestClient, path: str
    ) -> None:
        answer = seeded_client.get(path, headers={"If-None-Match": "*"})

        assert answer.status_code == 200
        assert "etag" not in answer.headers


class TestIfNoneMatch:
    @pytest.fixture
    def tag(self, seeded_client: TestClient) -> str:
        return str(_get(seeded_client, EVENT).headers["etag"])

    @pytest.mark.parametrize(
        "if_none_match",
        [
            pytest.param("{}", id="the tag"),
            pytest.param('"other", {}', id="one of two"),
            pytest.param('W/"a,b",{},"c"', id="without spaces"),
            pytest.param("W/{}", id="weak, as a proxy that compresses sends it"),
            pytest.param("*", id="any"),
            pytest.param(" * ", id="any, with spaces"),
            pytest.param("{bare}", id="without quotes"),
            pytest.param('"other", {bare}', id="without quotes, one of two"),
            pytest.param("W/{bare}", id="weak, without quotes"),
        ],
    )
    def test_a_matching_tag_gives_304(
        self, seeded_client: TestClient, tag: str, if_none_match: str
    ) -> None:
        sent = if_none_match.format(tag, bare=tag.strip('"'))
        answer = _get(seeded_client, EVENT, **{"If-None-Match": sent})

        assert answer.status_code == 304
        assert answer.headers["etag"] == tag

    def test_a_tag_of_gzip_matches_without_quotes(self, seeded_client: TestClient) -> None:
        tag = _get(seeded_client, EVENT, "gzip").headers["etag"]

        answer = _get(seeded_client, EVENT, "gzip", **{"If-None-Match": tag.strip('"')})

        assert (answer.status_code, answer.headers["etag"]) == (304, tag)

    @pytest.mark.parametrize(
        "if_none_match",
        [
            pytest.param('"other"', id="a different tag"),
            pytest.param("", id="empty"),
            pytest.param('"*"', id="a star in quotes"),
            pytest.param('"', id="a single quote"),
            pytest.param("é", id="not ASCII"),
            pytest.param('"-gzip"', id="only a coding"),
            pytest.param(f'{" " * 12_000}"', id="long"),
        ],
    )
    @each_coding
    def test_any_other_value_gives_200(
        self, seeded_client: TestClient, if_none_match: str, coding: str
    ) -> None:
        headers = {
            b"Accept-Encoding": coding.encode(),
            b"If-None-Match": if_none_match.encode("latin-1"),
        }

        assert seeded_client.get(EVENT, headers=headers).status_code == 200

    def test_several_header_lines_are_one_list(self, seeded_client: TestClient, tag: str) -> None:
        lines = [("Accept-Encoding", "identity"), ("If-None-Match", '"a"'), ("If-None-Match", tag)]

        assert seeded_client.get(EVENT, headers=lines).status_code == 304

    def test_the_uncompressed_tag_matches_for_a_client_that_accepts_gzip(
        self, seeded_client: TestClient, tag: str
    ) -> None:
        answer = _get(seeded_client, EVENT, "gzip", **{"If-None-Match": tag})

        assert (answer.status_code, answer.headers["etag"]) == (304, tag)

    def test_of_two_matching_tags_the_304_has_the_one_of_the_coding(
        self, seeded_client: TestClient, tag: str
    ) -> None:
        coded = _get(seeded_client, EVENT, "br").headers["etag"]

        answer = _get(seeded_client, EVENT, "br", **{"If-None-Match": f"{tag}, {coded}"})

        assert answer.headers["etag"] == coded

    def test_the_tag_of_a_coding_that_the_client_does_not_accept_gives_200(
        self, seeded_client: TestClient
    ) -> None:
        coded = _get(seeded_client, EVENT, "gzip").headers["etag"]

        for coding in ("identity", "br"):
            answer = _get(seeded_client, EVENT, coding, **{"If-None-Match": coded})
            assert answer.status_code == 200

    def test_a_problem_is_never_a_304(self, seeded_client: TestClient) -> None:
        answer = seeded_client.get("/v1/events/2024-none", headers={"If-None-Match": "*"})

        assert answer.status_code == 404


class TestHead:
    @pytest.mark.thorough
    def test_has_the_headers_of_get_and_no_body(
        self, seeded_client: TestClient, answer_to: Callable[..., Any]
    ) -> None:
        def rule(read: tuple[str, str]) -> None:
            path, coding = read
            answer = seeded_client.head(path, headers={"Accept-Encoding": coding})

            assert answer.status_code == 200
            assert answer.content == b""
            assert _comparable(answer) == _comparable(answer_to(path, coding))

        assert offenders(_coded(PATHS), rule) == []

    def test_has_the_content_length_of_get(self, seeded_client: TestClient) -> None:
        answer = seeded_client.head(EVENT, headers={"Accept-Encoding": "identity"})

        assert int(answer.headers["content-length"]) == len(_get(seeded_client, EVENT).content)

    def test_a_matching_tag_gives_304(self, seeded_client: TestClient) -> None:
        tag = seeded_client.head(EVENT).headers["etag"]

        assert seeded_client.head(EVENT, headers={"If-None-Match": tag}).status_code == 304

    @pytest.mark.parametrize("path", ["/v1/nothing", "/v1/events?limit=-1", "/docs"])
    def test_has_the_status_of_get_for_problems_and_pages(
        self, seeded_client: TestClient, path: str
    ) -> None:
        answer = seeded_client.head(path)

        assert answer.content == b""
        assert answer.status_code == seeded_client.get(path).status_code


class TestCacheControl:
    @pytest.mark.thorough
    def test_has_the_expected_value_on_every_path(self, answer_to: Callable[..., Any]) -> None:
        def rule(path: str) -> None:
            cache_control = answer_to(path, "identity").headers["cache-control"]

            expected = OWN_CACHE_CONTROL.get(path, "public, max-age=60, stale-while-revalidate=600")
            assert cache_control == ("no-store" if path in NEVER_CACHED else expected)

        assert offenders(PATHS.keys(), rule) == []

    @pytest.mark.parametrize("path", ["/v1/nothing", "/v1/events?limit=-1", "/v1/events?a=b"])
    def test_a_problem_is_never_stored(self, seeded_client: TestClient, path: str) -> None:
        assert seeded_client.get(path).headers["cache-control"] == "no-store"

    @pytest.mark.parametrize(
        ("seconds", "expected"),
        [
            (0, "no-cache"),
            (1, "public, max-age=1, stale-while-revalidate=10"),
            (3600, "public, max-age=3600, stale-while-revalidate=36000"),
        ],
    )
    def test_follows_the_setting(self, seconds: int, expected: str) -> None:
        settings = Settings(database_url="sqlite:///never-opened.db", cache_seconds=seconds)
        with TestClient(create_app(settings)) as client:
            answer = client.get("/v1/vocabularies")
            not_modified = client.get(
                "/v1/vocabularies", headers={"If-None-Match": answer.headers["etag"]}
            )

        assert answer.headers["cache-control"] == not_modified.headers["cache-control"] == expected


class TestVary:
    @pytest.mark.parametrize("origin", [{}, {"Origin": "https://frontend.example"}])
    @each_coding
    def test_names_accept_encoding_if_the_answer_is_long_enough_to_compress(
        self, seeded_client: TestClient, coding: str, origin: dict[str, str]
    ) -> None:
        long, short = (_get(seeded_client, url, coding, **origin) for url in (LONG, SHORT))

        assert long.headers.get_list("vary") == [
            "Accept-Encoding, Authorization, Timeline-At-Least"
        ]
        assert len(short.content) < MINIMUM_SIZE
        assert short.headers.get_list("vary") == ["Authorization, Timeline-At-Least"]


class TestCompression:
    @each_coding
    def test_decompresses_to_the_same_answer(self, seeded_client: TestClient, coding: str) -> None:
        plain, coded = _get(seeded_client, LONG), _get(seeded_client, LONG, coding)

        assert _decoded(coded) == plain.content
        assert coded.headers.get("content-encoding", "identity") == coding
        if coding != "identity":
            assert int(coded.headers["content-length"]) < len(plain.content) / 3
            bare = plain.headers["etag"].strip('"')
            assert coded.headers["etag"] == f'"{bare}-{coding}"'

    @pytest.mark.parametrize("coding", CODINGS)
    def test_gives_the_same_bytes_at_another_time(
        self, seeded_client: TestClient, monkeypatch: pytest.MonkeyPatch, coding: str
    ) -> None:
        bodies = set()
        for seconds in (1.0, 2e9):
            monkeypatch.setattr(gzip.time, "time", lambda seconds=seconds: seconds)  # type: ignore[attr-defined]
            bodies.add(_raw(seeded_client, EVENT, coding))

        assert len(bodies) == 1

    @pytest.mark.parametrize("url", [SHORT, "/healthz", "/v1/events?a=1", "/v1/nothing"])
    def test_leaves_short_answers_and_problems_uncompressed(
        self, seeded_client: TestClient, url: str
    ) -> None:
        assert "content-encoding" not in seeded_client.get(url).headers

    @pytest.mark.parametrize(
        ("accepted", "chosen"),
        [
            pytest.param("", "", id="empty"),
            pytest.param("gzip, deflate, br, zstd", "zstd", id="a browser"),
            pytest.param("gzip, deflate, br", "br", id="an older browser"),
            pytest.param("gzip, deflate", "gzip", id="a script"),
            pytest.param("GZIP", "gzip", id="capitals"),
            pytest.param("deflate", "", id="an unsupported coding"),
            pytest.param("*", "gzip", id="any"),
            pytest.param("*;q=0.5, br;q=0.1", "gzip", id="any rather than Brotli"),
            pytest.param("*;q=0.1, br;q=0.5", "br", id="Brotli rather than any"),
            pytest.param("deflate, *;q=0.1", "gzip", id="an unsupported coding or any"),
            pytest.param("gzip;q=0, *", "", id="any except gzip"),
            pytest.param("identity, *;q=0", "", id="no coding"),
            pytest.param("zstd;q=0.1, gzip;q=0.9", "gzip", id="the client prefers gzip"),
            pytest.param("zstd;q=0, *", "gzip", id="any except one"),
            pytest.param("gzip;q=0", "", id="refused"),
            pytest.param("gzip;q=0.5, identity", "", id="the client prefers no coding"),
            pytest.param("gzip;q=x, ;;q=", "", id="nonsense"),
        ],
    )
    def test_uses_the_coding_that_the_client_prefers(self, accepted: str, chosen: str) -> None:
        assert choose_coding(accepted) == chosen


def _decoded(answer: Any) -> bytes:
    """Return the decoded body; the client decodes zstd only from Python 3.14 on."""
    content: bytes = answer.content
    if not content.startswith(b"\x28\xb5\x2f\xfd"):
        return content
    from zstandard import ZstdDecompressor

    return ZstdDecompressor().decompress(content)


def _raw(client: TestClient, url: str, coding: str) -> bytes:
    with client.stream("GET", url, headers={"Accept-Encoding": coding}) as answer:
        assert answer.headers.get("content-encoding", "identity") == coding
        return b"".join(answer.iter_raw())


class TestStreams:
    """Streams like the ones that exports send: many chunks, an ETag, and an unknown length."""

    # Hex digits shrink by half and these never repeat, so no coding can hold back much.
    CHUNKS = [random.Random(number).randbytes(10_000).hex().encode() for number in range(200)]

    @each_coding
    def test_chunks_are_compressed_as_they_arrive(self, coding: str) -> None:
        sent: list[Message] = []
        early = 0

        async def stream(_scope: Scope, _receive: Receive, send: Send) -> None:
            nonlocal early
            headers = [(b"content-type", b"application/x-ndjson"), (b"etag", b'"state"')]
            await send({"type": "http.response.start", "status": 200, "headers": headers})
            for chunk in self.CHUNKS:
                await send({"type": "http.response.body", "body": chunk, "more_body": True})
            early = _length(sent)
            await send({"type": "http.response.body", "body": b"", "more_body": False})

        headers = _serve(CompressionMiddleware(stream), coding, sent)

        suffix = "" if coding == "identity" else f"-{coding}"
        assert headers["etag"] == f'"state{suffix}"'
        assert headers["vary"] == "Accept-Encoding"
        assert "content-length" not in headers
        assert _length(sent) - early < 200_000 < early


def _length(sent: list[Message]) -> int:
    return sum(len(message.get("body", b"")) for message in sent)


def _serve(app: Any, coding: str, sent: list[Message]) -> dict[str, str]:
    async def receive() -> Message:
        return {"type": "http.request"}

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "GET", "path": "/"}
    headers = [(b"accept-encoding", coding.encode())]
    asyncio.run(app({**scope, "headers": headers}, receive, send))
    return {name.decode(): value.decode() for name, value in sent[0]["headers"]}
