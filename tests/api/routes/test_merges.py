"""Merges of two records of one participant or event."""

from typing import Any

import pytest
from sqlalchemy import select
from starlette.testclient import TestClient

from app.domain.vocabulary import ChangeOp
from app.tables import core as t
from app.tables.database import Database
from tests.support.builders import (
    make_cast,
    make_event,
    make_office,
    make_participant,
    make_source,
    make_tag,
    make_treaty,
    store,
)
from tests.support.editing import Editing, plain
from tests.support.streams import read_raw

OLD, NEW = "/v1/participants/sergei-lavrov", "/v1/participants/sergey-lavrov"
EVENT, TWIN = "/v1/events/2024-11-01-talks", "/v1/events/2024-11-talks"
EVIDENCE = {
    "supports": ["date"],
    "basis": "stated",
    "selector": {"start": 0, "end": 1},
    "digest": "0" * 64,
    "note": None,
}


@pytest.fixture
def editing(client: TestClient, database: Database) -> Editing:
    """A client with an admin key; the entities that an event names exist."""
    store(database, *make_cast(), *map(make_tag, ("a", "b", "talks")))
    return Editing(client, database)


def _merge(editing: Editing, path: str, into: str) -> Any:
    answer = editing.change("POST", f"{path}/merge?into={into}&reason=one and the same")
    assert answer.status_code == 200, answer.text
    return answer.json()


def _part(id: str, role: str = "host", **fields: Any) -> dict[str, Any]:
    return {"id": id, "role": role, "side": "RU", **fields}


