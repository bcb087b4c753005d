import json
from typing import Any

import geojson
from geojson_pydantic import Feature, FeatureCollection, Point

from app.documents.entities.event import EventDocument
from app.domain.languages import Language
from app.formats.events.geojson import write_geojson
from tests.support.builders import NASTY, make_event_document

API = "https://example.org/v1"
PAGES = "https://example.org/en/events"


def _collection(
    *events: EventDocument, language: Language = Language.EN, nested: bool = False
) -> Any:
    text = b"".join(
        write_geojson(events, language, API, f"{PAGES}/{{}}".format, nested=nested)
    ).decode()
    collection = geojson.loads(text)
    assert collection.is_valid, collection.errors()
    FeatureCollection[Feature[Point, dict[str, Any]]].model_validate_json(text)
    return json.loads(text)


DAYS = ("start_earliest", "start_latest", "end_earliest", "end_latest")


def test_a_feature_has_every_field() -> None:
    event = make_event_document()

    assert _collection(event, language=Language.KO) == {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "id": "2024-11-01-talks",
                "geometry": {"type": "Point", "coordinates": [37.62, 55.75]},
                "properties": {
                    "type": "meeting",
                    "subtype": "consultations",
                    "status": "occurred",
                    "confidence": "high",
                    "date": "2024-11-01",
                    "date_text": "2024년 11월 1일",
                    **dict.fromkeys(DAYS, "2024-11-01"),
                    "title": "Talks",
                    "title_en": "Talks",
                    "title_fr": "Entretiens",
                    "title_ru": None,
                    "title_ko": None,
                    "summary": "The ministers talked.",
                    "place": "moscow",
                    "place_name": "모스크바",
                    "country": "RU",
                    "place_precision": "city",
                    "participant_ids": ["sergey-lavrov", "choe-son-hui"],
                    "participant_names": ["sergey-lavrov", "choe-son-hui"],
                    "participant_roles": ["host", "guest"],
                    "participant_sides": ["RU", "KP"],
                    "sources": ["https://example.org/tass-1"],
                    "tags": [],
                    "url": "https://example.org/v1/events/2024-11-01-talks",
                    "page": "https://example.org/en/events/2024-11-01-talks",
                    "updated_at": "2026-11-21T12:00:00Z",
                },
            }
        ],
    }


def test_nested_adds_the_objects() -> None:
    event = make_event_document()

    (feature,) = _collection(event, nested=True)["features"]

    properties = feature["properties"]
    assert properties["date_bounds"] == event.date_bounds.model_dump(mode="json")
    assert properties["participants"][1] == {
        "id": "choe-son-hui",
        "name": "choe-son-hui",
        "role": "guest",
        "side": "KP",
    }


def test_without_nested_no_property_is_an_object() -> None:
    (feature,) = _collection(make_event_document(date="2024-06/.."))["features"]

    for value in feature["properties"].values():
        assert not isinstance(value, dict)
        assert not isinstance(value, list) or all(isinstance(each, str) for each in value)
    assert feature["properties"]["end_latest"] is None


def test_without_a_place_the_geometry_is_null() -> None:
    (feature,) = _collection(make_event_document(place=None))["features"]

    assert feature["geometry"] is None
    assert feature["properties"]["place_precision"] is None


def test_without_events_the_collection_is_empty() -> None:
    assert _collection() == {"type": "FeatureCollection", "features": []}


def test_texts_survive_a_round_trip() -> None:
    first = make_event_document(title={"en": NASTY})

    collection = _collection(first, make_event_document("2024-11-02-talks"))

    assert [f["id"] for f in collection["features"]] == ["2024-11-01-talks", "2024-11-02-talks"]
    assert collection["features"][0]["properties"]["title"] == NASTY
