"""Events and places as GeoJSON features with plain properties, for programs that draw maps."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from app.documents.entities.event import EventDocument
from app.documents.entities.place import PlaceDocument
from app.domain.languages import Language, text_in
from app.formats.features.collections import GEOJSON, HTML, JSON, link, self_links
from app.formats.json_objects import JsonObject


def write_event_feature(
    language: Language, event: EventDocument, api_url: str, page: str
) -> JsonObject:
    """Return an event with texts in a language; `page` is its page for people.

    GDAL types a column by its first rows, and takes a filter on any column of dates for a filter on the time of
    the feature. So only `earliest` and `latest` are days, and a date in EDTF, which would often look like one,
    is in the document alone.
    """
    place, bounds = event.place, event.date_bounds
    point = (place.longitude, place.latitude) if place else None
    properties = {
        "title": text_in(language, event.title),
        "summary": text_in(language, event.summary),
        "type": event.type,
        "subtype": event.subtype,
        "status": event.status,
        "confidence": event.confidence,
        "date_text": text_in(language, event.date_text),
        "earliest": bounds.start.earliest,
        "latest": bounds.end.latest,
        "precision": bounds.precision,
        "approximate": bounds.approximate,
        "uncertain": bounds.uncertain,
        "place": place.id if place else None,
        "place_name": text_in(language, place.name) if place else None,
        "country": place.country if place else None,
        "place_precision": place.precision if place else None,
        "participants": [part.id for part in event.participants],
        "participant_names": [text_in(language, part.name) for part in event.participants],
        "tags": event.tags,
        "independent_sources": event.independent_sources,
        "document": f"{api_url}/events/{event.id}",
        "page": page,
    }
    return _feature(event.id, point, properties)


def write_place_feature(
    language: Language, place: PlaceDocument, api_url: str, page: str
) -> JsonObject:
    """Return a place with its names; `page` is its page for people."""
    names = place.names.model_dump()
    properties = {
        "name": text_in(language, place.names),
        **{f"name_{code}": names.get(code) for code in Language},
        "country": place.country,
        "part_of": place.part_of,
        "precision": place.precision,
        "document": f"{api_url}/places/{place.id}",
        "page": page,
    }
    return _feature(place.id, (place.longitude, place.latitude), properties)


def _feature(id_: str, point: tuple[float, float] | None, properties: JsonObject) -> JsonObject:
    geometry = None if point is None else {"type": "Point", "coordinates": [*point]}
    return {"type": "Feature", "id": id_, "geometry": geometry, "properties": properties}


def write_item(feature: JsonObject, url: str, collection: str, shown: str) -> JsonObject:
    """Return a feature alone, at a URL, with links to itself and to its collection, at another."""
    return {
        **feature,
        "links": [
            *self_links(url, GEOJSON, shown),
            link(collection, "collection", JSON, "The collection of this feature"),
            link(feature["properties"]["page"], "about", HTML, "The page of this record"),
        ],
    }


def write_items(
    features: Iterable[JsonObject],
    links: Sequence[JsonObject],
    matched: int,
    made_at: datetime,
) -> JsonObject:
    """Return a page of features; `matched` is the number of all that meet the query."""
    page = [*features]
    return {
        "type": "FeatureCollection",
        "features": page,
        "links": [*links],
        "timeStamp": f"{made_at:%Y-%m-%dT%H:%M:%SZ}",
        "numberMatched": matched,
        "numberReturned": len(page),
    }
