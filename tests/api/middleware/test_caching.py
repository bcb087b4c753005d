"""What lets caches and clients keep an answer: entity tags, 304, HEAD, how long, and for whom."""

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
NEVER_KEPT = ("/healthz", "/readyz")
# The paths that know better than the setting, and what they say.
OWN_WORDS = {
    "/v1/changes": "public, max-age=86400",
    "/v1/changes.ndjson": "no-cache",
    **{path: UNCHANGING for path in PATHS if re.search("/revisions/|/diff", path)},
}
EVENT = f"/v1/events/{EXAMPLE_IDS['event_id']}"
LONG, SHORT = "/v1/events?limit=50", "/v1/events?date=1700"
STRONG_TAG = re.compile(r'"[\x21\x23-\x7e]+"')
CODINGS = ("identity", "gzip", "br", "zstd")

READS = [*(path for path in PATHS if path not in NEVER_KEPT), "/openapi.json", "/docs"]


def _coded(paths: Iterable[str]) -> list[tuple[str, str]]:
    """Each path as it is, and in one of the codings in turn."""
    return [(path, c) for i, path in enumerate(paths) for c in ("identity", CODINGS[1 + i % 3])]


each_coding = pytest.mark.parametrize("coding", CODINGS)


def _get(client: TestClient, url: str, coding: str = "identity", **headers: str) -> Any:
    return client.get(url, headers={"Accept-Encoding": coding, **headers})


@pytest.fixture(scope="module")
def answer_to(seeded_client: TestClient) -> Callable[..., Any]:
    """What is answered to a path in a coding; asked once, though several tests look at it."""
    return cache(partial(_get, seeded_client))


def _comparable(answer: Any, *but: str) -> dict[str, str]:
    """The headers of an answer, without its id and the others named."""
    return {k: v for k, v in answer.headers.items() if k not in ("x-request-id", *but)}


class TestEntityTag:
    def test_is_strong_and_saves_the_answer(
        self, seeded_client: TestClient, answer_to: Callable[..., Any]
    ) -> None:
        of_the_body = ("content-type", "content-length", "content-encoding", "transfer-encoding")

        def rule(read: tuple[str, str]) -> None:
            full = answer_to(*read)
            tag = full.headers["etag"]

            answer = _get(seeded_client, *read, **{"If-None-Match": tag})

            assert STRONG_TAG.fullmatch(tag)
            assert (full.status_code, answer.status_code) == (200, 304)
            assert answer.content == b""
            assert _comparable(answer) == _comparable(full, *of_the_body)

        assert offenders(_coded(READS), rule) == []

    def test_is_declared_where_it_is_given(self, answer_to: Callable[..., Any]) -> None:
        def rule(path: str) -> None:
            responses = PATHS[path]["responses"]
            given = answer_to(path, "identity").headers

            declared = {name.lower() for name in responses["200"].get("headers", ())}

            assert ("304" in responses) is ("etag" in declared) is ("etag" in given)
            offered = {"cache-control", "content-language", "etag", "vary", "x-request-id"}
            assert not declared or given.keys() & offered <= declared
            assert {"etag", "cache-control"} & declared <= given.keys()

        assert offenders(PATHS.keys(), rule) == []

    def test_of_a_list_with_more_pages_goes_with_the_link(self, seeded_client: TestClient) -> None:
        full = seeded_client.get(LONG)

        answer = seeded_client.get(LONG, headers={"If-None-Match": full.headers["etag"]})

        assert answer.headers["link"] == f'<{full.json()["page"]["next"]}>; rel="next"'

    @pytest.mark.parametrize("url", ["/v1/events", "/v1/events/2024-11-01-talks"])
    def test_is_another_after_a_write(
        self, client: TestClient, database: Database, url: str
    ) -> None:
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
    def test_is_the_same_if_and_only_if_the_bytes_are(
        self, seeded_client: TestClient, first: str, second: str
    ) -> None:
        one, other = (_get(seeded_client, url) for url in (first, second))

        assert (one.headers["etag"] == other.headers["etag"]) is (one.content == other.content)

    @pytest.mark.parametrize("path", NEVER_KEPT)
    def test_has_none_what_is_never_kept(self, seeded_client: TestClient, path: str) -> None:
        answer = seeded_client.get(path, headers={"If-None-Match": "*"})

        assert answer.status_code == 200
        assert "etag" not in answer.headers


