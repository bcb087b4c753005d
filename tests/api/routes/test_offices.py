"""The routes of offices, and the offices of participations and positions, as a client sees them."""

from typing import Any

import pytest
from starlette.testclient import TestClient

from app.documents.pages import OfficePage
from app.domain.vocabulary import EntityKind
from app.tables.database import Database
from tests.support.answers import facet_counts, list_ids, walk, without_stamps
from tests.support.builders import (
    CHOE,
    LAVROV,
    end,
    make_event,
    make_office,
    make_participant,
    make_source,
    store,
)
from tests.support.editing import EVENT, Editing

MINISTER = "/v1/offices/kp-foreign-minister"
NAMES = {
    "en": "Minister of Foreign Affairs",
    "fr": "Ministre des Affaires étrangères",
    "ru": "Министр иностранных дел",
    "ko": "외무상",
}
GIVEN = {
    "names": NAMES,
    "feminine": {"fr": "Ministre des Affaires étrangères (femme)"},
    "aliases": ["FM"],
    "rank": "foreign_minister",
    "country": "KP",
    "organisation": "mfa",
    "from": "1998-09",
    "to": "2040",
}
PEOPLE = [{**LAVROV, "office": "ru-minister"}, {**CHOE, "office": "kp-foreign-minister"}]


@pytest.fixture
def editing(client: TestClient, database: Database) -> Editing:
    """A client of a timeline with two offices, which the people of an event hold."""
    held = {"title": "Minister", "office": "kp-foreign-minister"}
    store(
        database,
        make_participant(),
        make_source(),
        make_participant("mfa", kind="organisation", country="KP"),
        make_participant("choe-son-hui", country="KP", positions=[held]),
        make_office("kp-foreign-minister", **GIVEN),
        make_office("ru-minister", rank="minister", country="RU"),
        make_event(participants=PEOPLE),
    )
    return Editing(client, database)


class TestRead:
    def test_the_whole_document(self, editing: Editing) -> None:
        answer = editing.client.get(MINISTER)

        assert answer.status_code == 200
        expected = {"id": "kp-foreign-minister", "revision": 1, **GIVEN}
        assert without_stamps(answer.json()) == expected

    def test_what_is_not_known_is_null_or_empty(self, editing: Editing) -> None:
        office = editing.client.get("/v1/offices/ru-minister").json()

        assert {name for name, value in office.items() if value is None} == (
            {"organisation", "from", "to"}
        )
        assert (office["feminine"], office["aliases"]) == ({}, [])

    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ("", ["kp-foreign-minister", "ru-minister"]),
            ("rank=foreign_minister", ["kp-foreign-minister"]),
            ("rank=foreign_minister&rank=minister", ["kp-foreign-minister", "ru-minister"]),
            ("country=RU", ["ru-minister"]),
            ("country=RU&rank=foreign_minister", []),
            ("organisation=mfa", ["kp-foreign-minister"]),
            ("id=ru-minister&id=no-such-office", ["ru-minister"]),
        ],
    )
    def test_the_list_has_filters(self, editing: Editing, query: str, found: list[str]) -> None:
        assert list_ids(editing.client, f"offices?{query}") == found

    @pytest.mark.parametrize(
        ("query", "found"),
        [
            pytest.param("office=ru-minister", ["sergey-lavrov"], id="held in an event only"),
            pytest.param(
                "office=kp-foreign-minister", ["a-former-one", "choe-son-hui"], id="as a position"
            ),
            pytest.param(
                "rank=minister&rank=foreign_minister&kind=person",
                ["a-former-one", "choe-son-hui", "sergey-lavrov"],
                id="one of two ranks, each holder once",
            ),
            pytest.param("office=ru-minister&rank=foreign_minister", [], id="one office has both"),
            pytest.param("rank=foreign_minister&country=RU", ["a-former-one"], id="a country too"),
            pytest.param("rank=envoy", [], id="a rank that nobody has"),
        ],
    )
    def test_participants_are_found_by_the_offices_that_they_held(
        self, editing: Editing, query: str, found: list[str]
    ) -> None:
        position = {"title": "Minister", "office": "kp-foreign-minister"}
        editing.create(make_participant("a-former-one", positions=[position]))

        assert list_ids(editing.client, f"participants?{query}") == found

    def test_an_unknown_rank_names_the_ranks(self, editing: Editing) -> None:
        answer = editing.client.get("/v1/offices?rank=king")

        assert answer.status_code == 400
        assert "head_of_state" in answer.text

    def test_every_office_of_the_seeds_matches_its_schema(self, seeded_client: TestClient) -> None:
        for page in walk(seeded_client, "/v1/offices?limit=200"):
            assert OfficePage.model_validate(page).model_dump(mode="json") == page


