"""Ids of merged entities: filters and records that name them mean the survivors, and responses say so."""

import re
from typing import Any

import pytest
from httpx2 import Response
from pydantic import BaseModel
from starlette.testclient import TestClient

from app.domain.vocabulary import MERGEABLE, EntityKind
from app.reading.merged_ids import mergeable_ids
from app.reading.parameters.entities import PlaceFilters, SourceFilters, TreatyFilters
from app.reading.parameters.events import EventFilters
from app.reading.parameters.participants import ParticipantFilters
from app.tables.database import Database
from tests.support.builders import (
    CHOE,
    end,
    make_cast,
    make_event,
    make_participant,
    make_place,
    store,
)
from tests.support.contract import OPERATIONS
from tests.support.editing import EVENT, Editing, plain
from tests.support.rules import offenders
from tests.support.statements import counting_statements

# Merged one after the other into the last, and the entity that took their place.
PEOPLE, LAVROV = ("sergei-lavrov", "s-lavrov"), "sergey-lavrov"
TALKS, EVENT_ID = ("2024-11-talks", "2024-talks"), "2024-11-01-talks"
BASE = "http://testserver/v1"
LINK = re.compile(r'<([^>]+)>; rel="canonical"; anchor="([^"]+)"')
# The parameters that name a participant or an event, with the merged ids and the survivor.
IDS = dict.fromkeys(("participant", "participant_all", "company"), (PEOPLE, LAVROV))


def _ids(path: str) -> dict[str, tuple[tuple[str, str], str]]:
    of_people = path.partition(".")[0] == "/v1/participants"
    return IDS | {"id": (PEOPLE, LAVROV) if of_people else (TALKS, EVENT_ID)}


# Lists of kinds that never merge.
COLLECTIONS = {f"/v1/{kind.collection}" for kind in EntityKind if kind not in MERGEABLE}
# The path, the parameter, and the position of the merged id.
CASES = {
    f"{operation_id} {parameter['name']} {old}": (path, parameter["name"], old)
    for operation_id, (path, method, operation) in OPERATIONS.items()
    for parameter in operation["parameters"]
    if method == "get" and parameter["in"] == "query" and parameter["name"] in _ids(path)
    if path.partition(".")[0] not in COLLECTIONS
    for old in (0, 1)
}


@pytest.fixture
def editing(client: TestClient, database: Database) -> Editing:
    """A client of a timeline in which two participants and two events were merged in chains."""
    store(database, *make_cast(), *map(make_participant, PEOPLE))
    events = (make_event(slug, date=slug[:4], place="moscow") for slug in TALKS)
    store(database, make_place(), make_event(place="moscow"), *events)
    store(database, make_event("2024-12-01-visit", participants=[CHOE]))
    for kind, (first, second), survivor in (
        (EntityKind.PARTICIPANT, PEOPLE, LAVROV),
        (EntityKind.EVENT, TALKS, EVENT_ID),
    ):
        end(database, kind, first, second)
        end(database, kind, second, survivor)
    return Editing(client, database)


def _links(answer: Response) -> list[tuple[str, ...]]:
    return LINK.findall(", ".join(answer.headers.get_list("link")))


def _without_own_url(answer: Response) -> str:
    """Return the body without the parts that follow from the URL of the request."""
    text = re.sub(r'\?[^"<> }\r]*', "", answer.text)
    # A reference to a query names its filters as they were sent, and its key has their digest.
    text = re.sub(r"(?:participant(?:\\?_all)?|company|id)=[a-z0-9-]+", "", text)
    # So does a proof.
    text = re.sub(r'"parameters": ?\{[^}]*\}', "", text)
    return re.sub(r"urn:uuid:[0-9a-f-]+|(?<=-)[0-9a-f]{8}\b", "", text)


