"""The record of a place."""

from typing import Annotated

from pydantic import AfterValidator, Field

from app.domain.values import CountryCode, LanguageMap, PlaceId
from app.domain.vocabulary import PlacePrecision
from app.records.models.base import Aliases, Identifiers, Record


def _one_zero(degrees: float) -> float:
    """Return 0.0 for -0.0, which PostgreSQL keeps and SQLite does not."""
    return degrees or 0.0


Latitude = Annotated[
    float,
    Field(strict=True, ge=-90, le=90, allow_inf_nan=False, examples=[55.7558]),
    AfterValidator(_one_zero),
]
Longitude = Annotated[
    float,
    Field(strict=True, ge=-180, le=180, allow_inf_nan=False, examples=[37.6173]),
    AfterValidator(_one_zero),
]


class PlaceRecord(Record):
    """A place where events happen. Coordinates are WGS 84 degrees."""

    id: PlaceId
    names: LanguageMap
    aliases: Aliases = []
    country: CountryCode
    part_of: Annotated[
        PlaceId | None,
        Field(
            description="Id of the place within which this one lies, such as a hall's city; null for "
            "none.",
            examples=["pyongyang"],
        ),
    ] = None
    latitude: Latitude
    longitude: Longitude
    precision: PlacePrecision
    identifiers: Identifiers = {}
