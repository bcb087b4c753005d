"""Circles of relations: refused however they would arise."""

from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import insert, select
from starlette.testclient import TestClient

from app.domain.vocabulary import EntityKind, RelationType
from app.records.models import Record
from app.tables import core as t
from app.tables.database import Database
from app.writing.circles import WrittenLinks, _circles
from tests.support.builders import (
    make_cast,
    make_event,
    make_participant,
    make_place,
    make_publisher,
    make_tag,
    store,
)
from tests.support.editing import Editing, plain
from tests.support.statements import counting_statements

A, B, C, D = (f"2024-01-0{n}-day" for n in range(1, 5))


@pytest.fixture
def editing(client: TestClient, database: Database) -> Editing:
    """A client of a timeline with events, of which each is a part of the one before: D, C, B, A."""
    store(database, *make_cast(), *_chain([A, B, C, D]))
    return Editing(client, database)


def _chain(slugs: Sequence[str], type_: str = "part_of") -> list:  # type: ignore[type-arg]
    pairs = zip(slugs, [None, *slugs], strict=False)
    return [make_event(slug, relations=_relations(type_, before)) for slug, before in pairs]


def _relations(type_: str, *targets: str | None) -> list[dict[str, str]]:
    return [{"type": type_, "event": target} for target in targets if target]


class TestOneEvent:
    @pytest.mark.thorough
    @pytest.mark.parametrize("type_", RelationType)
    def test_a_circle_of_any_type_is_refused(
        self, editing: Editing, database: Database, type_: RelationType
    ) -> None:
        store(database, *_chain([A, B, C, D], type_))

        answer = editing.change("PATCH", f"/v1/events/{A}", {"relations": _relations(type_, C)})

        (error,) = answer.json()["errors"]
        assert (answer.status_code, error["pointer"]) == (422, "/relations")
        assert error["detail"] == (
            f"the relations would form a circle: '{A}' {type_} '{C}' {type_} '{B}' {type_} '{A}'"
        )
        assert editing.client.get(f"/v1/events/{A}").json()["relations"] == []

    def test_two_types_may_lead_back(self, editing: Editing) -> None:
        """A visit announces talks, and the talks are a part of the visit."""
        body = {"relations": _relations("announces", D)}

        assert editing.change("PATCH", f"/v1/events/{A}", body).status_code == 200

    def test_two_ways_to_one_event_are_no_circle(self, editing: Editing) -> None:
        body = {"relations": _relations("part_of", A, C)}

        assert editing.change("PATCH", f"/v1/events/{D}", body).status_code == 200

    def test_a_change_that_opens_the_circle_is_allowed(self, editing: Editing) -> None:
        for slug, target in ((B, None), (A, D)):
            body = {"relations": _relations("part_of", target)}
            assert editing.change("PATCH", f"/v1/events/{slug}", body).status_code == 200

    def test_an_older_circle_blocks_only_its_own_events(
        self, editing: Editing, database: Database
    ) -> None:
        """Older versions accepted circles."""
        with database.write() as connection:
            event = t.event.c
            keys = {r.slug: r.id for r in connection.execute(select(event.slug, event.id))}
            row = {"ordinal": 9, "type": "part_of", "event_id": keys[A], "target_id": keys[B]}
            connection.execute(insert(t.relation).values(row))

        title = {"title": {"en": "Another title"}}
        assert editing.change("PATCH", f"/v1/events/{D}", title).status_code == 200
        assert editing.change("PATCH", f"/v1/events/{B}", title).status_code == 422


class TestImport:
    def test_a_circle_within_an_import_is_refused(self, editing: Editing) -> None:
        slugs = [f"2025-01-0{n}-day" for n in range(1, 4)]
        events = [
            plain(make_event(slug, relations=_relations("follows", target)))
            for slug, target in pairwise([*slugs, slugs[0]])
        ]

        answer = editing.send("POST", "/v1/imports", {"events": events})

        (error,) = answer.json()["errors"]
        assert answer.status_code == 422
        assert error["detail"].startswith("the relations would form a circle: '2025-01-0")
        assert error["pointer"] == f"/events/{slugs.index(error['record'])}/relations"
        assert editing.client.get(f"/v1/events/{slugs[0]}").status_code == 404

    def test_a_circle_through_stored_events_is_refused(self, editing: Editing) -> None:
        event = plain(make_event(A, relations=_relations("part_of", D)))

        answer = editing.send("POST", "/v1/imports", {"events": [event]})

        assert (answer.status_code, answer.json()["errors"][0]["record"]) == (422, A)

    def test_events_of_one_write_are_read_together(self, database: Database) -> None:
        """So a chain in an import costs no more than as many events that are not related."""
        chain = _chain([A, B, C, D])
        store(database, *make_cast(), *chain)

        def statements(records: Sequence[Record]) -> int:
            links, ids = WrittenLinks(), {record.id for record in records}
            for record in records:
                links.add(EntityKind.EVENT, record.to_plain())
            with counting_statements(*database.engines) as seen, database.read() as connection:
                seen.clear()
                assert not [*links.circles(connection, lambda _, slugs: ids & {*slugs})]
            return len(seen)

        # Alone: one for each step along the chain.
        assert (statements(chain), statements(chain[-1:])) == (0, 3)

    def test_circles_of_every_kind_are_errors_of_one_answer(
        self, editing: Editing, database: Database
    ) -> None:
        """Beside them, each other error of the records has its own line."""
        store(database, *map(make_tag, "xy"), make_place(), make_place("hall", part_of="moscow"))
        events = [
            make_event("2025-01-01-a", relations=_relations("follows", "2025-01-02-b")),
            make_event("2025-01-02-b", relations=_relations("follows", "2025-01-01-a")),
            make_event("2025-01-03-c", relations=_relations("part_of", "2025-01-04-d")),
            make_event("2025-01-04-d", relations=_relations("part_of", "2025-01-03-c")),
            make_event("2025-01-05-e", place="nowhere", tags=["unknown"]),
        ]
        body = {
            "tags": [plain(make_tag("x", broader="y")), plain(make_tag("y", broader="x"))],
            "publishers": [
                plain(make_publisher("tass", house="kcna")),
                plain(make_publisher("kcna", house="tass")),
                plain(make_publisher("kcna")),
            ],
            "places": [plain(make_place("moscow", part_of="hall"))],
            "events": [*map(plain, events), {"id": "2025-01-06-f"}],
            "withdrawals": [{"kind": "participant", "id": "choe-son-hui", "reason": "x"}],
        }

        errors = editing.send("POST", "/v1/imports", body).json()["errors"]

        assert {error["pointer"] for error in errors if "circle" in error["detail"]} == {
            "/tags/0/broader",
            "/publishers/0/house",
            "/places/0/part_of",
            "/events/0/relations",
            "/events/2/relations",
        }
        others = {error["pointer"] for error in errors if "circle" not in error["detail"]}
        assert {*others} >= {
            "/publishers/2/id",
            "/events/4/place",
            "/events/4/tags/0",
            "/events/5/type",
            "/withdrawals/0/id",
        }


