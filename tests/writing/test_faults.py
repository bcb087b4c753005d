"""What is wrong between records, and between them and what is stored."""

from typing import Any

import pytest

from app.domain.vocabulary import ChangeOp, EntityKind
from app.records.models import Record
from app.records.parsing.positions import Lines, LocatedRecord
from app.tables.database import Database
from app.writing.changes import LoggedChange, log_changes, make_stamp
from app.writing.consistency import check_records
from app.writing.record_set import MemoryRecords
from tests.support.builders import make_cast, make_event, make_participant, make_source, store

EVIDENCE = {
    "supports": ["date"],
    "basis": "stated",
    "selector": {"start": 0, "end": 1},
    "digest": "0" * 64,
}


def _faults(database: Database, *records: Record) -> list[tuple[str, str]]:
    kinds = {"ParticipantRecord": EntityKind.PARTICIPANT, "SourceRecord": EntityKind.SOURCE}
    located = [
        LocatedRecord(
            kinds.get(type(record).__name__, EntityKind.EVENT),
            record,
            "",
            "",
            Lines("", lambda _: {}),
        )
        for record in records
    ]
    with database.read() as connection:
        errors = check_records(connection, MemoryRecords(located))
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
        ((pointer, problem),) = _faults(database, make_participant("sergei-lavrov"))

        assert pointer == "/id"
        assert problem.startswith(
            "the participant 'sergei-lavrov' was merged into 'sergey-lavrov' on 20"
        )
        assert problem.endswith(": two records of one man; its id is never reused")

    def test_a_reference_to_it_names_the_survivor(self, database: Database) -> None:
        part = {"id": "sergei-lavrov", "role": "host", "side": "RU"}

        ((pointer, problem),) = _faults(database, make_event(participants=[part]))

        assert pointer == "/participants/0/id"
        assert problem.startswith(
            "there is no participant 'sergei-lavrov': the participant 'sergei-lavrov' was merged "
            "into 'sergey-lavrov' on 20"
        )


class TestArticles:
    """Evidence is proved in an article; so a source whose evidence is cited keeps its own."""

    @pytest.fixture(autouse=True)
    def _evidenced(self, database: Database) -> None:
        source = make_source(article="000_1")
        cited = [{"source": "tass-1", "evidence": [EVIDENCE]}]
        store(database, *make_cast()[:2], source, make_event(sources=cited))

    def test_it_does_not_go_while_evidence_is_in_it(self, database: Database) -> None:
        assert _faults(database, make_source()) == [
            ("/article", "this article has evidence of the event '2024-11-01-talks'")
        ]

    @pytest.mark.parametrize("field", [{"article": "000_2"}, {"article": "000_1", "note": "new"}])
    def test_it_may_change(self, database: Database, field: dict[str, Any]) -> None:
        assert _faults(database, make_source(**field)) == []

    def test_it_may_go_together_with_the_evidence(self, database: Database) -> None:
        assert _faults(database, make_source(), make_event()) == []

    def test_both_are_checked_when_both_come(self, database: Database) -> None:
        cited = [{"source": "tass-1", "evidence": [EVIDENCE]}]

        assert _faults(database, make_source(), make_event(sources=cited)) == [
            ("/sources/0/evidence", "the source 'tass-1' names no article in which to verify this")
        ]
