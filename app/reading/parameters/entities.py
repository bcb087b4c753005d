"""Query parameters of the lists of participants, counterparts, treaties, places and sources."""

from typing import Annotated

from pydantic import BaseModel, Field

from app.domain.values import CountryCode, LanguageCode, Line
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
    ParticipantId,
    PlaceId,
    SourceId,
    TreatyId,
)


class CounterpartFilters(BaseModel):
    """Chooses counterparts and the shared events that count. A parameter's values are alternatives."""

    date: DateRange = ""
    certainty: DateCertainty = Certainty.POSSIBLE
    type: EventTypes = []
    status: EventStatuses = []
    kind: Annotated[
        list[ParticipantKind],
        Field(max_length=MAX_VALUES, description="The counterpart is of one of these kinds."),
    ] = []
    side: Annotated[
        list[CountryCode],
        Field(
            max_length=MAX_VALUES, description="The counterpart acted for one of these countries."
        ),
    ] = []


class ParticipantFilters(BaseModel):
    """Chooses participants. Values of one parameter are alternatives; all parameters must match."""

    kind: Annotated[
        list[ParticipantKind],
        Field(max_length=MAX_VALUES, description="The participant is of one of these kinds."),
    ] = []
    country: Annotated[
        list[CountryCode],
        Field(
            max_length=MAX_VALUES, description="The participant belongs to one of these countries."
        ),
    ] = []
    name: Annotated[
        list[Name],
        Field(
            max_length=MAX_VALUES,
            description="The participant has this name or alias, complete and in any script; case, accents "
            "and hyphens do not count.",
        ),
    ] = []
    q: Annotated[
        NameBeginning,
        ParticipantId,
        Field(
            description="The beginning of a name, for suggestions while a user types: each word must begin "
            "a word of the same name or alias, in any script. A Hangul syllable may be incomplete (`김ㅈ`)."
        ),
    ] = ""
    id: Annotated[
        list[ParticipantId],
        Field(
            max_length=MAX_VALUES,
            description="The participant has one of these ids. Repeat it to get several in one request.",
        ),
    ] = []


class TreatyFilters(BaseModel):
    """Chooses treaties. Values of one parameter are alternatives; all parameters must match."""

    kind: Annotated[
        list[TreatyKind],
        Field(max_length=MAX_VALUES, description="The treaty is of one of these kinds."),
    ] = []
    party: Annotated[
        list[CountryCode],
        Field(max_length=MAX_VALUES, description="One of these countries is a party."),
    ] = []
    in_force_on: Annotated[
        DateRange,
        Field(
            description=(
                "The treaty may have been in force on this day, or on at least one day of this EDTF date "
                "or interval: it was signed by then and is not known to have ended. `in_force` says "
                "of each treaty whether its period is known."
            ),
            examples=["1995-01-01"],
        ),
    ] = ""
    certainty: Annotated[
        Certainty,
        Field(
            description="With `certain`, only treaties of which a stage shows that they were in force: an "
            "entry into force, or a termination. A terminated treaty counts from its signature if its "
            "entry into force is unknown."
        ),
    ] = Certainty.POSSIBLE
    id: Annotated[
        list[TreatyId],
        Field(
            max_length=MAX_VALUES,
            description="The treaty has one of these ids. Repeat it to get several in one request.",
        ),
    ] = []


class PlaceFilters(BaseModel):
    """Chooses places. Values of one parameter are alternatives; all parameters must match."""

    country: Annotated[
        list[CountryCode],
        Field(max_length=MAX_VALUES, description="The place is in one of these countries."),
    ] = []
    id: Annotated[
        list[PlaceId],
        Field(
            max_length=MAX_VALUES,
            description="The place has one of these ids. Repeat it to get several in one request.",
        ),
    ] = []


class SourceFilters(BaseModel):
    """Chooses sources. Values of one parameter are alternatives; all parameters must match."""

    publisher: Annotated[
        list[Line],
        Field(
            max_length=MAX_VALUES,
            description="Exact name of the publisher at which the source was seen.",
            examples=[["TASS"]],
        ),
    ] = []
    agency: Annotated[
        list[Line],
        Field(
            max_length=MAX_VALUES,
            description="Exact name of the agency that wrote the source's text.",
            examples=[["KCNA"]],
        ),
    ] = []
    language: Annotated[
        list[LanguageCode],
        Field(max_length=MAX_VALUES, description="The source is in one of these languages."),
    ] = []
    id: Annotated[
        list[SourceId],
        Field(
            max_length=MAX_VALUES,
            description="The source has one of these ids. Repeat it to get several in one request.",
        ),
    ] = []
