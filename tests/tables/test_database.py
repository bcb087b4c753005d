import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Row, func, insert, select, text, update
from sqlalchemy.exc import IntegrityError

from app.setup import migrate
from app.tables import core as t
from app.tables.base import utc_now
from app.tables.database import BusyError, Database, SlowQueryError
from tests.support.builders import count_changes, make_cast, make_event, make_tag, store


class TestWrite:
    def test_an_exception_takes_everything_back(self, database: Database) -> None:
        with pytest.raises(RuntimeError), database.write() as connection:
            connection.execute(insert(t.change), [_change(1)])
            raise RuntimeError

        assert count_changes(database) == 0

    def test_what_refers_to_nothing_is_refused(self, database: Database) -> None:
        with pytest.raises(IntegrityError), database.write() as connection:
            connection.execute(
                insert(t.treaty_party), [{"treaty_id": 999, "ordinal": 0, "country": "RU"}]
            )

    def test_writers_wait_for_one_another(self, database: Database) -> None:
        first_holds, second_done = threading.Event(), threading.Event()

        def second() -> None:
            first_holds.wait()
            with database.write() as connection:
                connection.execute(insert(t.change), [_change(2)])
            second_done.set()

        thread = threading.Thread(target=second)
        thread.start()
        with database.write() as connection:
            first_holds.set()
            assert not second_done.wait(0.2)
            connection.execute(insert(t.change), [_change(1)])
        thread.join()

        with database.read() as connection:
            revisions = connection.scalars(select(t.change.c.revision).order_by(t.change.c.seq))
            assert revisions.all() == [1, 2]


class TestRead:
    def test_sees_one_snapshot(self, database: Database) -> None:
        store(database, *make_cast())
        with database.read() as connection:
            before = connection.scalar(select(func.count()).select_from(t.event))
            store(database, make_event())
            after = connection.scalar(select(func.count()).select_from(t.event))

        assert before == after == 0

    def test_ids_are_ordered_by_bytes(self, database: Database) -> None:
        ids = ["2024-01-01-ab", "2024-01-01-a-z", "2024-01-01-a0", "2024-01-01-a"]
        store(database, *make_cast(), *(make_event(id=i) for i in ids))

        with database.read() as connection:
            slugs = connection.scalars(select(t.event.c.slug).order_by(t.event.c.slug)).all()

        assert slugs == sorted(ids)

    def test_cannot_write_on_postgresql(self, database: Database) -> None:
        if database.is_sqlite:
            pytest.skip("SQLite has no read-only transactions")
        with database.read() as connection, pytest.raises(Exception, match="read-only"):
            connection.execute(text("DELETE FROM change"))


class TestStream:
    def test_sees_one_snapshot(self, database: Database) -> None:
        store(database, *make_cast(), make_event("2024-11-01-a"), make_event("2024-11-02-a"))
        with database.stream() as connection:
            with connection.execute(select(t.event.c.slug).order_by(t.event.c.slug)) as rows:
                first = rows.scalars().fetchmany(1)
                store(database, make_event("2024-11-03-a"))
                others = rows.scalars().all()
            again = connection.scalar(select(func.count()).select_from(t.event))

        assert (first, others, again) == (["2024-11-01-a"], ["2024-11-02-a"], 2)

    def test_rows_stay_in_the_database_until_they_are_asked_for(self, database: Database) -> None:
        if database.is_sqlite:
            pytest.skip("SQLite has no server that could send them all at once")
        with database.stream() as connection, connection.execute(select(t.change.c.seq)):
            cursors = connection.execute(text("SELECT count(*) FROM pg_cursors")).scalar()

        # The cursor of this query, and the cursor of the first.
        assert cursors == 2

    def test_does_not_take_the_connections_of_reads(self, seeded: Database) -> None:
        url = seeded.url.render_as_string(hide_password=False)
        database = Database(url, pool_size=1, stream_pool_size=1)

        with database.stream() as stream, database.read() as read:
            counts = [c.scalar(select(func.count()).select_from(t.event)) for c in (stream, read)]

        assert counts[0] == counts[1]
        database.close()


