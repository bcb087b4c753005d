"""If a server is killed while it builds a past state, no later answer comes from a damaged file.

The test kills the server at a random moment of the build; `TEST_SEED` repeats the choice. `KILLS` is
the number of kills, by default one, because each kill needs another server.
"""

import os
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import httpx
import pytest

from app.tables.database import Database
from app.tables.log import newest_seq
from app.writing.snapshots.build import build_snapshot
from tests.support.chance import seeded_random
from tests.support.databases import NewDatabase
from tests.support.servers import Process, served

pytestmark = [pytest.mark.kill, pytest.mark.sqlite]

KILLS = int(os.environ.get("KILLS", "1"))


@pytest.fixture
def seeds(seeds_in_sqlite: NewDatabase) -> Iterator[Database]:
    """A database with the seeds."""
    with closing(Database(seeds_in_sqlite("killed-builds"))) as database:
        yield database


def test_no_answer_comes_from_a_damaged_file(seeds: Database, tmp_path: Path) -> None:
    random = seeded_random("kill builds of past states")
    past = tmp_path / "past"
    with seeds.read() as connection:
        newest = newest_seq(connection)
    duration, begun = _build(seeds, newest, tmp_path / "first.sqlite"), 0
    for kill in range(KILLS + 1):
        with served(str(seeds.url), seeds="none", past_folder=past) as (url, process):
            if kill:
                _compare(url, seeds, newest - kill + 1, tmp_path / f"{kill}.sqlite")
            if kill < KILLS:
                # Beyond 1, the file is complete.
                moment = duration * 1.3 * (kill + random.random()) / KILLS
                _kill_during_build(url, process, newest - kill, moment)
                left = sorted(file.suffix for file in past.glob(f"{newest - kill}-*"))
                begun += any(past.glob("*.part"))
                print(f"killed after {moment:.2f} s of {duration:.2f} s; left: {left}")
                for file in past.glob("*.part"):
                    file.unlink()
    print(f"{KILLS} kills, {begun} of them within a build; every answer was undamaged")


def _build(seeds: Database, seq: int, path: Path) -> float:
    """Build the state, and return the seconds that it took."""
    begin = time.monotonic()
    build_snapshot(seeds, seq, path)
    return time.monotonic() - begin


def _compare(url: str, seeds: Database, seq: int, expected: Path) -> None:
    """Compare the state's file and a list with a new build, which has the same bytes."""
    build_snapshot(seeds, seq, expected)
    file = httpx.get(f"{url}/v1/dataset.sqlite?as_of={seq}", timeout=120)
    page = httpx.get(f"{url}/v1/changes?as_of={seq}&after={seq - 1}", timeout=120)

    assert (file.status_code, page.status_code) == (200, 200), page.text
    assert file.content == expected.read_bytes()
    assert page.json()["items"][-1]["seq"] == seq
    expected.unlink()


def _kill_during_build(url: str, process: Process, seq: int, moment: float) -> None:
    """Ask for a state, and kill the server after so many seconds."""

    def ask() -> None:
        with suppress(httpx.TransportError):
            httpx.get(f"{url}/v1/places?as_of={seq}&limit=1", timeout=120)

    asking = threading.Thread(target=ask)
    asking.start()
    time.sleep(moment)
    process.kill()
    assert process.wait(timeout=120) == -signal.SIGKILL
    asking.join()
