"""The documents of publishers, and how they are built from rows."""

from collections.abc import Sequence

from pydantic import Field
from sqlalchemy import Connection, select

from app.documents.entities.base import Document, Values, language_map, own_values
from app.domain.values import CountryCode, LanguageMap, Slug
from app.domain.vocabulary import PublisherKind
from app.tables import core as t


class PublisherDocument(Document):
    """A house that publishes texts: an agency, a newspaper, an archive, a ministry."""

    id: Slug
    names: LanguageMap
    aliases: list[str] = Field(description="Other names, in any script.")
    kind: PublisherKind
    country: CountryCode | None = Field(description="Country of its seat; null if unknown or none.")
    state: bool | None = Field(description="Whether a state owns or directs it; null if unknown.")
    house: Slug | None = Field(
        description="Id of the publisher whose texts it copies; null if it has its own."
    )


def build_publishers(connection: Connection, keys: Sequence[int]) -> dict[int, Values]:
    """Return the documents of the publishers with these keys, with one statement."""
    house = t.publisher.alias("house")
    rows = connection.execute(
        select(t.publisher, house.c.slug.label("house"))
        .outerjoin(t.publisher_house, t.publisher_house.c.publisher_id == t.publisher.c.id)
        .outerjoin(house, house.c.id == t.publisher_house.c.house_id)
        .where(t.publisher.c.id.in_(keys))
    )
    return {
        row.id: {
            **own_values(row),
            "names": language_map(row.names),
            "aliases": row.aliases,
            "kind": row.kind,
            "country": row.country,
            "state": row.state,
            "house": row.house,
        }
        for row in rows
    }
