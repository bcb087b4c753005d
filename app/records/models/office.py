"""The record of an office that people hold."""

from typing import Annotated

from pydantic import Field

from app.domain.values import (
    CountryCode,
    EdtfMoment,
    LanguageMap,
    OfficeId,
    OptionalLanguageMap,
    OrganisationId,
)
from app.domain.vocabulary import Rank
from app.records.models.base import Aliases, Record


class OfficeRecord(Record):
    """An office that people hold, such as a minister's; participations and positions name it."""

    id: OfficeId
    names: LanguageMap
    feminine: Annotated[
        OptionalLanguageMap,
        Field(
            description="The name as a woman holds the office, in languages in which it differs."
        ),
    ] = OptionalLanguageMap()
    aliases: Aliases = []
    rank: Rank
    country: Annotated[
        CountryCode | None, Field(description="Country of the office; null for none.")
    ] = None
    organisation: Annotated[
        OrganisationId | None,
        Field(
            description="Id of the organisation, a participant of that kind; null if none is recorded."
        ),
    ] = None
    founded: Annotated[
        EdtfMoment | None,
        Field(
            alias="from",
            description="Date when the office was founded or got this name, in EDTF but no interval; null "
            "if unknown.",
        ),
    ] = None
    abolished: Annotated[
        EdtfMoment | None,
        Field(
            alias="to",
            description="Date when the office ended or lost this name, in EDTF but no interval; null if "
            "unknown or if it exists.",
        ),
    ] = None
