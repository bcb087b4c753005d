"""Each client gets a separate server, because a scenario writes."""

from collections.abc import Iterator
from contextlib import closing

import pytest

from app.tables.database import Database
from app.writing.upkeep.backup import back_up
from tests.clients.tools import Server
from tests.support.apps import make_key
from tests.support.servers import served


@pytest.fixture(scope="module")
def server(seeded_sqlite: Database, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server over a copy of the seeds, for the tests of one module."""
    folder = tmp_path_factory.mktemp("server")
    copy = folder / "timeline.db"
    back_up(seeded_sqlite, copy)
    with closing(Database(f"sqlite:///{copy}")) as database:
        key = make_key(database)
    past = folder / "past"
    with served(f"sqlite:///{copy}", log=folder / "server.log", past_folder=past) as (url, _):
        yield Server(url, key)
