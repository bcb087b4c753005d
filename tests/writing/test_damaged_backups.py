"""No damaged backup is restored: files that were cut, flipped, overwritten, altered or emptied.

`TEST_SEED` repeats the choice of the damage. `RESTORES` is the number of damaged backups of the
seeds, by default five, one for each kind of damage.
"""

import os
import shutil
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import select, update
from sqlmodel import SQLModel

from app.setup import migrate
from app.tables import core as t
from app.tables.database import Database
from app.tables.schema.migrations import upgrade
from app.writing.releases import create_release
from app.writing.upkeep.backup import BackupError, back_up
from app.writing.upkeep.check import find_faults
from app.writing.upkeep.restore import restore
from tests.support.apps import make_key
from tests.support.builders import make_cast, make_event, store
from tests.support.chance import seeded_random
from tests.support.commands import run
from tests.support.databases import NewDatabase
from tests.support.raw_files import opened

pytestmark = pytest.mark.sqlite

RESTORES = int(os.environ.get("RESTORES", "5"))
ALTERATIONS = (
    "UPDATE change SET actor = 'mallory' WHERE seq = {seq}",
    "UPDATE change SET document = replace(plain(document), '\"id\"', '\"iD\"') WHERE seq = {seq}",
    "UPDATE change SET at = '2001-01-01 00:00:00.000000' WHERE seq = {seq}",
    "UPDATE change SET slug = slug || '-2' WHERE seq = {seq}",
    "DELETE FROM change WHERE seq = {seq}",
    "UPDATE event SET note = 'by hand' WHERE id = 1 + {seq} % (SELECT max(id) FROM event)",
    "UPDATE source SET document = '{{}}' WHERE id = 1 + {seq} % (SELECT max(id) FROM source)",
    "UPDATE participant_name SET folded = 'x' WHERE participant_id = 1 + {seq} % 300",
    "DELETE FROM citation WHERE event_id = 1 + {seq} % (SELECT max(id) FROM event)",
    "DELETE FROM place WHERE id = 1 + {seq} % (SELECT max(id) FROM place)",
)


def cut(path: Path, random: Random) -> str:
    """Cut the file somewhere."""
    size = random.randrange(1, path.stat().st_size)
    os.truncate(path, size)
    return f"cut to {size} bytes"


def flip(path: Path, random: Random) -> str:
    """Flip one bit of each of ten bytes."""
    content = bytearray(path.read_bytes())
    places = sorted(random.sample(range(100, len(content)), 10))
    for place in places:
        content[place] ^= 1 << random.randrange(8)
    path.write_bytes(content)
    return f"flipped a bit at {places}"


def overwrite(path: Path, random: Random) -> str:
    """Overwrite 60 bytes."""
    with path.open("r+b") as file:
        for place in (places := random.sample(range(4096, path.stat().st_size), 60)):
            file.seek(place)
            file.write(b"Z")
    return f"overwrote the bytes {sorted(places)[:3]}…"


def alter(path: Path, random: Random) -> str:
    """Execute one SQL statement."""
    with opened(path) as connection:
        while True:
            (last,) = connection.execute("SELECT max(seq) FROM change").fetchone()
            statement = random.choice(ALTERATIONS).format(seq=random.randint(1, last))
            if connection.execute(statement).rowcount:
                return statement


def empty(path: Path, _: Random) -> str:
    """Leave a file without a byte."""
    path.write_bytes(b"")
    return "emptied"


DAMAGES: tuple[Callable[[Path, Random], str], ...] = (cut, flip, overwrite, alter, empty)


def rows_of(database: Database) -> dict[str, list[str]]:
    """Return every row of every table."""
    with database.read() as connection:
        return {
            table.name: sorted(map(repr, connection.execute(select(table))))
            for table in SQLModel.metadata.sorted_tables
        }


@pytest.mark.thorough
@pytest.mark.parametrize("number", range(RESTORES))
def test_no_damaged_backup_is_restored(
    number: int, seeds_in_sqlite: NewDatabase, tmp_path: Path
) -> None:
    random = seeded_random(f"damaged backup {number}")
    path = tmp_path / "backup.db"
    with closing(Database(seeds_in_sqlite("damaged"))) as seeds:
        back_up(seeds, path)
    damage = DAMAGES[number % len(DAMAGES)](path, random)
    # With its digest beside it any damage is found, so this one must be found in the data itself.
    (tmp_path / "backup.db.sha256").unlink()

    result = run("db", "restore", str(path), database_url=f"sqlite:///{tmp_path / 'new.db'}")

    print(f"{damage}: exit code {result.exit_code}: {result.stderr[-300:]}")
    assert isinstance(result.exception, SystemExit), result.exc_info
    assert result.exit_code == 1
    assert "nothing was restored: " in result.stderr.splitlines()[-1]
    with closing(Database(f"sqlite:///{tmp_path / 'new.db'}")) as new:
        with suppress(Exception):
            upgrade(new)
        assert not any(rows_of(new).values())


class TestDigestBesideTheFile:
    """The log proves neither keys nor releases; the digest of the file does."""

    @pytest.fixture
    def backup(self, database: Database, tmp_path: Path) -> Path:
        """A backup with a key and a release."""
        store(database, *make_cast(), make_event())
        make_key(database)
        with database.write() as connection:
            create_release(connection, "2026-11")
        back_up(database, tmp_path / "backup.db")
        return tmp_path / "backup.db"

    @pytest.mark.parametrize(
        "statement",
        [
            pytest.param(update(t.api_key).values(secret_hash="0" * 64), id="a key"),
            pytest.param(update(t.release).values(seq=1), id="a release"),
        ],
    )
    def test_finds_an_alteration(
        self, backup: Path, new_sqlite: NewDatabase, tmp_path: Path, statement: object
    ) -> None:
        with closing(Database(f"sqlite:///{backup}")) as opened, opened.write() as connection:
            connection.execute(statement)  # type: ignore[call-overload]

        with (
            closing(Database(new_sqlite(tmp_path.name))) as new,
            pytest.raises(BackupError) as refused,
        ):
            restore(new, backup, migrate)

        (fault,) = refused.value.faults
        assert "its SHA-256 is " in str(fault)
        assert "but backup.db.sha256 says " in str(fault)

    def test_a_backup_without_one_is_restored(
        self, backup: Path, database: Database, new_sqlite: NewDatabase, tmp_path: Path
    ) -> None:
        moved = Path(shutil.copy(backup, tmp_path / "moved.db"))

        with closing(Database(new_sqlite(tmp_path.name))) as new:
            restore(new, moved, migrate)

            assert rows_of(new) == rows_of(database)
            assert [*find_faults(new)] == []
