"""Query parameters of the resolution of a name to participants."""

from typing import Annotated

from pydantic import BaseModel, Field

from app.domain.vocabulary import ParticipantKind
from app.reading.parameters.common import MAX_VALUES, DateRange, PlainNumber, SearchableName


class NameQuery(BaseModel):
    """A name, with hints about the participant who has it."""

    name: Annotated[
        SearchableName, Field(description="A name in any script, spelling and order of words.")
    ]
    on: Annotated[
        DateRange,
        Field(
            description="The date or interval (EDTF) in which the participant acted. Of candidates whose names "
            "match equally well, those who held an office then, or have events around then, come first. "
            "No candidate is excluded."
        ),
    ] = ""
    kind: Annotated[
        list[ParticipantKind],
        Field(max_length=MAX_VALUES, description="The participant is of one of these kinds."),
    ] = []
    limit: Annotated[
        int, Field(ge=1, le=50, description="The most candidates to return."), PlainNumber
    ] = 10