def _change(revision: int) -> dict[str, object]:
    return {
        "seq": revision,
        "at": utc_now(),
        "actor": "test",
        "op": "create",
        "kind": "event",
        "slug": "2024-01-01-x",
        "revision": revision,
        "reason": None,
        "survivor": None,
        "document": "{}",
        "digest": "",
    }


# A few million steps, a tenth of a second or more.
_SLOW = text(
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500000) "
    "SELECT max(i) FROM n"
)


@pytest.fixture
def hasty(database: Database) -> Iterator[Database]:
    """The same database, through connections that do not wait."""
    url = database.url.render_as_string(hide_password=False)
    hasty = Database(url, pool_size=1, query_seconds=0.02, lock_seconds=0.2)
    yield hasty
    hasty.close()


class TestTimeouts:
    def test_a_read_that_takes_too_long_is_given_up(self, hasty: Database) -> None:
        started = time.monotonic()
        with (
            pytest.raises(SlowQueryError, match=r"it took longer than 0\.02 s"),
            hasty.read() as connection,
        ):
            connection.execute(_SLOW).all()
        took = time.monotonic() - started

        assert took < 5
        with hasty.read() as connection:
            assert connection.scalar(select(1)) == 1

    def test_streams_writes_and_unlimited_reads_are_not_cancelled(self, hasty: Database) -> None:
        with hasty.read(unlimited=True) as connection:
            assert connection.scalar(_SLOW) == 500_000
        with hasty.stream() as connection:
            assert connection.scalar(_SLOW) == 500_000
        with hasty.write() as connection:
            assert connection.scalar(_SLOW) == 500_000

    def test_a_writer_waits_so_long_and_no_longer(
        self, database: Database, hasty: Database
    ) -> None:
        started = time.monotonic()
        with (
            database.write(),
            pytest.raises(BusyError, match=r"another write has been going on for 0\.2 s"),
            hasty.write(),
        ):
            pass
        took = time.monotonic() - started

        assert 0.2 <= took < 5
        with hasty.write() as connection:
            connection.execute(insert(t.change), [_change(1)])
        assert count_changes(database) == 1

    def test_what_is_not_worth_waiting_for_gives_up_at_once(
        self, database: Database, hasty: Database
    ) -> None:
        store(database, *make_cast())
        forget = update(t.participant).values(revision=2)
        started = time.monotonic()
        with (
            database.write() as first,
            pytest.raises(BusyError),
        ):
            first.execute(forget)
            with hasty.write_aside() as second:
                second.execute(forget)

        assert time.monotonic() - started < 5

    def test_reads_wait_for_nobody(self, database: Database, hasty: Database) -> None:
        with database.write() as connection:
            connection.execute(insert(t.change), [_change(1)])
            assert count_changes(hasty) == 0


def _read(rows: Iterable[Row[str]]) -> None:
    for row in rows:
        raise LookupError(row.slug)


class TestFailedReading:
    """A loop over rows that ends with an error, which somebody keeps for the log."""

    def test_leaves_no_old_state_behind(self, tmp_path: Path) -> None:
        url = f"sqlite:///{tmp_path / 'timeline.db'}"
        with closing(Database(url, pool_size=1)) as one, closing(Database(url)) as other:
            migrate(one)
            store(other, make_tag("a"), make_tag("b"))
            # The error holds the frames of the loop, and these the cursor.
            with one.read() as connection, pytest.raises(LookupError) as kept:
                _read(connection.execute(select(t.tag.c.slug)))
            store(other, make_tag("c"))

            with one.read() as connection:
                assert connection.scalar(select(func.count()).select_from(t.tag)) == 3
            store(one, make_tag("d"))
            assert kept.value.args == ("a",)
