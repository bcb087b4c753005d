"""The dataset as a file: any SQLite tool opens it, downloads resume, and it has the API's data."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path
from typing import Self, cast

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from app.api.routes import dataset
from app.api.runtime.gates import Gate
from app.settings import PROJECT_ROOT
from app.setup import migrate
from app.tables.database import Database
from app.writing import changes
from tests.support.apps import client_of, make_key
from tests.support.builders import make_place, store

DATASET = "/v1/dataset.sqlite"
SECTION = (PROJECT_ROOT / "docs/api/dataset.md").read_text()
# Each query of the page, with the result that the page shows.
SQL = re.findall(r"^```sql\n(.*?)^```\n```text\n(.*?)^```$", SECTION, re.MULTILINE | re.DOTALL)


def save(client: TestClient, path: Path, query: str = "") -> Path:
    """Download the file and return its path."""
    answer = client.get(f"{DATASET}{query}")
    assert answer.status_code == 200, answer.text
    path.write_bytes(answer.content)
    return path


@pytest.fixture(scope="module")
def downloaded(
    seeded_client: TestClient, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Path]:
    """Yield the path of the downloaded seeds."""
    yield save(seeded_client, tmp_path_factory.mktemp("download") / "timeline.sqlite")


def _set_clock(monkeypatch: pytest.MonkeyPatch, now: datetime) -> None:
    """Let the route believe that it is this instant."""

    class Clock(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> Self:
            return cls.fromisoformat(now.astimezone(tz).isoformat())

    monkeypatch.setattr(dataset, "datetime", Clock)


class TestFile:
    def test_the_docs_have_two_queries(self) -> None:
        assert len(SQL) == 2

    @pytest.mark.parametrize(("sql", "found"), SQL)
    def test_answers_the_queries_of_the_docs(self, downloaded: Path, sql: str, found: str) -> None:
        with closing(sqlite3.connect(downloaded)) as connection:
            rows = connection.execute(sql).fetchall()

        assert "".join("|".join(map(str, row)) + "\n" for row in rows) == found

    def test_holds_the_documents_that_the_api_serves(
        self, downloaded: Path, seeded_client: TestClient
    ) -> None:
        with closing(sqlite3.connect(downloaded)) as connection:
            rows = connection.execute("SELECT document FROM event ORDER BY slug").fetchall()

        lines = seeded_client.get("/v1/events.ndjson").text.splitlines()
        assert sorted(document for (document,) in rows) == sorted(lines)

    def test_this_program_can_serve_and_write_it(
        self, downloaded: Path, seeded_client: TestClient, tmp_path: Path
    ) -> None:
        copy = tmp_path / "copy.db"
        copy.write_bytes(downloaded.read_bytes())
        database = Database(f"sqlite:///{copy}")
        migrate(database)

        with client_of(database) as client:
            assert client.get("/readyz").status_code == 200
            for url in (
                "/v1/events?q=푸틴&limit=5&fields=title",
                "/v1/events?facets=treaty&limit=1",
            ):
                assert client.get(url).content == seeded_client.get(url).content
            store(database, make_place("new-place"))
            assert client.get("/v1/places/new-place").json()["revision"] == 1
        database.close()

    def test_holds_the_requested_state_and_no_table_of_the_server(
        self, client: TestClient, database: Database, tmp_path: Path
    ) -> None:
        store(database, make_place())
        store(database, make_place("omsk"))
        make_key(database)

        for query, expected in (("", 2), ("?as_of=1", 1), ("?as_of=2", 2)):
            path = save(client, tmp_path / "timeline.sqlite", query)
            with closing(sqlite3.connect(path)) as connection:
                counts = [
                    connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
                    for table in ("place", "change")
                ]
                tables = connection.execute("SELECT name FROM sqlite_master").fetchall()
            assert counts == [expected, expected]
            assert not [name for (name,) in tables if re.search(r"key|answer|release", name)]

    def test_an_empty_dataset_has_no_rows(self, client: TestClient, tmp_path: Path) -> None:
        path = save(client, tmp_path / "timeline.sqlite")

        with closing(sqlite3.connect(path)) as connection:
            assert connection.execute("SELECT count(*) FROM change").fetchone() == (0,)


class TestDownload:
    def test_has_the_headers_of_a_file(self, client: TestClient, database: Database) -> None:
        store(database, make_place())

        present, past = client.get(DATASET), client.get(f"{DATASET}?as_of=1")

        assert present.headers["content-type"] == "application/vnd.sqlite3"
        assert present.headers["content-disposition"] == 'attachment; filename="timeline-1.sqlite"'
        assert present.headers["etag"] == past.headers["etag"]
        assert present.content == past.content
        assert "immutable" not in present.headers["cache-control"]
        assert "immutable" in past.headers["cache-control"]

    @pytest.mark.parametrize("coding", ["identity", "gzip", "zstd, br"])
    def test_is_never_compressed(self, client: TestClient, database: Database, coding: str) -> None:
        store(database, make_place())

        answer = client.get(DATASET, headers={"Accept-Encoding": coding})

        assert "content-encoding" not in answer.headers
        assert answer.content.startswith(b"SQLite format 3\0")
        assert len(answer.content) == int(answer.headers["content-length"])

    def test_needs_an_export_slot(self, client: TestClient, database: Database) -> None:
        """A file stays on the disk while clients read it, so their number has a limit."""
        store(database, make_place())
        state = cast("FastAPI", client.app).state
        gate, state.export_gate = state.export_gate, Gate(0, "exports", wait_seconds=0.05)

        answer = client.get(DATASET)

        state.export_gate = gate

        assert answer.status_code == 503
        assert answer.json()["type"] == "/problems/not-ready"

    def test_an_unchanged_file_gives_304(self, client: TestClient, database: Database) -> None:
        store(database, make_place())
        tag = client.get(DATASET).headers["etag"]

        again = client.get(DATASET, headers={"If-None-Match": tag})
        store(database, make_place("omsk"))
        changed = client.get(DATASET, headers={"If-None-Match": tag})

        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
        assert changed.status_code == 200

    def test_its_date_gives_304_until_a_write(
        self, client: TestClient, database: Database, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        store(database, make_place())
        _set_clock(monkeypatch, datetime.now(UTC) + timedelta(minutes=2))
        date = client.get(DATASET).headers["last-modified"]

        again = client.get(DATASET, headers={"If-Modified-Since": date})
        later = client.get(DATASET, headers={"If-Modified-Since": "Fri, 01 Jan 2100 00:00:00 GMT"})
        tagged = client.get(DATASET, headers={"If-Modified-Since": date, "If-None-Match": '"x"'})
        plain = client.get(DATASET)
        next_second = datetime.now(UTC) + timedelta(seconds=1)
        monkeypatch.setattr(changes, "current_instant", lambda _: next_second)
        store(database, make_place("omsk"))
        changed = client.get(DATASET, headers={"If-Modified-Since": date})

        assert (again.status_code, again.content, again.headers["last-modified"]) == (
            304,
            b"",
            date,
        )
        others = (later, tagged, plain, changed)
        assert [each.status_code for each in others] == [200] * len(others)

    def test_has_no_date_within_a_minute_of_a_write(
        self, client: TestClient, database: Database, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        store(database, make_place())
        at = datetime.fromisoformat(client.get("/v1/changes").json()["items"][-1]["at"])

        _set_clock(monkeypatch, at + timedelta(seconds=59))

        assert "last-modified" not in client.get(DATASET).headers

    def test_its_date_does_not_hide_a_long_write_that_began_in_the_same_second(
        self, client: TestClient, database: Database, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        began = datetime.now(UTC).replace(microsecond=0) + timedelta(seconds=1)
        monkeypatch.setattr(changes, "current_instant", lambda _: began)
        store(database, make_place())
        # The second write has its stamp already, and is not committed yet.
        _set_clock(monkeypatch, began + timedelta(seconds=5))
        date = client.get(DATASET).headers.get("last-modified")
        store(database, make_place("omsk"))
        _set_clock(monkeypatch, began + timedelta(minutes=5))

        since = {"If-Modified-Since": date} if date else {}

        assert client.get(DATASET, headers=since).status_code == 200

    def test_head_has_only_the_headers(
        self, client: TestClient, database: Database, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        store(database, make_place())
        _set_clock(monkeypatch, datetime.now(UTC) + timedelta(minutes=2))
        whole = client.get(DATASET)

        # A range applies only to GET (RFC 9110 §14.2).
        head = client.head(DATASET, headers={"Range": "bytes=0-9"})

        assert (head.status_code, head.content) == (200, b"")
        for name in ("content-length", "etag", "content-type", "last-modified", "accept-ranges"):
            assert head.headers[name] == whole.headers[name]

    @pytest.mark.parametrize(
        ("range_header", "begin", "end"),
        [("bytes=0-99", 0, 100), ("bytes=4096-", 4096, None), ("bytes=-7", -7, None)],
    )
    def test_a_range_resumes_the_download(
        self, client: TestClient, database: Database, range_header: str, begin: int, end: int | None
    ) -> None:
        store(database, make_place())
        whole = client.get(DATASET)

        given = {"Range": range_header, "If-Range": whole.headers["etag"]}
        part = client.get(DATASET, headers=given)

        assert part.status_code == 206
        assert part.content == whole.content[begin:end]
        assert part.headers["content-range"].endswith(f"/{len(whole.content)}")
        assert part.headers["etag"] == whole.headers["etag"]

    @pytest.mark.parametrize(
        "headers",
        [
            pytest.param(
                {"Range": "bytes=0-9", "If-Range": '"another"'}, id="the ETag of another file"
            ),
            pytest.param(
                {"Range": "bytes=99999999-", "If-Range": '"x"'},
                id="the ETag of another file, beyond the end",
            ),
            pytest.param({"Range": "bytes=0-1,4-5"}, id="several ranges"),
            pytest.param({"Range": "lines=0-1"}, id="another unit"),
            pytest.param({"Range": "bytes=9-1"}, id="backwards"),
            pytest.param({"Range": "bytes"}, id="nonsense"),
        ],
    )
    def test_an_unusable_range_gives_the_whole_file(
        self, client: TestClient, database: Database, headers: dict[str, str]
    ) -> None:
        store(database, make_place())

        answer = client.get(DATASET, headers=headers)

        assert answer.status_code == 200
        assert len(answer.content) == int(answer.headers["content-length"])

    def test_a_range_beyond_the_end_is_a_problem(
        self, client: TestClient, database: Database
    ) -> None:
        store(database, make_place())
        size = len(client.get(DATASET).content)

        answer = client.get(DATASET, headers={"Range": f"bytes={size}-"})

        assert answer.status_code == 416
        assert answer.json()["type"] == "/problems/range-not-satisfiable"
        assert answer.headers["content-range"] == f"bytes */{size}"