class TestFilters:
    @pytest.mark.thorough
    def test_a_merged_id_finds_the_survivor(self, editing: Editing) -> None:
        def rule(case: tuple[str, str, int]) -> None:
            path, name, old = case
            ids, survivor = _ids(path)[name]
            path = path.format(participant_id="choe-son-hui")

            answer = editing.client.get(f"{path}?{name}={ids[old]}")
            expected = editing.client.get(f"{path}?{name}={survivor}")

            assert answer.status_code == expected.status_code == 200
            assert _without_own_url(answer) == _without_own_url(expected)
            assert answer.text != editing.client.get(f"{path}?{name}=2020-nobody").text
            collection = "participants" if survivor == LAVROV else "events"
            link = (f"{BASE}/{collection}/{survivor}", f"{BASE}/{collection}/{ids[old]}")
            # A proof is a file to keep, so it names ids in its body and not in a header.
            assert _links(answer) == ([] if path == "/v1/proof" else [link])
            assert _links(expected) == []

        assert len(CASES) > 60
        assert offenders(CASES, rule) == []

    def test_every_filter_by_id_of_a_kind_that_merges_is_followed(self) -> None:
        """A parameter that takes ids has a type that names their kind."""
        models: list[type[BaseModel]] = [
            EventFilters,
            ParticipantFilters,
            PlaceFilters,
            SourceFilters,
            TreatyFilters,
        ]
        for model in models:
            given = {"participant": ["2024-x"], "participant_all": ["2024-x"], "id": ["2024-x"]}
            kind = EntityKind(model.__name__.removesuffix("Filters").lower())
            expected = [(EntityKind.PARTICIPANT, "2024-x")] * 2 * (model is EventFilters)
            expected += [(kind, "2024-x")] * (kind in MERGEABLE)
            assert mergeable_ids(model.model_validate(given)) == expected

    def test_both_ids_of_one_participant_are_one(self, editing: Editing) -> None:
        both = f"participant_all={PEOPLE[0]}&participant_all={LAVROV}"

        assert len(editing.client.get(f"/v1/events?{both}").json()["items"]) == 1

    def test_a_batch_gives_the_survivor_once(self, editing: Editing) -> None:
        ids = "&id=".join((*PEOPLE, LAVROV, "nobody"))

        items = editing.client.get(f"/v1/participants?id={ids}").json()["items"]

        assert [item["id"] for item in items] == [LAVROV]

    def test_pages_continue(self, editing: Editing) -> None:
        store(editing.client.app.state.database, make_event("2025-01-01-visit"))  # type: ignore[attr-defined]

        first = editing.client.get(f"/v1/events?participant={PEOPLE[0]}&limit=1")
        second = editing.client.get(first.json()["page"]["next"])

        assert [item["id"] for item in second.json()["items"]] == [EVENT_ID]
        assert len(_links(second)) == 1

    def test_the_past_knows_the_id_as_it_was(self, editing: Editing) -> None:
        past = editing.client.get(f"/v1/events?participant={PEOPLE[0]}&as_of=5")

        assert _links(past) == []
        assert past.json()["items"] == []

    def test_facets_count_with_the_survivor(self, editing: Editing) -> None:
        answer = editing.client.get(f"/v1/events?participant={PEOPLE[0]}&facets=type")

        [found] = answer.json()["facets"]["type"]["values"]
        assert (found["value"], found["count"]) == ("meeting", 1)

    def test_a_withdrawn_survivor_is_not_found(self, editing: Editing, database: Database) -> None:
        store(database, make_participant("a"), make_participant("b"))
        end(database, EntityKind.PARTICIPANT, "a", "b")
        end(database, EntityKind.PARTICIPANT, "b")

        answer = editing.client.get("/v1/participants?id=a")

        assert (answer.json()["items"], _links(answer)) == ([], [])

    def test_a_response_names_at_most_20_links(self, editing: Editing, database: Database) -> None:
        """Proxies refuse large headers."""
        many = [f"p{n}" for n in range(21)]
        store(database, *map(make_participant, many))
        for slug in many:
            end(database, EntityKind.PARTICIPANT, slug, LAVROV)

        assert len(_links(editing.client.get(f"/v1/participants?id={'&id='.join(many)}"))) == 20


