"""Query parameters of the change log and of revisions."""

from typing import Annotated

from pydantic import BaseModel, Field

from app.domain.vocabulary import EntityKind
from app.reading.parameters.common import MAX_VALUES, Instant, PlainNumber

# The 15 digits that a cursor can hold. A larger number could exceed the integers of a database.
MAX_SEQ = 10**15 - 1
ChangeKinds = Annotated[
    list[EntityKind],
    Field(max_length=MAX_VALUES, description="Only changes of entities of these kinds."),
]
RevisionNumber = Annotated[int, Field(ge=1, le=999_999_999, examples=[1]), PlainNumber]


class ChosenChanges(BaseModel):
    """Chooses changes by the kind of their entity and by their cause."""

    kind: ChangeKinds = []
    direct: Annotated[
        bool,
        Field(
            description="With true, leave out the changes that follow from an edit of another entity: "
            "those with a `cause`."
        ),
    ] = False


class _After(BaseModel):
    after: Annotated[
        int,
        Field(
            ge=0,
            le=MAX_SEQ,
            description="Only changes after the one with this `seq`; 0 starts from the first change.",
        ),
        PlainNumber,
    ] = 0
    since: Annotated[
        Instant,
        Field(
            description="Only changes made after this instant: RFC 3339, or a day. With `after`, the "
            "later one counts; `page.next` and `page.last` continue by number."
        ),
    ] = ""


class ChangeFilters(ChosenChanges, _After):
    """Chooses the changes after one, optionally of some kinds of entity, or only edits."""


class ChangesRequest(ChangeFilters):
    """Chooses a page of changes."""

    limit: Annotated[
        int, Field(ge=1, le=1000, description="The most changes on a page."), PlainNumber
    ] = 100


class _Start(BaseModel):
    after: Annotated[
        int,
        Field(
            ge=-1,
            le=MAX_SEQ,
            description="Start with the changes after the one with this `seq`; -1 streams only changes "
            "made from now on.",
        ),
        PlainNumber,
    ] = -1


class FollowRequest(ChosenChanges, _Start):
    """Chooses the change to start from, and optionally some kinds of entity, or only edits."""