class TestWrittenLinks:
    @given(
        st.dictionaries(st.sampled_from("abcdef"), st.sets(st.sampled_from("abcdef"), min_size=1)),
        st.sets(st.sampled_from("abcdef")),
    )
    def test_each_written_entity_in_a_circle_is_in_one_that_is_found(
        self, targets: dict[str, set[str]], ids: set[str]
    ) -> None:
        written = sorted(ids & targets.keys())

        found = [*_circles({slug: sorted(ends) for slug, ends in targets.items()}, written)]

        for circle in found:
            assert circle[0] in written
            assert all(end in targets[slug] for slug, end in pairwise([*circle, circle[0]]))
        in_circles = {slug for slug in written if slug in _reached(targets, slug)}
        assert in_circles == {slug for circle in found for slug in circle} & {*written}

    @pytest.mark.parametrize("length", [2, 9, 10, 3_000])
    def test_a_long_circle_is_cut_in_the_message(self, database: Database, length: int) -> None:
        slugs = [f"t-{number}" for number in range(length)]
        links = WrittenLinks()
        for slug, broader in pairwise([*slugs, slugs[0]]):
            links.add(EntityKind.TAG, make_tag(slug, broader=broader).to_plain())

        with database.read() as connection:
            (circle,) = links.circles(connection, lambda _, ids: ids)

        text = str(circle)
        assert text.count(" broader ") == min(length, 10)
        assert text.endswith("…" if length > 9 else "'t-0'")


class TestMerge:
    def test_a_merge_that_would_close_a_circle_is_refused(self, editing: Editing) -> None:
        """C is a part of B, and B of A: if C were A, B would be a part of itself through A."""
        answer = editing.change("POST", f"/v1/events/{C}/merge?into={A}&reason=one")

        assert answer.status_code == 400
        assert answer.json()["errors"][0]["parameter"] == "into"
        assert "the relations would form a circle" in answer.json()["detail"]
        assert editing.client.get(f"/v1/events/{C}").status_code == 200

    def test_relations_between_the_two_go(self, editing: Editing) -> None:
        assert (
            editing.change("POST", f"/v1/events/{B}/merge?into={A}&reason=one").status_code == 200
        )
        assert editing.client.get(f"/v1/events/{A}").json()["relations"] == []
        relations = editing.client.get(f"/v1/events/{C}").json()["relations"]
        assert [(each["type"], each["event"]) for each in relations] == [("part_of", A)]


def _reached(targets: dict[str, set[str]], start: str) -> set[str]:
    reached: set[str] = set()
    ends = targets[start]
    while ends:
        reached |= ends
        ends = {each for end in ends for each in targets.get(end, ())} - reached
    return reached


class TestOffices:
    def test_an_office_in_oneself_is_refused(self, editing: Editing, database: Database) -> None:
        office = [{"title": "Speaker", "organisation": "mfa"}]
        store(database, make_participant("mfa", kind="organisation"))

        answer = editing.change("PATCH", "/v1/participants/mfa", {"positions": office})

        assert answer.status_code == 422
        assert "cannot hold an office in itself" in answer.json()["errors"][0]["detail"]

    def test_a_merge_that_would_make_one_is_refused(
        self, editing: Editing, database: Database
    ) -> None:
        office = [{"title": "Speaker", "organisation": "mid"}]
        store(database, make_participant("mid", kind="organisation"))
        store(database, make_participant("mfa", kind="organisation", positions=office))

        answer = editing.change("POST", "/v1/participants/mid/merge?into=mfa&reason=one")

        assert answer.status_code == 422
        assert database_has(database, "mid")


def database_has(database: Database, slug: str) -> bool:
    """Return whether the participant exists."""
    with database.read() as connection:
        slugs = select(t.ENTITIES[EntityKind.PARTICIPANT].c.slug)
        return slug in connection.scalars(slugs).all()
