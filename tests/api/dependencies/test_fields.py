"""`fields`: a client asks for events with only some of their keys."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from app.documents.entities.event import EventDocument
from app.documents.partial import EventField, PartialEventPage
from tests.support.chance import scaled

PARTIAL = "application/vnd.timeline.partial+json"
LISTS = ("/v1/events", "/v1/participants/kim-jong-un/events")


def test_each_key_of_an_event_is_a_field() -> None:
    assert {*EventField} == EventDocument.model_fields.keys()


class TestFields:
    @pytest.mark.thorough
    @settings(max_examples=scaled(30), deadline=None)
    @given(st.lists(st.sampled_from(EventField), min_size=1, max_size=6), st.sampled_from(LISTS))
    def test_the_answer_holds_only_the_requested_keys_and_the_id(
        self, seeded_client: TestClient, fields: list[EventField], url: str
    ) -> None:
        whole = seeded_client.get(f"{url}?limit=5").json()

        answer = seeded_client.get(url, params={"fields": fields, "limit": "5"})

        kept = {"id", *fields}
        assert answer.headers["content-type"] == PARTIAL
        # Compared as pairs, because the keys must keep the order of the whole document.
        assert [[*item.items()] for item in answer.json()["items"]] == [
            [(key, value) for key, value in item.items() if key in kept] for item in whole["items"]
        ]
        assert answer.json()["page"]["returned"] == 5

    def test_an_export_with_fields_has_a_separate_etag(self, seeded_client: TestClient) -> None:
        url = "/v1/events.ndjson?date=2024-11"

        whole, parts = seeded_client.get(url), seeded_client.get(f"{url}&fields=title")

        documents = [json.loads(line) for line in whole.text.splitlines()]
        assert [json.loads(line) for line in parts.text.splitlines()] == [
            {"id": each["id"], "title": each["title"]} for each in documents
        ]
        assert parts.headers["content-type"] == whole.headers["content-type"]
        assert parts.headers["etag"] != whole.headers["etag"]

    def test_the_link_to_the_next_page_keeps_the_fields(self, seeded_client: TestClient) -> None:
        first = seeded_client.get("/v1/events?fields=title&limit=2").json()

        second = seeded_client.get(first["page"]["next"]).json()

        assert [item.keys() for item in second["items"]] == [{"id", "title"}] * 2

    def test_letters_outside_ascii_are_not_escaped(self, seeded_client: TestClient) -> None:
        answer = seeded_client.get("/v1/events?fields=participants&participant=kim-jong-un&limit=1")

        assert "김정은" in answer.text

    def test_without_fields_every_key_is_present(self, seeded_client: TestClient) -> None:
        answer = seeded_client.get("/v1/events?limit=1")

        assert answer.headers["content-type"] == "application/json"
        assert answer.json()["items"][0].keys() == EventDocument.model_fields.keys()

    @pytest.mark.parametrize(
        ("field", "remedy"),
        [
            pytest.param("titel", "did you mean 'title'?", id="misspelt"),
            pytest.param("ID", "did you mean 'id'?", id="capitals"),
            pytest.param("title.en", "did you mean 'title'?", id="a key within a key"),
            pytest.param("", "has no value", id="empty"),
        ],
    )
    def test_an_unknown_key_is_refused(self, client: TestClient, field: str, remedy: str) -> None:
        problem: dict[str, Any] = client.get(f"/v1/events?fields={field}").json()

        assert problem["type"] == "/problems/invalid-parameter"
        assert problem["errors"][0]["parameter"] == "fields"
        assert remedy in problem["detail"]

    def test_one_event_has_only_the_requested_keys_too(self, seeded_client: TestClient) -> None:
        whole = seeded_client.get("/v1/events?limit=1").json()["items"][0]

        answer = seeded_client.get(f"/v1/events/{whole['id']}?fields=title&fields=date")

        assert answer.headers["content-type"] == PARTIAL
        assert answer.json() == {key: whole[key] for key in ("id", "date", "title")}
        # A change needs the tag of the whole document.
        assert (
            answer.headers["etag"] != seeded_client.get(f"/v1/events/{whole['id']}").headers["etag"]
        )

    def test_the_openapi_document_declares_partial_events(self, seeded_client: TestClient) -> None:
        document = seeded_client.get("/openapi.json").json()

        content = document["paths"]["/v1/events"]["get"]["responses"]["200"]["content"]
        schemas = document["components"]["schemas"]

        assert content[PARTIAL]["schema"] == {"$ref": "#/components/schemas/PartialEventPage"}
        one = document["paths"]["/v1/events/{event_id}"]["get"]["responses"]["200"]["content"]
        assert one[PARTIAL]["schema"] == {"$ref": "#/components/schemas/PartialEvent"}
        assert schemas["PartialEvent"]["required"] == ["id"]
        assert schemas["PartialEvent"]["properties"] == schemas["EventDocument"]["properties"]
        assert PartialEventPage.__name__ in schemas
