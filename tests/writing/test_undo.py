"""Undo of any write, and undo of that, gives the same documents."""

import json
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from app.documents.tombstone import find_fates
from app.domain.vocabulary import ChangeOp, EntityKind
from app.records.models import RECORD_MODELS, Record, WithdrawalRecord
from app.records.parsing.positions import LocatedRecord, OneLine
from app.records.parsing.record_body import InvalidRecordError
from app.tables import core as t
from app.tables.database import Database
from app.tables.log import newest_change, newest_seq
from app.writing.edits.entities import GoneError, Intent
from app.writing.edits.reverts import NoSuchRevisionError, revert_entity
from app.writing.imports.choices import ImportChoices
from app.writing.imports.load import load_records
from app.writing.imports.register import NoImportError
from app.writing.imports.reverts import (
    DependedError,
    LargeRevertError,
    describe_import,
    revert_import,
)
from app.writing.upkeep.check import find_faults
from tests.support.apps import empty
from tests.support.builders import (
    CHOE,
    LAVROV,
    end,
    make_cast,
    make_event,
    make_office,
    make_participant,
    make_place,
    make_source,
    make_treaty,
    store,
)
from tests.support.chance import scaled

TALKS, DINNER = "2024-11-01-talks", "2024-11-02-dinner"
INTENT = Intent("ann", None, lambda _: None)
_KINDS = {model: kind for kind, model in RECORD_MODELS.items()}
Documents = dict[tuple[EntityKind, str], str]


def _load(database: Database, *records: Record, choices: ImportChoices | None = None) -> int:
    """Import the records, and return the number of the import."""
    located = [
        LocatedRecord(
            record.kind if isinstance(record, WithdrawalRecord) else _KINDS[type(record)],
            record,
            "test",
            "",
            OneLine(number),
        )
        for number, record in enumerate(records, 1)
    ]
    return load_records(database, located, "ann", choices or ImportChoices()).last


def _documents(database: Database) -> Documents:
    """Return all documents without their revisions and instants, byte for byte."""
    stamps = ("revision", "created_at", "updated_at")
    with database.read() as connection:
        return {
            (kind, slug): json.dumps(
                {name: each for name, each in json.loads(text).items() if name not in stamps}
            )
            for kind, table in t.ENTITIES.items()
            for slug, text in connection.execute(select(table.c.slug, table.c.document))
        }


def _edits(database: Database, after: int) -> Sequence[Any]:
    change = t.change.c
    with database.read() as connection:
        edits = select(t.change).where(change.seq > after, change.cause_kind.is_(None))
        return connection.execute(edits.order_by(change.seq)).all()


def _undo(database: Database, after: int) -> None:
    """Undo the only write after this change, as a reader of the log would."""
    edit, *others = _edits(database, after)
    try:
        revert_import(database, edit.seq, "bob")
    except NoImportError:
        assert not others
        if edit.op in (ChangeOp.CREATE, ChangeOp.RESTORE):
            end(database, edit.kind, edit.slug)
        else:
            revert_entity(database, edit.kind, edit.slug, edit.revision - 1, INTENT)


Write = Callable[[Database], object]


def _store(record: Record) -> Write:
    return lambda database: store(database, record)


def _import(*records: Record) -> Write:
    return lambda database: _load(database, *records)


_titles = st.sampled_from(["Talks", "Negotiations", 'Meeting, "revision":7'])
_WITHDRAWAL = WithdrawalRecord(kind=EntityKind.EVENT, id=DINNER, reason="nobody ate")
_writes = st.one_of(
    st.builds(
        lambda title, note, tag: _store(make_event(title={"en": title}, note=note, place=tag)),
        _titles,
        st.none() | st.just("x"),
        st.none() | st.just("moscow"),
    ),
    st.builds(lambda name: _store(make_participant(names={"en": name})), _titles),
    st.just(_store(make_event("2024-12-01-visit", place="moscow"))),
    st.just(_store(make_place("omsk"))),
    st.just(lambda database: end(database, EntityKind.EVENT, DINNER)),
    st.builds(
        lambda title, date, ends: _import(
            make_event(title={"en": title}),
            make_place(names={"en": title}),
            make_treaty("pact"),
            make_event("2024-12-pact", type="treaty", subtype="signed", treaty="pact", date=date),
            make_participant("envoy"),
            make_event("2024-12-02-more", participants=[{**LAVROV, "id": "envoy"}, CHOE]),
            *([_WITHDRAWAL] if ends else []),
        ),
        _titles,
        st.sampled_from(["2024-12-03", "2024-12"]),
        st.booleans(),
    ),
)


