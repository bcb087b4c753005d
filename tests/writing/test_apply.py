import json
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from app.domain.dates import OPEN_END, OPEN_START
from app.domain.vocabulary import ChangeOp, EntityKind
from app.records.models import Record
from app.tables import core as t
from app.tables.database import Database
from app.writing.apply import Tally
from app.writing.record_from_document import stored_record
from tests.support.builders import (
    CHOE,
    LAVROV,
    make_cast,
    make_event,
    make_office,
    make_participant,
    make_place,
    make_publisher,
    make_source,
    make_tag,
    make_treaty,
    store,
)
from tests.support.chance import scaled

EVIDENCE = {
    "supports": ["date", "place"],
    "basis": "inferred",
    "selector": {"start": 3, "end": 9},
    "digest": "0" * 64,
    "note": "The article names no year.",
}


def _document(database: Database, kind: EntityKind, slug: str) -> dict[str, Any]:
    table = t.ENTITIES[kind]
    with database.read() as connection:
        text = connection.scalar(select(table.c.document).where(table.c.slug == slug))
    assert text is not None
    document: dict[str, Any] = json.loads(text)
    return document


def _changes(database: Database) -> list[tuple[str, str, int]]:
    change = t.change.c
    with database.read() as connection:
        rows = connection.execute(
            select(change.op, change.slug, change.revision).order_by(change.seq)
        )
        return [(row.op, row.slug, row.revision) for row in rows]


def _everything() -> list[Record]:
    """A record of each kind, with every field filled in."""
    names = {"en": "Friendship", "fr": "Amitié", "ru": "Дружба", "ko": "친선"}
    held = {"office": "foreign-minister", "organisation": "ministry"}
    position = {"title": "Minister", **held, "from": "2004-03", "to": None}
    return [
        make_participant("ministry", kind="organisation", names=names, aliases=["MFA", "МИД"]),
        make_participant(positions=[position], identifiers={"wikidata": "Q58217"}),
        make_participant("choe-son-hui", country="KP"),
        make_place("russia", precision="country"),
        make_place(names=names, aliases=["Москва"], part_of="russia", precision="site"),
        make_place("vladivostok"),
        make_office(
            names=names,
            feminine={"ru": "министр"},
            aliases=["FM"],
            country="RU",
            organisation="ministry",
            **{"from": "1991", "to": "2040"},
        ),
        make_publisher("tass", names=names, aliases=["ТАСС"], country="RU", state=True),
        make_publisher("kcna", country="KP", house="tass"),
        make_source(publisher="tass", agency="kcna", published="2024-11", article="a1", note="N."),
        make_source("tass-2", title="A title", archived_url="https://archive.example.org/2"),
        make_treaty(names=names, aliases=["Pact"], registration="UNTS 1", parties=["SU", "KP"]),
        make_tag("treaty", names=names, definition=names, broader="a-tag"),
        make_tag("a-tag"),
        make_event("2024-06-19-before"),
        make_event(
            type="treaty",
            subtype="signed",
            date="2024-11-01/..",
            title=names,
            summary=names,
            place="moscow",
            further_places=["vladivostok"],
            participants=[
                {**LAVROV, "office": "foreign-minister", "capacity": "Acting"},
                CHOE,
            ],
            treaty="friendship-treaty",
            relations=[{"type": "follows", "event": "2024-06-19-before"}],
            sources=[{"source": "tass-1", "evidence": [EVIDENCE]}],
            tags=["treaty", "a-tag"],
            note="Doubtful.",
        ),
    ]


