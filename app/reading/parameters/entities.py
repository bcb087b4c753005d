"""Which participants, counterparts, treaties, places and sources."""

from typing import Annotated

from pydantic import BaseModel, Field

from app.domain.values import CountryCode, LanguageCode, Line, Slug
from app.domain.vocabulary import ParticipantKind, TreatyKind
from app.reading.parameters.common import (
    MAX_VALUES,
    Certainty,
    DateCertainty,
    DateRange,
    EventStatuses,
    EventTypes,
    Name,
    NameBeginning,
    PlaceId,
    SourceId,
    TreatyId,
)


class CounterpartFilters(BaseModel):
    """Which counterparts, and which of the shared events."""

    date: DateRange = ""
    certainty: DateCertainty = Certainty.POSSIBLE
    type: EventTypes = []
    status: EventStatuses = []
    kind: Annotated[
        list[ParticipantKind], Field(max_length=MAX_VALUES, description="What the counterpart is.")
    ] = []
    side: Annotated[
        list[CountryCode],
        Field(max_length=MAX_VALUES, description="For whom the counterpart acted."),
    ] = []


class ParticipantFilters(BaseModel):
    """Which participants."""

    kind: Annotated[
        list[ParticipantKind],
        Field(max_length=MAX_VALUES, description="The participant is one of these."),
    ] = []
    country: Annotated[
        list[CountryCode],
        Field(max_length=MAX_VALUES, description="The participant belongs to one of these."),
    ] = []
    name: Annotated[
        list[Name],
        Field(
            max_length=MAX_VALUES,
            description="A whole name or alias in any script; case, accents and hyphens do not count.",
        ),
    ] = []
    q: Annotated[
        NameBeginning,
        Field(
            description="The beginning of a name, for suggestions while somebody types: each word "
            "is the beginning of a word of one name or alias, in any script. A syllable of Hangul "
            "may be incomplete (`김ㅈ`)."
        ),
    ] = ""
    id: Annotated[
        list[Slug], Field(max_length=MAX_VALUES, description="These participants: a batch get.")
    ] = []


class TreatyFilters(BaseModel):
    """Which treaties."""

    kind: Annotated[
        list[TreatyKind], Field(max_length=MAX_VALUES, description="The treaty is one of these.")
    ] = []
    party: Annotated[
        list[CountryCode], Field(max_length=MAX_VALUES, description="One of these is a party.")
    ] = []
    in_force_on: Annotated[
        DateRange,
        Field(
            description=(
                "In force on that day, or on some day of that EDTF date or interval. A treaty that "
                "is known only to have ended counts from its signature."
            ),
            examples=["1995-01-01"],
        ),
    ] = ""
    id: Annotated[
        list[TreatyId], Field(max_length=MAX_VALUES, description="These treaties: a batch get.")
    ] = []


class PlaceFilters(BaseModel):
    """Which places."""

    country: Annotated[
        list[CountryCode], Field(max_length=MAX_VALUES, description="The place is in one of these.")
    ] = []
    id: Annotated[
        list[PlaceId], Field(max_length=MAX_VALUES, description="These places: a batch get.")
    ] = []


class SourceFilters(BaseModel):
    """Which sources."""

    publisher: Annotated[
        list[Line],
        Field(
            max_length=MAX_VALUES,
            description="Seen at one of these, as written.",
            examples=[["TASS"]],
        ),
    ] = []
    agency: Annotated[
        list[Line],
        Field(
            max_length=MAX_VALUES,
            description="The text of one of these, as written.",
            examples=[["KCNA"]],
        ),
    ] = []
    language: Annotated[
        list[LanguageCode], Field(max_length=MAX_VALUES, description="In one of these.")
    ] = []
    id: Annotated[
        list[SourceId], Field(max_length=MAX_VALUES, description="These sources: a batch get.")
    ] = []