class TestIfNoneMatch:
    @pytest.fixture
    def tag(self, seeded_client: TestClient) -> str:
        return str(_get(seeded_client, EVENT).headers["etag"])

    @pytest.mark.parametrize(
        "known",
        [
            pytest.param("{}", id="the tag"),
            pytest.param('"other", {}', id="one of two"),
            pytest.param('W/"a,b",{},"c"', id="without spaces"),
            pytest.param("W/{}", id="weak: what a proxy that compresses makes of it"),
            pytest.param("*", id="any"),
            pytest.param(" * ", id="any, with spaces"),
        ],
    )
    def test_304_for_what_is_known(self, seeded_client: TestClient, tag: str, known: str) -> None:
        answer = _get(seeded_client, EVENT, **{"If-None-Match": known.format(tag)})

        assert answer.status_code == 304
        assert answer.headers["etag"] == tag

    @pytest.mark.parametrize(
        "known",
        [
            pytest.param('"other"', id="another tag"),
            pytest.param("", id="nothing"),
            pytest.param('"*"', id="a tag that is a star"),
            pytest.param('"', id="half a tag"),
            pytest.param("é", id="not ASCII"),
            pytest.param('"-gzip"', id="a coding only"),
            pytest.param(f'{" " * 12_000}"', id="long"),
        ],
    )
    @each_coding
    def test_200_for_anything_else(
        self, seeded_client: TestClient, known: str, coding: str
    ) -> None:
        headers = {b"Accept-Encoding": coding.encode(), b"If-None-Match": known.encode("latin-1")}

        assert seeded_client.get(EVENT, headers=headers).status_code == 200

    def test_several_lines_are_one_list(self, seeded_client: TestClient, tag: str) -> None:
        lines = [("Accept-Encoding", "identity"), ("If-None-Match", '"a"'), ("If-None-Match", tag)]

        assert seeded_client.get(EVENT, headers=lines).status_code == 304

    def test_the_plain_answer_may_be_kept_by_a_reader_who_could_take_another(
        self, seeded_client: TestClient, tag: str
    ) -> None:
        answer = _get(seeded_client, EVENT, "gzip", **{"If-None-Match": tag})

        assert (answer.status_code, answer.headers["etag"]) == (304, tag)

    def test_of_two_known_ones_that_of_the_coding_is_named(
        self, seeded_client: TestClient, tag: str
    ) -> None:
        coded = _get(seeded_client, EVENT, "br").headers["etag"]

        answer = _get(seeded_client, EVENT, "br", **{"If-None-Match": f"{tag}, {coded}"})

        assert answer.headers["etag"] == coded

    def test_a_coding_that_the_reader_does_not_take_now_is_not_what_he_asks_for(
        self, seeded_client: TestClient
    ) -> None:
        coded = _get(seeded_client, EVENT, "gzip").headers["etag"]

        for coding in ("identity", "br"):
            answer = _get(seeded_client, EVENT, coding, **{"If-None-Match": coded})
            assert answer.status_code == 200

    def test_a_problem_is_told_whatever_is_known(self, seeded_client: TestClient) -> None:
        answer = seeded_client.get("/v1/events/2024-none", headers={"If-None-Match": "*"})

        assert answer.status_code == 404


class TestHead:
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

    def test_tells_how_long_the_answer_is(self, seeded_client: TestClient) -> None:
        answer = seeded_client.head(EVENT, headers={"Accept-Encoding": "identity"})

        assert int(answer.headers["content-length"]) == len(_get(seeded_client, EVENT).content)

    def test_304_for_what_is_known(self, seeded_client: TestClient) -> None:
        tag = seeded_client.head(EVENT).headers["etag"]

        assert seeded_client.head(EVENT, headers={"If-None-Match": tag}).status_code == 304

    @pytest.mark.parametrize("path", ["/v1/nothing", "/v1/events?limit=0", "/docs"])
    def test_of_anything_else(self, seeded_client: TestClient, path: str) -> None:
        answer = seeded_client.head(path)

        assert answer.content == b""
        assert answer.status_code == seeded_client.get(path).status_code


