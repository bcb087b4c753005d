"""The landing page, the conformance, the collections, and the properties that can be asked for."""

from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Final, NamedTuple

from app.domain import dataset
from app.domain.bounding_box import Box
from app.domain.vocabulary import Confidence, EntityKind, EventStatus, EventSubtype, EventType
from app.formats.json_objects import JsonObject

CRS: Final = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
JSON: Final = "application/json"
GEOJSON: Final = "application/geo+json"
HTML: Final = "text/html"
SCHEMA: Final = "application/schema+json"
OPENAPI: Final = "application/vnd.oai.openapi+json;version=3.0"
QUERYABLES: Final = "http://www.opengis.net/def/rel/ogc/1.0/queryables"
_PART_1: Final = "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf"
_PART_2: Final = "http://www.opengis.net/spec/ogcapi-features-2/1.0/conf"
_PART_3: Final = "http://www.opengis.net/spec/ogcapi-features-3/1.0/conf"
CONFORMANCE: Final = (
    *(f"{_PART_1}/{name}" for name in ("core", "oas30", "geojson", "html")),
    f"{_PART_2}/crs",
    *(f"{_PART_3}/{name}" for name in ("queryables", "queryables-query-parameters")),
)
_COUNTRY: Final = {
    "type": "string",
    "pattern": "^[A-Z]{2}$",
    "description": "ISO 3166-1 alpha-2, or `SU` for the USSR.",
}


def _one_of(words: type[StrEnum], description: str) -> JsonObject:
    return {"type": "string", "enum": [*words], "description": description}


class FeatureCollectionInfo(NamedTuple):
    """A collection: its kind of entity, its texts, and the properties that are query parameters."""

    kind: EntityKind
    title: str
    description: str
    queryables: Mapping[str, JsonObject]

    @property
    def id(self) -> str:
        """The id of the collection."""
        return self.kind.collection


_EVENTS: Final = FeatureCollectionInfo(
    EntityKind.EVENT,
    "Events",
    "Diplomatic interactions between Russia, the USSR before it, and the DPRK since 1945, at their places. "
    "An event without a known place has no geometry, and lies in every box.",
    {
        "type": _one_of(EventType, "The kind of act."),
        "subtype": _one_of(EventSubtype, "The narrower kind of act."),
        "status": _one_of(EventStatus, "Whether it took place."),
        "confidence": _one_of(Confidence, "How well it is attested."),
    },
)
_PLACES: Final = FeatureCollectionInfo(
    EntityKind.PLACE,
    "Places",
    "The places of the events: sites, cities, regions and countries, each as a point.",
    {
        "country": _COUNTRY,
        "part_of": {
            "type": "string",
            "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$",
            "description": "Id of the place in which it lies.",
        },
    },
)
COLLECTIONS: Final[Mapping[str, FeatureCollectionInfo]] = {
    each.id: each for each in (_EVENTS, _PLACES)
}


def link(href: str, rel: str, type_: str, title: str) -> JsonObject:
    """Return a link."""
    return {"href": href, "rel": rel, "type": type_, "title": title}


def self_links(url: str, type_: str, shown: str) -> list[JsonObject]:
    """Return the links from an answer to itself and to its other form; `shown` is `json` or `html`.

    `url` is the address without the form.
    """
    forms = {"json": (type_, "as JSON"), "html": (HTML, "as a page")}
    return [
        link(
            f"{url}{'&' if '?' in url else '?'}f={form}",
            "self" if form == shown else "alternate",
            media_type,
            f"This document {text}",
        )
        for form, (media_type, text) in forms.items()
    ]


def guide_link(root: str) -> JsonObject:
    """Return the link to the guide of the service at a URL."""
    url = f"{root.removesuffix('/ogc')}/guide/api/features"
    return link(url, "service-doc", HTML, "The guide to the API")


def write_landing(root: str, title: str, description: str, shown: str) -> JsonObject:
    """Return the landing page of the service at a URL."""
    return {
        "title": title,
        "description": description,
        "links": [
            *self_links(root, JSON, shown),
            link(f"{root}/api", "service-desc", OPENAPI, "The definition of the API (OpenAPI 3.0)"),
            guide_link(root),
            link(
                f"{root}/conformance", "conformance", JSON, "The classes that the API conforms to"
            ),
            link(f"{root}/collections", "data", JSON, "The collections"),
            link(dataset.LICENCE_URL, "license", HTML, "The licence of the data"),
        ],
    }


def write_conformance(url: str, shown: str) -> JsonObject:
    """Return the classes of requirements that the service conforms to."""
    return {"conformsTo": [*CONFORMANCE], "links": self_links(url, JSON, shown)}


def write_collections(root: str, collections: Sequence[JsonObject], shown: str) -> JsonObject:
    """Return the list of the collections."""
    return {
        "links": self_links(f"{root}/collections", JSON, shown),
        "collections": [*collections],
        "crs": [CRS],
    }


def write_collection(
    root: str, info: FeatureCollectionInfo, box: Box | None, days: Sequence[date | None], shown: str
) -> JsonObject:
    """Return a collection; `days` are the first and last day of its features, None for open."""
    url = f"{root}/collections/{info.id}"
    extent: JsonObject = {}
    if box:
        extent["spatial"] = {"bbox": [[*box]], "crs": CRS}
    if any(days):
        gregorian = "http://www.opengis.net/def/uom/ISO-8601/0/Gregorian"
        extent["temporal"] = {"interval": [_interval(*days)], "trs": gregorian}
    return {
        "id": info.id,
        "title": info.title,
        "description": info.description,
        "itemType": "feature",
        "crs": [CRS],
        "storageCrs": CRS,
        "extent": extent,
        "links": [
            *self_links(url, JSON, shown),
            # GDAL and QGIS add `/` and the id of a feature to it, so it has no query.
            link(f"{url}/items", "items", GEOJSON, f"{info.title} as GeoJSON"),
            link(f"{url}/items?f=html", "items", HTML, f"{info.title} as a page"),
            link(f"{url}/queryables", QUERYABLES, SCHEMA, "The properties that can be asked for"),
            link(dataset.LICENCE_URL, "license", HTML, "The licence of the data"),
        ],
    }


def _interval(first: date | None, last: date | None) -> list[str | None]:
    return [
        None if first is None else f"{first.isoformat()}T00:00:00Z",
        None if last is None else f"{last.isoformat()}T23:59:59Z",
    ]


def write_queryables(url: str, info: FeatureCollectionInfo) -> JsonObject:
    """Return the schema of the properties of a collection that can be asked for (Part 3)."""
    geometry = {
        "title": "Geometry",
        "format": "geometry-point",
        "x-ogc-role": "primary-geometry",
        "description": "The point of the place; ask by `bbox`.",
    }
    properties = {
        name: {"title": name.replace("_", " ").capitalize(), **schema}
        for name, schema in info.queryables.items()
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": url,
        "type": "object",
        "title": info.title,
        "description": info.description,
        "properties": {"geometry": geometry, **properties},
        "additionalProperties": False,
    }
