"""Damaged files of past states: never served, and built again."""

import os
import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from app.main import create_app
from app.settings import Settings
from app.tables.database import Database
from tests.support.builders import make_place, store

pytestmark = pytest.mark.sqlite
URLS = ("/v1/dataset.sqlite?as_of=1", "/v1/places?as_of=1", "/v1/changes?as_of=1")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder of past states."""
    return tmp_path / "past"


@pytest.fixture
def client(database: Database, folder: Path) -> Iterator[TestClient]:
    """A client of a server with this folder and one past state."""
    store(database, make_place())
    with new_client(database, folder) as client:
        yield client


def new_client(database: Database, folder: Path) -> TestClient:
    """Return a client of another server process with the same folder."""
    url = database.url.render_as_string(hide_password=False)
    return TestClient(create_app(Settings(database_url=url, past_folder=folder, kept_bytes=0)))


def the_file(folder: Path) -> Path:
    """Return the path of the only past state."""
    (path,) = folder.glob("1-*.sqlite")
    return path


def empty(path: Path) -> None:
    """Leave no byte."""
    path.write_bytes(b"")


def cut(path: Path) -> None:
    """Cut the file in half."""
    os.truncate(path, path.stat().st_size // 2)


def flip(path: Path) -> None:
    """Change the name of the place."""
    path.write_bytes(path.read_bytes().replace(b"Moscow", b"Moskva"))


def scramble(path: Path) -> None:
    """Replace every byte."""
    path.write_bytes(random.Random(7).randbytes(path.stat().st_size))


def delete(path: Path) -> None:
    """Delete the file."""
    path.unlink()


@pytest.mark.thorough
@pytest.mark.parametrize("url", URLS)
@pytest.mark.parametrize("damage", [empty, cut, flip, scramble, delete])
@pytest.mark.parametrize("restarted", [False, True], ids=["same process", "new process"])
def test_a_damaged_file_is_built_again(
    client: TestClient,
    database: Database,
    folder: Path,
    url: str,
    damage: Callable[[Path], None],
    restarted: bool,
) -> None:
    before = client.get(url)
    whole = the_file(folder).read_bytes()
    damage(the_file(folder))

    if restarted:
        with new_client(database, folder) as other:
            after = other.get(url)
    else:
        after = client.get(url)

    assert (before.status_code, after.status_code) == (200, 200)
    assert after.content == before.content
    assert after.headers["etag"] == before.headers["etag"]
    assert the_file(folder).read_bytes() == whole


def test_a_read_only_folder_serves_its_files(
    client: TestClient, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = client.get(URLS[0])

    def refuse(*_: object, **__: object) -> None:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(os, "utime", refuse)
    monkeypatch.setattr("tempfile.mkstemp", refuse)

    assert client.get(URLS[0]).content == before.content
    assert client.get(URLS[1]).status_code == 200


def test_a_damaged_file_in_a_read_only_folder_is_not_served(
    client: TestClient, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.get(URLS[0])
    cut(the_file(folder))

    def refuse(*_: object, **__: object) -> None:
        raise OSError(30, "Read-only file system")

    for name in ("os.utime", "os.unlink", "pathlib.Path.unlink", "tempfile.mkstemp"):
        monkeypatch.setattr(name, refuse)
    answers = [client.get(url) for url in URLS]

    assert [answer.status_code for answer in answers] == [503] * 3
    assert {answer.headers["cache-control"] for answer in answers} == {"no-store"}


@pytest.mark.parametrize("url", URLS)
def test_a_file_in_place_of_the_folder_is_a_problem(
    client: TestClient, folder: Path, url: str
) -> None:
    folder.write_text("a file")

    answer = client.get(url)

    assert answer.status_code == 503, answer.text
    assert answer.json()["type"] == "/problems/not-ready"
    assert "past states cannot be stored" in answer.json()["detail"]
    assert client.get("/v1/places").status_code == 200


def test_a_folder_in_place_of_the_file_is_a_problem(client: TestClient, folder: Path) -> None:
    client.get(URLS[0])
    path = the_file(folder)
    path.unlink()
    path.mkdir()

    assert client.get(URLS[1]).status_code == 503
