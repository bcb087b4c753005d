"""Clients put, patch and withdraw an entity over HTTP."""

from typing import Any

import pytest
from sqlalchemy import func, select
from starlette.testclient import TestClient

from app.domain.vocabulary import ChangeOp, Scope
from app.records.models import Record
from app.tables import core as t
from app.tables.database import Database
from tests.support.apps import make_key
from tests.support.builders import (
    CHOE,
    count_changes,
    make_cast,
    make_event,
    make_participant,
    make_place,
    make_source,
    make_tag,
    make_treaty,
    store,
)
from tests.support.editing import EVENT, LAVROV, Editing, path_of, plain

EVIDENCE = {
    "supports": ["date"],
    "basis": "stated",
    "selector": {"start": 0, "end": 1},
    "digest": "0" * 64,
    "note": None,
}
STAGE = {"type": "treaty", "subtype": "signed", "treaty": "friendship-treaty"}
EVERY_KIND = [
    pytest.param(make_event(), id="event"),
    pytest.param(make_participant("maria-zakharova"), id="participant"),
    pytest.param(make_place(), id="place"),
    pytest.param(make_treaty(), id="treaty"),
    pytest.param(make_source("tass-2"), id="source"),
]


@pytest.fixture
def editing(client: TestClient, database: Database) -> Editing:
    """A client that may write; the entities that an event names exist."""
    store(database, *make_cast(), *map(make_tag, ("a", "b", "talks")))
    return Editing(client, database)


def _newest(database: Database) -> Any:
    with database.read() as connection:
        newest = select(t.change).order_by(t.change.c.seq.desc()).limit(1)
        return connection.execute(newest).one()


def _errors(answer: Any) -> list[tuple[str, str]]:
    assert answer.status_code == 422, answer.text
    assert answer.json()["type"] == "/problems/invalid-records"
    return [(item["pointer"], item["detail"]) for item in answer.json()["errors"]]


