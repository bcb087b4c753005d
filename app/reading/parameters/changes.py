"""Which changes of the log."""

from typing import Annotated

from pydantic import BaseModel, Field

from app.domain.vocabulary import EntityKind
from app.reading.parameters.common import MAX_VALUES, PlainNumber

# As many digits as a cursor holds; more than an engine's integers take would be an error of theirs.
MAX_SEQ = 10**15 - 1
ChangeKinds = Annotated[
    list[EntityKind],
    Field(max_length=MAX_VALUES, description="Changes of entities of these kinds only."),
]


RevisionNumber = Annotated[int, Field(ge=1, le=999_999_999, examples=[1]), PlainNumber]


class ChangeFilters(BaseModel):
    """After which change, and of what."""

    after: Annotated[
        int,
        Field(
            ge=0,
            le=MAX_SEQ,
            description="The changes after this one, by its `seq`; 0 for all from the first.",
        ),
        PlainNumber,
    ] = 0
    kind: ChangeKinds = []


class ChangesRequest(ChangeFilters):
    """A page of changes."""

    limit: Annotated[int, Field(ge=1, le=1000, description="Changes on a page."), PlainNumber] = 100


class FollowRequest(BaseModel):
    """From which change on to follow, and what."""

    after: Annotated[
        int,
        Field(
            ge=-1,
            le=MAX_SEQ,
            description="First the changes after this one, by its `seq`; -1: only those to come.",
        ),
        PlainNumber,
    ] = -1
    kind: ChangeKinds = []
