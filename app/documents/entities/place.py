"""The documents of places, and how they are built from rows."""

from collections.abc import Sequence

from pydantic import Field
from sqlalchemy import Connection, select

from app.documents.entities.base import Document, Values, language_map, own_values
from app.documents.entities.identifiers import IdentifiersByScheme, find_identifiers
from app.domain.values import CountryCode, LanguageMap, Slug
from app.domain.vocabulary import PlacePrecision
from app.tables import core as t


class PlaceDocument(Document):
    """A place where events happen. Coordinates are WGS 84 degrees, as exact as `precision` says."""

    id: Slug
    names: LanguageMap
    aliases: list[str] = Field(description="Other names and spellings, in any script.")
    country: CountryCode
    part_of: Slug | None = Field(
        description="Id of the place within which this one lies; null if none is recorded."
    )
    latitude: float
    longitude: float
    precision: PlacePrecision
    identifiers: IdentifiersByScheme


def build_places(connection: Connection, keys: Sequence[int]) -> dict[int, Values]:
    """Return the documents of the places with these keys, with two statements."""
    whole = t.place.alias("whole")
    rows = connection.execute(
        select(t.place, whole.c.slug.label("part_of"))
        .outerjoin(t.place_part, t.place_part.c.place_id == t.place.c.id)
        .outerjoin(whole, whole.c.id == t.place_part.c.whole_id)
        .where(t.place.c.id.in_(keys))
    )
    identifiers = find_identifiers(connection, t.place_identifier.c.place_id, keys)
    return {
        row.id: {
            **own_values(row),
            "names": language_map(row.names),
            "aliases": row.aliases,
            "country": row.country,
            "part_of": row.part_of,
            "latitude": row.latitude,
            "longitude": row.longitude,
            "precision": row.precision,
            "identifiers": identifiers[row.id],
        }
        for row in rows
    }
