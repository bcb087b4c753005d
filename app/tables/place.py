"""Places."""

from sqlmodel import Field

from app.domain.vocabulary import PlacePrecision
from app.tables.base import Entity, LanguageMapType, LanguageTexts, enum_type


class Place(Entity, table=True):
    """Where events take place; WGS 84 degrees."""

    names: LanguageTexts = Field(sa_type=LanguageMapType)
    country: str = Field(max_length=2, index=True)
    latitude: float
    longitude: float
    precision: PlacePrecision = Field(sa_type=enum_type(PlacePrecision))
