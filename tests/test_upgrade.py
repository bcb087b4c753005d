"""The next version migrates a database in use: no request fails, and this version goes on serving."""

import os
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import count, cycle
from pathlib import Path

import httpx
import pytest
from sqlalchemy import select

from app.tables import core as t
from app.tables.database import Database
from app.tables.schema.revisions import NEWEST
from tests.support.apps import make_key
from tests.support.databases import NewDatabase
from tests.support.next_version import NEXT, copy_program
from tests.support.servers import PATIENCE, served

pytestmark = pytest.mark.start

READERS = 3
READ = (
    "/v1/events?limit=50&participant=vladimir-putin",
    "/v1/events?q=treaty",
    "/v1/events?limit=1&facets=type",
    "/ru/explore",
    "/readyz",
)
# A migration in the way that the decision describes: it expands the schema, and marks documents.
STEP = """\
op.add_column("event", sa.Column("weather", sa.Text(), server_default="fair", nullable=False))
    op.create_table("remark", sa.Column("id", sa.Integer(), primary_key=True))
    mark_for_rebuild(EntityKind.TREATY, EntityKind.PLACE)
    create_index_online("ix_event__weather", "event", ["weather"])
"""


class Crowd:
    """Readers and a writer, who ask a server again and again, and count the answers by status."""

    def __init__(self, base: str, key: str) -> None:
        # By the status, and the path and text of each that is not 200.
        self.answers: Counter[str] = Counter()
        self.versions = count(1)
        self._base = base
        self._key = {"Authorization": f"Bearer {key}"}
        self._end = threading.Event()

    @contextmanager
    def asking(self) -> Iterator[None]:
        """Let them ask until the block ends; each begins with one complete round."""
        threads = [threading.Thread(target=self._read) for _ in range(READERS)]
        threads.append(threading.Thread(target=self._write))
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            self._end.set()
            for thread in threads:
                thread.join(PATIENCE)
        assert not any(thread.is_alive() for thread in threads)

    def wait(self, further: int) -> None:
        """Wait for so many further answers."""
        wanted, deadline = self.answers.total() + further, time.monotonic() + PATIENCE
        while self.answers.total() < wanted:
            assert time.monotonic() < deadline, "nobody is answered any more"
            time.sleep(0.02)

    def _read(self) -> None:
        with httpx.Client(base_url=self._base, timeout=PATIENCE) as client:
            for path in cycle(READ):
                self._count(path, client.get(path))
                if self._end.is_set():
                    return

    def _write(self) -> None:
        """Rename a place again and again, each time with the tag of the version before."""
        with httpx.Client(base_url=self._base, timeout=PATIENCE, headers=self._key) as client:
            seen = client.get("/v1/places/moscow")
            place = {key: seen.json()[key] for key in PLACE}
            while not self._end.is_set():
                place["names"]["en"] = f"Moscow {next(self.versions)}"
                tag = {"If-Match": seen.headers["etag"]}
                seen = client.put("/v1/places/moscow", json=place, headers=tag)
                self._count("PUT", seen)

    def _count(self, asked: str, answer: httpx.Response) -> None:
        ok = answer.status_code == 200
        self.answers["200" if ok else f"{answer.status_code} {asked} {answer.text[:500]}"] += 1


PLACE = ("id", "names", "country", "latitude", "longitude", "precision")


def test_the_next_version_migrates_under_this_one(seeds_in: NewDatabase, tmp_path: Path) -> None:
    url = seeds_in("upgraded")
    program = copy_program(tmp_path, NEXT, STEP)
    with closing(Database(url)) as database:
        key = make_key(database)
        with served(url) as (base, _):
            crowd = Crowd(base, key)
            with crowd.asking():
                crowd.wait(10)
                # An export that nobody reads to its end holds the table.
                with database.stream() as export:
                    export.execute(select(t.event.c.id)).all()
                    upgrade = _run(program, url, "db", "upgrade")
                    crowd.wait(60)
                output = _end(upgrade)
                crowd.wait(10)
        with served(url) as (again, _):
            old = _read_all(again)
        with _next_server(program, url) as new_base:
            new = _read_all(new_base)

    assert output.split("\n")[0] == f"{NEWEST} -> {NEXT}"
    assert {*crowd.answers} == {"200"}
    assert next(crowd.versions) > 3
    assert old == new


def _read_all(base: str) -> list[str]:
    """Return the answers of the API, without the address of the server."""
    paths = [path for path in READ if path.startswith("/v1/")]
    return [httpx.get(f"{base}{path}", timeout=PATIENCE).text.replace(base, "") for path in paths]


def _end(process: subprocess.Popen[str]) -> str:
    """Wait for the end of the process, and return its output."""
    try:
        return process.communicate(timeout=PATIENCE)[0]
    finally:
        process.kill()


def _run(program: Path, url: str, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "app", *arguments],
        cwd=program,
        env={**os.environ, "TIMELINE_DATABASE_URL": url, "PYTHONPATH": str(program)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


@contextmanager
def _next_server(program: Path, url: str) -> Iterator[str]:
    process = _run(program, url, "serve", "--port", "0")
    assert process.stdout is not None
    try:
        for line in process.stdout:
            if "running on http://" in line:
                yield line.split("running on ")[1].split('"')[0].split(" ")[0]
                return
        raise AssertionError("the next version did not start")
    finally:
        process.terminate()
        process.communicate(timeout=PATIENCE)
