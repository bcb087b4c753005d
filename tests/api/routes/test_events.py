"""The routes of events, as a client sees them."""

from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
from starlette.testclient import TestClient

from app.documents.entities.annotation import AnnotationPage
from app.documents.entities.event import EventDocument
from app.documents.pages import EventPage, RelatedEventPage
from app.domain.vocabulary import INVERSES
from app.main import create_app
from app.settings import Settings
from app.tables.database import Database
from tests.support.answers import walk, walk_items, without_stamps
from tests.support.builders import (
    make_cast,
    make_event,
    make_office,
    make_participant,
    make_place,
    make_publisher,
    make_source,
    make_tag,
    make_treaty,
)
from tests.support.builders import store as store_records

DIGEST = "0" * 63 + "1"


@pytest.fixture
def signing(database: Database) -> dict[str, Any]:
    """Store an event with every field filled in, and return its document."""
    evidence = [
        {
            "supports": ["date", "participants"],
            "basis": "stated",
            "selector": {"start": 10, "end": 20},
            "digest": DIGEST,
        },
        {
            "supports": ["place"],
            "basis": "inferred",
            "selector": {"start": 0, "end": 5},
            "digest": DIGEST,
            "note": "The dateline.",
        },
    ]
    store_records(
        database,
        *make_cast(),
        make_place("pyongyang", country="KP", names={"en": "Pyongyang", "ko": "평양"}),
        make_treaty(names={"en": "Treaty", "fr": "Traité"}),
        make_publisher("kcna"),
        make_publisher("kcna-watch", names={"en": "KCNA Watch"}, kind="aggregator"),
        make_office(names={"en": "Foreign Minister", "ko": "외무상"}),
        make_tag("signature"),
        make_tag("summit"),
        make_source(
            "kcna-1", agency="kcna", publisher="kcna-watch", published="2024-06-20", article="a1"
        ),
        make_event("2024-06-18-visit"),
        make_event(
            "2024-06-19-signing",
            type="treaty",
            subtype="signed",
            confidence="medium",
            date="2024-06-19~",
            title={"en": "Treaty signed", "fr": "Traité signé"},
            summary={"en": "It was signed.", "ru": "Подписан."},
            place="pyongyang",
            participants=[
                {"id": "sergey-lavrov", "role": "signatory", "side": "RU"},
                {"id": "choe-son-hui", "role": "host", "side": "KP", "capacity": "Acting"}
                | {"office": "foreign-minister"},
            ],
            treaty="friendship-treaty",
            relations=[{"type": "part_of", "event": "2024-06-18-visit"}],
            sources=["tass-1", {"source": "kcna-1", "evidence": evidence}],
            tags=["signature", "summit"],
            note="The day is from TASS.",
        ),
    )
    return {
        "id": "2024-06-19-signing",
        "revision": 1,
        "type": "treaty",
        "subtype": "signed",
        "status": "occurred",
        "confidence": "medium",
        "date": "2024-06-19~",
        "date_bounds": {
            "start": {"earliest": "2024-06-19", "latest": "2024-06-19"},
            "end": {"earliest": "2024-06-19", "latest": "2024-06-19"},
            "precision": "day",
            "approximate": True,
            "uncertain": False,
        },
        "date_text": {
            "en": "about 19 June 2024",
            "fr": "vers le 19 juin 2024",
            "ru": "около 19 июня 2024 года",
            "ko": "2024년 6월 19일경",
        },
        "title": {"en": "Treaty signed", "fr": "Traité signé"},
        "summary": {"en": "It was signed.", "ru": "Подписан."},
        "place": {
            "id": "pyongyang",
            "name": {"en": "Pyongyang", "ko": "평양"},
            "country": "KP",
            "latitude": 55.75,
            "longitude": 37.62,
            "precision": "city",
        },
        "further_places": [],
        "participants": [
            {
                "id": "sergey-lavrov",
                "kind": "person",
                "name": {"en": "Sergey Lavrov"},
                "role": "signatory",
                "office": None,
                "capacity": None,
                "side": "RU",
            },
            {
                "id": "choe-son-hui",
                "kind": "person",
                "name": {"en": "Choe Son Hui"},
                "role": "host",
                "office": {
                    "id": "foreign-minister",
                    "name": {"en": "Foreign Minister", "ko": "외무상"},
                    "rank": "foreign_minister",
                },
                "capacity": "Acting",
                "side": "KP",
            },
        ],
        "treaty": {
            "id": "friendship-treaty",
            "kind": "treaty",
            "name": {"en": "Treaty", "fr": "Traité"},
        },
        "relations": [
            {
                "type": "part_of",
                "event": "2024-06-18-visit",
                "title": {"en": "Talks"},
                "date": "2024-06-18",
            }
        ],
        "sources": [
            {
                "id": "tass-1",
                "publisher": None,
                "agency": None,
                "house": None,
                "title": None,
                "language": "en",
                "published": None,
                "url": "https://example.org/tass-1",
                "archived_url": None,
                "article": None,
                "evidence": [],
            },
            {
                "id": "kcna-1",
                "publisher": {"id": "kcna-watch", "name": {"en": "KCNA Watch"}},
                "agency": {"id": "kcna", "name": {"en": "KCNA"}},
                "house": "kcna",
                "title": None,
                "language": "en",
                "published": "2024-06-20",
                "url": "https://example.org/kcna-1",
                "archived_url": None,
                "article": "a1",
                "evidence": [{**evidence[0], "note": None}, evidence[1]],
            },
        ],
        "independent_sources": 2,
        "tags": ["signature", "summit"],
        "note": "The day is from TASS.",
    }


