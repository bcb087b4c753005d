"""The routes of publishers, and the publishers, agencies and houses of sources, as a client sees them."""

from typing import Any

import pytest
from starlette.testclient import TestClient

from app.documents.pages import PublisherPage
from app.tables.database import Database
from tests.support.answers import list_ids, walk, without_stamps
from tests.support.builders import make_cast, make_event, make_publisher, make_source, store
from tests.support.editing import EVENT, Editing

KCNA = "/v1/publishers/kcna"
GIVEN = {
    "names": {
        "en": "Korean Central News Agency",
        "fr": "Agence centrale de presse coréenne",
        "ru": "Центральное телеграфное агентство Кореи",
        "ko": "조선중앙통신",
    },
    "aliases": ["KCNA", "ЦТАК"],
    "kind": "agency",
    "country": "KP",
    "state": True,
    "house": None,
}


@pytest.fixture
def editing(client: TestClient, database: Database) -> Editing:
    """A client of a timeline with a house, a copy of it, a copy of the copy, and a paper."""
    store(
        database,
        *make_cast(),
        make_publisher("kcna", **GIVEN),
        make_publisher("kcna-watch", kind="aggregator", house="kcna"),
        make_publisher("mirror", kind="aggregator", house="kcna-watch"),
        make_publisher("pravda", kind="newspaper", country="RU", state=False),
        make_source("at-kcna", publisher="kcna"),
        make_source("at-mirror", publisher="mirror"),
        make_source("by-mirror", publisher="pravda", agency="mirror"),
        make_event(sources=["at-kcna", "at-mirror", "by-mirror"]),
    )
    return Editing(client, database)


def houses(client: TestClient) -> dict[str, str | None]:
    """Return the house of each source of the event."""
    return {each["id"]: each["house"] for each in client.get(EVENT).json()["sources"]}


class TestRead:
    def test_the_whole_document(self, editing: Editing) -> None:
        answer = editing.client.get(KCNA)

        assert answer.status_code == 200
        assert without_stamps(answer.json()) == {"id": "kcna", "revision": 1, **GIVEN}

    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ("", ["kcna", "kcna-watch", "mirror", "pravda"]),
            ("kind=newspaper", ["pravda"]),
            ("kind=newspaper&kind=agency", ["kcna", "pravda"]),
            ("country=KP", ["kcna"]),
            # Directly, like `broader` of tags.
            ("house=kcna", ["kcna-watch"]),
            ("house=kcna&country=RU", []),
            ("state=true", ["kcna"]),
            ("state=false", ["pravda"]),
            ("state=true&state=false", ["kcna", "pravda"]),
            ("state=true&kind=newspaper", []),
            ("id=pravda", ["pravda"]),
        ],
    )
    def test_the_list_has_filters(self, editing: Editing, query: str, found: list[str]) -> None:
        assert list_ids(editing.client, f"publishers?{query}") == found

    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ("publisher=pravda", ["by-mirror"]),
            ("agency=mirror", ["by-mirror"]),
            ("publisher=kcna&publisher=mirror", ["at-kcna", "at-mirror"]),
            ("publisher=kcna&agency=mirror", []),
        ],
    )
    def test_sources_are_found_by_them(
        self, editing: Editing, query: str, found: list[str]
    ) -> None:
        assert list_ids(editing.client, f"sources?{query}") == found

    def test_every_publisher_of_the_seeds_matches_its_schema(
        self, seeded_client: TestClient
    ) -> None:
        for page in walk(seeded_client, "/v1/publishers?limit=200"):
            assert PublisherPage.model_validate(page).model_dump(mode="json") == page


