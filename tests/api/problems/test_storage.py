"""Damaged databases and full disks: 503 with the cause in the log, not 500."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient
from structlog.testing import capture_logs

from app.main import create_app
from app.settings import Settings
from app.tables.database import Database
from app.tables.schema.creation import create_if_empty
from app.writing.imports import spool
from tests.support.apps import make_key
from tests.support.builders import make_cast, make_event, make_place, store
from tests.support.commands import run

pytestmark = pytest.mark.sqlite
NOTHING = b'{"places": []}'


@pytest.fixture(scope="module")
def intact(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a small timeline."""
    path = tmp_path_factory.mktemp("intact") / "intact.db"
    with closing(Database(f"sqlite:///{path}")) as database:
        create_if_empty(database)
        store(database, *make_cast(), make_place(), make_event())
    return path


@pytest.fixture
def path(intact: Path, tmp_path: Path) -> Path:
    """A copy of the small timeline."""
    return Path(shutil.copy(intact, tmp_path / "timeline.db"))


@pytest.fixture
def client(path: Path, tmp_path: Path) -> Iterator[TestClient]:
    """A client of a server over the copy."""
    settings = Settings(database_url=f"sqlite:///{path}", past_folder=tmp_path / "past")
    with TestClient(create_app(settings)) as client:
        yield client


def damage_pages(path: Path, text: bytes) -> None:
    """Overwrite each page that has the text."""
    content = path.read_bytes()
    size = int.from_bytes(content[16:18], "big")
    pages = (content[start : start + size] for start in range(0, len(content), size))
    path.write_bytes(b"".join(b"Z" * size if text in page else page for page in pages))


def get(client: TestClient, url: str) -> tuple[int, str, str]:
    """Return the status and the detail of the answer, and the error that the server logged."""
    with capture_logs() as lines:
        answer = client.get(url)
    (error,) = [line["error"] for line in lines if line["log_level"] == "error"]
    assert answer.json()["type"] == "/problems/not-ready"
    assert int(answer.headers["retry-after"]) > 0
    return answer.status_code, answer.json()["detail"], error


class TestDamagedDatabase:
    @pytest.mark.parametrize("url", ["/v1/places", "/v1/places/moscow", "/v1/events?facets=type"])
    def test_a_damaged_page_is_a_503(self, path: Path, client: TestClient, url: str) -> None:
        for text in (b'"id":"moscow","revision"', b'"id":"2024-11-01-talks","revision"'):
            damage_pages(path, text)

        status, detail, error = get(client, url)

        assert (status, detail) == (
            503,
            "the database cannot be read: the server's log gives the reason",
        )
        assert "database disk image is malformed" in error

    def test_a_damaged_page_is_a_503_for_an_export(self, path: Path, client: TestClient) -> None:
        damage_pages(path, b'"id":"2024-11-01-talks","revision"')

        assert client.get("/v1/events.csv").status_code == 503

    def test_a_damaged_log_is_a_503_for_a_past_state(self, path: Path, client: TestClient) -> None:
        damage_pages(path, b"sergey-lavrov")

        assert client.get("/v1/places?as_of=1").status_code == 503

    def test_text_that_is_not_utf_8_is_a_503(self, path: Path, client: TestClient) -> None:
        """Documents are not decoded: `timeline db check` finds the bytes in them."""
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            connection.execute("UPDATE place SET slug = CAST(x'C328' AS TEXT)")

        status, _, error = get(client, "/v1/places")

        assert status == 503
        assert "Could not decode to UTF-8" in error


class TestNoRoom:
    @pytest.fixture
    def writer(self, path: Path, client: TestClient) -> TestClient:
        """A client that may write."""
        with closing(Database(f"sqlite:///{path}")) as database:
            client.headers["Authorization"] = f"Bearer {make_key(database)}"
        client.headers["Content-Type"] = "application/json"
        return client

    def test_for_the_body_of_an_import_is_a_503(
        self, writer: TestClient, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        full = partial(open, "/dev/full", "r+b")
        monkeypatch.setattr("app.api.routes.imports.TemporaryFile", full)

        answer = writer.post("/v1/imports", content=NOTHING)

        assert answer.status_code == 503, answer.text
        assert "has no room for the files that this request needs" in answer.json()["detail"]

    def test_in_any_folder_for_temporary_files_is_a_503(
        self, writer: TestClient, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refuse() -> None:
            raise FileNotFoundError(2, "No usable temporary directory found in ['/tmp']")

        monkeypatch.setattr("app.api.routes.imports.TemporaryFile", refuse)

        assert writer.post("/v1/imports", content=NOTHING).status_code == 503

    def test_for_the_records_of_an_import_is_a_503(
        self, writer: TestClient, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(spool, "_TABLES", (*spool._TABLES, "PRAGMA max_page_count = 3"))
        places = [make_place(f"place-{n}").to_plain() for n in range(200)]

        answer = writer.post("/v1/imports", json={"places": places})

        assert answer.status_code == 503, answer.text
        assert writer.get("/v1/places/place-1").status_code == 404

    def test_for_the_records_of_the_command_is_one_line(
        self, path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(spool, "_TABLES", (*spool._TABLES, "PRAGMA max_page_count = 3"))
        lines = (make_place(f"place-{n}").model_dump_json() for n in range(600))
        file = tmp_path / "places.ndjson"
        file.write_text("".join(f'{{"places": [{line}]}}\n' for line in lines))

        result = run("load", str(file), database_url=f"sqlite:///{path}")

        assert result.exit_code == 1
        assert result.stderr == "a temporary file cannot be written: database or disk is full\n"

    @pytest.mark.thorough
    def test_another_missing_file_stays_a_500(
        self, client: TestClient, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refuse(*_: object) -> None:
            raise FileNotFoundError(2, "No such file", "app/missing.toml")

        app = client.app
        assert isinstance(app, FastAPI)
        monkeypatch.setattr(app.state.database, "read", refuse)

        assert client.get("/v1/places").status_code == 500