class TestWrite:
    def test_a_put_creates_and_an_equal_one_changes_nothing(self, editing: Editing) -> None:
        record = {"id": "su-premier", "names": {"en": "Premier"}, "rank": "head_of_government"}

        created = editing.send("PUT", "/v1/offices/su-premier", record)
        again = editing.change("PUT", "/v1/offices/su-premier", record)

        assert (created.status_code, again.status_code) == (201, 200)
        assert again.json() == created.json()

    def test_a_person_is_no_organisation(self, editing: Editing) -> None:
        editing.create(make_participant("lavrov"))
        office = {"id": "zz-a", "names": {"en": "A"}, "rank": "other", "organisation": "lavrov"}
        position = {"title": "A", "organisation": "lavrov"}
        holder = make_participant("holder", positions=[position]).to_plain()

        answers = [
            editing.send("PUT", "/v1/offices/zz-a", office),
            editing.send("PUT", "/v1/participants/holder", holder),
            editing.change("PATCH", MINISTER, {"organisation": "lavrov"}),
            editing.send("POST", "/v1/imports", {"offices": [office]}),
            editing.change("PATCH", "/v1/participants/mfa", {"kind": "person"}),
        ]

        assert [answer.status_code for answer in answers] == [422] * 5
        assert [answer.json()["errors"][0]["pointer"] for answer in answers] == [
            "/organisation",
            "/positions/0/organisation",
            "/organisation",
            "/offices/0/organisation",
            "/kind",
        ]

    @pytest.mark.parametrize(
        ("patch", "changed"),
        [
            ({"feminine": {"fr": None, "ru": "Она"}}, {"feminine": {"ru": "Она"}}),
            ({"feminine": None}, {"feminine": {}}),
            (
                {"names": {"ko": None}},
                {"names": {k: v for k, v in NAMES.items() if k != "ko"}},
            ),
            ({"organisation": None, "to": None}, {"organisation": None, "to": None}),
            ({"rank": "minister"}, {"rank": "minister"}),
        ],
    )
    def test_a_patch_changes_single_keys(
        self, editing: Editing, patch: dict[str, Any], changed: dict[str, Any]
    ) -> None:
        answer = editing.change("PATCH", MINISTER, patch)

        assert answer.status_code == 200, answer.text
        expected = {"id": "kp-foreign-minister", "revision": 2, **GIVEN, **changed}
        assert without_stamps(answer.json()) == expected

    @pytest.mark.parametrize(
        ("patch", "pointer"),
        [
            ({"names": {"en": None}}, "/names/en"),
            ({"rank": None}, "/rank"),
            ({"rank": "king"}, "/rank"),
            ({"organisation": "mid"}, "/organisation"),
            ({"country": "XX"}, "/country"),
            ({"from": "1998-13"}, "/from"),
        ],
    )
    def test_a_wrong_value_is_refused_with_its_place(
        self, editing: Editing, patch: dict[str, Any], pointer: str
    ) -> None:
        answer = editing.change("PATCH", MINISTER, patch)

        assert answer.status_code == 422
        assert [error["pointer"] for error in answer.json()["errors"]] == [pointer]

    def test_one_that_people_hold_is_not_withdrawn(self, editing: Editing) -> None:
        answer = editing.change("DELETE", f"{MINISTER}?reason=a mistake")

        assert answer.status_code == 409
        text = answer.text
        assert "the office of a participant" in text and "the office of a position" in text

    def test_its_organisation_is_not_withdrawn(self, editing: Editing) -> None:
        answer = editing.change("DELETE", "/v1/participants/mfa?reason=a mistake")

        assert answer.status_code == 409
        assert "the organisation of an office" in answer.text

    def test_one_that_nobody_holds_is_withdrawn(self, editing: Editing) -> None:
        editing.create(make_office("su-premier"))

        assert (
            editing.change("DELETE", "/v1/offices/su-premier?reason=a mistake").status_code == 200
        )
        assert editing.client.get("/v1/offices/su-premier").status_code == 410

    def test_revisions_and_their_difference(self, editing: Editing) -> None:
        editing.change("PATCH", MINISTER, {"names": {"en": "Foreign Minister"}})

        listed = editing.client.get(f"{MINISTER}/revisions").json()["items"]
        assert [each["revision"] for each in listed] == [2, 1]
        patch = editing.client.get(f"{MINISTER}/diff?from=1&to=2").json()
        renamed = {"op": "replace", "path": "/names/en", "value": "Foreign Minister"}
        assert renamed in patch


