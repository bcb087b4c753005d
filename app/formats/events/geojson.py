"""GeoJSON (RFC 7946): one feature per event, at the event's place."""

from collections.abc import Iterable, Iterator
from typing import Literal

from pydantic import AwareDatetime, Field

from app.documents.entities.base import DocumentPart
from app.documents.entities.event import DateBounds, EventDocument, PlaceReference
from app.domain.languages import Language, text_in
from app.domain.values import CountryCode, EdtfText, EventId, Slug, Url
from app.domain.vocabulary import (
    Confidence,
    EventStatus,
    EventSubtype,
    EventType,
    PlacePrecision,
    Role,
)


class GeoPoint(DocumentPart):
    """A position in WGS 84 degrees: longitude, latitude."""

    type: Literal["Point"] = "Point"
    coordinates: list[float] = Field(min_length=2, max_length=2)


class GeoParticipant(DocumentPart):
    """A participant, named in the language of the answer."""

    id: Slug
    name: str
    role: Role
    side: CountryCode


class GeoProperties(DocumentPart):
    """The event's fields, with texts in the language of the answer."""

    type: EventType
    subtype: EventSubtype
    status: EventStatus
    confidence: Confidence
    date: EdtfText
    date_bounds: DateBounds
    date_text: str = Field(description="The date in words.")
    title: str
    summary: str
    place: Slug | None = Field(description="The id of the place; null without one.")
    place_name: str | None = Field(description="Its name; null without a place.")
    country: CountryCode | None = Field(
        description="Its country, ISO 3166-1 alpha-2, or `SU` for the USSR; null without a place."
    )
    place_precision: PlacePrecision | None = Field(
        description="Whether the point marks a site, or a whole city, region or country; null "
        "without a place."
    )
    participants: list[GeoParticipant]
    sources: list[Url] = Field(description="The URLs of the sources that have one.")
    tags: list[Slug]
    url: Url = Field(description="The event's document.")
    updated_at: AwareDatetime


class EventFeature(DocumentPart):
    """An event; without a known place its geometry is null."""

    type: Literal["Feature"] = "Feature"
    id: EventId
    geometry: GeoPoint | None = Field(
        description="Coordinates of the place; null if the event has none (RFC 7946 §3.2)."
    )
    properties: GeoProperties


class EventFeatureCollection(DocumentPart):
    """Events as features."""

    type: Literal["FeatureCollection"] = "FeatureCollection"
    features: list[EventFeature]


def write_geojson(
    events: Iterable[EventDocument], language: Language, api_url: str
) -> Iterator[bytes]:
    """Yield a FeatureCollection with a feature on each line; links begin with `api_url`."""
    yield b'{"type":"FeatureCollection","features":['
    for number, event in enumerate(events):
        feature = _feature(event, language, api_url).model_dump_json()
        yield (b",\n" if number else b"\n") + feature.encode()
    yield b"\n]}\n"


def _feature(event: EventDocument, language: Language, api_url: str) -> EventFeature:
    place = event.place
    return EventFeature(
        id=event.id,
        geometry=None if place is None else _point(place),
        properties=GeoProperties(
            type=event.type,
            subtype=event.subtype,
            status=event.status,
            confidence=event.confidence,
            date=event.date,
            date_bounds=event.date_bounds,
            date_text=text_in(language, event.date_text),
            title=text_in(language, event.title),
            summary=text_in(language, event.summary),
            place=place.id if place else None,
            place_name=text_in(language, place.name) if place else None,
            country=place.country if place else None,
            place_precision=place.precision if place else None,
            participants=[
                GeoParticipant(
                    id=part.id, name=text_in(language, part.name), role=part.role, side=part.side
                )
                for part in event.participants
            ],
            sources=[source.url for source in event.sources if source.url is not None],
            tags=event.tags,
            url=f"{api_url}/events/{event.id}",
            updated_at=event.updated_at,
        ),
    )


def _point(place: PlaceReference) -> GeoPoint:
    return GeoPoint(coordinates=[place.longitude, place.latitude])
