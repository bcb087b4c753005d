"""`/v1/events/{event_id}.jsonld` has ETags, past states and tombstones like the document."""

import json

import pytest
from starlette.testclient import TestClient

from app.documents.entities.event import EventDocument
from app.domain.vocabulary import EntityKind
from app.formats.events.jsonld import write_jsonld
from app.tables.database import Database
from tests.support.builders import end as end_entity
from tests.support.builders import make_cast, make_event, make_participant, store

EVENT = "2024-11-01-lavrov-choe-strategic-consultations"
TALKS = "2024-11-01-talks"


class TestGetEventJsonld:
    def test_has_the_titles_date_and_url_of_the_event(self, seeded_client: TestClient) -> None:
        document = seeded_client.get(f"/v1/events/{EVENT}").json()

        answer = seeded_client.get(f"/v1/events/{EVENT}.jsonld")

        assert answer.status_code == 200
        assert answer.headers["content-type"] == "application/ld+json"
        made = answer.json()
        assert {each["@language"]: each["@value"] for each in made["name"]} == document["title"]
        assert made["date"] == document["date"]
        assert made["url"] == f"http://testserver/v1/events/{EVENT}"
        assert seeded_client.get(made["url"]).json() == document

    def test_takes_identifiers_from_the_participants(
        self, client: TestClient, database: Database
    ) -> None:
        known = make_participant(identifiers={"wikidata": "Q58217"})
        store(database, *make_cast()[1:], known, make_event())

        made = client.get(f"/v1/events/{TALKS}.jsonld").json()

        host, guest = made["organizer"][0]["organizer"], made["attendee"][0]["attendee"]
        assert host["sameAs"] == ["http://www.wikidata.org/entity/Q58217"]
        assert guest["sameAs"] == []

    def test_no_event_of_the_seeds_has_a_finer_date_than_is_known(
        self, seeded_client: TestClient
    ) -> None:
        """Every `startDate` is a prefix of both the earliest and the latest possible day."""
        checked = 0
        for line in seeded_client.get("/v1/events.ndjson").text.splitlines():
            event = EventDocument.model_validate_json(line)
            made = json.loads(write_jsonld(event, {}, "https://example.org/v1"))
            bounds = json.loads(line)["date_bounds"]
            for key, days in (("startDate", bounds["start"]), ("endDate", bounds["end"])):
                if key in made:
                    checked += 1
                    assert days["earliest"].startswith(made[key]), line
                    assert days["latest"].startswith(made[key]), line

        assert checked > 1500

    def test_has_an_etag(self, seeded_client: TestClient) -> None:
        url = f"/v1/events/{EVENT}.jsonld"
        first = seeded_client.get(url)

        again = seeded_client.get(url, headers={"If-None-Match": first.headers["etag"]})

        assert again.status_code == 304
        assert first.headers["etag"] != seeded_client.get(f"/v1/events/{EVENT}").headers["etag"]

    def test_the_answer_of_a_past_state_never_changes(
        self, client: TestClient, database: Database
    ) -> None:
        store(database, *make_cast(), make_event())
        before = client.get(f"/v1/events/{TALKS}.jsonld").json()
        seq = client.get("/v1/changes?limit=1000").json()["items"][-1]["seq"]
        store(database, make_event(title={"en": "Other talks"}))

        answer = client.get(f"/v1/events/{TALKS}.jsonld?as_of={seq}")

        found = answer.json()
        # The statements about the record hold for the past record, which has a separate URL.
        record, now = found["subjectOf"][0], before["subjectOf"][0]
        assert record.pop("url") == record.pop("@id") == f"{now.pop('url')}?as_of={seq}"
        del now["@id"]
        assert found == before
        assert "immutable" in answer.headers["cache-control"]
        assert client.get(f"/v1/events/{TALKS}.jsonld").json()["name"] != before["name"]

    def test_an_unknown_event_is_not_found(self, seeded_client: TestClient) -> None:
        answer = seeded_client.get("/v1/events/2024-no-such-thing.jsonld")

        assert answer.status_code == 404
        assert "'2024-no-such-thing'" in answer.json()["detail"]

    def test_a_withdrawn_event_is_gone(self, client: TestClient, database: Database) -> None:
        store(database, *make_cast(), make_event())
        end_entity(database, EntityKind.EVENT, TALKS)

        assert client.get(f"/v1/events/{TALKS}.jsonld").status_code == 410

    def test_a_merged_event_redirects_to_the_other(
        self, client: TestClient, database: Database
    ) -> None:
        store(database, *make_cast(), make_event(), make_event("2024-11-02-talks"))
        end_entity(database, EntityKind.EVENT, TALKS, "2024-11-02-talks")

        answer = client.get(f"/v1/events/{TALKS}.jsonld", follow_redirects=False)

        assert answer.status_code == 308
        assert answer.headers["location"] == "http://testserver/v1/events/2024-11-02-talks.jsonld"
        assert client.get(answer.headers["location"]).status_code == 200

    @pytest.mark.parametrize("event_id", ["histogram", "x.jsonld", "2024-a.json", ".jsonld"])
    def test_an_invalid_id_is_refused(self, seeded_client: TestClient, event_id: str) -> None:
        answer = seeded_client.get(f"/v1/events/{event_id}.jsonld")

        assert answer.status_code == 400
        assert answer.json()["errors"][0]["parameter"] == "event_id"
