"""The routes of tags, and the tags of events, as a client sees them."""

from typing import Any

import pytest
from starlette.testclient import TestClient

from app.documents.pages import TagPage
from app.tables.database import Database
from tests.support.answers import facet_counts, list_ids, walk, without_stamps
from tests.support.builders import make_cast, make_event, make_tag, store
from tests.support.editing import EVENT, Editing, plain

ARMS = "/v1/tags/arms"
GIVEN = {
    "names": {"en": "Arms", "fr": "Armes", "ru": "Вооружение", "ko": "무기"},
    "definition": {"en": "Deliveries of weapons.", "ru": "Поставки оружия."},
    "broader": "military",
}
# An event for each tag of a chain, and one for another subject.
TREE = {"military": None, "arms": "military", "missiles": "arms", "trade": None}


@pytest.fixture
def editing(client: TestClient, database: Database) -> Editing:
    """A client of a timeline with an event for each tag, and one for two tags."""
    tags = {id: make_tag(id, broader=broader) for id, broader in TREE.items()}
    store(
        database,
        *make_cast(),
        *(tags | {"arms": make_tag("arms", **GIVEN)}).values(),
        *(make_event(f"2024-01-01-{id}", tags=[id]) for id in TREE),
        make_event(tags=["trade", "missiles"]),
    )
    return Editing(client, database)


def tagged(client: TestClient, query: str) -> set[str]:
    """Return the ends of the ids of the events that a query finds."""
    return {id.split("-", 3)[3] for id in list_ids(client, f"events?{query}")}


class TestRead:
    def test_the_whole_document(self, editing: Editing) -> None:
        answer = editing.client.get(ARMS)

        assert answer.status_code == 200
        assert without_stamps(answer.json()) == {"id": "arms", "revision": 1, **GIVEN}

    def test_what_is_not_known_is_null(self, editing: Editing) -> None:
        tag = editing.client.get("/v1/tags/trade").json()

        assert (tag["definition"], tag["broader"]) == (None, None)

    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ("", ["arms", "military", "missiles", "trade"]),
            ("broader=military", ["arms"]),
            ("broader=arms&broader=military", ["arms", "missiles"]),
            ("broader=trade", []),
            ("id=trade", ["trade"]),
        ],
    )
    def test_the_list_has_filters(self, editing: Editing, query: str, found: list[str]) -> None:
        assert list_ids(editing.client, f"tags?{query}") == found

    def test_every_tag_of_the_seeds_matches_its_schema(self, seeded_client: TestClient) -> None:
        for page in walk(seeded_client, "/v1/tags?limit=200"):
            assert TagPage.model_validate(page).model_dump(mode="json") == page