class TestPut:
    @pytest.mark.parametrize("record", EVERY_KIND)
    def test_creates_an_entity(self, editing: Editing, database: Database, record: Record) -> None:
        answer = editing.send("PUT", f"{path_of(record)}?reason=it was missing", plain(record))

        assert answer.status_code == 201
        assert answer.headers["location"] == f"http://testserver{path_of(record)}"
        assert answer.headers["content-location"] == answer.headers["location"]
        assert answer.headers["cache-control"] == "no-store"
        stored = editing.client.get(path_of(record))
        assert answer.content == stored.content
        assert answer.headers["etag"] == editing.tag(path_of(record))
        change = _newest(database)
        assert (change.op, change.slug, change.actor) == (ChangeOp.CREATE, record.id, "editor")
        assert change.reason == "it was missing"
        assert change.document == answer.text

    @pytest.mark.parametrize("record", EVERY_KIND)
    def test_replaces_an_entity(self, editing: Editing, database: Database, record: Record) -> None:
        editing.create(record)
        field = {"note": "new"} if "note" in plain(record) else {"country": "CN"}
        if "parties" in plain(record):
            field = {"registration": "UNTS 1"}

        answer = editing.change("PUT", path_of(record), plain(record) | field)

        assert answer.status_code == 200
        assert "location" not in answer.headers
        assert answer.json()["revision"] == 2
        assert answer.json().items() >= field.items()
        assert answer.headers["etag"] == editing.tag(path_of(record))
        assert _newest(database).reason is None

    def test_an_absent_field_is_removed(self, editing: Editing) -> None:
        editing.create(make_event(tags=["talks"], note="sure"))

        answer = editing.change("PUT", EVENT, plain(make_event()))

        assert (answer.json()["tags"], answer.json()["note"]) == ([], None)

    def test_repeating_a_put_changes_nothing(self, editing: Editing, database: Database) -> None:
        editing.create(make_event())
        before = count_changes(database)

        answer = editing.change("PUT", EVENT, plain(make_event()))

        assert (answer.status_code, answer.json()["revision"]) == (200, 1)
        assert count_changes(database) == before

    def test_the_id_must_be_the_id_of_the_path(self, editing: Editing) -> None:
        answer = editing.send("PUT", EVENT, plain(make_event("2024-11-02-talks")))

        expected = "expected the id of the path, '2024-11-01-talks': ids cannot change"
        assert _errors(answer) == [("/id", f"found '2024-11-02-talks', {expected}")]

    def test_every_error_has_its_line(self, editing: Editing) -> None:
        body = b'{"id": "2024-11-01-talks",\n "type": "meting",\n "date": "2024-13-01",\n "x": 1}'

        answer = editing.send("PUT", EVENT, body)

        found = [(e["pointer"], e["line"], e["record"]) for e in answer.json()["errors"]]
        assert {("/type", 2), ("/date", 3), ("/x", 4), ("/title", 1)} <= {f[:2] for f in found}
        assert {each[2] for each in found} == {"2024-11-01-talks"}

    @pytest.mark.parametrize(
        ("body", "detail"),
        [
            pytest.param(b"", "the body is empty", id="empty"),
            pytest.param(b"[]", "found an empty list, expected a mapping", id="a list"),
            pytest.param(b"{", "not valid JSON", id="cut off"),
            pytest.param(b'{"id": "a", "id": "b"}', "this key appears twice", id="a duplicate key"),
            pytest.param(b'{"latitude": NaN}', "NaN is not a number", id="NaN"),
            pytest.param(b'{"x": "\\ud800"}', "half a character", id="a lone surrogate"),
            pytest.param(b"\xff\xfe{}", "byte 0xFF is not UTF-8", id="UTF-16"),
            pytest.param(b'{"x": "\0"}', "not valid JSON", id="NUL"),
            pytest.param(b"[" * 100_000, "levels deep", id="deeply nested lists"),
        ],
    )
    @pytest.mark.parametrize("method", ["PUT", "PATCH"])
    def test_an_unreadable_body_is_refused(
        self, editing: Editing, database: Database, method: str, body: bytes, detail: str
    ) -> None:
        before = count_changes(database)

        answer = editing.send(method, LAVROV, body, {"If-Match": "*"})

        assert any(detail in problem for _, problem in _errors(answer)), answer.text
        assert count_changes(database) == before

    def test_an_unknown_reference_is_refused(self, editing: Editing) -> None:
        part = {"id": "sergei-lavrov", "role": "host", "side": "RU"}

        answer = editing.send("PUT", EVENT, plain(make_event()) | {"participants": [part]})

        assert _errors(answer) == [
            (
                "/participants/0/id",
                "there is no participant 'sergei-lavrov'; did you mean 'sergey-lavrov'?",
            )
        ]

    def test_an_identifier_of_another_participant_is_refused(self, editing: Editing) -> None:
        editing.create(make_participant("a", identifiers={"wikidata": "Q1"}))

        answer = editing.send(
            "PUT",
            "/v1/participants/b",
            plain(make_participant("b")) | {"identifiers": {"wikidata": "Q1"}},
        )

        assert _errors(answer) == [
            ("/identifiers/wikidata", "wikidata 'Q1' belongs to the participant 'a'")
        ]

    def test_evidence_in_a_source_without_an_article_is_refused(self, editing: Editing) -> None:
        cited = [{"source": "tass-1", "evidence": [EVIDENCE]}]

        answer = editing.send("PUT", EVENT, plain(make_event()) | {"sources": cited})

        assert _errors(answer) == [
            (
                "/sources/0/evidence/0/selector",
                (
                    "the source 'tass-1' names no article, in whose text these offsets would count: "
                    "leave the selector out, or name the article"
                ),
            )
        ]

    def test_an_article_with_evidence_cannot_be_removed(self, editing: Editing) -> None:
        editing.create(make_source("tass-2", article="000_1"))
        editing.create(make_event(sources=[{"source": "tass-2", "evidence": [EVIDENCE]}]))

        answer = editing.change("PUT", "/v1/sources/tass-2", plain(make_source("tass-2")))

        assert _errors(answer) == [
            ("/article", "this article has evidence of the event '2024-11-01-talks'")
        ]

    @pytest.mark.parametrize("reason", ["a%0Ab", "a%00b", "%20a", "x" * 501, "%E2%80%A8a"])
    def test_a_reason_must_be_one_short_line(self, editing: Editing, reason: str) -> None:
        answer = editing.send("PUT", f"{EVENT}?reason={reason}", plain(make_event()))

        assert answer.status_code == 400
        assert answer.json()["errors"][0]["parameter"] == "reason"

    def test_a_stage_updates_the_treaty(self, editing: Editing) -> None:
        editing.create(make_treaty(), make_event(**STAGE))

        stages = editing.client.get("/v1/treaties/friendship-treaty").json()["stages"]

        assert [stage["event"] for stage in stages] == ["2024-11-01-talks"]

    @pytest.mark.parametrize(
        ("record", "name", "query"),
        [
            pytest.param(make_participant(names={"en": "Wu"}), "participants", "Wu", id="a person"),
            pytest.param(make_place(names={"en": "Moskva"}), "place", "Moskva", id="a place"),
        ],
    )
    def test_a_new_name_appears_in_events_and_in_search(
        self, editing: Editing, record: Record, name: str, query: str
    ) -> None:
        editing.create(make_place(), make_event(place="moscow"))

        editing.change("PUT", path_of(record), plain(record))

        (event,) = editing.client.get(f"/v1/events?q={query}").json()["items"]
        named = event[name][0] if name == "participants" else event[name]
        assert named["name"] == {"en": query}
        assert event["revision"] == 2
        old = "Lavrov" if name == "participants" else "Moscow"
        assert editing.client.get(f"/v1/events?q={old}").json()["items"] == []