class TestParticipants:
    def test_the_survivor_gains_the_fields_that_it_lacks(self, editing: Editing) -> None:
        minister = {"title": "Minister", "office": None, "organisation": None} | {
            "from": "2004",
            "to": None,
        }
        envoy = {"title": "Envoy", "office": None, "organisation": None} | {
            "from": None,
            "to": None,
        }
        editing.change(
            "PATCH",
            NEW,
            {
                "names": {"en": "Sergey Lavrov", "ru": "Сергей Лавров"},
                "aliases": ["Lavrov"],
                "positions": [minister],
                "identifiers": {"wikidata": "Q58217"},
            },
        )
        editing.create(
            make_participant(
                "sergei-lavrov",
                names={"en": "Sergei Lavrov", "fr": "Sergueï Lavrov", "ru": "Сергей Лавров"},
                aliases=["Lavrov", "S. Lavrov"],
                positions=[minister, envoy],
                identifiers={"wikidata": "Q1", "viaf": "2"},
            )
        )

        survivor = _merge(editing, OLD, "sergey-lavrov")

        assert survivor["names"] == {
            "en": "Sergey Lavrov",
            "fr": "Sergueï Lavrov",
            "ru": "Сергей Лавров",
        }
        assert survivor["aliases"] == ["Lavrov", "Sergei Lavrov", "S. Lavrov"]
        assert survivor["positions"] == [minister, envoy]
        assert survivor["identifiers"] == {"wikidata": "Q58217", "viaf": "2"}
        assert survivor == editing.client.get(NEW).json()

    def test_an_alias_that_becomes_a_name_is_not_kept_twice(self, editing: Editing) -> None:
        editing.change("PATCH", NEW, {"aliases": ["Sergueï Lavrov"]})
        names = {"en": "Sergei Lavrov", "fr": "Sergueï Lavrov"}
        editing.create(make_participant("sergei-lavrov", names=names))

        survivor = _merge(editing, OLD, "sergey-lavrov")

        assert survivor["names"]["fr"] == "Sergueï Lavrov"
        assert survivor["aliases"] == ["Sergei Lavrov"]

    def test_an_identifier_moves_to_the_survivor(self, editing: Editing) -> None:
        """Identifiers are unique, and both participants exist for a moment."""
        editing.create(make_participant("sergei-lavrov", identifiers={"wikidata": "Q1"}))

        assert _merge(editing, OLD, "sergey-lavrov")["identifiers"] == {"wikidata": "Q1"}

    def test_events_name_the_survivor_once_in_each_role(
        self, editing: Editing, database: Database
    ) -> None:
        editing.create(make_participant("sergei-lavrov"))
        editing.create(
            make_event(
                participants=[
                    _part("sergei-lavrov", capacity="Envoy"),
                    _part("sergei-lavrov", "speaker"),
                    _part("sergey-lavrov", capacity="Minister"),
                ]
            ),
            make_event("2024-12-01-visit", participants=[_part("sergei-lavrov")]),
        )

        _merge(editing, OLD, "sergey-lavrov")

        parts = [
            (part["id"], part["role"], part["capacity"], part["name"]["en"])
            for part in editing.client.get(EVENT).json()["participants"]
        ]
        assert parts == [
            ("sergey-lavrov", "speaker", None, "Sergey Lavrov"),
            ("sergey-lavrov", "host", "Minister", "Sergey Lavrov"),
        ]
        other = editing.client.get("/v1/events/2024-12-01-visit").json()
        assert (other["participants"][0]["id"], other["revision"]) == ("sergey-lavrov", 2)
        # The events are still found by the other name.
        assert len(editing.client.get('/v1/events?q="Sergei Lavrov"').json()["items"]) == 2

    @pytest.mark.parametrize("order", [1, -1])
    def test_the_participation_that_stays_gains_an_office_and_a_capacity(
        self, editing: Editing, order: int
    ) -> None:
        """An event that names one person twice often has the office beside one name alone."""
        old = _part("sergei-lavrov", office="foreign-minister", capacity="Envoy")
        parts = [_part("sergey-lavrov", capacity="Minister"), old]
        editing.create(make_office(), make_participant("sergei-lavrov"))
        editing.create(make_event(participants=parts[::order]))

        _merge(editing, OLD, "sergey-lavrov")

        (part,) = editing.client.get(EVENT).json()["participants"]
        assert (part["id"], part["capacity"]) == ("sergey-lavrov", "Minister")
        assert part["office"]["id"] == "foreign-minister"
        # A file that still has both changes nothing.
        record = make_event(participants=parts[::order]).to_plain()
        again = editing.send("PUT", EVENT, record)
        assert (again.status_code, again.json()["revision"]) == (200, 2)

    def test_positions_in_an_organisation_move_to_the_survivor(self, editing: Editing) -> None:
        editing.create(
            make_participant("mid", kind="organisation"),
            make_participant("mfa", kind="organisation"),
            make_participant(
                "a",
                positions=[
                    {"title": "Envoy", "organisation": "mid"},
                    {"title": "Envoy", "organisation": "mfa"},
                ],
            ),
        )

        _merge(editing, "/v1/participants/mid", "mfa")

        positions = editing.client.get("/v1/participants/a").json()["positions"]
        assert [position["organisation"] for position in positions] == ["mfa"]

    def test_the_log_ends_with_the_merge(self, editing: Editing, database: Database) -> None:
        editing.create(make_participant("sergei-lavrov"))
        editing.create(make_event(participants=[_part("sergei-lavrov")]))

        _merge(editing, OLD, "sergey-lavrov")

        with database.read() as connection:
            *_, survivor, event, merge = connection.execute(
                select(t.change).order_by(t.change.c.seq)
            )
        assert survivor.at == event.at == merge.at
        assert (merge.op, merge.slug, merge.survivor) == (
            ChangeOp.MERGE,
            "sergei-lavrov",
            "sergey-lavrov",
        )
        assert (merge.revision, merge.document, merge.reason) == (2, None, "one and the same")
        assert {row.slug for row in (survivor, event)} == {"sergey-lavrov", "2024-11-01-talks"}

    def test_the_old_path_redirects_to_the_survivor(self, editing: Editing) -> None:
        editing.create(make_participant("sergei-lavrov"))
        _merge(editing, OLD, "sergey-lavrov")

        for below in ("", "/events?type=visit&limit=2", "/counterparts"):
            answer = editing.client.get(f"{OLD}{below}", follow_redirects=False)
            assert answer.status_code == 308
            assert answer.headers["location"] == f"http://testserver{NEW}{below}"
            assert answer.headers["cache-control"].startswith("public, max-age=60")
            assert editing.client.get(f"{OLD}{below}").status_code == 200

    def test_the_redirect_of_a_query_that_is_not_encoded_has_a_valid_address(
        self, editing: Editing
    ) -> None:
        editing.create(make_participant("sergei-lavrov"))
        _merge(editing, OLD, "sergey-lavrov")

        url = f'{OLD}/events?q="a b"&type=visit'
        status, headers, _ = read_raw(editing.client, url)

        assert status == 308
        assert headers["location"] == f"http://testserver{NEW}/events?q=%22a%20b%22&type=visit"

    def test_a_chain_of_merges_is_followed(self, editing: Editing) -> None:
        for slug in ("a", "b"):
            editing.create(make_participant(slug))
        _merge(editing, "/v1/participants/a", "b")
        _merge(editing, "/v1/participants/b", "sergey-lavrov")

        answer = editing.client.get("/v1/participants/a", follow_redirects=False)

        assert answer.headers["location"] == f"http://testserver{NEW}"

    def test_the_old_path_is_gone_if_the_survivor_was_withdrawn(self, editing: Editing) -> None:
        editing.create(make_participant("a"), make_participant("b"))
        _merge(editing, "/v1/participants/a", "b")
        editing.change("DELETE", "/v1/participants/b?reason=nobody")

        answer = editing.client.get("/v1/participants/a")

        assert answer.status_code == 410
        assert answer.json()["detail"].startswith("the participant 'a' was merged into 'b' on 20")
        assert answer.json()["detail"].endswith(": nobody")

    def test_writes_to_the_old_id_are_refused(self, editing: Editing) -> None:
        editing.create(make_participant("sergei-lavrov"))
        _merge(editing, OLD, "sergey-lavrov")

        written = [
            editing.send("PUT", OLD, plain(make_participant("sergei-lavrov"))),
            editing.send("PATCH", OLD, {}),
            editing.send("DELETE", f"{OLD}?reason=wrong"),
        ]

        for answer in written:
            assert answer.status_code == 410
            assert "was merged into 'sergey-lavrov'" in answer.json()["detail"]

    @pytest.mark.parametrize(
        ("into", "detail"),
        [
            pytest.param("sergei-lavrov", "cannot be merged into itself", id="itself"),
            pytest.param("nobody", "there is no participant with the id 'nobody'", id="unknown"),
            pytest.param("gone", "the participant 'gone' was withdrawn on 20", id="withdrawn"),
            pytest.param("mid", "they cannot be one participant", id="another kind"),
        ],
    )
    def test_an_impossible_survivor_is_refused(
        self, editing: Editing, into: str, detail: str
    ) -> None:
        editing.create(
            make_participant("sergei-lavrov"),
            make_participant("gone"),
            make_participant("mid", kind="organisation"),
        )
        editing.change("DELETE", "/v1/participants/gone?reason=nobody")

        answer = editing.change("POST", f"{OLD}/merge?into={into}&reason=one")

        assert answer.status_code == 400
        assert answer.json()["errors"][0]["parameter"] == "into"
        assert detail in answer.json()["detail"]

    def test_more_aliases_than_a_record_holds_are_refused(self, editing: Editing) -> None:
        many = [[f"{letter} {n}" for n in range(150)] for letter in "ab"]
        editing.create(
            make_participant("a", aliases=many[0]), make_participant("b", aliases=many[1])
        )

        answer = editing.change("POST", "/v1/participants/a/merge?into=b&reason=one")

        assert answer.status_code == 422
        assert answer.json()["errors"][0]["pointer"] == "/aliases"
        assert editing.client.get("/v1/participants/a").status_code == 200


