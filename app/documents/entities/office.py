"""The documents of offices, and how they are built from rows."""

from collections.abc import Sequence

from pydantic import Field
from sqlalchemy import Connection, select

from app.documents.entities.base import Document, Values, language_map, own_values
from app.domain.values import CountryCode, EdtfText, LanguageMap, OptionalLanguageMap, Slug
from app.domain.vocabulary import Rank
from app.tables import core as t


class OfficeDocument(Document):
    """An office that people hold, such as a minister's."""

    id: Slug
    names: LanguageMap
    feminine: OptionalLanguageMap = Field(
        description="The name as a woman holds the office, in languages in which it differs."
    )
    aliases: list[str] = Field(description="Other names, in any script.")
    rank: Rank
    country: CountryCode | None = Field(description="Country of the office; null for none.")
    organisation: Slug | None = Field(
        description="Id of the organisation; null if it is not a participant of the timeline."
    )
    founded: EdtfText | None = Field(
        alias="from",
        description="Date when the office was founded or got this name, in EDTF; null if unknown.",
    )
    abolished: EdtfText | None = Field(
        alias="to",
        description="Date when the office ended or lost this name, in EDTF; null if unknown or if it "
        "exists.",
    )


def build_offices(connection: Connection, keys: Sequence[int]) -> dict[int, Values]:
    """Return the documents of the offices with these keys, with one statement."""
    organisation = t.participant
    rows = connection.execute(
        select(t.office, organisation.c.slug.label("organisation"))
        .outerjoin(organisation, organisation.c.id == t.office.c.organisation_id)
        .where(t.office.c.id.in_(keys))
    )
    return {
        row.id: {
            **own_values(row),
            "names": language_map(row.names),
            "feminine": language_map(row.feminine),
            "aliases": row.aliases,
            "rank": row.rank,
            "country": row.country,
            "organisation": row.organisation,
            "from": row.founded,
            "to": row.abolished,
        }
        for row in rows
    }