class TestDuplicates:
    def test_a_possible_duplicate_is_refused_unless_allowed(
        self, editing: Editing, database: Database
    ) -> None:
        editing.create(make_event())
        twin = make_event(
            "2024-11-01-meeting", participants=[CHOE, plain(make_event())["participants"][0]]
        )
        before = count_changes(database)

        answer = editing.send("PUT", path_of(twin), plain(twin))

        assert answer.status_code == 409
        assert answer.json()["type"] == "/problems/possible-duplicate"
        assert [e["record"] for e in answer.json()["errors"]] == ["2024-11-01-talks"]
        assert count_changes(database) == before
        insisted = editing.send("PUT", f"{path_of(twin)}?allow_duplicate=true", plain(twin))
        assert insisted.status_code == 201

    @pytest.mark.parametrize(
        "fields",
        [
            pytest.param({"date": "2024-11"}, id="another date"),
            pytest.param({"type": "visit", "subtype": "working"}, id="another type"),
            pytest.param({"participants": [CHOE]}, id="fewer participants"),
        ],
    )
    def test_an_event_that_differs_is_accepted(
        self, editing: Editing, fields: dict[str, Any]
    ) -> None:
        editing.create(make_event())

        editing.create(make_event("2024-11-01-meeting", **fields))

    def test_an_existing_event_may_become_similar_to_another(self, editing: Editing) -> None:
        editing.create(make_event(), make_event("2024-11-02-meeting"))

        answer = editing.change("PATCH", "/v1/events/2024-11-02-meeting", {"date": "2024-11-01"})

        assert answer.status_code == 200


class TestPatch:
    def test_changes_only_the_named_fields(self, editing: Editing, database: Database) -> None:
        editing.create(make_event(tags=["talks"], note="sure", title={"en": "A", "fr": "B"}))
        patch = {"title": {"fr": None, "ru": "C"}, "note": None, "status": "reported"}

        answer = editing.change("PATCH", f"{EVENT}?reason=better", patch)

        assert answer.status_code == 200
        document = answer.json()
        assert document["title"] == {"en": "A", "ru": "C"}
        assert (document["note"], document["status"], document["tags"]) == (
            None,
            "reported",
            ["talks"],
        )
        assert document["revision"] == 2
        assert answer.headers["etag"] == editing.tag(EVENT)
        assert _newest(database).reason == "better"

    @pytest.mark.parametrize("record", EVERY_KIND)
    def test_an_empty_patch_changes_nothing(
        self, editing: Editing, database: Database, record: Record
    ) -> None:
        """For each kind, the server restores the complete record from the document."""
        editing.create(record)
        before = count_changes(database)

        answer = editing.change("PATCH", path_of(record), {})

        assert (answer.status_code, answer.json()["revision"]) == (200, 1)
        assert count_changes(database) == before

    def test_null_removes_an_identifier(self, editing: Editing) -> None:
        editing.create(make_participant("a", identifiers={"wikidata": "Q1", "viaf": "2"}))

        answer = editing.change("PATCH", "/v1/participants/a", {"identifiers": {"viaf": None}})

        assert answer.json()["identifiers"] == {"wikidata": "Q1"}

    @pytest.mark.parametrize(
        ("patch", "errors"),
        [
            pytest.param({"titel": 1}, ["/titel"], id="an unknown field"),
            pytest.param({"titel": None}, ["/titel"], id="an unknown field removed"),
            pytest.param({"title": {"de": None}}, ["/title/de"], id="an unknown language"),
            pytest.param({"title": None}, ["/title"], id="null for a required field"),
            pytest.param({"title": {"en": None}}, ["/title/en"], id="English removed"),
            pytest.param({"status": "ocurred", "tags": "a"}, ["/status", "/tags"], id="two errors"),
            pytest.param({"type": "visit"}, ["/subtype"], id="fields that no longer match"),
            pytest.param(
                {"participants": [{"id": "a"}]},
                ["/participants/0/role", "/participants/0/side"],
                id="in a list",
            ),
            pytest.param({"id": "2024-11-02-talks"}, ["/id"], id="another id"),
            pytest.param({"revision": 7}, ["/revision"], id="a field that the server sets"),
            pytest.param({"place": "pyongyang"}, ["/place"], id="an unknown reference"),
        ],
    )
    def test_errors_point_into_the_patch(
        self, editing: Editing, patch: object, errors: list[str]
    ) -> None:
        editing.create(make_event())

        answer = editing.change("PATCH", EVENT, patch)

        assert [pointer for pointer, _ in _errors(answer)] == errors

    def test_a_missing_event_cannot_be_patched(self, editing: Editing) -> None:
        answer = editing.send("PATCH", EVENT, {}, {"If-Match": "*"})

        assert answer.status_code == 404
        assert answer.json()["detail"] == "there is no event with the id '2024-11-01-talks'"

    @pytest.mark.parametrize("media_type", ["application/json", "Application/JSON; charset=utf-8"])
    def test_plain_json_is_a_merge_patch(self, editing: Editing, media_type: str) -> None:
        """Several generators send nothing else."""
        editing.create(make_event(note="old", tags=["a"]))
        headers = {"Content-Type": media_type, "If-Match": editing.tag(EVENT)}

        answer = editing.send("PATCH", EVENT, {"note": None}, headers)

        assert answer.status_code == 200
        assert (answer.json()["note"], answer.json()["tags"]) == (None, ["a"])

    def test_another_media_type_is_refused(self, editing: Editing) -> None:
        editing.create(make_event())

        answer = editing.send("PATCH", EVENT, {}, {"Content-Type": "application/json-patch+json"})

        assert answer.status_code == 415
        assert answer.headers["accept"] == "application/merge-patch+json, application/json"

    def test_a_stage_moves_from_one_treaty_to_another(self, editing: Editing) -> None:
        editing.create(make_treaty(), make_treaty("other-treaty"), make_event(**STAGE))

        editing.change("PATCH", EVENT, {"treaty": "other-treaty"})

        stages = [
            len(editing.client.get(f"/v1/treaties/{slug}").json()["stages"])
            for slug in ("friendship-treaty", "other-treaty")
        ]
        assert stages == [0, 1]


