"""A dry run of a PUT or a PATCH: the changes of the record and warnings, and nothing written."""

from typing import Any

import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from app.domain.vocabulary import EntityKind, Scope
from app.records.models import Record
from app.tables.database import Database
from tests.support.builders import (
    CHOE,
    end,
    make_cast,
    make_event,
    make_participant,
    make_place,
    make_source,
    make_tag,
    make_treaty,
    store,
)
from tests.support.editing import EVENT, Editing, path_of, plain

REVIEW = "application/vnd.timeline.review+json"


@pytest.fixture
def editing(client: TestClient, database: Database) -> Editing:
    """A client that may write; the entities that an event names exist."""
    store(database, *make_cast(), make_event())
    return Editing(client, database, Scope.WRITE)


def _log(editing: Editing) -> str:
    log: str = editing.client.get("/v1/changes.ndjson").text
    return log


def _try(editing: Editing, record: Record, query: str = "", **headers: str) -> Response:
    """Send the dry run; nothing may be written by it."""
    before = _log(editing)
    url = f"{path_of(record)}?dry_run=true{query}"
    answer = editing.send("PUT", url, plain(record), headers)
    assert _log(editing) == before
    return answer


def _rules(review: dict[str, Any]) -> list[str]:
    return [each["rule"] for each in review["warnings"]]


@pytest.mark.parametrize(
    "record",
    [
        pytest.param(make_event("2024-12-01-talks"), id="event"),
        pytest.param(make_participant("maria-zakharova"), id="participant"),
        pytest.param(make_place(), id="place"),
        pytest.param(make_source("tass-2"), id="source"),
        pytest.param(make_tag("talks"), id="tag"),
        pytest.param(make_treaty(), id="treaty"),
    ],
)
def test_a_new_entity_would_be_created(editing: Editing, record: Record) -> None:
    answer = _try(editing, record)

    assert (answer.status_code, answer.headers["content-type"]) == (200, REVIEW)
    (reviewed,) = answer.json()["records"]
    assert (reviewed["id"], reviewed["effect"]) == (record.id, "create")
    assert (reviewed["fields"], reviewed["patch"]) == ([], [])
    assert editing.client.get(path_of(record)).status_code == 404
    assert "etag" not in answer.headers


def test_each_field_that_would_change_has_its_old_and_new_value(editing: Editing) -> None:
    changed = make_event(title={"en": "More talks", "fr": "Entretien"}, note="long")

    (reviewed,) = _try(editing, changed).json()["records"]

    assert reviewed["effect"] == "update"
    fields = {each["field"]: (each["before"], each["after"]) for each in reviewed["fields"]}
    assert fields == {
        "title/en": ("Talks", "More talks"),
        "title/fr": (None, "Entretien"),
        "note": (None, "long"),
    }
    steps = {step["path"]: step["op"] for step in reviewed["patch"]}
    assert steps == {"/title/en": "replace", "/title/fr": "add", "/note": "replace"}


def test_is_the_review_of_an_import_of_the_record(editing: Editing) -> None:
    changed = make_event(summary={"en": "The ministers met."}, participants=[CHOE])

    review = _try(editing, changed).json()

    body = {"events": [plain(changed)]}
    imported = editing.send("POST", "/v1/imports?dry_run=true", body).json()["review"]
    # An import warns of edits by hand too; a PUT has `If-Match` for them.
    edits = [each for each in imported["warnings"] if each["rule"] == "edited-since"]
    assert review["records"] == imported["records"]
    assert review["warnings"] == [
        {**each, "line": 1} for each in imported["warnings"] if each not in edits
    ]


def test_the_stored_record_would_change_nothing(editing: Editing) -> None:
    assert _try(editing, make_event()).json()["records"] == []


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        pytest.param({}, 200, id="no tag"),
        pytest.param({"If-Match": '"of-before"'}, 412, id="an old tag"),
        pytest.param({"If-None-Match": "*"}, 412, id="only a new entity"),
    ],
)
def test_a_tag_that_is_sent_is_compared(
    editing: Editing, headers: dict[str, str], status: int
) -> None:
    assert _try(editing, make_event(note="x"), **headers).status_code == status