class TestCost:
    @pytest.mark.parametrize(
        ("url", "expected"),
        [
            pytest.param("/v1/events", 1, id="no id"),
            pytest.param("/v1/events?place=moscow&source=tass-1", 1, id="never merged"),
            pytest.param(f"/v1/events?participant={LAVROV}", 2, id="a participant"),
            pytest.param(f"/v1/events?participant={LAVROV}&id={EVENT_ID}", 3, id="two kinds"),
            pytest.param(f"/v1/events?participant={PEOPLE[0]}", 4, id="merged twice"),
        ],
    )
    def test_statements(
        self,
        editing: Editing,
        database: Database,
        url: str,
        expected: int,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        # After the pages of other tests, sets would take a statement to know the state.
        kept_sets = editing.client.app.state.kept_sets  # type: ignore[attr-defined]
        monkeypatch.setattr(kept_sets, "limit", 0)
        # A warm server, without a kept answer to this request.
        editing.client.get("/v1/events?limit=1")
        served: Database = editing.client.app.state.database  # type: ignore[attr-defined]

        with counting_statements(*served.engines) as seen:
            editing.client.get(url)

        assert len(seen) == expected


class TestRecords:
    def test_a_record_refers_to_the_survivors(self, editing: Editing) -> None:
        event = make_event(
            "2025-01-01-visit",
            participants=[
                CHOE,
                {"id": PEOPLE[0], "role": "host", "side": "RU"},
                {"id": LAVROV, "role": "host", "side": "RU"},
                {"id": PEOPLE[1], "role": "speaker", "side": "RU"},
            ],
            relations=[{"type": "follows", "event": TALKS[0]}],
        )

        answer = editing.send("PUT", "/v1/events/2025-01-01-visit", plain(event))

        document = answer.json()
        parts = [(part["id"], part["role"]) for part in document["participants"]]
        assert answer.status_code == 201
        assert parts == [("choe-son-hui", "guest"), (LAVROV, "host"), (LAVROV, "speaker")]
        assert [(r["type"], r["event"]) for r in document["relations"]] == [("follows", EVENT_ID)]
        assert _links(answer) == [
            (f"{BASE}/events/{EVENT_ID}", f"{BASE}/events/{TALKS[0]}"),
            (f"{BASE}/participants/{LAVROV}", f"{BASE}/participants/{PEOPLE[1]}"),
            (f"{BASE}/participants/{LAVROV}", f"{BASE}/participants/{PEOPLE[0]}"),
        ]

    def test_the_same_record_again_changes_nothing(self, editing: Editing) -> None:
        event = plain(make_event("2025-01-01-visit", participants=[{**CHOE, "id": PEOPLE[0]}]))
        first = editing.send("PUT", "/v1/events/2025-01-01-visit", event)

        again = editing.send("PUT", "/v1/events/2025-01-01-visit", event)

        assert (again.status_code, again.json()) == (200, first.json())
        assert len(_links(again)) == 1

    def test_a_new_event_that_repeats_one_of_the_survivor_is_noticed(
        self, editing: Editing
    ) -> None:
        repeated = make_event("2024-11-01-again", participants=[CHOE | {"id": PEOPLE[0]}, CHOE])

        assert (
            editing.send("PUT", "/v1/events/2024-11-01-again", plain(repeated)).status_code == 409
        )

    def test_a_patch_refers_to_the_survivors(self, editing: Editing) -> None:
        patch = {"participants": [{"id": PEOPLE[0], "role": "host", "side": "RU"}]}

        answer = editing.change("PATCH", EVENT, patch)

        assert [part["id"] for part in answer.json()["participants"]] == [LAVROV]
        assert len(_links(answer)) == 1

    def test_a_position_refers_to_the_survivor(self, editing: Editing, database: Database) -> None:
        store(database, *(make_participant(slug, kind="organisation") for slug in ("mid", "mfa")))
        end(database, EntityKind.PARTICIPANT, "mid", "mfa")
        envoy = make_participant("a", positions=[{"title": "Envoy", "organisation": "mid"}])

        answer = editing.send("PUT", "/v1/participants/a", plain(envoy))

        assert answer.json()["positions"][0]["organisation"] == "mfa"

    def test_an_import_refers_to_the_survivors_and_reports_them(self, editing: Editing) -> None:
        events = [
            plain(make_event(slug, participants=[{**CHOE, "id": PEOPLE[0]}]))
            for slug in ("2025-01-01-visit", "2025-01-02-visit")
        ]

        answer = editing.send("POST", "/v1/imports", {"events": events})

        assert answer.json()["merged"] == [
            {"kind": "participant", "id": PEOPLE[0], "survivor": LAVROV}
        ]
        for each in events:
            stored = editing.client.get(f"/v1/events/{each['id']}").json()
            assert [part["id"] for part in stored["participants"]] == [LAVROV]
        assert editing.send("POST", "/v1/imports", {"events": events}).json()["total"] == {
            "created": 0,
            "updated": 0,
            "unchanged": 2,
            "withdrawn": 0,
            "restored": 0,
        }

    def test_an_import_without_merged_ids_reports_none(self, editing: Editing) -> None:
        assert editing.send("POST", "/v1/imports", {}).json()["merged"] == []

    @pytest.mark.parametrize("merged", PEOPLE)
    def test_the_id_of_a_record_is_not_followed_and_the_last_survivor_is_named(
        self, editing: Editing, merged: str
    ) -> None:
        record = plain(make_participant(merged))

        put = editing.send("PUT", f"/v1/participants/{merged}", record)
        imported = editing.send("POST", "/v1/imports", {"participants": [record]})
        into = editing.change("POST", f"/v1/participants/choe-son-hui/merge?into={merged}&reason=x")

        assert (put.status_code, imported.status_code, into.status_code) == (410, 422, 400)
        for answer in (put, imported, into):
            text: Any = answer.json()["errors"] or answer.json()["detail"]
            assert f"'{merged}' was merged into '{LAVROV}' on 20" in str(text).replace('\\"', "'")
