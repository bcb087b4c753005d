"""Query parameters of the lists of participants and of counterparts."""

from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, Field

from app.domain.values import CountryCode, OfficeId, ParticipantId
from app.domain.vocabulary import ParticipantKind, Rank, Role
from app.reading.parameters.common import (
    MAX_VALUES,
    Certainty,
    DateCertainty,
    DateRanges,
    EventStatuses,
    EventTypes,
    IdentifiersElsewhere,
    NameBeginning,
    SearchableName,
)


class CounterpartFilters(BaseModel):
    """Chooses counterparts and the shared events that count. A parameter's values are alternatives."""

    date: DateRanges = []
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
    role: Annotated[
        list[Role],
        Field(max_length=MAX_VALUES, description="The counterpart had one of these roles."),
    ] = []
    office: Annotated[
        list[OfficeId],
        Field(max_length=MAX_VALUES, description="The counterpart held one of these offices."),
    ] = []
    rank: Annotated[
        list[Rank],
        Field(
            max_length=MAX_VALUES,
            description="The counterpart held an office of one of these ranks.",
        ),
    ] = []


class ActivityView(BaseModel):
    """Chooses whether an answer says how active its entities are."""

    activity: Annotated[
        bool,
        Field(
            description="Say under `activity` how many events each item has, and the dates of the first "
            "and the last one."
        ),
    ] = False


class ParticipantSort(StrEnum):
    """The order of participants."""

    AUTO = "auto"
    ID = "id"
    NAME = "name"
    EVENTS = "events"


class ParticipantOrder(BaseModel):
    """Chooses the order of participants."""

    sort: Annotated[
        ParticipantSort,
        Field(
            description="`name` sorts by the English name, and `events` those with the most events first; "
            "ties are broken by id. `auto` is `events` with `q`, and otherwise `id`."
        ),
    ] = ParticipantSort.AUTO


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
        list[SearchableName],
        Field(
            max_length=MAX_VALUES,
            description="The participant has this name or alias, complete, in any script and spelling; case, "
            "accents, hyphens, titles and brackets do not count.",
        ),
    ] = []
    q: Annotated[
        NameBeginning,
        Field(
            description="The beginning of a name, for suggestions while a user types: each word must begin "
            "a word of the same name, in any script and spelling. Only a person's name may have them in "
            "another order. A Hangul syllable may be incomplete "
            "(`김ㅈ`), or all of them their initials (`ㄱㅈㅇ`). A title before the name does not count."
        ),
    ] = ""
    office: Annotated[
        list[OfficeId],
        Field(
            max_length=MAX_VALUES,
            description="The participant held one of these offices, as a position or in an event.",
        ),
    ] = []
    rank: Annotated[
        list[Rank],
        Field(
            max_length=MAX_VALUES,
            description="The participant held an office of one of these ranks, as a position or in an "
            "event; applies to the same office as `office`.",
        ),
    ] = []
    id: Annotated[
        list[ParticipantId],
        Field(
            max_length=MAX_VALUES,
            description="The participant has one of these ids. Repeat it to get several in one request.",
        ),
    ] = []
    identifier: IdentifiersElsewhere = []
