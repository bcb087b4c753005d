"""What every record has in common: it refuses fields that it does not know."""

from collections import Counter
from collections.abc import Iterable
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from app.domain.values import Line, Slug

# A list in a record is short; a limit also keeps the errors of a hostile one few.
MAX_ITEMS = 200

# A valid record as JSON values.
Plain = dict[str, Any]

Aliases = Annotated[
    list[Line], Field(description="Other spellings and names, in any script.", max_length=MAX_ITEMS)
]
Scheme = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,31}$")]
Identifier = Annotated[str, StringConstraints(pattern=r"^[\x21-\x7e]{1,100}$")]
Identifiers = Annotated[
    dict[Scheme, Identifier],
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

    def to_plain(self) -> Plain:
        """The record as JSON values, as it is kept, compared and written.

        They are kept and read back some ten times faster than models.
        """
        return self.model_dump(mode="json")


def refuse_repeats(values: Iterable[str], what: str) -> None:
    """Raise a `ValueError` that names every value which stands more than once."""
    repeated = [value for value, times in Counter(map(str, values)).items() if times > 1]
    if repeated:
        raise ValueError(f"{what} {', '.join(map(repr, repeated))} stands more than once")
