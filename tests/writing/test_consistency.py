"""Errors between records, and between records and stored entities."""

from typing import Any

import pytest

from app.domain.vocabulary import ChangeOp, EntityKind
from app.records.models import RECORD_MODELS, Record
from app.records.parsing.positions import Lines, LocatedRecord
from app.tables.database import Database
from app.writing.changes import LoggedChange, log_changes, make_stamp
from app.writing.consistency import check_records
from app.writing.imports.spool import Spool
from app.writing.record_set import MemoryRecords
from tests.support.builders import (
    end,
    make_cast,
    make_event,
    make_office,
    make_participant,
    make_source,
    store,
)

MID = make_participant("mid", kind="organisation")
POSITIONS = [{"title": "Citizen"}, {"title": "Minister", "organisation": "mid"}]
EVIDENCE = {
    "supports": ["date"],
    "basis": "stated",
    "selector": {"start": 0, "end": 1},
    "digest": "0" * 64,
}


def _errors(database: Database, *records: Record) -> list[tuple[str, str]]:
    """Check the records in memory; the spool of an import must give the same errors."""
    kinds = {model: kind for kind, model in RECORD_MODELS.items()}
    located = [
        LocatedRecord(kinds[type(record)], record, "", "", Lines("", lambda _: {}))
        for record in records
    ]
    with Spool(located) as spool, database.read() as connection:
        errors = check_records(connection, MemoryRecords(located))
        assert {*check_records(connection, spool)} == {*errors}
    return [(error.pointer, error.problem) for error in errors]


class TestTombstones:
    @pytest.fixture(autouse=True)
    def _gone(self, database: Database) -> None:
        store(database, *make_cast())
        with database.write() as connection:
            stamp = make_stamp(connection, "test", "two records of one man")
            merged = LoggedChange(ChangeOp.MERGE, "sergei-lavrov", 2, None, "sergey-lavrov")
            log_changes(connection, EntityKind.PARTICIPANT, [merged], stamp)

    def test_the_id_is_not_given_again(self, database: Database) -> None:
        ((pointer, problem),) = _errors(database, make_participant("sergei-lavrov"))

        assert pointer == "/id"
        assert problem.startswith(
            "the participant 'sergei-lavrov' was merged into 'sergey-lavrov' on 20"
        )
        assert problem.endswith(": two records of one man; its id is never reused")

    def test_a_reference_to_it_means_the_survivor(self, database: Database) -> None:
        part = {"id": "sergei-lavrov", "role": "host", "side": "RU"}

        assert _errors(database, make_event(participants=[part])) == []

    def test_a_reference_is_an_error_if_the_survivor_was_withdrawn(
        self, database: Database
    ) -> None:
        store(database, make_participant("a"), make_participant("b"))
        end(database, EntityKind.PARTICIPANT, "a", "b")
        end(database, EntityKind.PARTICIPANT, "b")
        part = {"id": "a", "role": "host", "side": "RU"}

        ((pointer, problem),) = _errors(database, make_event(participants=[part]))

        assert pointer == "/participants/0/id"
        assert problem.startswith("there is no participant 'a': the participant 'a' was merged")
        assert "; the participant 'b' was withdrawn on 20" in problem


class TestIds:
    def test_one_stands_once(self, database: Database) -> None:
        twice = make_participant("a"), make_participant("a", aliases=["A"])

        assert [pointer for pointer, _ in _errors(database, *twice)] == ["/id"]

    def test_a_reference_may_be_to_another_record(self, database: Database) -> None:
        post = {"title": "Minister", "organisation": "ministry"}
        minister = make_participant("a", positions=[post])

        assert _errors(database, minister, make_participant("ministry", kind="organisation")) == []
        assert _errors(database, minister, make_participant("ministri", kind="organisation")) == [
            (
                "/positions/0/organisation",
                "there is no participant 'ministry'; did you mean 'ministri'?",
            )
        ]


class TestIdentifiers:
    def test_one_belongs_to_one_participant(self, database: Database) -> None:
        pair = [make_participant(id, identifiers={"wikidata": "Q1"}) for id in ("a", "b")]

        assert _errors(database, *pair) == [
            ("/identifiers/wikidata", "wikidata 'Q1' belongs to the participant 'a'")
        ]

    def test_it_may_move_together_with_both(self, database: Database) -> None:
        store(database, make_participant("a", identifiers={"wikidata": "Q1"}))
        heir = make_participant("b", identifiers={"wikidata": "Q1"})

        assert len(_errors(database, heir)) == 1
        assert _errors(database, heir, make_participant("a")) == []


