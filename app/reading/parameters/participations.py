"""Query parameters that choose events by their participants."""

from typing import Annotated

from pydantic import BaseModel, Field

from app.domain.values import CountryCode, OfficeId, ParticipantId
from app.domain.vocabulary import Rank, Role
from app.reading.parameters.common import MAX_VALUES


class ParticipationFilters(BaseModel):
    """Chooses events by their participants, and by the roles, sides and offices of these.

    A parameter with the name of a role takes participants who had that role. These parameters are
    independent of each other, so `sender` and `recipient` together find the letters from one person to
    another.
    """

    participant: Annotated[
        list[ParticipantId],
        Field(max_length=MAX_VALUES, description="At least one of these participants took part."),
    ] = []
    participant_all: Annotated[
        list[ParticipantId],
        Field(
            max_length=MAX_VALUES,
            description="All of these participants took part.",
            examples=[["sergey-lavrov", "choe-son-hui"]],
        ),
    ] = []
    role: Annotated[
        list[Role],
        Field(
            max_length=MAX_VALUES,
            description="The participants named by other filters had one of these roles; without such a "
            "filter, any participant had.",
        ),
    ] = []
    side: Annotated[
        list[CountryCode],
        Field(
            max_length=MAX_VALUES,
            description="The participants named by other filters acted for one of these countries; applies "
            "to the same participation as `role`.",
        ),
    ] = []
    office: Annotated[
        list[OfficeId],
        Field(
            max_length=MAX_VALUES,
            description="The participants named by other filters held one of these offices at the time; "
            "applies to the same participation as `role` and `side`.",
        ),
    ] = []
    rank: Annotated[
        list[Rank],
        Field(
            max_length=MAX_VALUES,
            description="The participants named by other filters held an office of one of these ranks at "
            "the time; applies to the same participation as `role` and `side`.",
        ),
    ] = []
    company: Annotated[
        list[ParticipantId],
        Field(
            max_length=MAX_VALUES,
            description="All of these participants took part too, in any role, for any side and in any "
            "office: with `rank=foreign_minister&side=KP` it finds their meetings with DPRK ministers.",
            examples=[["sergey-lavrov"]],
        ),
    ] = []
    host: Annotated[
        list[ParticipantId],
        Field(max_length=MAX_VALUES, description="One of these participants hosted."),
    ] = []
    guest: Annotated[
        list[ParticipantId],
        Field(max_length=MAX_VALUES, description="One of these participants was a guest."),
    ] = []
    attendee: Annotated[
        list[ParticipantId],
        Field(max_length=MAX_VALUES, description="One of these participants attended."),
    ] = []
    sender: Annotated[
        list[ParticipantId],
        Field(max_length=MAX_VALUES, description="One of these participants sent it."),
    ] = []
    recipient: Annotated[
        list[ParticipantId],
        Field(max_length=MAX_VALUES, description="One of these participants received it."),
    ] = []
    signatory: Annotated[
        list[ParticipantId],
        Field(max_length=MAX_VALUES, description="One of these participants signed it."),
    ] = []
    speaker: Annotated[
        list[ParticipantId],
        Field(max_length=MAX_VALUES, description="One of these participants spoke."),
    ] = []
    envoy: Annotated[
        list[ParticipantId],
        Field(max_length=MAX_VALUES, description="One of these participants was the envoy."),
    ] = []
    honouree: Annotated[
        list[ParticipantId],
        Field(max_length=MAX_VALUES, description="One of these participants was honoured."),
    ] = []