def test_a_possible_duplicate_is_refused_as_by_the_write(editing: Editing) -> None:
    twin = make_event("2024-11-01-meeting")

    refused = _try(editing, twin)
    allowed = _try(editing, twin, "&allow_duplicate=true")

    assert (refused.status_code, allowed.status_code) == (409, 200)
    assert "same-event" in _rules(allowed.json())


def test_a_record_that_the_write_refuses_is_refused(editing: Editing) -> None:
    answer = _try(editing, make_event(place="atlantis"))

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == "/place"


def test_warns_of_rules_that_the_record_breaks(editing: Editing) -> None:
    future = make_event("2150-01-01-talks")

    warnings = _try(editing, future).json()["warnings"]

    assert ("occurred-in-future", "event", future.id, 1) in [
        (each["rule"], each["kind"], each["id"], each["line"]) for each in warnings
    ]


def test_a_withdrawn_entity_is_gone_and_a_merged_one_named_by_its_survivor(
    editing: Editing, database: Database
) -> None:
    store(database, make_participant("sergei-lavrov"), make_event("2024-11-02-talks"))
    end(database, EntityKind.PARTICIPANT, "sergei-lavrov", into="sergey-lavrov")
    end(database, EntityKind.EVENT, "2024-11-02-talks")
    old = {**plain(make_event())["participants"][0], "id": "sergei-lavrov"}
    merged = make_event(participants=[old, CHOE])

    answer = _try(editing, merged)

    assert answer.json()["records"] == []
    assert 'rel="canonical"' in answer.headers["link"]
    assert _try(editing, make_event("2024-11-02-talks")).status_code == 410


class TestPatch:
    @staticmethod
    def _try(editing: Editing, patch: dict[str, Any], url: str = EVENT, **headers: str) -> Response:
        before = _log(editing)
        answer = editing.send("PATCH", f"{url}?dry_run=true", patch, headers)
        assert _log(editing) == before
        return answer

    def test_is_the_review_of_the_patched_record(self, editing: Editing) -> None:
        patched = self._try(editing, {"note": "long", "title": {"fr": "Entretien"}})

        assert (patched.status_code, patched.headers["content-type"]) == (200, REVIEW)
        put = _try(editing, make_event(note="long", title={"en": "Talks", "fr": "Entretien"}))
        assert patched.json() == put.json()
        assert "etag" not in patched.headers

    def test_the_patch_is_then_written_as_shown(self, editing: Editing) -> None:
        patch = {"note": "long", "title": {"fr": "Entretien"}}
        (shown,) = self._try(editing, patch).json()["records"]

        tag = editing.client.get(EVENT).headers["etag"]
        written = editing.send("PATCH", EVENT, patch, {"If-Match": tag}).json()

        assert {each["field"]: each["after"] for each in shown["fields"]} == {
            "note": written["note"],
            "title/fr": written["title"]["fr"],
        }

    def test_a_patch_without_effect_changes_nothing(self, editing: Editing) -> None:
        assert self._try(editing, {"note": None}).json()["records"] == []

    @pytest.mark.parametrize(
        ("url", "patch", "headers", "status"),
        [
            pytest.param(EVENT, {"note": "x"}, {"If-Match": '"of-before"'}, 412, id="an old tag"),
            pytest.param(EVENT, {"place": "atlantis"}, {}, 422, id="an unknown place"),
            pytest.param(EVENT, {"colour": "red"}, {}, 422, id="an unknown field"),
            pytest.param("/v1/events/2030-01-01-none", {"note": "x"}, {}, 404, id="no such event"),
        ],
    )
    def test_is_refused_as_the_write_would_be(
        self,
        editing: Editing,
        url: str,
        patch: dict[str, Any],
        headers: dict[str, str],
        status: int,
    ) -> None:
        assert self._try(editing, patch, url, **headers).status_code == status


def test_needs_a_key_that_may_write(editing: Editing) -> None:
    answer = editing.client.put(f"{EVENT}?dry_run=true", json=plain(make_event(note="x")))

    assert answer.status_code == 401