class TestOrganisations:
    """An office, and a position, are in an organisation: not in a person, nor in a state."""

    def test_the_survivor_of_a_merge_holds_no_office_in_itself(self, database: Database) -> None:
        store(database, MID, make_participant("middle", kind="organisation"))
        end(database, EntityKind.PARTICIPANT, "middle", "mid")
        posts = [{"title": "Head", "organisation": "middle"}]

        assert _errors(database, make_participant("mid", kind="organisation", positions=posts)) == [
            ("/positions/0/organisation", "a participant cannot hold an office in itself")
        ]

    @pytest.mark.parametrize("kind", ["person", "state"])
    def test_another_kind_is_no_organisation(self, database: Database, kind: str) -> None:
        store(database, make_participant("mid", kind=kind))

        problem = f"the participant 'mid' is a {kind}, expected an organisation"
        assert _errors(database, make_office(organisation="mid")) == [("/organisation", problem)]
        assert _errors(database, make_participant("a", positions=POSITIONS)) == [
            ("/positions/1/organisation", problem)
        ]

    def test_the_kind_that_is_written_counts(self, database: Database) -> None:
        store(database, make_participant("mid"), make_participant("mfa", kind="organisation"))

        assert _errors(database, make_office(organisation="mid"), MID) == []
        assert [
            pointer
            for pointer, _ in _errors(
                database, make_office(organisation="mfa"), make_participant("mfa")
            )
        ] == ["/organisation"]

    def test_a_merged_organisation_counts_as_the_survivor(self, database: Database) -> None:
        store(database, MID, make_participant("mfa", kind="organisation"))
        end(database, EntityKind.PARTICIPANT, "mfa", "mid")

        assert _errors(database, make_office(organisation="mfa")) == []

    def test_it_stays_one_while_others_name_it(self, database: Database) -> None:
        store(database, MID, make_office(organisation="mid"))
        store(database, make_participant("a", positions=POSITIONS))

        assert _errors(database, make_participant("mid")) == [
            (
                "/kind",
                "the office 'foreign-minister' names it as an organisation: it must stay one",
            ),
            ("/kind", "the participant 'a' names it as an organisation: it must stay one"),
        ]

    def test_it_may_become_a_person_together_with_those_that_named_it(
        self, database: Database
    ) -> None:
        store(database, MID, make_office(organisation="mid"))

        assert _errors(database, make_participant("mid"), make_office()) == []


class TestArticles:
    """A source must keep its article while stored evidence points into it."""

    @pytest.fixture(autouse=True)
    def _evidenced(self, database: Database) -> None:
        source = make_source(article="000_1")
        cited = [{"source": "tass-1", "evidence": [EVIDENCE]}]
        store(database, *make_cast()[:2], source, make_event(sources=cited))

    def test_it_does_not_go_while_evidence_is_in_it(self, database: Database) -> None:
        assert _errors(database, make_source()) == [
            ("/article", "this article has evidence of the event '2024-11-01-talks'")
        ]

    @pytest.mark.parametrize("field", [{"article": "000_2"}, {"article": "000_1", "note": "new"}])
    def test_it_may_change(self, database: Database, field: dict[str, Any]) -> None:
        assert _errors(database, make_source(**field)) == []

    def test_it_may_go_together_with_the_evidence(self, database: Database) -> None:
        assert _errors(database, make_source(), make_event()) == []

    def test_both_are_checked_when_both_come(self, database: Database) -> None:
        cited = [{"source": "tass-1", "evidence": [EVIDENCE]}]

        assert _errors(database, make_source(), make_event(sources=cited)) == [
            (
                "/sources/0/evidence/0/selector",
                (
                    "the source 'tass-1' names no article, in whose text these offsets would count: "
                    "leave the selector out, or name the article"
                ),
            )
        ]

    def test_it_does_not_come_while_evidence_has_no_offsets_in_it(self, database: Database) -> None:
        bare = make_event(
            sources=[{"source": "b", "evidence": [{"supports": ["date"], "quote": "x"}]}]
        )
        store(database, make_source("b"), bare)

        assert _errors(database, make_source("b", article="000_3")) == [
            (
                "/article",
                (
                    "evidence of the event '2024-11-01-talks' has no offsets in an article: load it with "
                    "quotes as well"
                ),
            )
        ]

    def test_it_comes_together_with_offsets(self, database: Database) -> None:
        evidenced = make_event(sources=[{"source": "b", "evidence": [EVIDENCE]}])

        assert _errors(database, make_source("b", article="000_3"), evidenced) == []

    def test_evidence_in_it_needs_offsets(self, database: Database) -> None:
        cited = [{"source": "tass-1", "evidence": [{"supports": ["date"], "digest": "0" * 64}]}]

        assert _errors(database, make_event(sources=cited)) == [
            (
                "/sources/0/evidence/0",
                "evidence from the article '000_1' needs a quote, or a selector",
            )
        ]
