"""The sound keys of stored names: written with them, and rebuilt where they are missing."""

import pytest
from sqlalchemy import select, update

from app.setup import migrate
from app.tables import core as t
from app.tables.database import Database
from tests.support.builders import make_participant, store


def _sounds(database: Database) -> list[tuple[str, str | None]]:
    name = t.participant_name.c
    with database.read() as connection:
        rows = connection.execute(select(name.text, name.sound).order_by(name.ordinal))
        return [(row.text, row.sound) for row in rows]


class TestSounds:
    @pytest.mark.parametrize("kind", ["person", "organisation"])
    def test_are_written_with_the_names(self, database: Database, kind: str) -> None:
        names = {"en": "Kim Jong Un", "ko": "김정은"}
        store(database, make_participant("kim", country="KP", kind=kind, names=names))

        sounds = dict(_sounds(database))

        assert sounds["김정은"] == "ko:CKM"
        assert sounds["Kim Jong Un"] == ("ko:CKM" if kind == "person" else "ru km n ng")

    def test_are_made_again_where_a_migration_has_left_none(self, database: Database) -> None:
        store(database, make_participant(aliases=["Лавров", "金"]))
        before = _sounds(database)
        with database.write() as connection:
            connection.execute(update(t.participant_name).values(sound=None))

        assert migrate(database).rebuilt

        assert _sounds(database) == before
        assert not migrate(database).rebuilt
