"""Which changes follow from an edit of another entity, and which are edits themselves."""

from typing import Any

import pytest
from sqlalchemy import select

from app.domain.vocabulary import EntityKind
from app.records.models import Record
from app.tables import core as t
from app.tables.database import Database
from app.tables.log import newest_seq
from app.writing.upkeep.check import find_faults
from app.writing.upkeep.rebuild import rebuild
from tests.support.builders import (
    CHOE,
    LAVROV,
    end,
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

TALKS = "2024-11-01-talks"
_NEW_NAME: dict[str, Any] = {"names": {"en": "Another name"}}
_Change = tuple[str, str, str | None]


def _talks(**fields: object) -> Record:
    shown = {"place": "moscow", "tags": ["summit"], "treaty": "friendship-treaty"}
    stage = {"type": "treaty", "subtype": "in_force"}
    part = {**LAVROV, "office": "foreign-minister"}
    given: dict[str, Any] = {**stage, **shown, "participants": [part, CHOE], **fields}
    return make_event(**given)


@pytest.fixture
def shown(database: Database) -> Database:
    """A database with an event that shows an entity of each kind."""
    store(
        database,
        *make_cast()[:2],
        make_place(),
        make_office(),
        make_publisher(),
        make_publisher("tass-copies", house="tass"),
        make_source("tass-1", publisher="tass-copies"),
        make_tag(),
        make_treaty(),
        _talks(),
    )
    return database


def _changes(database: Database, after: int) -> list[_Change]:
    """Return the kind, id and cause of each change after one."""
    change = t.change.c
    with database.read() as connection:
        rows = connection.execute(select(t.change).where(change.seq > after).order_by(change.seq))
        return [
            (row.kind, row.slug, row.cause_kind and f"{row.cause_kind} {row.cause_slug}")
            for row in rows
        ]


def _written(database: Database, *records: Record) -> list[_Change]:
    """Write the records, and return the changes that this made."""
    with database.read() as connection:
        after = newest_seq(connection)
    store(database, *records)
    return _changes(database, after)


@pytest.mark.parametrize(
    "record",
    [
        make_participant(**_NEW_NAME),
        make_place(**_NEW_NAME),
        make_office(**_NEW_NAME),
    ],
    ids=lambda record: type(record).__name__,
)
def test_an_event_follows_from_the_edit_of_each_entity_that_it_shows(
    shown: Database, record: Record
) -> None:
    edit, *followers = _written(shown, record)

    assert edit[1:] == (record.id, None)
    assert followers == [("event", TALKS, f"{edit[0]} {record.id}")]


@pytest.mark.parametrize(
    "record",
    [
        make_publisher("tass-copies", house="tass", **_NEW_NAME),
        # The copies are now copies of another house.
        make_publisher("tass", house="ria"),
    ],
    ids=lambda record: record.id,
)
def test_sources_and_events_follow_from_the_edit_of_a_publisher(
    shown: Database, record: Record
) -> None:
    store(shown, make_publisher("ria"))

    edit, *followers = _written(shown, record)

    assert edit == ("publisher", record.id, None)
    cause = f"publisher {record.id}"
    assert followers == [("source", "tass-1", cause), ("event", TALKS, cause)]


def test_a_treaty_follows_from_the_edit_of_a_stage(shown: Database) -> None:
    changes = _written(shown, _talks(date="2024-11-02"))

    assert {*changes} == {
        ("treaty", "friendship-treaty", f"event {TALKS}"),
        ("event", TALKS, None),
    }


def test_a_treaty_follows_from_the_withdrawal_of_a_stage(shown: Database) -> None:
    with shown.read() as connection:
        after = newest_seq(connection)

    end(shown, EntityKind.EVENT, TALKS)

    assert _changes(shown, after) == [
        ("treaty", "friendship-treaty", f"event {TALKS}"),
        ("event", TALKS, None),
    ]


def test_entities_that_are_written_together_are_all_edits(shown: Database) -> None:
    changes = _written(shown, make_place(**_NEW_NAME), _talks(note="They met at night."))

    assert changes == [("place", "moscow", None), ("event", TALKS, None)]


def test_of_two_causes_the_first_by_id_is_named(shown: Database) -> None:
    choe = make_participant("choe-son-hui", country="KP", **_NEW_NAME)

    *_, follower = _written(shown, make_participant(**_NEW_NAME), choe)

    assert follower == ("event", TALKS, "participant choe-son-hui")


def test_a_record_that_stays_the_same_follows_from_the_edit_in_its_import(shown: Database) -> None:
    changes = _written(shown, make_place(**_NEW_NAME), _talks())

    assert changes == [("place", "moscow", None), ("event", TALKS, "place moscow")]


def test_referrers_follow_from_a_merge_and_the_survivor_is_edited(shown: Database) -> None:
    store(shown, make_participant("sergei-lavrov", aliases=["Lawrow"]))
    with shown.read() as connection:
        after = newest_seq(connection)

    end(shown, EntityKind.PARTICIPANT, "sergey-lavrov", into="sergei-lavrov")

    assert _changes(shown, after) == [
        ("participant", "sergei-lavrov", None),
        ("event", TALKS, "participant sergey-lavrov"),
        ("participant", "sergey-lavrov", None),
    ]


def test_a_rebuild_follows_from_no_edit(shown: Database) -> None:
    with shown.write() as connection:
        after = newest_seq(connection)
        connection.execute(t.place.update().values(names={"en": "Another name"}))

    rebuild(shown)

    assert {cause for _, _, cause in _changes(shown, after)} == {None}


def test_the_check_of_the_log_finds_nothing_wrong_with_causes(shown: Database) -> None:
    _written(shown, make_place(**_NEW_NAME))
    _written(shown, _talks(date="2024-11-02"))
    end(shown, EntityKind.PARTICIPANT, "choe-son-hui", into="sergey-lavrov")
    end(shown, EntityKind.EVENT, TALKS)

    assert [*find_faults(shown)] == []