class TestWrite:
    def test_a_put_creates(self, editing: Editing) -> None:
        record = {"id": "tass", "names": {"en": "TASS"}, "kind": "agency"}

        answer = editing.send("PUT", "/v1/publishers/tass", record)

        assert answer.status_code == 201
        unknown: dict[str, Any] = {"aliases": [], "country": None, "state": None, "house": None}
        assert without_stamps(answer.json()) == {"revision": 1, **record, **unknown}

    @pytest.mark.parametrize(
        "patch", [{"state": False}, {"state": None}, {"aliases": []}, {"country": None}]
    )
    def test_a_patch_changes_single_keys(self, editing: Editing, patch: dict[str, Any]) -> None:
        answer = editing.change("PATCH", KCNA, patch)

        assert answer.status_code == 200, answer.text
        assert without_stamps(answer.json()) == {"id": "kcna", "revision": 2, **GIVEN, **patch}

    @pytest.mark.thorough
    @pytest.mark.parametrize(
        ("patch", "pointer"),
        [
            ({"kind": "blog"}, "/kind"),
            ({"state": "yes"}, "/state"),
            ({"house": "tas"}, "/house"),
            ({"house": "kcna"}, "/house"),
            ({"house": "mirror"}, "/house"),
        ],
    )
    def test_a_wrong_value_or_a_circle_is_refused_with_its_place(
        self, editing: Editing, patch: dict[str, Any], pointer: str
    ) -> None:
        answer = editing.change("PATCH", KCNA, patch)

        assert answer.status_code == 422
        assert [error["pointer"] for error in answer.json()["errors"]] == [pointer]

    def test_a_circle_names_the_publishers_along_it(self, editing: Editing) -> None:
        answer = editing.change("PATCH", KCNA, {"house": "mirror"})

        assert "'kcna' house 'mirror' house 'kcna-watch' house 'kcna'" in answer.text

    @pytest.mark.parametrize(
        ("id", "role"),
        [
            ("pravda", "the publisher"),
            ("mirror", "the agency"),
            ("kcna", "the house that it copies"),
        ],
    )
    def test_one_that_is_named_is_not_withdrawn(self, editing: Editing, id: str, role: str) -> None:
        answer = editing.change("DELETE", f"/v1/publishers/{id}?reason=a mistake")

        assert answer.status_code == 409
        assert role in answer.text

    def test_revisions_and_their_difference(self, editing: Editing) -> None:
        editing.change("PATCH", KCNA, {"kind": "state_media"})

        listed = editing.client.get(f"{KCNA}/revisions").json()["items"]
        assert [each["revision"] for each in listed] == [2, 1]
        patch = editing.client.get(f"{KCNA}/diff?from=1&to=2").json()
        assert {"op": "replace", "path": "/kind", "value": "state_media"} in patch

    @pytest.mark.parametrize("field", ["publisher", "agency"])
    def test_a_source_of_an_unknown_one_is_refused_with_the_nearest(
        self, editing: Editing, field: str
    ) -> None:
        answer = editing.change("PATCH", "/v1/sources/tass-1", {field: "pravada"})

        (error,) = answer.json()["errors"]
        assert (answer.status_code, error["pointer"]) == (422, f"/{field}")
        assert error["detail"].startswith("there is no publisher 'pravada'")
        assert "'pravda'" in error["detail"]


class TestHouses:
    def test_a_copy_of_a_copy_has_the_first_house(self, editing: Editing) -> None:
        event = editing.client.get(EVENT).json()

        assert houses(editing.client) == dict.fromkeys(
            ("at-kcna", "at-mirror", "by-mirror"), "kcna"
        )
        assert event["independent_sources"] == 1
        assert list_ids(editing.client, "events?min_sources=2") == []

    def test_a_copy_that_becomes_a_house_changes_every_source_below_it(
        self, editing: Editing
    ) -> None:
        editing.change("PATCH", "/v1/publishers/kcna-watch", {"house": None})

        assert houses(editing.client) == {
            "at-kcna": "kcna",
            "at-mirror": "kcna-watch",
            "by-mirror": "kcna-watch",
        }
        assert editing.client.get(EVENT).json()["independent_sources"] == 2
        assert editing.client.get("/v1/sources/at-mirror").json()["house"] == "kcna-watch"
        assert len(list_ids(editing.client, "events?min_sources=2")) == 1

    def test_each_document_that_changes_with_it_is_logged_once(self, editing: Editing) -> None:
        last = editing.client.get("/v1/changes?limit=1000").json()["items"][-1]["seq"]
        editing.change("PATCH", "/v1/publishers/kcna-watch", {"house": None})

        changes = editing.client.get(f"/v1/changes?after={last}").json()["items"]
        assert [(each["kind"], each["id"]) for each in changes] == [
            ("publisher", "kcna-watch"),
            ("source", "at-mirror"),
            ("source", "by-mirror"),
            ("event", EVENT.removeprefix("/v1/events/")),
        ]

    def test_a_rename_rewrites_sources_and_events_that_show_it(self, editing: Editing) -> None:
        editing.change("PATCH", "/v1/publishers/pravda", {"names": {"ru": "Правда"}})

        shown = {"en": "PRAVDA", "ru": "Правда"}
        assert editing.client.get("/v1/sources/by-mirror").json()["publisher"]["name"] == shown
        assert editing.client.get(EVENT).json()["sources"][2]["publisher"]["name"] == shown
        assert editing.client.get("/v1/sources/at-kcna").json()["revision"] == 1

    def test_a_past_state_has_the_houses_of_then(self, editing: Editing) -> None:
        last = editing.client.get("/v1/changes?limit=1000").json()["items"][-1]["seq"]
        editing.change("PATCH", "/v1/publishers/kcna-watch", {"house": None})

        past = editing.client.get(f"{EVENT}?as_of={last}").json()
        assert past["independent_sources"] == 1
        assert list_ids(editing.client, f"events?min_sources=2&as_of={last}") == []
        assert list_ids(editing.client, f"publishers?house=kcna&as_of={last}") == ["kcna-watch"]

    def test_one_import_may_create_the_whole_chain(self, editing: Editing) -> None:
        """A publisher may follow the records that refer to it."""
        publishers = [
            {"id": id, "names": {"en": id}, "kind": "other", "house": house}
            for id, house in {"a": "b", "b": "c", "c": None}.items()
        ]
        source = {"id": "at-a", "language": "en", "url": "https://example.org", "publisher": "a"}

        answer = editing.send(
            "POST", "/v1/imports", {"sources": [source], "publishers": publishers}
        )

        assert answer.status_code == 200, answer.text
        assert editing.client.get("/v1/sources/at-a").json()["house"] == "c"