class TestApplyRecords:
    def test_new_entities_are_logged_as_created(self, database: Database) -> None:
        tallies = store(database, *make_cast(), make_event())

        assert tallies[EntityKind.PARTICIPANT] == Tally(created=2)
        assert tallies[EntityKind.EVENT] == Tally(created=1)
        assert _changes(database) == [
            (ChangeOp.CREATE, "choe-son-hui", 1),
            (ChangeOp.CREATE, "sergey-lavrov", 1),
            (ChangeOp.CREATE, "tass-1", 1),
            (ChangeOp.CREATE, "2024-11-01-talks", 1),
        ]

    def test_the_same_again_changes_nothing(self, database: Database) -> None:
        store(database, *_everything())
        before = _changes(database)

        tallies = store(database, *_everything())

        assert _changes(database) == before
        assert tallies[EntityKind.PARTICIPANT] == Tally(unchanged=3)
        assert tallies[EntityKind.EVENT] == Tally(unchanged=2)

    def test_a_stored_document_gives_back_its_record(self, database: Database) -> None:
        records = _everything()
        store(database, *records)

        for record in records:
            kind = EntityKind(type(record).__name__.removesuffix("Record").lower())
            document = _document(database, kind, record.id)
            assert stored_record(kind, json.dumps(document)) == record.model_dump(mode="json")

    def test_a_replaced_event_loses_what_the_record_leaves_out(self, database: Database) -> None:
        store(database, *_everything())

        tallies = store(database, make_event())

        document = _document(database, EntityKind.EVENT, "2024-11-01-talks")
        assert tallies[EntityKind.EVENT] == Tally(updated=1)
        assert document["revision"] == 2
        assert document["treaty"] is document["place"] is document["note"] is None
        assert document["tags"] == document["relations"] == document["sources"][0]["evidence"] == []

    def test_renaming_rebuilds_the_events_that_name_it(self, database: Database) -> None:
        store(database, *make_cast(), make_place(), make_event(place="moscow"))

        store(database, make_participant(names={"en": "Sergei Lavrov"}))
        store(database, make_place(names={"en": "Moskva"}))
        store(database, make_publisher(), make_source(publisher="tass"))
        store(database, make_publisher(names={"en": "ITAR-TASS"}))

        document = _document(database, EntityKind.EVENT, "2024-11-01-talks")
        assert document["participants"][0]["name"] == {"en": "Sergei Lavrov"}
        assert document["place"]["name"] == {"en": "Moskva"}
        assert document["sources"][0]["publisher"]["name"] == {"en": "ITAR-TASS"}
        assert document["revision"] == 5

    def test_a_new_title_or_date_rebuilds_the_events_that_relate_to_it(
        self, database: Database
    ) -> None:
        part = make_event(
            "2024-01-02-part", relations=[{"type": "part_of", "event": "2024-01-01-visit"}]
        )
        store(database, *make_cast(), part, make_event("2024-01-01-visit"))

        changed: dict[str, Any] = {"title": {"en": "Visit"}}
        store(database, make_event("2024-01-01-visit", **changed))
        changed["date"] = "2024-01-03"
        store(database, make_event("2024-01-01-visit", **changed))
        store(database, make_event("2024-01-01-visit", **changed, note="No title, no date."))

        document = _document(database, EntityKind.EVENT, "2024-01-02-part")
        assert document["relations"] == [
            {
                "type": "part_of",
                "event": "2024-01-01-visit",
                "title": {"en": "Visit"},
                "date": "2024-01-03",
            }
        ]
        assert document["revision"] == 3
        with database.read() as connection:
            causes = connection.execute(
                select(t.change.c.cause_kind, t.change.c.cause_slug)
                .where(t.change.c.slug == "2024-01-02-part")
                .order_by(t.change.c.seq)
            ).all()
        assert causes == [(None, None), *2 * [(EntityKind.EVENT, "2024-01-01-visit")]]

    def test_both_events_of_a_relation_in_one_write(self, database: Database) -> None:
        circle = ("2024-01-01-a", "2024-01-02-b"), ("2024-01-02-b", "2024-01-01-a")
        for title in ("Talks", "Visit"):
            events = [
                make_event(id, title={"en": title}, relations=[{"type": type_, "event": other}])
                for (id, other), type_ in zip(circle, ("follows", "part_of"), strict=True)
            ]
            store(database, *make_cast(), *events)

        for id, _ in circle:
            document = _document(database, EntityKind.EVENT, id)
            assert document["relations"][0]["title"] == {"en": "Visit"}
            assert document["revision"] == 2

    def test_an_alias_is_no_change_to_the_events(self, database: Database) -> None:
        store(database, *make_cast(), make_event())

        store(database, make_participant(aliases=["S. Lavrov"]))

        assert _document(database, EntityKind.PARTICIPANT, "sergey-lavrov")["revision"] == 2
        assert _document(database, EntityKind.EVENT, "2024-11-01-talks")["revision"] == 1

    def test_a_stage_that_moves_to_another_treaty_changes_both(self, database: Database) -> None:
        stage = {"type": "treaty", "subtype": "signed"}
        store(database, *make_cast(), make_treaty("old"), make_treaty("new"))
        store(database, make_event(**stage, treaty="old"))

        store(database, make_event(**stage, treaty="new"))

        assert _document(database, EntityKind.TREATY, "old")["stages"] == []
        assert len(_document(database, EntityKind.TREATY, "new")["stages"]) == 1
        assert _document(database, EntityKind.TREATY, "old")["revision"] == 3

    def test_events_may_relate_to_one_another_in_a_circle(self, database: Database) -> None:
        first = make_event("2024-01-01-a", relations=[{"type": "follows", "event": "2024-01-02-b"}])
        second = make_event(
            "2024-01-02-b", relations=[{"type": "part_of", "event": "2024-01-01-a"}]
        )

        store(database, *make_cast(), first, second)

        assert len(_document(database, EntityKind.EVENT, "2024-01-02-b")["relations"]) == 1

    def test_more_records_than_a_batch_holds(self, database: Database) -> None:
        events = [make_event(f"2024-01-01-n{i}") for i in range(1203)]

        tallies = store(database, *make_cast(), *events)

        assert tallies[EntityKind.EVENT] == Tally(created=1203)
        assert len(_changes(database)) == 1206

    # The fixture empties the database only at the end; both examples need the same events.
    @pytest.mark.thorough
    @settings(max_examples=scaled(25), suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(data=st.data())
    def test_any_order_of_writes_ends_with_what_was_written_last(
        self, database: Database, data: st.DataObject
    ) -> None:
        store(database, *make_cast())
        last: dict[str, Record] = {}
        for _ in range(data.draw(st.integers(1, 4))):
            numbers = data.draw(st.sets(st.integers(0, 3), min_size=1))
            tag = data.draw(st.sampled_from(["a", "b"]))
            events = [make_event(f"2024-01-01-n{number}", tags=[tag]) for number in numbers]
            store(database, *events)
            last |= {event.id: event for event in events}

        for slug, record in last.items():
            document = json.dumps(_document(database, EntityKind.EVENT, slug))
            assert stored_record(EntityKind.EVENT, document) == record.model_dump(mode="json")


class TestTreatyPeriod:
    def _in_force(self, database: Database, *stages: tuple[str, str, str]) -> Any:
        events = [
            make_event(
                f"{date[:4]}-{number}",
                date=date,
                type="treaty",
                subtype=stage,
                status=status,
                treaty="friendship-treaty",
            )
            for number, (stage, date, status) in enumerate(stages)
        ]
        store(database, *make_cast(), make_treaty(), *events)
        return _document(database, EntityKind.TREATY, "friendship-treaty")["in_force"]

    def test_signature_alone_shows_nothing(self, database: Database) -> None:
        assert not self._in_force(database, ("signed", "2024-06-19", "occurred"))["known"]

    def test_from_entry_to_termination(self, database: Database) -> None:
        period = self._in_force(
            database,
            ("signed", "2000-02-09", "occurred"),
            ("in_force", "2000-10-30", "occurred"),
            ("terminated", "2024-12-04", "occurred"),
        )

        assert period == {"from": "2000-10-30", "to": "2024-12-04", "known": True}

    def test_the_beginning_may_be_unknown(self, database: Database) -> None:
        period = self._in_force(
            database, ("signed", "1961-07-06", "occurred"), ("terminated", "1996-09-10", "occurred")
        )

        assert period == {"from": None, "to": "1996-09-10", "known": True}

    @pytest.mark.parametrize(
        ("stages", "days"),
        [
            pytest.param(
                [("drafted", "1990-05-01", "occurred"), ("ratified", "1991-07-29", "occurred")],
                (date(1991, 7, 29), OPEN_END),
                id="any stage but a draft",
            ),
            pytest.param(
                [("signed", "2001-08-03", "reported")],
                (date(2001, 8, 3), OPEN_END),
                id="a reported signature",
            ),
            pytest.param(
                [("signed", "2001-08-03", "announced")], (None, None), id="an announced signature"
            ),
            pytest.param(
                [("amended", "1991-07-29", "occurred"), ("terminated", "1993-12-31", "occurred")],
                (OPEN_START, date(1993, 12, 31)),
                id="older than its first known stage",
            ),
        ],
    )
    def test_the_days_on_which_it_may_have_been_in_force(
        self,
        database: Database,
        stages: list[tuple[str, str, str]],
        days: tuple[date | None, date | None],
    ) -> None:
        self._in_force(database, *stages)

        treaty = t.treaty.c
        with database.read() as connection:
            found = connection.execute(select(treaty.in_force_first_on, treaty.in_force_last_on))
            assert found.one() == days

    def test_a_stage_that_is_only_announced_does_not_count(self, database: Database) -> None:
        assert not self._in_force(database, ("in_force", "2025-01-01", "announced"))["known"]
