"""Plant every fault that `timeline db check` knows once, and expect the report."""

import errno
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, delete, text, update

from app.domain.search.fields import search_fields
from app.domain.vocabulary import EntityKind
from app.tables import core as t
from app.tables.database import Database, ReadOnlyError
from app.tables.engines import make_engine
from app.tables.schema.creation import create_if_empty
from app.tables.search import empty_index, write_search_rows
from app.writing.edits.entities import Intent, withdraw_entity
from app.writing.edits.merges import merge_entity
from app.writing.upkeep.check import find_faults
from app.writing.upkeep.rebuild import rebuild
from tests.support.builders import (
    LAVROV,
    make_cast,
    make_event,
    make_participant,
    make_place,
    make_tag,
    make_treaty,
    store,
)
from tests.support.databases import NewDatabase

TALKS = "2024-11-01-talks"
_event, _change = t.event.c, t.change.c


@pytest.fixture
def timeline(database: Database) -> Database:
    """A small timeline in which everything was changed once."""
    signed = make_event(
        "2024-06-19-signed", type="treaty", subtype="in_force", treaty="friendship-treaty"
    )
    choe = make_participant(
        "choe-son-hui",
        country="KP",
        names={"en": "Choe Son Hui", "ko": "최선희"},
        aliases=["Choi Sun-hee"],
        identifiers={"wikidata": "Q1"},
        positions=[{"title": "Minister", "from": "2022"}],
    )
    talks = make_event(TALKS, place="moscow", tags=["a"], relations=[_follows(signed.id)])
    store(database, *make_cast(), make_place(), make_tag("a"), make_treaty(), signed, talks)
    store(database, choe, make_place(names={"en": "Moscow", "ru": "Москва"}))
    return database


def _follows(id: str) -> dict[str, str]:
    return {"type": "follows", "event": id}


def _faults(database: Database) -> list[str]:
    return [str(fault) for fault in find_faults(database)]


def _plant(database: Database, *statements: Any) -> None:
    with database.write() as connection:
        for statement in statements:
            if callable(statement):
                statement(connection)
            else:
                connection.execute(statement)


