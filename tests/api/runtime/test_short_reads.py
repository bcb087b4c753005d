"""Few short reads run at once, and a slow one holds the others up only for a moment."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import suppress

import anyio
import pytest

from app.api.runtime import short_reads
from app.api.runtime.short_reads import ShortReads
from app.tables.at_once import is_at_once, refuse_at_once

FOREVER = 600


class Reads:
    """Reads that all run until they may end."""

    def __init__(self) -> None:
        self.running = 0
        self.may_end = threading.Event()
        self._lock = threading.Lock()

    def read(self) -> str:
        """Run until reads may end."""
        with self._lock:
            self.running += 1
        assert self.may_end.wait(60)
        return "read"

    async def wait_for(self, running: int) -> None:
        """Wait until so many run, and a little longer, in which no other may begin."""
        with anyio.fail_after(60):
            while self.running < running:
                await asyncio.sleep(0.01)
        await asyncio.sleep(0.1)
        assert self.running == running


@pytest.fixture
def reads() -> Iterator[Reads]:
    reads = Reads()
    yield reads
    reads.may_end.set()


def have_patience(patch: pytest.MonkeyPatch, seconds: float) -> None:
    patch.setattr(short_reads, "_PATIENCE", seconds)


def test_further_reads_wait_for_their_turn(reads: Reads, monkeypatch: pytest.MonkeyPatch) -> None:
    have_patience(monkeypatch, FOREVER)

    async def run() -> list[str]:
        short = ShortReads(2)
        tasks = [asyncio.create_task(short.run(reads.read)) for _ in range(5)]
        await reads.wait_for(2)
        reads.may_end.set()
        return [*await asyncio.gather(*tasks)]

    assert asyncio.run(run()) == ["read"] * 5
    assert reads.running == 5


def test_slow_reads_hold_nobody_up_for_long(reads: Reads, monkeypatch: pytest.MonkeyPatch) -> None:
    have_patience(monkeypatch, 0.01)

    async def run() -> None:
        short = ShortReads(2)
        tasks = [asyncio.create_task(short.run(reads.read)) for _ in range(5)]
        await reads.wait_for(5)
        reads.may_end.set()
        await asyncio.gather(*tasks)

    asyncio.run(run())


def test_without_a_number_all_run(reads: Reads, monkeypatch: pytest.MonkeyPatch) -> None:
    have_patience(monkeypatch, FOREVER)

    async def run() -> None:
        short = ShortReads(None)
        tasks = [asyncio.create_task(short.run(reads.read)) for _ in range(5)]
        await reads.wait_for(5)
        reads.may_end.set()
        await asyncio.gather(*tasks)

    asyncio.run(run())


def test_a_read_that_fails_or_is_given_up_leaves_its_turn(
    reads: Reads, monkeypatch: pytest.MonkeyPatch
) -> None:
    have_patience(monkeypatch, FOREVER)

    def fail() -> None:
        raise ValueError

    async def run() -> str:
        short = ShortReads(1)
        with suppress(ValueError):
            await short.run(fail)
        first = asyncio.create_task(short.run(reads.read))
        await reads.wait_for(1)
        given_up = asyncio.create_task(short.run(reads.read))
        await asyncio.sleep(0.05)
        given_up.cancel()
        reads.may_end.set()
        await asyncio.wait([first, given_up])
        assert given_up.cancelled()
        with anyio.fail_after(60):
            result: str = await short.run(lambda: "read")
        return result

    assert asyncio.run(run()) == "read"
    assert reads.running == 1


def note_thread() -> tuple[int, bool]:
    """Return the thread of this read, and whether it must be brief."""
    return threading.get_ident(), is_at_once()


class TestBriefReads:
    def test_one_runs_in_the_event_loop(self) -> None:
        async def run() -> tuple[int, bool]:
            found: tuple[int, bool] = await ShortReads(2).run(note_thread, is_brief=True)
            return found

        assert asyncio.run(run()) == (threading.get_ident(), True)

    def test_one_that_is_not_brief_runs_again_in_a_thread(self) -> None:
        attempts: list[tuple[int, bool]] = []

        def read() -> str:
            attempts.append(note_thread())
            refuse_at_once()
            return "read"

        async def run() -> str:
            found: str = await ShortReads(2).run(read, is_brief=True)
            return found

        assert asyncio.run(run()) == "read"
        assert [brief for _, brief in attempts] == [True, False]
        assert attempts[0][0] == threading.get_ident() != attempts[1][0]

    def test_one_waits_for_no_thread(self, reads: Reads) -> None:
        async def run() -> tuple[int, bool]:
            short = ShortReads(1)
            other = asyncio.create_task(short.run(reads.read))
            await reads.wait_for(1)
            found: tuple[int, bool] = await short.run(note_thread, is_brief=True)
            reads.may_end.set()
            await other
            return found

        assert asyncio.run(run()) == (threading.get_ident(), True)

    @pytest.mark.parametrize("limit", [2, None], ids=["SQLite, not brief", "PostgreSQL"])
    def test_others_take_a_thread(self, limit: int | None) -> None:
        async def run() -> tuple[int, bool]:
            short = ShortReads(limit)
            found: tuple[int, bool] = await short.run(note_thread, is_brief=limit is None)
            return found

        thread, brief = asyncio.run(run())
        assert thread != threading.get_ident()
        assert not brief
