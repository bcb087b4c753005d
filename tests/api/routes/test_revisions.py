"""Revisions of an entity: their list, documents and differences, also after its end."""

import json
from datetime import UTC, datetime
from typing import Any

import jsonpatch
import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from app.documents.json_patch import make_patch
from app.domain.vocabulary import EntityKind
from app.records.models import Record
from app.tables.database import Database
from tests.support.answers import walk_items
from tests.support.builders import (
    end,
    make_cast,
    make_event,
    make_participant,
    make_place,
    make_treaty,
    store,
)

LAVROV = "/v1/participants/sergey-lavrov"
OMSK = "/v1/places/omsk"


@pytest.fixture
def texts(client: TestClient, database: Database) -> list[str]:
    """Store three revisions of Lavrov, and return their documents."""
    seen = []
    for names in ({"en": "Lavrov"}, {"en": "S. Lavrov"}, {"en": "Sergey Lavrov", "fr": "Lavrov"}):
        store(database, make_participant(names=names))
        seen.append(client.get(LAVROV).text)
    return seen


class TestList:
    def test_gives_the_changes_without_documents_newest_first(
        self, client: TestClient, texts: list[str]
    ) -> None:
        items = walk_items(client, f"{LAVROV}/revisions?limit=1")

        assert [(item["revision"], item["op"]) for item in items] == [
            (3, "update"),
            (2, "update"),
            (1, "create"),
        ]
        changes = walk_items(client, "/v1/changes")
        assert [
            {**item, "document": json.loads(text)}
            for item, text in zip(items[::-1], texts, strict=True)
        ] == changes

    def test_counts_the_revisions(self, client: TestClient, texts: list[str]) -> None:
        page = client.get(f"{LAVROV}/revisions?limit=1&total=exact").json()["page"]

        assert (page["returned"], page["total"]) == (1, 3)

    def test_lists_only_this_entity(self, client: TestClient, database: Database) -> None:
        """Two kinds may have the same id."""
        store(database, make_place("friendship"), make_place("omsk"), make_treaty("friendship"))

        (item,) = client.get("/v1/places/friendship/revisions").json()["items"]

        assert (item["kind"], item["seq"]) == ("place", 1)

    def test_remains_after_a_merge(self, client: TestClient, database: Database) -> None:
        store(database, *make_cast())
        end(database, EntityKind.PARTICIPANT, "sergey-lavrov", into="choe-son-hui")

        last, _ = client.get(f"{LAVROV}/revisions").json()["items"]

        assert client.get(LAVROV, follow_redirects=False).status_code == 308
        assert (last["op"], last["revision"], last["survivor"]) == ("merge", 2, "choe-son-hui")
        assert last["reason"] == "it was a mistake"


class TestRevision:
    def test_is_the_document_of_that_time(self, client: TestClient, texts: list[str]) -> None:
        assert [client.get(f"{LAVROV}/revisions/{n}").text for n in (1, 2, 3)] == texts

    def test_is_immutable(self, client: TestClient, texts: list[str]) -> None:
        cache_control = client.get(f"{LAVROV}/revisions/3").headers["cache-control"]

        assert cache_control == "public, max-age=31536000, immutable"

    def test_all_revisions_except_the_last_remain_after_a_withdrawal(
        self, client: TestClient, database: Database
    ) -> None:
        store(database, make_place("omsk"))
        text = client.get(OMSK).text
        end(database, EntityKind.PLACE, "omsk")

        last = client.get(f"{OMSK}/revisions/2")

        assert client.get(f"{OMSK}/revisions/1").text == text
        assert last.status_code == 410
        assert last.json()["type"] == "/problems/withdrawn"
        assert last.json()["detail"] == (
            f"revision 2 ended the place: the place 'omsk' was withdrawn on {datetime.now(UTC).date()}: "
            "it was a mistake"
        )
        assert client.get(f"{OMSK}/diff?from=1&to=2").status_code == 410

    @pytest.mark.parametrize("revision", ["0", "-1", "1.0", "first", "9999999999"])
    def test_an_invalid_number_is_refused(
        self, client: TestClient, texts: list[str], revision: str
    ) -> None:
        answer = client.get(f"{LAVROV}/revisions/{revision}")

        assert answer.status_code == 400
        assert answer.json()["errors"][0]["parameter"] == "revision"


class TestDiff:
    @pytest.mark.parametrize(("before", "after"), [(1, 2), (1, 3), (3, 1), (2, 2)])
    def test_applying_it_gives_the_other_document(
        self, client: TestClient, texts: list[str], before: int, after: int
    ) -> None:
        answer = client.get(f"{LAVROV}/diff?from={before}&to={after}")

        assert answer.headers["content-type"] == "application/json-patch+json"
        made = jsonpatch.apply_patch(json.loads(texts[before - 1]), answer.text)
        assert made == json.loads(texts[after - 1])

    def test_lists_the_changed_fields(self, client: TestClient, database: Database) -> None:
        store(database, *make_cast(), make_event())
        store(database, make_event(title={"en": "Long talks"}))

        steps = client.get("/v1/events/2024-11-01-talks/diff?from=1&to=2").json()

        assert {"op": "replace", "path": "/title/en", "value": "Long talks"} in steps
        assert {step["path"] for step in steps} == {"/revision", "/updated_at", "/title/en"}

    def test_is_empty_between_equal_documents(self, client: TestClient, texts: list[str]) -> None:
        assert client.get(f"{LAVROV}/diff?from=1&to=1").json() == []

    @pytest.mark.parametrize(("before", "after"), [(1, 4), (4, 1)])
    def test_an_unknown_revision_is_not_found(
        self, client: TestClient, texts: list[str], before: int, after: int
    ) -> None:
        answer = client.get(f"{LAVROV}/diff?from={before}&to={after}")

        assert answer.status_code == 404
        assert answer.json()["detail"] == "the participant 'sergey-lavrov' has no revision 4"

    def test_needs_both_revisions(self, client: TestClient, texts: list[str]) -> None:
        answer = client.get(f"{LAVROV}/diff?from=1")

        assert answer.status_code == 400
        assert answer.json()["detail"] == "to: is required"


_json = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 3) | st.sampled_from([0.0, 1.0, "", "a", "/~"]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["a", "b", "~1/", ""]), inner, max_size=3)
    ),
    max_leaves=12,
)


@given(before=_json, after=_json)
def test_a_patch_turns_any_document_into_any_other(before: Any, after: Any) -> None:
    """Python treats 1, 1.0 and true as equal, but JSON does not."""
    old_text, new_text = json.dumps({"it": before}), json.dumps({"it": after}, sort_keys=True)

    made = jsonpatch.apply_patch(json.loads(old_text), make_patch(old_text, new_text))

    assert json.dumps(made, sort_keys=True) == new_text


@pytest.mark.parametrize(
    ("collection", "record"),
    [
        pytest.param("participants", make_participant(), id="participant"),
        pytest.param("places", make_place(), id="place"),
        pytest.param("treaties", make_treaty(), id="treaty"),
    ],
)
def test_each_kind_has_revisions(
    client: TestClient, database: Database, collection: str, record: Record
) -> None:
    store(database, record)
    path = f"/v1/{collection}/{record.id}"

    assert client.get(f"{path}/revisions/1").text == client.get(path).text