class TestWithdraw:
    @pytest.mark.parametrize("record", EVERY_KIND)
    def test_a_withdrawn_entity_is_gone(
        self, editing: Editing, database: Database, record: Record
    ) -> None:
        editing.create(record)

        answer = editing.change("DELETE", f"{path_of(record)}?reason=never happened")

        assert answer.status_code == 200
        assert answer.headers["cache-control"] == "no-store"
        change = _newest(database)
        assert (
            answer.json().items()
            >= {
                "seq": change.seq,
                "op": "withdraw",
                "id": record.id,
                "revision": 2,
                "reason": "never happened",
                "survivor": None,
            }.items()
        )
        assert change.document is None
        gone = editing.client.get(path_of(record))
        assert gone.status_code == 410
        assert gone.json()["type"] == "/problems/withdrawn"
        assert gone.json()["detail"] == (
            f"the {change.kind} {record.id!r} was withdrawn on {change.at:%Y-%m-%d}: never happened"
        )
        again = editing.send("PUT", path_of(record), plain(record))
        assert again.status_code == 410

    def test_a_withdrawn_event_leaves_no_rows_tags_or_stages(
        self, editing: Editing, database: Database
    ) -> None:
        related = make_event("2024-10-01-talks")
        editing.create(related, make_source("tass-2", article="000_1"), make_treaty())
        editing.create(
            make_event(
                **STAGE,
                tags=["talks"],
                relations=[{"type": "follows", "event": "2024-10-01-talks"}],
                sources=[{"source": "tass-2", "evidence": [EVIDENCE]}],
            )
        )

        editing.change("DELETE", f"{EVENT}?reason=never happened")

        with database.read() as connection:
            for table in (t.relation, t.evidence, t.event_tag):
                assert connection.scalar(select(func.count()).select_from(table)) == 0
        assert len(editing.client.get("/v1/events?q=Talks").json()["items"]) == 1
        treaty = editing.client.get("/v1/treaties/friendship-treaty").json()
        assert treaty["stages"] == []
        assert _newest(database).op is ChangeOp.WITHDRAW

    @pytest.mark.parametrize("below", ["/evidence", "/related"])
    def test_paths_below_a_withdrawn_event_are_gone(self, editing: Editing, below: str) -> None:
        editing.create(make_event())
        editing.change("DELETE", f"{EVENT}?reason=never happened")

        assert editing.client.get(f"{EVENT}{below}").status_code == 410

    def test_a_reason_is_required(self, editing: Editing) -> None:
        editing.create(make_event())

        answer = editing.change("DELETE", EVENT)

        assert answer.status_code == 400
        assert answer.json()["errors"] == [
            {
                "parameter": "reason",
                "record": None,
                "pointer": None,
                "line": None,
                "detail": "is required",
            }
        ]

    @pytest.mark.thorough
    @pytest.mark.parametrize(
        ("path", "role"),
        [
            ("/v1/participants/choe-son-hui", "this event refers to it as a participant"),
            ("/v1/places/moscow", "this event refers to it as a place"),
            ("/v1/sources/tass-1", "this event refers to it as a source"),
            ("/v1/treaties/friendship-treaty", "this event refers to it as the treaty"),
            (EVENT, "this event refers to it as a related event"),
        ],
    )
    def test_an_entity_that_an_event_refers_to_cannot_be_withdrawn(
        self, editing: Editing, database: Database, path: str, role: str
    ) -> None:
        editing.create(make_place(), make_treaty(), make_event())
        related = [{"type": "follows", "event": "2024-11-01-talks"}]
        editing.create(make_event("2024-12-01-signing", **STAGE, place="moscow", relations=related))
        before = count_changes(database)

        answer = editing.change("DELETE", f"{path}?reason=wrong")

        assert answer.status_code == 409
        assert answer.json()["type"] == "/problems/still-referred"
        last = answer.json()["errors"][-1]
        assert (last["record"], last["detail"]) == ("2024-12-01-signing", role)
        assert count_changes(database) == before

    def test_an_organisation_that_a_position_names_cannot_be_withdrawn(
        self, editing: Editing
    ) -> None:
        editing.create(make_participant("mid", kind="organisation"))
        editing.create(make_participant("a", positions=[{"title": "x", "organisation": "mid"}]))

        answer = editing.change("DELETE", "/v1/participants/mid?reason=wrong")

        assert answer.json()["errors"][0]["detail"] == (
            "this participant refers to it as the organisation of a position"
        )

    def test_only_the_first_twenty_references_are_named(
        self, editing: Editing, database: Database
    ) -> None:
        store(database, *(make_event(f"2024-11-{day:02}-talks") for day in range(1, 23)))

        answer = editing.change("DELETE", f"{LAVROV}?reason=wrong")

        assert len(answer.json()["errors"]) == 20
        assert answer.json()["detail"] == (
            "the participant 'sergey-lavrov' is still referred to by more than 20 records"
        )


