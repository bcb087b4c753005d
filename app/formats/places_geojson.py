"""Places as GeoJSON (RFC 7946): one feature for each, with the number of its events."""

from collections.abc import Mapping, Sequence
from typing import Literal

from pydantic import Field

from app.documents.entities.base import DocumentPart
from app.documents.entities.place import PlaceDocument
from app.domain.languages import Language, text_in
from app.domain.values import CountryCode, Slug, Url
from app.domain.vocabulary import PlacePrecision
from app.formats.events.geojson import GeoPoint


class PlaceProperties(DocumentPart):
    """The place's fields, with its name in the language of the answer and in each other one."""

    name: str
    name_en: str
    name_fr: str | None = Field(description="Name in French; null for none.")
    name_ru: str | None = Field(description="Name in Russian; null for none.")
    name_ko: str | None = Field(description="Name in Korean; null for none.")
    country: CountryCode
    part_of: Slug | None = Field(description="Id of the place within which it lies; null for none.")
    precision: PlacePrecision
    events: int = Field(ge=1, description="Number of the events at the place.")
    url: Url = Field(description="The place's document.")


class PlaceFeature(DocumentPart):
    """A place with events."""

    type: Literal["Feature"] = "Feature"
    id: Slug
    geometry: GeoPoint
    properties: PlaceProperties


class PlaceFeatureCollection(DocumentPart):
    """Places as features, the most events first."""

    type: Literal["FeatureCollection"] = "FeatureCollection"
    features: list[PlaceFeature]


def places_geojson(
    places: Sequence[PlaceDocument], events: Mapping[str, int], language: Language, api_url: str
) -> PlaceFeatureCollection:
    """Return the features of the places; `events` has the number of events of each, by id."""
    ordered = sorted(places, key=lambda place: (-events[place.id], place.id))
    return PlaceFeatureCollection(
        features=[_feature(place, events[place.id], language, api_url) for place in ordered]
    )


def _feature(place: PlaceDocument, events: int, language: Language, api_url: str) -> PlaceFeature:
    names = place.names.model_dump()
    return PlaceFeature(
        id=place.id,
        geometry=GeoPoint(coordinates=[place.longitude, place.latitude]),
        properties=PlaceProperties(
            name=text_in(language, place.names),
            **{f"name_{code}": names.get(code) for code in Language},
            country=place.country,
            part_of=place.part_of,
            precision=place.precision,
            events=events,
            url=f"{api_url}/places/{place.id}",
        ),
    )