class TestWrite:
    @pytest.mark.parametrize(
        ("patch", "changed"),
        [
            ({"definition": {"ru": None}}, {"definition": {"en": "Deliveries of weapons."}}),
            ({"definition": None}, {"definition": None}),
            (
                {"names": {"ko": None, "fr": "Armement"}},
                {"names": {"en": "Arms", "fr": "Armement", "ru": "Вооружение"}},
            ),
            ({"broader": None}, {"broader": None}),
        ],
    )
    def test_a_patch_changes_single_keys(
        self, editing: Editing, patch: dict[str, Any], changed: dict[str, Any]
    ) -> None:
        answer = editing.change("PATCH", ARMS, patch)

        assert answer.status_code == 200, answer.text
        assert without_stamps(answer.json()) == {"id": "arms", "revision": 2, **GIVEN, **changed}

    def test_a_definition_may_be_added(self, editing: Editing) -> None:
        body = {"definition": {"en": "Goods and prices."}}

        answer = editing.change("PATCH", "/v1/tags/trade", body)

        assert answer.json()["definition"] == {"en": "Goods and prices."}

    @pytest.mark.parametrize(
        ("patch", "pointer"),
        [
            ({"definition": {"en": None}}, "/definition/en"),
            ({"broader": "milatary"}, "/broader"),
            ({"broader": "arms"}, "/broader"),
            ({"broader": "missiles"}, "/broader"),
        ],
    )
    def test_a_wrong_value_or_a_circle_is_refused_with_its_place(
        self, editing: Editing, patch: dict[str, Any], pointer: str
    ) -> None:
        answer = editing.change("PATCH", ARMS, patch)

        assert answer.status_code == 422
        assert [error["pointer"] for error in answer.json()["errors"]] == [pointer]

    @pytest.mark.parametrize(("id", "role"), [("trade", "a tag"), ("military", "the broader tag")])
    def test_one_that_is_named_is_not_withdrawn(self, editing: Editing, id: str, role: str) -> None:
        answer = editing.change("DELETE", f"/v1/tags/{id}?reason=a mistake")

        assert answer.status_code == 409
        assert role in answer.text

    def test_one_that_nothing_names_is_withdrawn(self, editing: Editing) -> None:
        editing.create(make_tag("unused"))

        assert editing.change("DELETE", "/v1/tags/unused?reason=a mistake").status_code == 200
        assert editing.client.get("/v1/tags/unused").status_code == 410

    def test_an_event_with_an_unknown_tag_is_refused_with_the_nearest(
        self, editing: Editing
    ) -> None:
        answer = editing.change("PATCH", EVENT, {"tags": ["trade", "militari"]})

        (error,) = answer.json()["errors"]
        assert (answer.status_code, error["pointer"]) == (422, "/tags/1")
        assert error["detail"].startswith("there is no tag 'militari'")
        assert "'military'" in error["detail"]

    def test_revisions_and_their_difference(self, editing: Editing) -> None:
        editing.change("PATCH", ARMS, {"broader": None})

        listed = editing.client.get(f"{ARMS}/revisions").json()["items"]
        assert [each["revision"] for each in listed] == [2, 1]
        patch = editing.client.get(f"{ARMS}/diff?from=1&to=2").json()
        assert {"op": "replace", "path": "/broader", "value": None} in patch


class TestEvents:
    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ("tag=military", {"military", "arms", "missiles", "talks"}),
            ("tag=arms", {"arms", "missiles", "talks"}),
            ("tag=military&within=false", {"military"}),
            ("tag=arms&tag=trade", {"arms", "missiles", "talks", "trade"}),
            ("tag=nothing", set()),
        ],
    )
    def test_a_tag_includes_the_narrower_ones(
        self, editing: Editing, query: str, found: set[str]
    ) -> None:
        assert tagged(editing.client, query) == found

    def test_the_facet_counts_an_event_once_for_each_broader_tag(self, editing: Editing) -> None:
        assert facet_counts(editing.client, "tag") == {
            "military": 4,
            "arms": 3,
            "missiles": 2,
            "trade": 2,
        }
        assert facet_counts(editing.client, "tag", "within=false") == {
            "missiles": 2,
            "trade": 2,
            "arms": 1,
            "military": 1,
        }

    def test_a_search_finds_the_names_of_tags_after_a_rename(self, editing: Editing) -> None:
        editing.change("PATCH", "/v1/tags/trade", {"names": {"en": "Commerce", "ru": "Торговля"}})

        assert tagged(editing.client, "q=commerce") == {"trade", "talks"}
        assert tagged(editing.client, "q=Торговля") == {"trade", "talks"}

    def test_a_rename_leaves_the_documents_of_events(self, editing: Editing) -> None:
        """They name a tag by its id, so their revision stays."""
        editing.change("PATCH", "/v1/tags/trade", {"names": {"en": "Commerce"}})

        assert editing.client.get(EVENT).json()["revision"] == 1

    def test_a_past_state_has_the_tree_of_then(self, editing: Editing) -> None:
        last = editing.client.get("/v1/changes?limit=1000").json()["items"][-1]["seq"]
        editing.change("PATCH", ARMS, {"broader": None})

        assert tagged(editing.client, "tag=military") == {"military"}
        assert len(tagged(editing.client, f"tag=military&as_of={last}")) == 4
        assert facet_counts(editing.client, "tag", f"as_of={last}")["military"] == 4

    def test_an_import_may_bring_a_tag_and_its_event(self, editing: Editing) -> None:
        tags = [plain(make_tag("a", broader="b")), plain(make_tag("b"))]
        event = plain(make_event("2024-01-01-new", tags=["a"]))

        answer = editing.send("POST", "/v1/imports", {"events": [event], "tags": tags})

        assert answer.status_code == 200, answer.text
        assert tagged(editing.client, "tag=b") == {"new"}
