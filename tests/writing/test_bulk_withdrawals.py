"""Withdrawals in files: atomic with the records, safe to repeat, refused with their line."""

import json
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from app.domain.vocabulary import ChangeOp, EntityKind
from app.records.parsing.files import iter_records
from app.tables import core as t
from app.tables.database import Database
from app.tables.files.storage import dangling_rows
from app.writing.imports.load import RefusedRecordsError, load_records
from app.writing.imports.report import ImportReport
from app.writing.snapshots.build import build_snapshot
from app.writing.upkeep.check import find_faults
from tests.support.builders import (
    LAVROV,
    make_cast,
    make_event,
    make_office,
    make_participant,
    make_place,
    make_treaty,
    store,
)

TALKS, AGAIN, SIGNED = "2024-11-01-talks", "2024-11-02-talks", "2024-11-03-signed"
EVENT = EntityKind.EVENT


def _event(id: str) -> dict[str, str]:
    return {"kind": "event", "id": id, "reason": "it was reported by mistake"}


def _load(database: Database, folder: Path, *lines: dict[str, Any]) -> ImportReport:
    path = folder / "records.ndjson"
    path.write_text("".join(f"{json.dumps(line)}\n" for line in lines))
    return load_records(database, iter_records([path]), "loader")


def _fill(database: Database) -> None:
    """Store two talks, the second following the first, and a third event that signs a treaty."""
    follows = {"type": "follows", "event": TALKS}
    store(
        database,
        *make_cast(),
        make_treaty(),
        make_event(TALKS),
        make_event(AGAIN, relations=[follows]),
        make_event(SIGNED, type="treaty", subtype="signed", treaty="friendship-treaty"),
    )


def _log(database: Database) -> list[tuple[str, ChangeOp, str | None]]:
    change = t.change.c
    with database.read() as connection:
        rows = connection.execute(
            select(change.slug, change.op, change.reason).order_by(change.seq)
        )
        return [(row.slug, row.op, row.reason) for row in rows]


def _parties(database: Database) -> set[int]:
    """Return the numbers of parties that treaties have in the log."""
    change = t.change.c
    with database.read() as connection:
        documents = connection.scalars(
            select(change.document).where(change.kind == "treaty", change.document.is_not(None))
        )
        return {len(json.loads(text)["parties"]) for text in documents}


def _faults(database: Database) -> list[str]:
    return [str(fault) for fault in find_faults(database)]


