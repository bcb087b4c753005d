"""Query parameters of the resolution of a name to participants, and to entities of any kind."""

from enum import StrEnum
from typing import Annotated, Final

from pydantic import BaseModel, Field, TypeAdapter, ValidationError

from app.domain.vocabulary import EntityKind, ParticipantKind
from app.reading.parameters.common import MAX_VALUES, DateRange, PlainNumber, SearchableName

_NAME: Final = TypeAdapter[str](SearchableName)
# The longest name of the seeds, a treaty's, has 32.
MOST_WORDS_OF_NAME: Final = 40


def is_name(text: str) -> bool:
    """Return whether the text can be a name.

    It has a letter or digit, and at most 300 characters and 40 words.
    """
    if len(text.split()) > MOST_WORDS_OF_NAME:
        return False
    try:
        _NAME.validate_python(text)
    except ValidationError:
        return False
    return True


class NamedKind(StrEnum):
    """A kind of entity that has names."""

    PARTICIPANT = EntityKind.PARTICIPANT
    PLACE = EntityKind.PLACE
    TREATY = EntityKind.TREATY
    OFFICE = EntityKind.OFFICE
    PUBLISHER = EntityKind.PUBLISHER
    TAG = EntityKind.TAG


class EntityNameQuery(BaseModel):
    """A name of an entity, with the kinds that it may have."""

    name: Annotated[
        SearchableName,
        Field(
            description="A name or alias in any script and spelling. The words of the name of a thing keep "
            "their order.",
            examples=["나진"],
        ),
    ]
    kind: Annotated[
        list[NamedKind],
        Field(max_length=MAX_VALUES, description="The entity is of one of these kinds."),
    ] = []
    limit: Annotated[
        int, Field(ge=1, le=50, description="The most candidates to return."), PlainNumber
    ] = 10


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
