"""The version of the data: it changes with each commit of any connection, and with nothing else."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine, Hashable, Iterator
from contextlib import asynccontextmanager, closing
from functools import wraps
from pathlib import Path
from typing import Any, ParamSpec

import pytest

from app.tables.data_versions.data_version import DataVersion, data_version
from app.tables.database import Database
from tests.support.builders import make_place, store

_P = ParamSpec("_P")
_TRIALS = 50


def in_event_loop(test: Callable[_P, Coroutine[Any, Any, None]]) -> Callable[_P, None]:
    """Run a test that is a coroutine."""

    @wraps(test)
    def run(*arguments: _P.args, **fixtures: _P.kwargs) -> None:
        asyncio.run(test(*arguments, **fixtures))

    return run


@pytest.fixture
def other(database: Database) -> Iterator[Database]:
    """The same database, as another process has it."""
    with closing(Database(database.url.render_as_string(hide_password=False))) as other:
        yield other


async def _stays(version: DataVersion, act: Callable[[], object]) -> bool:
    """Return whether the version stays the same through an act, in one of some trials.

    On PostgreSQL it counts the transactions of the whole server, and other tests write to theirs at the same time.
    """
    for _ in range(_TRIALS):
        before = await version.find()
        act()
        if await version.find() == before:
            return True
    return False


@asynccontextmanager
async def _opened(database: Database) -> AsyncIterator[DataVersion]:
    version = data_version(database)
    version.open()
    try:
        yield version
    finally:
        await version.close()


@in_event_loop
async def test_a_commit_of_another_process_changes_it(database: Database, other: Database) -> None:
    async with _opened(database) as version:
        before = await version.find()
        assert before is not None
        store(other, make_place())

        assert await version.find() not in (None, before)


@in_event_loop
async def test_a_read_does_not_change_it(database: Database, other: Database) -> None:
    async with _opened(database) as version:

        def read() -> None:
            with other.read() as connection:
                connection.exec_driver_sql("SELECT count(*) FROM place")

        assert await _stays(version, read)


@in_event_loop
async def test_an_unfinished_write_does_not_change_it(database: Database, other: Database) -> None:
    write = "UPDATE alembic_version SET version_num = version_num"
    async with _opened(database) as version:
        with other.write() as connection:
            connection.exec_driver_sql(write)
            assert await _stays(version, lambda: connection.exec_driver_sql(write))
            before = await version.find()
        assert await version.find() != before


@in_event_loop
async def test_it_is_unknown_before_and_after(database: Database) -> None:
    version = data_version(database)
    assert await version.find() is None
    version.open()
    assert await version.find() is not None
    await version.close()

    assert await version.find() is None


@in_event_loop
async def test_each_of_many_at_once_sees_the_commits_before_it(
    database: Database, other: Database
) -> None:
    """Callers share a statement, but only one that is sent after they came."""
    async with _opened(database) as version:
        seen: list[Hashable] = []
        for _ in range(5):
            waiting = [asyncio.create_task(version.find()) for _ in range(10)]
            await asyncio.sleep(0)
            store(other, make_place(names={"en": f"Moscow {len(seen)}"}))
            seen.append(await version.find())
            await asyncio.gather(*waiting)

        assert None not in seen
        assert len(set(seen)) == 5


@in_event_loop
async def test_a_database_that_is_away_has_no_version() -> None:
    nobody = Database("postgresql://nobody@127.0.0.1:1/none")
    async with _opened(nobody) as version:
        assert await version.find() is None
        # Not asked again at once.
        assert await version.find() is None


@in_event_loop
async def test_a_file_that_is_gone_has_no_version(tmp_path: Path) -> None:
    async with _opened(Database(f"sqlite:///{tmp_path}/missing.db", existing=True)) as version:
        assert await version.find() is None