class TestListEvents:
    def test_the_whole_page(self, client: TestClient, signing: dict[str, Any]) -> None:
        answer = client.get("/v1/events?type=treaty")

        assert answer.status_code == 200
        assert answer.headers["content-type"] == "application/json"
        body = answer.json()
        assert [without_stamps(item) for item in body["items"]] == [signing]
        assert body["page"] == {
            "limit": 50,
            "returned": 1,
            "next": None,
            "total": None,
            "cursor": None,
            "prev": None,
            "prev_cursor": None,
            "unknown": [],
        }

    @pytest.mark.usefixtures("signing")
    def test_lists_the_newest_event_first(self, client: TestClient) -> None:
        ids = [item["id"] for item in client.get("/v1/events").json()["items"]]

        assert ids == ["2024-06-19-signing", "2024-06-18-visit"]

    def test_no_hits_are_an_empty_list(self, client: TestClient) -> None:
        answer = client.get("/v1/events?total=exact")

        assert answer.status_code == 200
        assert answer.json() == {
            "items": [],
            "page": {
                "limit": 50,
                "returned": 0,
                "next": None,
                "total": 0,
                "cursor": None,
                "prev": None,
                "prev_cursor": None,
                "unknown": [],
            },
            "counted": "events",
            "facets": {},
            "highlights": {},
        }
        assert "link" not in answer.headers

    def test_every_event_of_the_seeds_matches_its_schema(self, seeded_client: TestClient) -> None:
        for page in walk(seeded_client, "/v1/events?limit=200"):
            assert EventPage.model_validate(page).model_dump(mode="json") == page


class TestGetEvent:
    def test_the_whole_document(self, client: TestClient, signing: dict[str, Any]) -> None:
        answer = client.get("/v1/events/2024-06-19-signing")

        assert answer.status_code == 200
        assert answer.headers["content-type"] == "application/json"
        assert without_stamps(answer.json()) == signing

    @pytest.mark.usefixtures("signing")
    def test_the_document_is_the_item_of_the_list(self, client: TestClient) -> None:
        for item in client.get("/v1/events").json()["items"]:
            assert client.get(f"/v1/events/{item['id']}").json() == item

    def test_open_ends_are_null(self, database: Database, client: TestClient) -> None:
        store_records(database, *make_cast(), make_event("2018-10-22-stay", date="2018-10-22/.."))

        event = client.get("/v1/events/2018-10-22-stay").json()

        assert event["date_bounds"]["end"] == {"earliest": "2018-10-22", "latest": None}
        assert EventDocument.model_validate(event).date_bounds.end.latest is None


