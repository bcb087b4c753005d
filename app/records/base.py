"""What every record has in common: it refuses fields that it does not know."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from app.domain.values import Line, Slug

# A list in a record is short; a limit also keeps the errors of a hostile one few.
MAX_ITEMS = 200

Aliases = Annotated[
    list[Line], Field(description="Other spellings and names, in any script.", max_length=MAX_ITEMS)
]
Identifiers = Annotated[
    dict[
        Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,31}$")],
        Annotated[str, StringConstraints(pattern=r"^[\x21-\x7e]{1,100}$")],
    ],
    Field(
        max_length=100,
        description="Identifiers elsewhere, by scheme; each belongs to one entity.",
        examples=[{"wikidata": "Q58217"}],
    ),
]


class RecordPart(BaseModel):
    """A part of a record; like the record, it refuses fields that it does not know."""

    model_config = ConfigDict(extra="forbid", serialize_by_alias=True)


class Record(RecordPart):
    """The input form of an entity, in files and over HTTP."""

    id: Slug


def refuse_repeats(values: list[str], what: str) -> None:
    """Raise a `ValueError` that names the first value that stands twice."""
    seen: set[str] = set()
    for value in values:
        if value in seen:
            raise ValueError(f"{what} {str(value)!r} stands twice")
        seen.add(value)