class TestFindFaults:
    @pytest.mark.thorough
    def test_finds_none_in_the_seeds(self, seeded: Database) -> None:
        assert _faults(seeded) == []

    def test_finds_none_in_what_was_changed(self, timeline: Database) -> None:
        assert _faults(timeline) == []

    def test_finds_none_after_a_merge_and_a_withdrawal(self, timeline: Database) -> None:
        other = make_participant("s-lavrov", aliases=["Lavrov"])
        talks = make_event("2024-12-01-talks", participants=[{**LAVROV, "id": "s-lavrov"}])
        store(timeline, other, talks)
        intent = Intent("test", "twice", lambda _: None)

        merge_entity(timeline, EntityKind.PARTICIPANT, "s-lavrov", "sergey-lavrov", intent)
        withdraw_entity(timeline, EntityKind.EVENT, talks.id, intent)

        assert _faults(timeline) == []

    def test_finds_none_where_nothing_is(self, database: Database) -> None:
        assert _faults(database) == []

    @pytest.mark.thorough
    @pytest.mark.parametrize(
        ("statement", "fault"),
        [
            pytest.param(
                update(t.event).where(_event.slug == TALKS).values(note="by hand"),
                f"event {TALKS}: its document does not match its rows: note",
                id="a row changed by hand",
            ),
            pytest.param(
                update(t.event).where(_event.slug == TALKS).values(document='{"id":"x"}'),
                f"event {TALKS}: its document does not match its last change",
                id="a document changed by hand",
            ),
            pytest.param(
                update(t.event).where(_event.slug == TALKS).values(document="gone"),
                f"event {TALKS}: its document does not match its rows: it is not a JSON object",
                id="a document that is none",
            ),
            pytest.param(
                update(t.event).where(_event.slug == TALKS).values(date="no date"),
                f"event {TALKS}: its rows do not make a valid event: ",
                id="a row that makes no document",
            ),
            pytest.param(
                update(t.participation).values(side="XX"),
                f"event {TALKS}: its rows do not make a valid event: ",
                id="a row that the rules do not allow",
            ),
            pytest.param(
                update(t.event).where(_event.slug == TALKS).values(end_latest=date(2030, 1, 1)),
                f"event {TALKS}: does not match its record: column end_latest",
                id="a bound of a date",
            ),
            pytest.param(
                update(t.participant_name).values(folded="x"),
                "participant choe-son-hui: does not match its record: rows of participant_name",
                id="a folded name",
            ),
            pytest.param(
                update(t.participant_name).values(sound=None),
                "participant choe-son-hui: does not match its record: rows of participant_name",
                id="the sound of a name",
            ),
            pytest.param(
                update(t.event_tag).values(ordinal=7),
                f"event {TALKS}: does not match its record: rows of event_tag",
                id="a place in a list",
            ),
            pytest.param(
                delete(t.participant_identifier),
                "participant choe-son-hui: its document does not match its rows: identifiers",
                id="a row that is missing",
            ),
            pytest.param(
                update(t.treaty).values(in_force_first_on=None),
                "treaty friendship-treaty: its days in force do not match its stages",
                id="a day in force",
            ),
            pytest.param(
                empty_index,
                f"event {TALKS}: its search row is missing, or does not match its texts and names",
                id="a search row that is missing",
            ),
            pytest.param(
                update(t.participant_name)
                .where(t.participant_name.c.language.is_(None))
                .values(text="Alias"),
                f"event {TALKS}: its search row is missing, or does not match its texts and names",
                id="a search row that is out of date",
            ),
            pytest.param(
                update(t.event).where(_event.slug == TALKS).values(revision=9),
                f"event {TALKS}: is at revision 9, but at 2 in the log",
                id="a revision",
            ),
            pytest.param(
                update(t.place).values(updated_at=datetime(2000, 1, 1, tzinfo=UTC)),
                "place moscow: its updated_at does not match its last change",
                id="an instant",
            ),
        ],
    )
    def test_finds_what_is_wrong_with_an_entity(
        self, timeline: Database, statement: Any, fault: str
    ) -> None:
        _plant(timeline, statement)

        assert [each for each in _faults(timeline) if each.startswith(fault)]

    @pytest.mark.thorough
    @pytest.mark.parametrize(
        ("statement", "fault"),
        [
            pytest.param(
                delete(t.change).where(_change.seq == 3),
                "change 4: follows change 2: the changes between them are missing",
                id="an entry that is missing",
            ),
            pytest.param(
                update(t.change).where(_change.seq == 1).values(seq=0),
                "change 0: follows change 0: the changes between them are missing",
                id="a log that does not begin with 1",
            ),
            pytest.param(
                update(t.change).where(_change.seq == 1).values(actor="nobody"),
                "change 1: its digest does not match its fields and the digest before it",
                id="an entry that was altered",
            ),
            pytest.param(
                update(t.change).where(_change.seq == 5).values(digest="0" * 64),
                "change 6: its digest does not match its fields and the digest before it",
                id="a chain that is broken",
            ),
            pytest.param(
                update(t.change)
                .where(_change.seq == 1)
                .values(at=datetime(9000, 1, 1, tzinfo=UTC)),
                "change 2: is older than the change before it",
                id="an instant",
            ),
            pytest.param(
                update(t.change).where(_change.seq == 1).values(op="update"),
                "change 1: update cannot make revision 1",
                id="an operation",
            ),
            pytest.param(
                update(t.change).where(_change.seq == 1).values(document=None),
                "change 1: create must have a document",
                id="a document that is missing",
            ),
            pytest.param(
                update(t.change).where(_change.seq == 1).values(survivor="moscow"),
                "change 1: create must not have a survivor",
                id="a survivor",
            ),
            pytest.param(
                update(t.change).where(_change.seq == 1).values(document="{}"),
                "change 1: its document is not revision 1 of choe-son-hui",
                id="a document of something else",
            ),
            pytest.param(
                update(t.change)
                .where(_change.slug == TALKS, _change.revision == 2)
                .values(revision=3),
                f"event {TALKS}: its change number 2 does not make revision 2",
                id="a revision that is missing",
            ),
            pytest.param(
                update(t.change).where(_change.seq == 1).values(survivor="nobody"),
                "change 1: its survivor nobody never existed",
                id="a survivor that never was",
            ),
            pytest.param(
                update(t.change)
                .where(_change.slug == TALKS, _change.revision == 2)
                .values(cause_slug="omsk"),
                "change 12: its cause, participant omsk, did not change with it",
                id="a cause that was not edited then",
            ),
            pytest.param(
                delete(t.change).where(_change.slug == "tass-1"),
                "source tass-1: has no change in the log",
                id="an entity that is in no change",
            ),
            pytest.param(
                update(t.change)
                .where(_change.slug == "tass-1")
                .values(document=None, op="withdraw"),
                "source tass-1: exists, but was deleted in the log at revision 1",
                id="an entity that was withdrawn",
            ),
            pytest.param(
                update(t.change)
                .where(_change.slug == TALKS, _change.revision == 1)
                .values(document=None, op="withdraw"),
                f"event {TALKS}: has changes after revision 1, in which it was deleted",
                id="an entity that came back",
            ),
            pytest.param(
                update(t.change).where(_change.seq == 1).values(slug="somebody"),
                "participant somebody: is missing, but the log has it at revision 1",
                id="an entity that is missing",
            ),
        ],
    )
    def test_finds_what_is_wrong_with_the_log(
        self, timeline: Database, statement: Any, fault: str
    ) -> None:
        _plant(timeline, statement)

        assert fault in _faults(timeline)

    def test_finds_words_that_are_in_no_vocabulary(self, timeline: Database) -> None:
        words = "UPDATE change SET op = 'make', kind = 'thing' WHERE seq = 1"
        _plant(timeline, text(words), text("UPDATE event SET type = 'party'"))

        faults = _faults(timeline)

        assert "change 1: this program never writes make of a thing" in faults
        assert [
            each
            for each in faults
            if each.startswith(f"event {TALKS}: its rows do not make a valid event")
        ]

    def test_finds_every_fault_of_a_batch(self, timeline: Database) -> None:
        _plant(timeline, text("UPDATE event SET date = 'x'"))

        unmade = [
            each for each in _faults(timeline) if "its rows do not make a valid event" in each
        ]

        assert len(unmade) == 2

    def test_is_of_one_snapshot(self, timeline: Database) -> None:
        faults = find_faults(timeline)
        _plant(timeline, delete(t.change).where(_change.seq == 1))
        first = next(faults)
        _plant(timeline, delete(t.change).where(_change.seq == 3))

        assert str(first).startswith("change 2: ")
        assert not any(str(each).startswith("change 4: ") for each in faults)


