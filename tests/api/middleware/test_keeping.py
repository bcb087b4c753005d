"""Kept answers: the same bytes again without a query, and never older than the last commit."""

import re
from pathlib import Path
from typing import Any

import pytest
import structlog
from starlette.testclient import TestClient

from app.api.middleware import keeping, request_log
from app.api.middleware.kept_answers import Asked, KeptAnswer, KeptAnswers
from app.main import create_app
from app.reading.listing import find_document
from app.settings import Settings
from app.tables.database import Database
from app.tables.files.sqlite_file import copy_sqlite_file
from app.writing import releases
from tests.support.apps import make_key
from tests.support.builders import make_cast, make_event, make_place, store
from tests.support.statements import counting_statements
from tests.support.twins import content_of

EVENT = "/v1/events/2024-11-01-talks"
LIST = "/v1/events"


@pytest.fixture
def filled(database: Database) -> Database:
    """A database with one event."""
    store(database, *make_cast(), make_place(), make_event())
    return database


def _statements(client: TestClient, url: str, **headers: str) -> tuple[int, list[object]]:
    """Return how many statements the request needed, and the content of its answer."""
    database: Database = client.app.state.database  # type: ignore[attr-defined]
    with counting_statements(*database.engines) as seen:
        answer = client.get(url, headers=headers)
    return len(seen), content_of(answer)


def _asked_twice(client: TestClient, url: str, **headers: str) -> int:
    """Return the statements of the second request, which must get the same answer.

    On PostgreSQL a write to any database of the server, such as another test's, makes the answer again:
    then the fewest of twenty requests count.
    """
    database: Database = client.app.state.database  # type: ignore[attr-defined]
    _, first = _statements(client, url, **headers)
    counts: list[int] = []
    while len(counts) < (1 if database.is_sqlite else 20) and 0 not in counts:
        count, second = _statements(client, url, **headers)
        assert second == first
        counts.append(count)
    return min(counts)


