"""The record of a treaty; its stages are events."""

from typing import Annotated

from pydantic import Field, field_validator

from app.domain.values import CountryCode, LanguageMap, Line, TreatyId
from app.domain.vocabulary import TreatyKind
from app.records.models.base import MAX_ITEMS, Aliases, Record, refuse_repeats


class TreatyRecord(Record):
    """A treaty or another instrument, such as an agreement, a protocol or a plan."""

    id: TreatyId
    kind: TreatyKind
    names: LanguageMap
    aliases: Aliases = []
    parties: Annotated[list[CountryCode], Field(min_length=1, max_length=MAX_ITEMS)]
    registration: Annotated[
        Line | None,
        Field(description="Treaty series and number, for example `UNTS 6045`; null if unknown."),
    ] = None

    @field_validator("parties")
    @classmethod
    def name_each_party_once(cls, parties: list[str]) -> list[str]:
        """Refuse a party that is named twice."""
        refuse_repeats(parties, "party")
        return parties