class TestOnSqlite:
    """Faults that PostgreSQL prevents."""

    @pytest.fixture(autouse=True)
    def _only(self, engine: str) -> None:
        if engine != "sqlite":
            pytest.skip("PostgreSQL does not let it happen")

    def test_finds_what_refers_to_nothing(self, timeline: Database) -> None:
        with _without_foreign_keys(timeline) as connection:
            connection.execute(delete(t.source))

        faults = _faults(timeline)

        assert "table citation: row 1 refers to a row of source that does not exist" in faults

    def test_finds_a_tag_that_does_not_exist(self, timeline: Database) -> None:
        """No foreign key refuses it, because a past state may have tags without rows."""
        _plant(timeline, update(t.tag).values(slug="b"))

        assert f"event {TALKS}: has tags that do not exist: a" in _faults(timeline)

    def test_finds_a_search_row_without_its_event(self, timeline: Database) -> None:
        with timeline.write() as connection:
            write_search_rows(connection, {99: search_fields([], [], [])})

        assert "table event_search: row 99 belongs to no event" in _faults(timeline)

    @pytest.mark.parametrize(
        "statement",
        [
            pytest.param("UPDATE event_search_tokens SET tokens = x'00'", id="damaged tokens"),
            pytest.param(
                "UPDATE event_search_tokens SET tokens = 7", id="tokens that are a number"
            ),
            pytest.param("DELETE FROM event_search_tokens", id="missing tokens"),
            pytest.param("DELETE FROM event_search", id="a missing row of the index"),
            pytest.param(
                "INSERT INTO event_search (rowid, title) VALUES (99, 'talks')",
                id="a row of the index without tokens",
            ),
        ],
    )
    def test_finds_an_index_that_does_not_match_its_tokens(
        self, timeline: Database, statement: str
    ) -> None:
        _plant(timeline, text(statement))

        faults = _faults(timeline)
        rebuild(timeline)

        assert [each for each in faults if "table event_search: the full-text" in each]
        assert _faults(timeline) == []

    def test_finds_a_file_that_is_damaged(self, new_sqlite: NewDatabase) -> None:
        database = Database(new_sqlite("damaged"))
        create_if_empty(database)
        store(database, make_place())
        database.close()
        path = Path(str(database.url.database))
        path.write_bytes(path.read_bytes().replace(b"moscow", b"mosco!", 1))

        faults = _faults(database)

        missing = "file of the database: row 1 missing from index "
        assert [each for each in faults if each.startswith(missing)]
        database.close()

    @pytest.mark.parametrize("damaged", [False, True])
    def test_checks_the_index_of_a_file_that_cannot_be_written(
        self, new_sqlite: NewDatabase, damaged: bool
    ) -> None:
        url = new_sqlite(f"protected-{damaged}")
        with closing(Database(url)) as database:
            create_if_empty(database)
            store(database, *make_cast(), make_event())
            if damaged:
                _plant(database, text("DELETE FROM event_search"))
        protected = url.replace("sqlite:///", "sqlite:///file:") + "?mode=ro&uri=true"

        with closing(Database(protected, keep_journal=True)) as database:
            faults = _faults(database)

        assert bool([each for each in faults if "does not match its rows" in each]) is damaged
        assert not [each for each in faults if "cannot be checked" in each]