class TestCacheControl:
    def test_says_how_long(self, answer_to: Callable[..., Any]) -> None:
        def rule(path: str) -> None:
            said = answer_to(path, "identity").headers["cache-control"]

            kept = OWN_WORDS.get(path, "public, max-age=60, stale-while-revalidate=600")
            assert said == ("no-store" if path in NEVER_KEPT else kept)

        assert offenders(PATHS.keys(), rule) == []

    @pytest.mark.parametrize("path", ["/v1/nothing", "/v1/events?limit=0", "/v1/events?a=b"])
    def test_no_problem_is_kept(self, seeded_client: TestClient, path: str) -> None:
        assert seeded_client.get(path).headers["cache-control"] == "no-store"

    @pytest.mark.parametrize(
        ("seconds", "said"),
        [
            (0, "no-cache"),
            (1, "public, max-age=1, stale-while-revalidate=10"),
            (3600, "public, max-age=3600, stale-while-revalidate=36000"),
        ],
    )
    def test_is_a_setting(self, seconds: int, said: str) -> None:
        settings = Settings(database_url="sqlite:///never-opened.db", cache_seconds=seconds)
        with TestClient(create_app(settings)) as client:
            answer = client.get("/v1/vocabularies")
            known = client.get(
                "/v1/vocabularies", headers={"If-None-Match": answer.headers["etag"]}
            )

        assert answer.headers["cache-control"] == known.headers["cache-control"] == said


class TestVary:
    @pytest.mark.parametrize("origin", [{}, {"Origin": "https://frontend.example"}])
    @each_coding
    def test_names_the_coding_where_there_could_be_another(
        self, seeded_client: TestClient, coding: str, origin: dict[str, str]
    ) -> None:
        long, short = (_get(seeded_client, url, coding, **origin) for url in (LONG, SHORT))

        assert long.headers.get_list("vary") == ["Accept-Encoding, Authorization"]
        assert len(short.content) < MINIMUM_SIZE
        assert short.headers.get_list("vary") == ["Authorization"]


class TestCompression:
    @each_coding
    def test_gives_the_same_answer(self, seeded_client: TestClient, coding: str) -> None:
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
    def test_leaves_short_answers_and_problems(self, seeded_client: TestClient, url: str) -> None:
        assert "content-encoding" not in seeded_client.get(url).headers

    @pytest.mark.parametrize(
        ("accepted", "chosen"),
        [
            pytest.param("", "", id="nothing"),
            pytest.param("gzip, deflate, br, zstd", "zstd", id="a browser"),
            pytest.param("gzip, deflate, br", "br", id="an older browser"),
            pytest.param("gzip, deflate", "gzip", id="a script"),
            pytest.param("GZIP", "gzip", id="capitals"),
            pytest.param("deflate", "", id="none of ours"),
            pytest.param("*", "zstd", id="any"),
            pytest.param("zstd;q=0.1, gzip;q=0.9", "gzip", id="what is liked better"),
            pytest.param("zstd;q=0, *", "br", id="any but one"),
            pytest.param("gzip;q=0", "", id="refused"),
            pytest.param("gzip;q=0.5, identity", "", id="plain is liked better"),
            pytest.param("gzip;q=x, ;;q=", "", id="nonsense"),
        ],
    )
    def test_takes_what_the_reader_likes_best(self, accepted: str, chosen: str) -> None:
        assert choose_coding(accepted) == chosen


def _decoded(answer: Any) -> bytes:
    """The body; the client decodes all codings but zstd, which it does from Python 3.14 on."""
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
    """As an export sends them: many chunks, a tag of its own, a length that nobody knows."""

    # Half of it can be saved and nothing repeats, so that no coding can hold back much.
    CHUNKS = [random.Random(number).randbytes(10_000).hex().encode() for number in range(200)]

    @each_coding
    def test_are_compressed_as_they_come(self, coding: str) -> None:
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
