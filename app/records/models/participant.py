"""The record of a participant: a person, an organisation or a state."""

from typing import Annotated

from pydantic import Field, ValidationInfo, field_validator

from app.domain.values import (
    CountryCode,
    EdtfMoment,
    LanguageMap,
    Line,
    OfficeId,
    OrganisationId,
    ParticipantId,
)
from app.domain.vocabulary import ParticipantKind
from app.records.models.base import MAX_ITEMS, Aliases, Identifiers, Record, RecordPart


class PositionRecord(RecordPart):
    """An office that a person held."""

    title: Line
    office: Annotated[
        OfficeId | None,
        Field(description="Id of the office; null if none is recorded.", examples=["kp-premier"]),
    ] = None
    organisation: Annotated[
        OrganisationId | None,
        Field(description="Id of the organisation, a participant of that kind; null for none."),
    ] = None
    held_from: Annotated[
        EdtfMoment | None,
        Field(
            alias="from",
            description="Date of the beginning, in EDTF but no interval; null if unknown.",
        ),
    ] = None
    held_to: Annotated[
        EdtfMoment | None,
        Field(
            alias="to",
            description="Date of the end, in EDTF but no interval; null if unknown or if the person still "
            "holds it.",
        ),
    ] = None


# Words that the API's paths have in the place of an id: `/v1/participants/resolve`.
_RESERVED = ("resolve",)


class ParticipantRecord(Record):
    """A person, an organisation or a state that takes part in events."""

    id: ParticipantId
    kind: ParticipantKind
    country: CountryCode
    names: LanguageMap
    aliases: Aliases = []
    positions: Annotated[list[PositionRecord], Field(max_length=MAX_ITEMS)] = []
    identifiers: Identifiers = {}

    @field_validator("positions")
    @classmethod
    def hold_offices_elsewhere(
        cls, positions: list[PositionRecord], info: ValidationInfo
    ) -> list[PositionRecord]:
        """Refuse an office of an organisation in itself."""
        organisations = {position.organisation for position in positions} - {None}
        if info.data.get("id") in organisations:
            raise ValueError("a participant cannot hold an office in itself")
        return positions

    @field_validator("id")
    @classmethod
    def is_free(cls, slug: str) -> str:
        """Refuse an id that is part of a path of the API."""
        if slug in _RESERVED:
            raise ValueError(f"{slug!r} is a path of the API: choose another id")
        return slug
