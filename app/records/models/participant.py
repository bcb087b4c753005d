"""The record of a participant: a person, an organisation or a state."""

from typing import Annotated

from pydantic import Field, field_validator

from app.domain.values import CountryCode, EdtfText, LanguageMap, Line, Slug
from app.domain.vocabulary import ParticipantKind
from app.records.models.base import MAX_ITEMS, Aliases, Identifiers, Record, RecordPart


class PositionRecord(RecordPart):
    """An office that a person held."""

    title: Line
    organisation: Annotated[
        Slug | None, Field(description="The id of the body; null for none.")
    ] = None
    held_from: Annotated[
        EdtfText | None, Field(alias="from", description="Since when; null if not known.")
    ] = None
    held_to: Annotated[
        EdtfText | None, Field(alias="to", description="Until when; null if not known.")
    ] = None


# Words that stand in the place of an id in the paths of the API.
_RESERVED = ("resolve",)


class ParticipantRecord(Record):
    """A person, an organisation or a state that takes part in events."""

    id: Slug
    kind: ParticipantKind
    country: CountryCode
    names: LanguageMap
    aliases: Aliases = []
    positions: Annotated[list[PositionRecord], Field(max_length=MAX_ITEMS)] = []
    identifiers: Identifiers = {}

    @field_validator("id")
    @classmethod
    def is_free(cls, slug: str) -> str:
        """An id is not a word of the API's paths."""
        if slug in _RESERVED:
            raise ValueError(f"{slug!r} is a path of the API: choose another id")
        return slug