class TestListEventEvidence:
    @pytest.mark.usefixtures("signing")
    def test_evidence_is_a_list_of_web_annotations(self, client: TestClient) -> None:
        event = "http://testserver/v1/events/2024-06-19-signing"

        answer = client.get(f"{event}/evidence")

        assert answer.json() == {
            "items": [
                {
                    "@context": "http://www.w3.org/ns/anno.jsonld",
                    "id": f"{event}/evidence#kcna-1-1",
                    "type": "Annotation",
                    "motivation": "identifying",
                    "body": [_field(event, "/date"), _field(event, "/participants")],
                    "target": _span(10, 20),
                    "basis": "stated",
                    "digest": DIGEST,
                    "note": None,
                },
                {
                    "@context": "http://www.w3.org/ns/anno.jsonld",
                    "id": f"{event}/evidence#kcna-1-2",
                    "type": "Annotation",
                    "motivation": "identifying",
                    "body": [_field(event, "/place")],
                    "target": _span(0, 5),
                    "basis": "inferred",
                    "digest": DIGEST,
                    "note": "The dateline.",
                },
            ],
            "page": {
                "limit": 2,
                "returned": 2,
                "next": None,
                "total": 2,
                "cursor": None,
                "prev": None,
                "prev_cursor": None,
                "unknown": [],
            },
        }

    @pytest.mark.usefixtures("signing")
    def test_an_event_without_evidence_has_an_empty_list(self, client: TestClient) -> None:
        answer = client.get("/v1/events/2024-06-18-visit/evidence")

        assert answer.json()["items"] == []

    def test_annotations_of_the_seeds_lead_to_their_sources_and_fields(
        self, seeded_client: TestClient
    ) -> None:
        evidenced = [
            event
            for event in walk_items(seeded_client, "/v1/events?limit=200")
            if any(source["evidence"] for source in event["sources"])
        ]
        assert evidenced

        for event in evidenced:
            answer = seeded_client.get(f"/v1/events/{event['id']}/evidence").json()
            page = AnnotationPage.model_validate(answer)
            assert page.model_dump(mode="json") == answer
            assert len({annotation.id for annotation in page.items}) == len(page.items)
            for annotation in page.items:
                assert seeded_client.get(annotation.target.source).status_code == 200
                for body in annotation.body:
                    assert body.source.endswith(f"/v1/events/{event['id']}")
                    assert event[body.selector.value.removeprefix("/")]


def _field(event: str, pointer: str) -> dict[str, Any]:
    selector = {
        "type": "FragmentSelector",
        "conformsTo": "http://tools.ietf.org/rfc/rfc6901",
        "value": pointer,
    }
    return {"type": "SpecificResource", "source": event, "selector": selector}


def _span(start: int, end: int) -> dict[str, Any]:
    return {
        "type": "SpecificResource",
        "source": "http://testserver/v1/sources/kcna-1",
        "article": "a1",
        "selector": {"type": "TextPositionSelector", "start": start, "end": end},
    }


class TestListRelatedEvents:
    @pytest.mark.usefixtures("signing")
    def test_a_page_has_the_relations_and_the_events(self, client: TestClient) -> None:
        visit = client.get("/v1/events/2024-06-18-visit").json()

        answer = client.get("/v1/events/2024-06-19-signing/related?total=exact")

        assert answer.json() == {
            "items": [{"relation": "part_of", "event": visit}],
            "page": {
                "limit": 50,
                "returned": 1,
                "next": None,
                "total": 1,
                "cursor": None,
                "prev": None,
                "prev_cursor": None,
                "unknown": [],
            },
        }

    @pytest.mark.parametrize(("type_", "inverse"), INVERSES.items(), ids=[*INVERSES])
    def test_each_relation_is_seen_from_both_events(
        self, database: Database, client: TestClient, type_: str, inverse: str
    ) -> None:
        first = make_event("2024-06-18-first")
        second = make_event("2024-06-19-second", relations=[{"type": type_, "event": first.id}])
        store_records(database, *make_cast(), first, second)

        seen = {
            event.id: [
                (item["relation"], item["event"]["id"])
                for item in client.get(f"/v1/events/{event.id}/related").json()["items"]
            ]
            for event in (first, second)
        }

        assert seen == {second.id: [(type_, first.id)], first.id: [(inverse, second.id)]}

    def test_relations_in_both_directions_are_in_order_of_date(
        self, database: Database, client: TestClient
    ) -> None:
        reply = {"type": "replies_to", "event": "2024-06-01-letter"}
        announcement = {"type": "announces", "event": "2024-06-03-reply"}
        store_records(
            database,
            *make_cast(),
            make_event("2024-06-03-reply", relations=[reply]),
            make_event("2024-06-01-letter", relations=[announcement]),
            make_event("2024-06-02-note", relations=[announcement]),
        )

        items = client.get("/v1/events/2024-06-03-reply/related").json()["items"]

        assert [(item["event"]["id"], item["relation"]) for item in items] == [
            ("2024-06-01-letter", "announced_by"),
            ("2024-06-01-letter", "replies_to"),
            ("2024-06-02-note", "announced_by"),
        ]

    @pytest.mark.thorough
    def test_every_relation_of_the_seeds_matches_its_schema(
        self, seeded_client: TestClient
    ) -> None:
        related = [
            event["id"]
            for event in walk_items(seeded_client, "/v1/events?limit=200&date=2024")
            if event["relations"]
        ]
        assert related

        for event in related:
            for page in walk(seeded_client, f"/v1/events/{event}/related"):
                assert RelatedEventPage.model_validate(page).model_dump(mode="json") == page