class TestKeys:
    @pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "POST"])
    def test_a_write_needs_a_key(self, editing: Editing, method: str) -> None:
        editing.create(make_event())
        path = f"{EVENT}/merge?into=a&reason=b" if method == "POST" else f"{EVENT}?reason=b"

        answer = editing.client.request(method, path)

        assert answer.status_code == 401
        assert answer.headers["www-authenticate"] == 'Bearer realm="timeline"'

    def test_a_merge_needs_an_admin_key(self, client: TestClient, database: Database) -> None:
        key = make_key(database, "somebody", Scope.WRITE)

        answer = client.post(
            f"{EVENT}/merge?into=a&reason=b", headers={"Authorization": f"Bearer {key}"}
        )

        assert answer.status_code == 403
        assert answer.json()["type"] == "/problems/insufficient-scope"


class TestBrowsers:
    @pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "POST"])
    def test_a_web_page_may_write(self, client: TestClient, method: str) -> None:
        headers = "authorization, content-type, idempotency-key, if-match, if-none-match"
        answer = client.options(
            EVENT,
            headers={
                "Origin": "https://example.org",
                "Access-Control-Request-Method": method,
                "Access-Control-Request-Headers": headers,
            },
        )

        assert answer.status_code == 200
        granted = answer.headers["access-control-allow-methods"].replace("*", method)
        assert method in granted.split(", ")
        allowed = answer.headers["access-control-allow-headers"].lower()
        # `*` does not include Authorization (Fetch standard), so the server must name it.
        assert "authorization" in allowed

    def test_a_web_page_may_read_the_headers_of_a_write(self, editing: Editing) -> None:
        answer = editing.send("PUT", EVENT, plain(make_event()), {"Origin": "https://example.org"})

        assert answer.headers["access-control-allow-origin"] == "*"
        exposed = answer.headers["access-control-expose-headers"].split(", ")
        assert {"ETag", "Location", "Content-Location"} <= {*exposed}