def test_a_folder_that_cannot_be_written_makes_the_database_read_only(
    new_sqlite: NewDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> int:
        raise PermissionError(errno.EACCES, "Permission denied")

    with closing(Database(new_sqlite("protected-folder"))) as database:
        create_if_empty(database)
        monkeypatch.setattr("app.tables.files.writer_mark.os.open", refuse)
        with pytest.raises(ReadOnlyError, match="its folder is write-protected"):
            store(database, make_place())


@contextmanager
def _without_foreign_keys(database: Database) -> Iterator[Connection]:
    engine = make_engine(database.url, 1, foreign_keys=False)
    with engine.begin() as connection:
        yield connection
    engine.dispose()


class TestRebuild:
    @pytest.mark.thorough
    @pytest.mark.parametrize(
        "statement",
        [
            pytest.param(empty_index, id="search rows"),
            pytest.param(update(t.event).values(end_latest=date(2030, 1, 1)), id="dates"),
            pytest.param(update(t.participant_name).values(folded="x", sound="y"), id="names"),
            pytest.param(update(t.treaty).values(in_force_first_on=None), id="days in force"),
        ],
    )
    def test_mends_what_follows_from_other_rows(self, timeline: Database, statement: Any) -> None:
        _plant(timeline, statement)
        assert _faults(timeline)

        changed = rebuild(timeline)

        assert (changed, _faults(timeline)) == ({}, [])

    def test_takes_what_was_changed_by_hand_for_a_change(self, timeline: Database) -> None:
        _plant(timeline, update(t.event).where(_event.slug == TALKS).values(note="by hand"))

        changed = rebuild(timeline)

        assert (changed, _faults(timeline)) == ({EntityKind.EVENT: 1}, [])
