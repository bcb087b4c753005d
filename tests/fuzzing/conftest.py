"""Each run gets a server over a separate copy of the seeds, because it writes."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from app.tables.database import Database
from app.writing.upkeep.backup import back_up
from tests.support.servers import served


@pytest.fixture
def copy(seeded_sqlite: Database, tmp_path: Path) -> Iterator[Database]:
    """A copy of the seeds that the test may change."""
    back_up(seeded_sqlite, tmp_path / "timeline.db")
    with closing(Database(f"sqlite:///{tmp_path / 'timeline.db'}")) as database:
        yield database


@pytest.fixture
def server(copy: Database, tmp_path: Path) -> Iterator[str]:
    """The URL of a server over the copy."""
    database = copy.url.render_as_string(hide_password=False)
    with served(database, log=tmp_path / "log", past_folder=tmp_path / "past") as (url, _):
        yield url
