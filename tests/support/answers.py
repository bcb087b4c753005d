"""Helpers for answers of the API: pages and items of a list, documents without timestamps."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from starlette.testclient import TestClient

JsonObject = dict[str, Any]

# An id from the seeds for each parameter in a path.
EXAMPLE_IDS = {
    "event_id": "2024-11-01-lavrov-choe-strategic-consultations",
    "participant_id": "sergey-lavrov",
    "treaty_id": "friendship-treaty-1961",
    "place_id": "moscow",
    "office_id": "kp-foreign-minister",
    "publisher_id": "kcna",
    "source_id": "tass-1865655",
    "tag_id": "military",
    "problem": "not-found",
    "seq": "3799",
    "revision": "1",
    "release_name": "2026-11",
}


# Queries that some paths need beside ids, or without which an answer would hold all events.
_EXAMPLE_QUERIES = {
    "/v1/participants/resolve": "?name=최선희",
    "/v1/resolve": "?name=나진",
    **{
        f"/v1/events.{name}": "?date=2024-11"
        for name in (
            "atom",
            "csv",
            "geojson",
            "ics",
            "jsonfeed",
            "ndjson",
            "parquet",
            "rss",
            "timelinejs",
            "xlsx",
        )
    },
    "/v1/participations.csv": "?date=2024-11",
    "/v1/participations.parquet": "?date=2024-11",
    "/v1/network": "?date=2024-11",
    "/v1/network.graphml": "?date=2024-11",
}


def example_url(path: str) -> str:
    """Return a URL that is answered with 200, for a path of the OpenAPI document."""
    query = "?from=1&to=1" if path.endswith("/diff") else _EXAMPLE_QUERIES.get(path, "")
    return path.format(**EXAMPLE_IDS) + query


def walk(client: TestClient, url: str) -> Iterator[JsonObject]:
    """Yield every page of the list from `url` on; like a client, follow `page.next` unchanged."""
    seen = set()
    following: str | None = url
    while following is not None:
        assert following not in seen, f"the list returns to {following}"
        seen.add(following)
        answer = client.get(following)
        assert answer.status_code == 200, answer.text
        page = answer.json()
        yield page
        following = page["page"]["next"]


def walk_items(client: TestClient, url: str) -> list[JsonObject]:
    """Return every item of the list."""
    return [item for page in walk(client, url) for item in page["items"]]


def list_ids(client: TestClient, query: str) -> list[str]:
    """Return the ids of the items of a list below `/v1`."""
    return [item["id"] for item in walk_items(client, f"/v1/{query}")]


def facet_counts(client: TestClient, name: str, query: str = "") -> dict[str, int]:
    """Return the counts of a facet of events."""
    facets = client.get(f"/v1/events?facets={name}&{query}").json()["facets"]
    return {each["value"]: each["count"] for each in facets[name]["values"]}


def without_stamps(document: JsonObject) -> JsonObject:
    """Return the document without its two timestamps, which must be aware and less than a minute old."""
    stamps = {key: document[key] for key in ("created_at", "updated_at")}
    for stamp in stamps.values():
        assert (datetime.now(UTC) - datetime.fromisoformat(stamp)).total_seconds() < 60
    return {key: value for key, value in document.items() if key not in stamps}