class TestNext:
    """The body and the `Link` header have `page.next`, a URL that clients use unchanged."""

    @pytest.fixture
    def three(self, database: Database) -> Database:
        store_records(database, *make_cast(), *(make_event(f"2024-06-1{n}-talks") for n in "123"))
        return database

    @pytest.mark.usefixtures("three")
    def test_keeps_every_parameter(self, client: TestClient) -> None:
        parameters = [
            ("type", "visit"),
            ("type", "meeting"),
            ("date", "2024-06~/.."),
            ("total", "exact"),
            ("limit", "2"),
        ]

        answer = client.get(f"/v1/events?{urlencode(parameters)}")

        following = answer.json()["page"]["next"]
        assert following.startswith("http://testserver/v1/events?")
        assert parse_qsl(urlsplit(following).query)[:-1] == parameters
        assert answer.headers["link"] == f'<{following}>; rel="next"'
        last = client.get(following).json()
        assert [item["id"] for item in last["items"]] == ["2024-06-11-talks"]
        before = parse_qsl(urlsplit(last["page"].pop("prev")).query)
        assert before == [*parameters, ("cursor", last["page"].pop("prev_cursor"))]
        assert last["page"] == {
            "limit": 2,
            "returned": 1,
            "next": None,
            "total": 3,
            "cursor": None,
            "unknown": [],
        }

    def test_keeps_text_outside_ascii(self, database: Database, client: TestClient) -> None:
        same = {"names": {"en": "Kim", "ko": "김 & 정은"}}
        store_records(database, *(make_participant(f"kim-{n}", **same) for n in "12"))

        answer = client.get("/v1/participants", params={"name": ["김 & 정은", "Цой"], "limit": 1})

        following = answer.json()["page"]["next"]
        assert following.isascii()
        assert answer.headers["link"] == f'<{following}>; rel="next"'
        assert ("name", "김 & 정은") in parse_qsl(urlsplit(following).query)
        assert [item["id"] for item in client.get(following).json()["items"]] == ["kim-2"]

    @pytest.mark.parametrize(
        ("public_url", "headers", "base"),
        [
            pytest.param("", {}, "http://testserver", id="the URL of the request"),
            pytest.param(
                "", {"Host": "example.org:81"}, "http://example.org:81", id="the Host header"
            ),
            pytest.param("https://example.org", {}, "https://example.org", id="the public URL"),
            pytest.param(
                "https://example.org/timeline/",
                {"Host": "inside"},
                "https://example.org/timeline",
                id="a public URL with a path",
            ),
        ],
    )
    def test_begins_with_the_public_url_or_the_host(
        self, three: Database, public_url: str, headers: dict[str, str], base: str
    ) -> None:
        url = three.url.render_as_string(hide_password=False)
        with TestClient(create_app(Settings(database_url=url, public_url=public_url))) as client:
            answer = client.get("/v1/events?limit=1", headers=headers)
            evidence = client.get("/v1/events/2024-06-11-talks/evidence", headers=headers)

        following = answer.json()["page"]["next"]
        assert following.startswith(f"{base}/v1/events?limit=1&cursor=")
        assert answer.headers["link"] == f'<{following}>; rel="next"'
        assert evidence.status_code == 200

    @pytest.mark.parametrize("root_path", ["/timeline", "/v"])
    @pytest.mark.parametrize("prefixed", [True, False], ids=["path with prefix", "path without"])
    def test_keeps_the_prefix_of_a_proxy(
        self, three: Database, root_path: str, prefixed: bool
    ) -> None:
        url = three.url.render_as_string(hide_password=False)
        app = create_app(Settings(database_url=url))
        with TestClient(app, root_path=root_path) as client:
            first = f"{root_path if prefixed else ''}/v1/events?limit=2"
            following = client.get(first).json()["page"]["next"]
            last = client.get(following)

        assert following.startswith(f"http://testserver{root_path}/v1/events?limit=2&cursor=")
        assert [item["id"] for item in last.json()["items"]] == ["2024-06-11-talks"]