class TestWithdrawals:
    def test_are_in_the_log_with_their_reason(self, database: Database, tmp_path: Path) -> None:
        _fill(database)

        report = _load(database, tmp_path, {"withdrawals": [_event(AGAIN)]})

        assert report.tallies[EVENT].withdrawn == 1
        assert _log(database)[-1] == (AGAIN, ChangeOp.WITHDRAW, "it was reported by mistake")
        assert _faults(database) == []

    def test_what_names_one_another_goes_together(self, database: Database, tmp_path: Path) -> None:
        _fill(database)
        everything: list[dict[str, Any]] = [
            {"withdrawals": [{"kind": kind, "id": id, "reason": "all"}]}
            for kind, id in (
                ("participant", "sergey-lavrov"),
                ("participant", "choe-son-hui"),
                ("source", "tass-1"),
                ("treaty", "friendship-treaty"),
                ("event", TALKS),
                ("event", AGAIN),
                ("event", SIGNED),
            )
        ]

        report = _load(database, tmp_path, *everything)

        assert report.total.withdrawn == 7
        assert _parties(database) == {2}
        with database.read() as connection:
            assert not any(connection.scalar(select(e.c.id)) for e in t.ENTITIES.values())
        assert _faults(database) == []
        for seq in range(report.after + 1, report.last + 1):
            build_snapshot(database, seq, tmp_path / f"{seq}.sqlite")

    def test_a_second_time_nothing_changes(self, database: Database, tmp_path: Path) -> None:
        _fill(database)
        _load(database, tmp_path, {"withdrawals": [_event(AGAIN)]})
        before = _log(database)

        report = _load(database, tmp_path, {"withdrawals": [_event(AGAIN)]})

        assert (report.tallies[EVENT].withdrawn, report.tallies[EVENT].unchanged) == (0, 1)
        assert _log(database) == before

    def test_go_with_the_records_beside_them(self, database: Database, tmp_path: Path) -> None:
        _fill(database)
        alone = make_event(AGAIN).to_plain()

        report = _load(
            database, tmp_path, {"withdrawals": [_event(TALKS)], "events": [{**alone, "note": "x"}]}
        )

        assert (report.tallies[EVENT].withdrawn, report.tallies[EVENT].updated) == (1, 1)
        assert _faults(database) == []

    def test_their_identifiers_go_to_records_beside_them(
        self, database: Database, tmp_path: Path
    ) -> None:
        wikidata = {"wikidata": "Q1"}
        store(database, make_participant("envoy", identifiers=wikidata))
        store(database, make_place("omsk", identifiers=wikidata))
        news = {
            "participants": [make_participant("consul", identifiers=wikidata).to_plain()],
            "places": [make_place("tomsk", identifiers=wikidata).to_plain()],
        }
        gone = (("participant", "envoy"), ("place", "omsk"))

        report = _load(
            database,
            tmp_path,
            news,
            {"withdrawals": [{"kind": kind, "id": id, "reason": "wrong"} for kind, id in gone]},
        )

        assert (report.total.created, report.total.withdrawn) == (2, 2)
        assert _faults(database) == []

    def test_no_step_leaves_rows_of_what_is_gone(self, database: Database, tmp_path: Path) -> None:
        store(
            database,
            *make_cast(),
            make_event(TALKS),
            make_event(AGAIN, relations=[{"type": "follows", "event": TALKS}]),
            make_place("russia"),
            make_place("moscow", part_of="russia"),
            make_office("minister"),
            make_participant("envoy", positions=[{"title": "Minister", "office": "minister"}]),
        )
        gone = (
            *(("event", id) for id in (TALKS, AGAIN)),
            *(("place", id) for id in ("russia", "moscow")),
            *(("office", "minister"), ("participant", "envoy")),
        )

        report = _load(
            database,
            tmp_path,
            {"withdrawals": [{"kind": kind, "id": id, "reason": "wrong"} for kind, id in gone]},
        )

        for seq in range(report.after + 1, report.last + 1):
            path = tmp_path / f"{seq}.sqlite"
            build_snapshot(database, seq, path)
            with closing(Database(f"sqlite:///{path}")) as past, past.read() as connection:
                assert [*dangling_rows(connection)] == []


class TestRefused:
    def _problems(
        self, database: Database, folder: Path, *lines: dict[str, Any]
    ) -> list[tuple[int | None, str, str]]:
        before = _log(database)
        with pytest.raises(RefusedRecordsError) as refused:
            _load(database, folder, *lines)
        assert _log(database) == before
        return [(error.line, error.pointer, error.problem) for error in refused.value.errors]

    def test_what_stays_still_names_it(self, database: Database, tmp_path: Path) -> None:
        _fill(database)
        new = make_event("2025-01-01-new", participants=[LAVROV]).to_plain()

        problems = self._problems(
            database, tmp_path, {"events": [new]}, {"withdrawals": [_event(TALKS)]}
        )

        still = (
            f"the event {TALKS!r} is still referred to: "
            f"the event {AGAIN!r} names it as a related event"
        )
        assert problems == [(2, "/withdrawals/0/id", still)]

    def test_what_never_was_is_told_with_the_nearest(
        self, database: Database, tmp_path: Path
    ) -> None:
        _fill(database)

        problems = self._problems(database, tmp_path, {"withdrawals": [_event("2024-11-01-talk")]})

        near = f"there is no event '2024-11-01-talk'; did you mean {TALKS!r} or {AGAIN!r} or {SIGNED!r}?"
        assert problems == [(1, "/withdrawals/0/id", near)]

    def test_twice_and_with_its_own_record(self, database: Database, tmp_path: Path) -> None:
        _fill(database)
        talks = make_event(TALKS).to_plain()

        problems = self._problems(
            database,
            tmp_path,
            {"withdrawals": [_event(AGAIN), _event(AGAIN)]},
            {"withdrawals": [_event(TALKS)], "events": [talks]},
        )

        assert problems == [
            (1, "/withdrawals/0", "this event is withdrawn more than once"),
            (1, "/withdrawals/1", "this event is withdrawn more than once"),
            (2, "/withdrawals/0", "this event is among the records as well"),
        ]

    def test_without_a_reason(self, database: Database, tmp_path: Path) -> None:
        problems = self._problems(
            database, tmp_path, {"withdrawals": [{"kind": "event", "id": TALKS}]}
        )

        assert problems == [(1, "/withdrawals/0/reason", "is required")]