def _set_stage(database: Database) -> None:
    empty(database)
    store(
        database,
        *make_cast(),
        make_place(),
        make_event(place="moscow"),
        make_event(DINNER, relations=[{"type": "part_of", "event": TALKS}]),
    )


@pytest.mark.thorough
@settings(
    max_examples=scaled(20),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(writes=st.lists(_writes, min_size=1, max_size=3))
def test_undo_of_any_write_and_undo_of_that_give_the_same_documents(
    database: Database, writes: list[Write]
) -> None:
    _set_stage(database)
    for write in writes:
        before, start = _documents(database), database.find(newest_seq)
        with suppress(GoneError):
            write(database)
        if (written := database.find(newest_seq)) == start:
            continue
        after = _documents(database)

        _undo(database, start)
        assert _documents(database) == before
        _undo(database, written)
        assert _documents(database) == after
    assert [*find_faults(database)] == []


class TestRevertEntity:
    """Give one entity the record of an earlier revision."""

    def test_the_log_says_which_revision_was_restored(self, database: Database) -> None:
        store(database, *make_cast(), make_event())
        store(database, make_event(note="A mistake."))

        written = revert_entity(database, EntityKind.EVENT, TALKS, 1, INTENT)

        (edit,) = _edits(database, database.find(newest_seq) - 1)
        assert (edit.op, edit.revision, edit.restored, edit.actor) == ("update", 3, 1, "ann")
        assert edit.document == written.document

    def test_a_withdrawn_entity_lives_again_with_its_first_day(self, database: Database) -> None:
        store(database, make_place())
        with database.read() as connection:
            made = connection.scalar(select(t.place.c.created_at))
        end(database, EntityKind.PLACE, "moscow")

        revert_entity(database, EntityKind.PLACE, "moscow", 1, INTENT)

        (edit,) = _edits(database, database.find(newest_seq) - 1)
        assert (edit.op, edit.revision, edit.restored) == ("restore", 3, 1)
        with database.read() as connection:
            assert connection.scalar(select(t.place.c.created_at)) == made
            assert find_fates(connection, [(EntityKind.PLACE, "moscow")]) == {}
        assert [*find_faults(database)] == []

    def test_the_present_record_changes_nothing(self, database: Database) -> None:
        store(database, make_place())
        end(database, EntityKind.PLACE, "moscow")
        revert_entity(database, EntityKind.PLACE, "moscow", 1, INTENT)
        last = database.find(newest_seq)

        revert_entity(database, EntityKind.PLACE, "moscow", 3, INTENT)

        assert database.find(newest_seq) == last

    def test_a_dry_run_writes_nothing(self, database: Database) -> None:
        store(database, make_place())
        end(database, EntityKind.PLACE, "moscow")
        with database.read() as connection:
            before = newest_change(connection)

        written = revert_entity(database, EntityKind.PLACE, "moscow", 1, INTENT, dry_run=True)

        assert json.loads(written.document)["revision"] == 3
        with database.read() as connection:
            assert newest_change(connection) == before
            assert find_fates(connection, [(EntityKind.PLACE, "moscow")])

    @pytest.mark.parametrize(
        ("to", "message"),
        [
            pytest.param(2, "revision 2 withdrew the place 'moscow'", id="the end"),
            pytest.param(9, "it has revisions 1 to 2", id="unknown"),
        ],
    )
    def test_only_a_revision_with_a_record_returns(
        self, database: Database, to: int, message: str
    ) -> None:
        store(database, make_place())
        end(database, EntityKind.PLACE, "moscow")

        with pytest.raises(NoSuchRevisionError, match=message):
            revert_entity(database, EntityKind.PLACE, "moscow", to, INTENT)

    def test_a_record_that_names_a_withdrawn_entity_is_refused(self, database: Database) -> None:
        store(database, *make_cast(), make_place(), make_event(place="moscow"))
        store(database, make_event())
        end(database, EntityKind.PLACE, "moscow")

        with pytest.raises(InvalidRecordError) as refused:
            revert_entity(database, EntityKind.EVENT, TALKS, 1, INTENT)

        (error,) = refused.value.errors
        assert error.line is None
        assert error.problem.startswith(
            f"revision 1 of the event {TALKS!r} breaks a rule today: there is no place 'moscow'"
        )

    def test_a_merge_is_not_undone(self, database: Database) -> None:
        store(database, make_participant("a"), make_participant("b"))
        end(database, EntityKind.PARTICIPANT, "a", into="b")

        with pytest.raises(GoneError, match="was merged into 'b'"):
            revert_entity(database, EntityKind.PARTICIPANT, "a", 1, INTENT)


class TestRevertImport:
    """Undo an import."""

    def test_the_register_says_who_what_and_why(self, database: Database) -> None:
        store(database, *make_cast(), make_place())
        choices = ImportChoices(reason="a new article", file="feed.yaml")

        seq = _load(database, make_event(), make_place(names={"en": "M"}), choices=choices)

        with database.read() as connection:
            found = describe_import(connection, seq - 1)
        assert (found.seq, found.actor, found.reason) == (seq, "ann", "a new article")
        assert (found.file, found.changes.after, found.reverts) == ("feed.yaml", 4, None)
        assert (found.effects.created, found.effects.updated) == (1, 1)
        assert found.revertible
        assert {edit.reason for edit in _edits(database, 4)} == {"a new article"}

    def test_a_revert_is_an_import_that_can_be_reverted(self, database: Database) -> None:
        seq = _load(database, *make_cast(), make_event())

        back = revert_import(database, seq, "bob")
        again = revert_import(database, back.last, "cho")

        assert (back.total.withdrawn, again.total.restored) == (4, 4)
        with database.read() as connection:
            first, revert = describe_import(connection, seq), describe_import(connection, back.last)
        assert (first.reverted_by, revert.reverts) == (back.last, seq)
        assert (revert.reason, revert.reverted_by) == (f"import {seq} was reverted", again.last)
        assert first.revertible
        assert not revert.revertible

    def test_what_depends_on_it_is_listed_with_the_way_on(self, database: Database) -> None:
        seq = _load(database, *make_cast(), make_place(), make_event(), make_place("omsk"))
        store(database, make_event(note="More is known."), actor="bob")
        store(database, make_event("2024-12-01-visit", place="moscow"))
        later = _load(database, make_place("omsk", names={"en": "Omsk!"}))

        with pytest.raises(DependedError) as refused:
            revert_import(database, seq, "bob")

        details = {each.id: each.detail for each in refused.value.obstacles}
        assert details[TALKS].startswith("bob changed it in the change ")
        assert f"POST /v1/events/{TALKS}/revert?to=1 first" in details[TALKS]
        assert (
            details["omsk"]
            == f"the import {later}, by ann, changed it: POST /v1/imports/{later}/revert first"
        )
        assert "'2024-12-01-visit' names it as a place" in details["moscow"]
        kinds = {each.id: each.kind for each in refused.value.obstacles}
        assert kinds[TALKS] is EntityKind.EVENT
        assert kinds["moscow"] is EntityKind.PLACE
        assert database.find(newest_seq) == later

    def test_an_identifier_returns_from_an_entity_that_goes(self, database: Database) -> None:
        identifiers = {"wikidata": "Q1"}
        _load(database, make_participant(identifiers=identifiers))
        before = _documents(database)
        seq = _load(
            database, make_participant(), make_participant("envoy", identifiers=identifiers)
        )

        revert_import(database, seq, "bob")

        assert _documents(database) == before
        assert [*find_faults(database)] == []

    def test_an_edit_that_was_undone_is_in_nobodys_way(self, database: Database) -> None:
        seq = _load(database, make_place())
        store(database, make_place(names={"en": "M"}))
        revert_entity(database, EntityKind.PLACE, "moscow", 1, INTENT)

        assert revert_import(database, seq, "bob").total.withdrawn == 1

    def test_a_repeated_revert_names_the_first(self, database: Database) -> None:
        seq = _load(database, make_place())
        back = revert_import(database, seq, "bob").last

        with pytest.raises(DependedError) as refused:
            revert_import(database, seq, "bob")

        (obstacle,) = refused.value.obstacles
        assert f"POST /v1/imports/{back}/revert" in obstacle.detail

    @pytest.mark.thorough
    def test_many_withdrawals_need_a_permission_but_not_to_see_them(
        self, database: Database
    ) -> None:
        seq = _load(database, *(make_place(f"place-{n}") for n in range(101)))

        with pytest.raises(LargeRevertError, match="101 entities"):
            revert_import(database, seq, "bob", may_withdraw_many=False)
        seen = revert_import(database, seq, "bob", may_withdraw_many=False, dry_run=True)

        assert seen.total.withdrawn == 101
        assert database.find(newest_seq) == seq
        assert revert_import(database, seq, "bob").total.withdrawn == 101

    @pytest.mark.parametrize("seq", [1, 3, 99])
    def test_edits_of_single_entities_are_no_imports(self, database: Database, seq: int) -> None:
        store(database, make_place("omsk"))
        _load(database, make_place())
        store(database, make_place("tomsk"))

        with pytest.raises(NoImportError):
            revert_import(database, seq, "bob")

    def test_a_merge_of_an_entity_that_it_named_is_in_nobodys_way(self, database: Database) -> None:
        store(database, *make_cast(), make_participant("s-lavrov"))
        twice = [{**LAVROV, "id": "s-lavrov"}, LAVROV, CHOE]
        seq = _load(database, make_event(participants=twice), make_event(DINNER))
        end(database, EntityKind.PARTICIPANT, "s-lavrov", into="sergey-lavrov")
        merged = _documents(database)

        with database.read() as connection:
            assert describe_import(connection, seq).obstacles == []
        back = revert_import(database, seq, "bob")
        again = revert_import(database, back.last, "cho")

        assert (back.total.withdrawn, again.total.restored) == (2, 2)
        assert _documents(database) == merged
        assert [*find_faults(database)] == []

    def test_an_entity_that_was_withdrawn_since_is_restored_first(self, database: Database) -> None:
        _load(database, *make_cast(), make_place(), make_event(place="moscow"))
        seq = _load(database, make_event())
        end(database, EntityKind.PLACE, "moscow")

        with pytest.raises(DependedError) as refused:
            revert_import(database, seq, "bob")

        (obstacle,) = refused.value.obstacles
        assert obstacle.id == TALKS
        assert "restore it by POST /v1/places/moscow/revert?to=1 first" in obstacle.detail
        revert_entity(database, EntityKind.PLACE, "moscow", 1, INTENT)
        assert revert_import(database, seq, "bob").total.updated == 1

    def test_an_entity_that_goes_is_in_nobodys_way(self, database: Database) -> None:
        """The import made an office of the organisation, and found words in the article."""
        span = {"selector": {"start": 0, "end": 8}, "digest": "0" * 64}
        cited = {"source": "tass-2", "evidence": [{"supports": ["date"], **span}]}
        _load(database, *make_cast(), make_source("tass-2"), make_participant("mid"))
        before = _documents(database)
        seq = _load(
            database,
            make_participant("mid", kind="organisation"),
            make_office(organisation="mid"),
            make_source("tass-2", article="text"),
            make_event(sources=[cited]),
        )
        after = _documents(database)

        back = revert_import(database, seq, "bob")

        assert _documents(database) == before
        assert [*find_faults(database)] == []
        revert_import(database, back.last, "cho")
        assert _documents(database) == after

    def test_no_revert_is_advised_against_a_merge(self, database: Database) -> None:
        seq = _load(database, *make_cast(), make_participant("s-lavrov"))
        end(database, EntityKind.PARTICIPANT, "s-lavrov", into="sergey-lavrov")

        with pytest.raises(DependedError) as refused:
            revert_import(database, seq, "bob")

        details = {each.id: each.detail for each in refused.value.obstacles}
        assert "was merged into 'sergey-lavrov'" in details["s-lavrov"]
        assert "no revert undoes a merge" in details["s-lavrov"]
        assert "/revert?to=" not in details["s-lavrov"]