class TestEvents:
    def test_a_merge_that_would_lose_a_stage_of_a_treaty_is_refused(self, editing: Editing) -> None:
        signed = {"type": "treaty", "subtype": "signed"}
        editing.create(
            make_treaty("first"),
            make_treaty("second"),
            make_event("2024-11-01-talks", **signed, treaty="first"),
            make_event("2024-11-talks", date="2024-11", **signed, treaty="second"),
        )

        answer = editing.change("POST", f"{TWIN}/merge?into=2024-11-01-talks&reason=one")

        assert answer.status_code == 400
        assert "the treaty would lose a stage" in answer.json()["detail"]
        assert editing.client.get("/v1/treaties/second").json()["stages"]

    def test_sources_evidence_tags_and_relations_are_combined(self, editing: Editing) -> None:
        editing.create(
            make_source("tass-2", article="000_1"),
            make_event("2024-10-01-visit"),
            make_event(
                "2024-10-02-visit", relations=[{"type": "follows", "event": "2024-10-01-visit"}]
            ),
        )
        editing.create(
            make_event(
                tags=["a"],
                sources=["tass-1", {"source": "tass-2", "evidence": [EVIDENCE]}],
                relations=[{"type": "follows", "event": "2024-10-01-visit"}],
            )
        )
        stated = EVIDENCE | {"supports": ["title"]}
        editing.create(
            make_event(
                "2024-11-talks",
                date="2024-11",
                title={"en": "Other talks", "fr": "Entretiens"},
                tags=["b", "a"],
                note="unsure",
                sources=[{"source": "tass-2", "evidence": [EVIDENCE, stated]}],
                relations=[
                    {"type": "follows", "event": "2024-11-01-talks"},
                    {"type": "follows", "event": "2024-10-01-visit"},
                    {"type": "part_of", "event": "2024-10-02-visit"},
                ],
            )
        )
        related = [{"type": "follows", "event": "2024-11-talks"}]
        editing.change("PATCH", "/v1/events/2024-10-02-visit", {"relations": related})

        survivor = _merge(editing, TWIN, "2024-11-01-talks")

        assert (survivor["date"], survivor["title"]) == (
            "2024-11-01",
            {"en": "Talks", "fr": "Entretiens"},
        )
        assert (survivor["tags"], survivor["note"]) == (["a", "b"], "unsure")
        assert [(s["id"], len(s["evidence"])) for s in survivor["sources"]] == [
            ("tass-1", 0),
            ("tass-2", 2),
        ]
        assert [(each["type"], each["event"]) for each in survivor["relations"]] == [
            ("follows", "2024-10-01-visit"),
            ("part_of", "2024-10-02-visit"),
        ]
        assert editing.client.get("/v1/events/2024-10-02-visit").json()["relations"] == [
            {
                "type": "follows",
                "event": "2024-11-01-talks",
                "title": survivor["title"],
                "date": "2024-11-01",
            }
        ]
        answer = editing.client.get(f"{TWIN}/evidence", follow_redirects=False)
        assert answer.headers["location"] == f"http://testserver{EVENT}/evidence"

    def test_two_stages_of_one_treaty_become_one(self, editing: Editing) -> None:
        stage = {"type": "treaty", "subtype": "signed", "treaty": "friendship-treaty"}
        editing.create(make_treaty(), make_event(**stage))
        editing.create(make_event("2024-11-talks", **stage, date="2024-11"))

        _merge(editing, TWIN, "2024-11-01-talks")

        stages = editing.client.get("/v1/treaties/friendship-treaty").json()["stages"]
        assert [each["event"] for each in stages] == ["2024-11-01-talks"]
