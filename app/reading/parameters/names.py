"""Which name is to be resolved to participants."""

from typing import Annotated

from pydantic import BaseModel, Field

from app.domain.vocabulary import ParticipantKind
from app.reading.parameters.common import MAX_VALUES, DateRange, PlainNumber, SearchableName


class NameQuery(BaseModel):
    """A name, and what is known of who bears it."""

    name: Annotated[
        SearchableName, Field(description="The name in any script, spelling and order of words.")
    ]
    on: Annotated[
        DateRange,
        Field(
            description="When the participant acted, as EDTF date or interval: of candidates whose "
            "names agree equally well, those who held an office then, or whose events lie round "
            "it, come first. Nobody is excluded."
        ),
    ] = ""
    kind: Annotated[
        list[ParticipantKind],
        Field(max_length=MAX_VALUES, description="The participant is one of these."),
    ] = []
    limit: Annotated[int, Field(ge=1, le=50, description="Candidates at most."), PlainNumber] = 10
