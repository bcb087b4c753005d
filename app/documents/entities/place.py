"""The documents of places, and how they are built from rows."""

from collections.abc import Sequence

from sqlalchemy import Connection, select

from app.documents.entities.base import Document
from app.domain.values import CountryCode, LanguageMap, Slug
from app.domain.vocabulary import PlacePrecision
from app.tables import core as t


class PlaceDocument(Document):
    """A place where events happen. Coordinates are WGS 84 degrees, as exact as `precision` says."""

    id: Slug
    names: LanguageMap
    country: CountryCode
    latitude: float
    longitude: float
    precision: PlacePrecision


def build_places(connection: Connection, keys: Sequence[int]) -> dict[int, PlaceDocument]:
    """Return the documents of the places with these keys, with one statement."""
    rows = connection.execute(select(t.place).where(t.place.c.id.in_(keys)))
    return {
        row.id: PlaceDocument(
            id=row.slug,
            names=LanguageMap(**row.names),
            country=row.country,
            latitude=row.latitude,
            longitude=row.longitude,
            precision=row.precision,
            revision=row.revision,
            created_at=row.created_at,
            updated_at=row.updated_at,
        )
        for row in rows
    }
