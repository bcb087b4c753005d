"""GeoJSON (RFC 7946): one feature per event, at the event's place."""

import datetime
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final, Literal

from pydantic import MISSING, AwareDatetime, ConfigDict, Field

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

# The properties that are objects.
_NESTED: Final = ("date_bounds", "participants")


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


def _require_no_objects(schema: dict[str, Any]) -> None:
    schema["required"] = [key for key in schema["required"] if key not in _NESTED]


class GeoProperties(DocumentPart):
    """The event's fields, with texts in the language of the answer.

    All values are plain, or lists of texts, so that GIS programs read days as days.
    """

    model_config = ConfigDict(json_schema_extra=_require_no_objects)

    type: EventType
    subtype: EventSubtype
    status: EventStatus
    confidence: Confidence
    date: EdtfText
    date_text: str = Field(description="The date in words.")
    start_earliest: datetime.date | None = Field(
        description="First day on which the event may have begun; null if open."
    )
    start_latest: datetime.date | None = Field(
        description="Last day on which the event may have begun; null if open."
    )
    end_earliest: datetime.date | None = Field(
        description="First day on which the event may have ended; null if open."
    )
    end_latest: datetime.date | None = Field(
        description="Last day on which the event may have ended; null if open."
    )
    title: str
    title_en: str
    title_fr: str | None = Field(description="Title in French; null for none.")
    title_ru: str | None = Field(description="Title in Russian; null for none.")
    title_ko: str | None = Field(description="Title in Korean; null for none.")
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
    participant_ids: list[Slug]
    participant_names: list[str] = Field(description="Their names, in the same order.")
    participant_roles: list[Role] = Field(description="Their roles, in the same order.")
    participant_sides: list[CountryCode] = Field(description="Their sides, in the same order.")
    sources: list[Url] = Field(description="The URLs of the sources that have one.")
    tags: list[Slug]
    url: Url = Field(description="The event's document.")
    page: Url = Field(description="The event's page, for people.")
    updated_at: AwareDatetime
    date_bounds: DateBounds | MISSING = Field(
        default=MISSING, description="The days as one object; only with `nested=true`."
    )
    participants: list[GeoParticipant] | MISSING = Field(
        default=MISSING, description="The participants as objects; only with `nested=true`."
    )


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
    events: Iterable[EventDocument],
    language: Language,
    api_url: str,
    page_of: Callable[[str], str],
    *,
    nested: bool,
) -> Iterator[bytes]:
    """Yield a FeatureCollection with a feature on each line; links to documents begin with `api_url`.

    `page_of` returns the URL of an event's page, by its id.

    `nested` adds the properties that are objects.
    """
    yield b'{"type":"FeatureCollection","features":['
    for number, event in enumerate(events):
        feature = _feature(
            event, language, api_url, page_of(event.id), nested=nested
        ).model_dump_json()
        yield (b",\n" if number else b"\n") + feature.encode()
    yield b"\n]}\n"


def _feature(
    event: EventDocument, language: Language, api_url: str, page: str, *, nested: bool
) -> EventFeature:
    place, bounds = event.place, event.date_bounds
    feature = EventFeature(
        id=event.id,
        geometry=None if place is None else _point(place),
        properties=GeoProperties(
            type=event.type,
            subtype=event.subtype,
            status=event.status,
            confidence=event.confidence,
            date=event.date,
            date_text=text_in(language, event.date_text),
            start_earliest=bounds.start.earliest,
            start_latest=bounds.start.latest,
            end_earliest=bounds.end.earliest,
            end_latest=bounds.end.latest,
            title=text_in(language, event.title),
            **{f"title_{code}": event.title.model_dump().get(code) for code in Language},
            summary=text_in(language, event.summary),
            place=place.id if place else None,
            place_name=text_in(language, place.name) if place else None,
            country=place.country if place else None,
            place_precision=place.precision if place else None,
            participant_ids=[part.id for part in event.participants],
            participant_names=[text_in(language, part.name) for part in event.participants],
            participant_roles=[part.role for part in event.participants],
            participant_sides=[part.side for part in event.participants],
            sources=[source.url for source in event.sources if source.url is not None],
            tags=event.tags,
            url=f"{api_url}/events/{event.id}",
            page=page,
            updated_at=event.updated_at,
        ),
    )
    if nested:
        feature.properties.date_bounds = bounds
        feature.properties.participants = [
            GeoParticipant(
                id=part.id, name=text_in(language, part.name), role=part.role, side=part.side
            )
            for part in event.participants
        ]
    return feature


def _point(place: PlaceReference) -> GeoPoint:
    return GeoPoint(coordinates=[place.longitude, place.latitude])