@pytest.mark.usefixtures("filled")
class TestKeptAnswers:
    @pytest.mark.parametrize(
        "url",
        [
            EVENT,
            LIST,
            f"{LIST}?q=talks&facets=type",
            "/v1/events/histogram",
            "/v1/events.atom",
            "/",
        ],
    )
    def test_the_second_answer_needs_no_statement(self, client: TestClient, url: str) -> None:
        assert _asked_twice(client, url) == 0

    @pytest.mark.parametrize("coding", ["gzip", "br", "zstd", "identity"])
    def test_each_coding_is_kept(self, client: TestClient, coding: str) -> None:
        _, first = _statements(client, LIST, **{"Accept-Encoding": coding})

        for _ in range(2):
            answer = client.get(LIST, headers={"Accept-Encoding": coding})
            assert answer.headers.get("content-encoding", "identity") == coding
            assert content_of(answer) == first

    @pytest.mark.parametrize("coding", ["zstd", "br", "gzip", "identity"])
    def test_a_coded_answer_keeps_no_block_of_its_coder(
        self, client: TestClient, monkeypatch: pytest.MonkeyPatch, coding: str
    ) -> None:
        """Each would hold memory for the whole text: 128 MB after 4,000 pages in zstd, instead of 32."""
        kept: list[bytes] = []
        keep = KeptAnswers.keep

        def note(self: KeptAnswers, asked: Asked, version: object, answer: KeptAnswer) -> None:
            kept.append(answer.body)
            keep(self, asked, version, answer)

        sent: list[bytes] = []
        forward = keeping._Recorder.send

        async def note_sent(self: Any, message: Any) -> None:
            sent.append(message.get("body", b""))
            await forward(self, message)

        monkeypatch.setattr(KeptAnswers, "keep", note)
        monkeypatch.setattr(keeping._Recorder, "send", note_sent)
        client.get(f"{LIST}?limit=7", headers={"accept-encoding": coding})

        assert kept == sent[-1:] != []
        assert (kept[0] is sent[-1]) == (coding == "identity")

    def test_a_304_is_kept_and_belongs_to_its_tag(self, client: TestClient) -> None:
        tag = client.get(LIST).headers["etag"]

        assert _asked_twice(client, LIST, **{"If-None-Match": tag}) == 0
        assert client.get(LIST, headers={"If-None-Match": tag}).status_code == 304
        assert client.get(LIST, headers={"If-None-Match": '"other"'}).status_code == 200

    def test_head_is_answered_from_a_kept_get(self, client: TestClient) -> None:
        got = client.get(LIST)

        head = client.head(LIST)

        assert (head.content, head.headers["etag"]) == (b"", got.headers["etag"])
        assert head.headers["content-length"] == got.headers["content-length"]

    def test_every_request_has_its_id(self, client: TestClient) -> None:
        ids = {client.get(LIST).headers["x-request-id"] for _ in range(3)}

        assert len(ids) == 3
        assert client.get(LIST, headers={"X-Request-Id": "mine"}).headers["x-request-id"] == "mine"

    def test_links_begin_with_the_address_of_each_client(self, client: TestClient) -> None:
        for host in ("a.example", "b.example", "a.example"):
            index = client.get("/", headers={"Host": host}).json()
            assert {link["href"].split("/")[2] for link in index["links"]} >= {host}

    def test_each_language_has_its_answer(self, client: TestClient) -> None:
        for _ in range(2):
            for language in ("fr", "ko"):
                answer = client.get("/v1/events.atom", headers={"Accept-Language": language})
                assert answer.headers["content-language"] == language

    def test_a_kept_answer_may_be_for_everybody_without_a_key(
        self, client: TestClient, database: Database
    ) -> None:
        keyed = {"Authorization": f"Bearer {make_key(database)}"}
        plain = client.get(LIST)

        answer = client.get(LIST, headers=keyed)
        again = client.get(LIST)

        assert answer.headers["cache-control"] == "private, no-cache"
        assert content_of(again) == content_of(plain)
        assert "Authorization" in again.headers["vary"]
        assert client.get(LIST, headers={"Authorization": "Bearer tl_no"}).status_code == 401

    @pytest.mark.parametrize(
        "url", ["/v1/events/none", f"{LIST}?limit=-1", "/v1/events.ndjson", "/readyz"]
    )
    def test_problems_exports_and_health_are_made_each_time(
        self, client: TestClient, url: str
    ) -> None:
        kept: KeptAnswers = client.app.state.kept_answers  # type: ignore[attr-defined]
        client.get(url)
        hits = kept.hits

        client.get(url)

        assert kept.hits == hits

    def test_the_log_says_that_an_answer_was_kept(
        self, client: TestClient, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(request_log, "_log", structlog.get_logger())
        with structlog.testing.capture_logs() as log:
            _asked_twice(client, f"{LIST}?limit=3")

        requests = [line.get("kept") for line in log if line["event"] == "request"]
        assert (requests[0], requests[-1]) == (None, True)


class TestCommits:
    def test_an_answer_shows_the_last_commit(self, client: TestClient, filled: Database) -> None:
        for number in range(1, 4):
            store(filled, make_place(names={"en": f"Moscow {number}"}))
            for _ in range(2):
                assert client.get("/v1/places/moscow").json()["names"]["en"] == f"Moscow {number}"

    def test_a_commit_beside_the_change_log_counts(
        self, client: TestClient, filled: Database
    ) -> None:
        assert client.get("/v1/releases").json()["items"] == []
        with filled.write() as connection:
            releases.create_release(connection, "one")

        assert [each["name"] for each in client.get("/v1/releases").json()["items"]] == ["one"]

    def test_a_rollback_changes_nothing(self, client: TestClient, filled: Database) -> None:
        client.get(LIST)
        with pytest.raises(RuntimeError), filled.write() as connection:
            connection.exec_driver_sql("UPDATE place SET country = 'KP'")
            raise RuntimeError

        if filled.is_sqlite:
            assert _statements(client, LIST)[0] == 0
        assert client.get("/v1/places/moscow").json()["country"] == "RU"

    def test_a_commit_during_an_answer_is_seen_by_the_next(
        self, client: TestClient, filled: Database, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The answer that was made from older data is kept under the older version."""

        def slowly(*arguments: Any) -> bytes | None:
            found = find_document(*arguments)
            monkeypatch.undo()
            store(filled, make_place(names={"en": "Renamed"}))
            return found

        monkeypatch.setattr("app.api.dependencies.reader.find_document", slowly)

        assert client.get("/v1/places/moscow").json()["names"]["en"] == "Moscow"
        assert client.get("/v1/places/moscow").json()["names"]["en"] == "Renamed"


@pytest.mark.sqlite
class TestSettings:
    @pytest.fixture
    def url(self, filled: Database) -> str:
        return filled.url.render_as_string(hide_password=False)

    def test_nothing_is_kept_in_zero_bytes(self, url: str) -> None:
        with TestClient(create_app(Settings(database_url=url, kept_bytes=0))) as client:
            assert _asked_twice(client, LIST) > 0

    def test_a_kept_answer_counts_against_the_rate_limit(self, url: str) -> None:
        settings = Settings(database_url=url, rate_limit="3/hour")
        with TestClient(create_app(settings)) as client:
            statuses = [client.get(LIST).status_code for _ in range(4)]
            left = [client.get(LIST).headers["ratelimit"]]

        assert statuses == [200, 200, 200, 429]
        assert re.match('"default";r=0;', left[0])

    def test_a_replaced_file_is_refused(self, tmp_path: Path, filled: Database) -> None:
        path = tmp_path / "copy.db"
        copy_sqlite_file(Path(str(filled.url.database)), path)
        with TestClient(create_app(Settings(database_url=f"sqlite:///{path}"))) as client:
            assert client.get(LIST).status_code == client.get(LIST).status_code == 200
            moved = path.rename(tmp_path / "away.db")
            assert client.get(LIST).status_code == 503
            path.write_bytes(moved.read_bytes())
            assert client.get(LIST).status_code == 503


def _answer(size: int) -> KeptAnswer:
    return KeptAnswer(200, [], b"", b"x" * size)


class TestMemory:
    @pytest.fixture
    def kept(self) -> KeptAnswers:
        kept = KeptAnswers(640_000)
        kept.find(Asked("first", {}), 1)
        return kept

    def test_is_bounded(self, kept: KeptAnswers) -> None:
        for number in range(1000):
            kept.keep(Asked(number, {}), 1, _answer(5000))
            assert kept.size <= kept.limit
        assert kept.find(Asked(999, {}), 1) == _answer(5000)

    def test_an_answer_that_would_fill_it_is_not_kept(self, kept: KeptAnswers) -> None:
        kept.keep(Asked("huge", {}), 1, _answer(10_000))

        assert kept.find(Asked("huge", {}), 1) is None

    def test_large_answers_push_out_no_small_ones(self, kept: KeptAnswers) -> None:
        """Half of the memory is for small answers."""
        kept.limit = 1_200_000
        for number in range(200):
            kept.keep(Asked(number, {}), 1, _answer(17_000 if number % 2 else 10))

        found = [number for number in range(200) if kept.find(Asked(number, {}), 1)]

        assert all(number in found for number in range(0, 200, 2))
        assert 150 < len(found) < 200

    def test_many_small_answers_leave_half_to_the_large_ones(self, kept: KeptAnswers) -> None:
        kept.limit = 1_200_000
        for number in range(40):
            kept.keep(Asked(f"large {number}", {}), 1, _answer(17_000))
        for number in range(1000):
            kept.keep(Asked(number, {}), 1, _answer(10))

        assert sum(kept.find(Asked(f"large {n}", {}), 1) is not None for n in range(40)) > 30

    def test_another_version_empties_it(self, kept: KeptAnswers) -> None:
        kept.keep(Asked("a", {}), 1, _answer(10))

        assert kept.find(Asked("a", {}), 2) is None
        assert kept.size == 0

    def test_an_answer_of_an_earlier_version_is_not_kept(self, kept: KeptAnswers) -> None:
        kept.find(Asked("a", {}), 2)
        kept.keep(Asked("a", {}), 1, _answer(10))

        assert kept.find(Asked("a", {}), 2) is None

    def test_variants_are_told_apart_by_the_headers_that_vary_names(
        self, kept: KeptAnswers
    ) -> None:
        for language in (b"fr", b"ko"):
            answer = KeptAnswer(200, [], b"", language, (b"accept-language",))
            kept.keep(Asked("a", {b"accept-language": language}), 1, answer)

        found = kept.find(Asked("a", {b"accept-language": b"fr", b"accept": b"x"}), 1)

        assert found is not None
        assert found.body == b"fr"
        assert kept.find(Asked("a", {b"accept-language": b"ru"}), 1) is None

    def test_the_counts_are_logged(self, kept: KeptAnswers) -> None:
        kept.keep(Asked("a", {}), 1, _answer(10))
        kept.find(Asked("a", {}), 1)
        with structlog.testing.capture_logs() as log:
            kept.report()

        counts = {"hits": 1, "misses": 1, "bytes": kept.size}
        assert log == [{"event": "kept answers", "log_level": "info", **counts}]