class TestDependents:
    def test_a_rename_rewrites_the_events_that_show_it_and_logs_them(
        self, editing: Editing
    ) -> None:
        editing.change("PATCH", MINISTER, {"names": {"en": "Foreign Minister"}})

        _, choe = editing.client.get(EVENT).json()["participants"]
        assert choe["office"]["name"]["en"] == "Foreign Minister"
        changes = editing.client.get("/v1/changes?limit=1000").json()["items"][-2:]
        assert [(each["kind"], each["id"], each["revision"]) for each in changes] == [
            ("office", "kp-foreign-minister", 2),
            ("event", EVENT.removeprefix("/v1/events/"), 2),
        ]

    def test_a_past_state_has_the_name_of_then(self, editing: Editing) -> None:
        last = editing.client.get("/v1/changes?limit=1000").json()["items"][-1]["seq"]
        editing.change("PATCH", MINISTER, {"names": {"en": "FM"}, "rank": "minister"})

        _, choe = editing.client.get(f"{EVENT}?as_of={last}").json()["participants"]
        assert choe["office"]["name"]["en"] == "Minister of Foreign Affairs"
        assert list_ids(editing.client, f"events?rank=foreign_minister&as_of={last}") != []
        assert list_ids(editing.client, "events?rank=foreign_minister") == []
        assert facet_counts(editing.client, "rank", f"as_of={last}") == {
            "foreign_minister": 1,
            "minister": 1,
        }

    def test_a_merge_of_its_organisation_names_the_survivor(
        self, editing: Editing, database: Database
    ) -> None:
        store(database, make_participant("ministry", kind="organisation", country="KP"))

        end(database, EntityKind.PARTICIPANT, "mfa", into="ministry")

        office = editing.client.get(MINISTER).json()
        assert (office["organisation"], office["revision"]) == ("ministry", 2)
        # The filter follows the merge too.
        assert list_ids(editing.client, "offices?organisation=mfa") == ["kp-foreign-minister"]


class TestReferences:
    @pytest.mark.parametrize(
        ("path", "patch", "pointer"),
        [
            (
                EVENT,
                {"participants": [{**LAVROV, "office": "ru-ministr"}]},
                "/participants/0/office",
            ),
            (
                "/v1/participants/sergey-lavrov",
                {"positions": [{"title": "Minister", "office": "ru-ministr"}]},
                "/positions/0/office",
            ),
        ],
    )
    def test_an_unknown_office_is_refused_with_the_nearest(
        self, editing: Editing, path: str, patch: dict[str, Any], pointer: str
    ) -> None:
        answer = editing.change("PATCH", path, patch)

        assert answer.status_code == 422
        (error,) = answer.json()["errors"]
        assert error["pointer"] == pointer
        assert error["detail"].startswith("there is no office 'ru-ministr'")
        assert "ru-minister" in error["detail"].removeprefix("there is no office 'ru-ministr'")

    def test_a_person_an_office_and_its_organisation_may_leave_together(
        self, editing: Editing
    ) -> None:
        """Each of them refers to another one."""
        editing.create(
            make_participant("party", kind="organisation"),
            make_office("secretary", organisation="party"),
            make_participant("ann", positions=[{"title": "Secretary", "office": "secretary"}]),
        )
        gone = {"participant": ["party", "ann"], "office": ["secretary"]}
        records = [
            {"kind": kind, "id": id, "reason": "a mistake"} for kind in gone for id in gone[kind]
        ]

        answer = editing.send("POST", "/v1/imports", {"withdrawals": records})

        assert answer.status_code == 200, answer.text


class TestEvents:
    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ("office=kp-foreign-minister", True),
            ("rank=foreign_minister", True),
            ("rank=head_of_state", False),
            ("rank=foreign_minister&side=KP", True),
            # One participation must meet both.
            ("rank=foreign_minister&side=RU", False),
            ("rank=foreign_minister&role=guest", True),
            ("rank=foreign_minister&participant=choe-son-hui", True),
            ("rank=foreign_minister&participant=sergey-lavrov", False),
            # The company takes part in any manner.
            ("rank=foreign_minister&company=sergey-lavrov", True),
            ("rank=foreign_minister&company=mfa", False),
            ("participant_all=sergey-lavrov&participant_all=choe-son-hui&rank=minister", False),
        ],
    )
    def test_filters_by_office_and_rank(self, editing: Editing, query: str, found: bool) -> None:
        assert bool(list_ids(editing.client, f"events?{query}")) is found

    def test_facets_count_offices_and_ranks(self, editing: Editing) -> None:
        assert facet_counts(editing.client, "office") == {
            "kp-foreign-minister": 1,
            "ru-minister": 1,
        }
        assert facet_counts(editing.client, "rank", "side=KP") == {"foreign_minister": 1}
        assert facet_counts(
            editing.client, "participant", "rank=foreign_minister&company=sergey-lavrov"
        ) == {"choe-son-hui": 1}

    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ("rank=foreign_minister", ["choe-son-hui"]),
            ("office=kp-foreign-minister", ["choe-son-hui"]),
            ("rank=minister", []),
        ],
    )
    def test_counterparts_have_offices_too(
        self, editing: Editing, query: str, found: list[str]
    ) -> None:
        url = f"/v1/participants/sergey-lavrov/counterparts?{query}"

        items = editing.client.get(url).json()["items"]

        assert [each["participant"]["id"] for each in items] == found
