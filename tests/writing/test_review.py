"""The review of an import: the changes, the warnings, and the records that are left out."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.documents.imports.report import ImportDocument
from app.domain.vocabulary import EntityKind
from app.linting.advice import LintAdvisor
from app.records.models import RECORD_MODELS, Record, WithdrawalRecord
from app.records.parsing.positions import LocatedRecord, OneLine
from app.tables.database import Database
from app.tables.log import newest_change
from app.writing.imports.choices import ImportChoices
from app.writing.imports.differences import field_changes, patch_steps
from app.writing.imports.load import RefusedRecordsError, load_records
from tests.support.builders import (
    CHOE,
    LAVROV,
    end,
    make_cast,
    make_event,
    make_participant,
    make_place,
    make_source,
    store,
)

TALKS = "2024-11-01-talks"
_KINDS = {model: kind for kind, model in RECORD_MODELS.items()}


def _kind(record: Record) -> EntityKind:
    return record.kind if isinstance(record, WithdrawalRecord) else _KINDS[type(record)]


def _load(
    database: Database, *records: Record, actor: str = "ann", dry_run: bool = False, **choices: Any
) -> ImportDocument:
    located = [
        LocatedRecord(_kind(record), record, "test", "", OneLine(line))
        for line, record in enumerate(records, 1)
    ]
    given = ImportChoices(**{"file": "feed", **choices})
    report = load_records(database, located, actor, given, dry_run=dry_run)
    return report.to_document(dry_run=dry_run)


def _rules(document: ImportDocument) -> Sequence[tuple[str, str | None]]:
    return [(each.rule, each.id) for each in document.review.warnings]


def test_each_record_is_listed_with_its_fields(database: Database) -> None:
    store(database, *make_cast(), make_place(), make_event(tags=[], place="moscow"))
    changed = make_event(title={"en": "More talks", "fr": "Entretiens"}, note="x", place="moscow")

    with database.read() as connection:
        before = newest_change(connection)
    document = _load(database, changed, make_place(), make_place("omsk"), dry_run=True)

    with database.read() as connection:
        assert newest_change(connection) == before
    event, place = sorted(document.review.records, key=lambda each: each.kind)
    assert (place.kind, place.id, place.effect, place.fields) == ("place", "omsk", "create", [])
    assert (event.id, event.effect) == (TALKS, "update")
    shown = {each.field: (each.before, each.after) for each in event.fields}
    assert shown["title/en"] == ("Talks", "More talks")
    assert shown["note"] == (None, "x")


def test_long_lists_are_cut_and_counted(database: Database) -> None:
    places = [make_place(f"place-{n}") for n in range(502)]

    review = _load(database, *places).review

    assert (len(review.records), review.more_records) == (500, 2)


class TestEditedSince:
    """Records that others edited since the file last loaded them."""

    def _edited(self, database: Database) -> None:
        _load(database, make_place())
        store(database, make_place(names={"en": "Muscovy"}), actor="bob")

    def test_are_warned_of(self, database: Database) -> None:
        self._edited(database)

        document = _load(database, make_place(), dry_run=True)

        (warning,) = document.review.warnings
        assert (warning.rule, warning.id, warning.line) == ("edited-since", "moscow", 1)
        assert warning.detail.startswith("bob edited it on ")
        assert "(change 2)" in warning.detail

    def test_are_left_alone_each_time(self, database: Database) -> None:
        self._edited(database)

        documents = [_load(database, make_place(), keep_edits=True) for _ in range(2)]

        for document in documents:
            (kept,) = document.left_out.kept
            assert (kept.kind, kept.id, kept.seq, kept.actor) == ("place", "moscow", 2, "bob")
            assert document.total.updated == 0

    def test_are_replaced_without_the_choice_and_then_are_the_files(
        self, database: Database
    ) -> None:
        self._edited(database)

        _load(database, make_place())
        document = _load(database, make_place(names={"en": "M"}), keep_edits=True)

        assert document.left_out.kept == []
        assert document.total.updated == 1

    @pytest.mark.parametrize("first", [True, False], ids=["loaded before", "new to the file"])
    def test_another_file_counts_if_this_one_was_loaded_before(
        self, database: Database, *, first: bool
    ) -> None:
        store(database, make_place(), actor="seeds")
        if first:
            # Nothing changes, and yet the file has been loaded with the record.
            assert _load(database, make_place()).total.unchanged == 1
        _load(database, make_place(names={"en": "M"}), file="other")

        document = _load(database, make_place(), keep_edits=True)

        assert [each.id for each in document.left_out.kept] == (["moscow"] if first else [])

    def test_are_not_withdrawn_either(self, database: Database) -> None:
        self._edited(database)
        _load(database, make_place("omsk"))
        ends = [
            WithdrawalRecord(kind=EntityKind.PLACE, id=id, reason="gone")
            for id in ("moscow", "omsk")
        ]

        document = _load(database, *ends, keep_edits=True)

        assert [each.id for each in document.left_out.kept] == ["moscow"]
        assert document.total.withdrawn == 1

    @pytest.mark.parametrize("withdrawn", [True, False])
    def test_keep_the_entities_that_they_name(self, database: Database, withdrawn: bool) -> None:
        places = [make_place("region"), make_place(part_of="region"), make_place("omsk")]
        _load(database, *make_cast(), *places, make_event(place="moscow"))
        store(database, make_event(place="moscow", note="By hand."), actor="bob")
        ends = [
            WithdrawalRecord(kind=EntityKind.PLACE, id=id, reason="gone")
            for id in ("region", "moscow", "omsk")
        ]
        event = (
            WithdrawalRecord(kind=EntityKind.EVENT, id=TALKS, reason="gone")
            if withdrawn
            else make_event()
        )

        document = _load(database, event, *ends, keep_edits=True)

        kept = {each.id: each.actor for each in document.left_out.kept}
        assert kept == dict.fromkeys((TALKS, "moscow", "region"), "bob")
        assert document.total.withdrawn == 1
        assert [each.id for each in document.review.records] == ["omsk"]

    def test_an_edit_by_hand_counts_even_before_the_first_load(self, database: Database) -> None:
        store(database, make_place(), actor="seeds")
        store(database, make_place(names={"en": "Muscovy"}), actor="bob")

        assert _rules(_load(database, make_place(), dry_run=True)) == [("edited-since", "moscow")]

    def test_an_equal_record_is_not_warned_of(self, database: Database) -> None:
        self._edited(database)

        document = _load(database, make_place(names={"en": "Muscovy"}), dry_run=True)

        assert document.review.warnings == []
        assert document.total.unchanged == 1

    def test_a_change_that_only_follows_is_no_edit(self, database: Database) -> None:
        store(database, *make_cast(), make_place())
        _load(database, make_event(place="moscow"))
        store(database, make_place(names={"en": "Muscovy"}), actor="bob")

        document = _load(database, make_event(place="moscow", note="x"), keep_edits=True)

        assert document.left_out.kept == []


class TestSkipWithdrawn:
    def test_a_withdrawn_or_merged_record_is_left_out_and_listed(self, database: Database) -> None:
        a, b = make_participant("a"), make_participant("b")
        _load(database, make_place(), a, b)
        end(database, EntityKind.PLACE, "moscow")
        end(database, EntityKind.PARTICIPANT, "a", into="b")

        document = _load(database, make_place(), a, b, make_place("omsk"), skip_withdrawn=True)

        assert {(each.id, each.seq) for each in document.left_out.skipped} == {
            ("moscow", 4),
            ("a", 6),
        }
        assert (document.total.created, document.total.unchanged) == (1, 0)

    def test_without_it_the_load_is_refused(self, database: Database) -> None:
        _load(database, make_place())
        end(database, EntityKind.PLACE, "moscow")

        with pytest.raises(RefusedRecordsError):
            _load(database, make_place())

    def test_a_record_that_still_names_it_is_an_error(self, database: Database) -> None:
        store(database, *make_cast(), make_place())
        end(database, EntityKind.PLACE, "moscow")

        with pytest.raises(RefusedRecordsError) as refused:
            _load(database, make_place(), make_event(place="moscow"), skip_withdrawn=True)

        (error,) = refused.value.errors
        assert "there is no place 'moscow': the place 'moscow' was withdrawn" in error.problem


class TestAdvice:
    def test_rules_are_checked_against_all_data(self, database: Database, tmp_path: Path) -> None:
        store(database, *make_cast(), make_event())
        again = make_event("2024-11-02-again", sources=["tass-1"])

        document = _load(database, again, dry_run=True, advise=LintAdvisor(tmp_path))

        assert ("near-duplicate", "2024-11-02-again") in _rules(document)
        assert {id for _, id in _rules(document)} == {"2024-11-02-again"}

    def test_an_exception_is_respected(self, database: Database, tmp_path: Path) -> None:
        (tmp_path / "lint.toml").write_text('[near-duplicate.event]\n2024-11-02-again = "Two."\n')
        store(database, *make_cast(), make_event())

        document = _load(
            database, make_event("2024-11-02-again"), dry_run=True, advise=LintAdvisor(tmp_path)
        )

        assert ("near-duplicate", "2024-11-02-again") not in _rules(document)

    def test_the_same_event_is_named(self, database: Database) -> None:
        store(database, *make_cast(), make_event())

        document = _load(database, make_event("2024-11-01-again"), dry_run=True)

        (warning,) = document.review.warnings
        assert (warning.rule, warning.line) == ("same-event", 1)
        assert warning.detail.startswith(TALKS)

    def test_an_event_that_goes_is_not_the_same(self, database: Database) -> None:
        store(database, *make_cast(), make_event())
        gone = WithdrawalRecord(kind=EntityKind.EVENT, id=TALKS, reason="another id")

        document = _load(database, make_event("2024-11-01-again"), gone, dry_run=True)

        assert document.review.warnings == []

    def test_an_event_that_names_a_merged_participant_is_judged_as_its_survivor(
        self, database: Database, tmp_path: Path
    ) -> None:
        store(database, *make_cast(), make_participant("s-lavrov"), make_event())
        end(database, EntityKind.PARTICIPANT, "s-lavrov", into="sergey-lavrov")
        parts = [{**LAVROV, "id": "s-lavrov"}, CHOE]
        again = make_event("2024-11-01-talks-2", participants=parts, sources=["tass-1"])

        document = _load(database, again, dry_run=True, advise=LintAdvisor(tmp_path))

        assert ("same-event", "2024-11-01-talks-2") in _rules(document)
        assert ("near-duplicate", "2024-11-01-talks-2") in _rules(document)

    def test_a_load_for_real_has_no_warning(self, database: Database, tmp_path: Path) -> None:
        store(database, *make_cast(), make_event())

        document = _load(database, make_event("2024-11-02-b"), advise=LintAdvisor(tmp_path))

        assert document.review.warnings == []


_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abc"), inner, max_size=3)
    ),
    max_leaves=8,
)
_plain = st.dictionaries(st.sampled_from("abcd"), _values, max_size=4)


@given(before=_plain, after=_plain)
def test_fields_and_patch_are_empty_only_for_equal_records(
    before: dict[str, Any], after: dict[str, Any]
) -> None:
    same = before == after

    if same:
        assert field_changes(before, after) == []
        assert patch_steps(before, after) == []
    for each in field_changes(before, after):
        assert len(each.before or "") <= 300
        assert len(each.after or "") <= 300


def test_a_value_that_goes_is_shown(database: Database) -> None:
    store(database, make_source(published="2024-11-01"))

    (source,) = _load(database, make_source(), dry_run=True).review.records

    (change,) = source.fields
    assert (change.field, change.before, change.after) == ("published", "2024-11-01", None)


def test_the_fields_of_an_item_are_told_alone() -> None:
    def event(start: int, role: str = "host") -> dict[str, Any]:
        evidence = [{"supports": ["date"], "selector": {"start": start, "end": start + 9}}]
        return {
            "sources": [{"source": "tass-1", "evidence": evidence}],
            "participants": [{"id": "a", "role": role}, {"id": "b", "role": "guest"}],
        }

    changes = field_changes(event(75), event(97, "guest"))

    assert [(each.field, each.before, each.after) for each in changes] == [
        ("sources/tass-1/evidence/0/selector", "75–84", "97–106"),
        ("participants/a/role", "host", "guest"),
    ]
