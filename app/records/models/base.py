"""The base of every record: it refuses unknown fields."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Annotated, Any

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    field_validator,
)

from app.domain.names.look_alikes import mixed_words, strange_letters
from app.domain.values import LanguageMap, Line, OptionalLanguageMap, Slug, pattern

# Lists in records are short. The limit also bounds the number of errors in a hostile record.
MAX_ITEMS = 200

# A valid record as JSON values: dicts, lists, texts, numbers, booleans and None.
Plain = dict[str, Any]

Aliases = Annotated[
    list[Line], Field(description="Other names and spellings, in any script.", max_length=MAX_ITEMS)
]
Scheme = Annotated[
    str,
    StringConstraints(
        pattern=pattern(
            r"^[a-z][a-z0-9_]{0,31}$",
            expected="a scheme: a lower-case letter, then at most 31 of a-z 0-9 _, such as wikidata",
        )
    ),
]
Identifier = Annotated[
    str,
    StringConstraints(
        pattern=pattern(
            r"^[\x21-\x7e]{1,100}$",
            expected="1 to 100 ASCII characters without a space, such as Q58217",
        )
    ),
]
Identifiers = Annotated[
    dict[Scheme, Identifier],
    Field(
        max_length=100,
        description="Identifiers in other databases, by scheme; each belongs to one participant.",
        examples=[{"wikidata": "Q58217"}],
    ),
]

# The fields of all records that hold words of a language. Most others allow ASCII only.
WORDS = (
    "names",
    "feminine",
    "aliases",
    "title",
    "summary",
    "definition",
    "capacity",
    "registration",
    "reason",
    "note",
    *LanguageMap.model_fields,
)
_MIXED = (
    "the word {word!r} mixes Latin and Cyrillic letters: write all of it in one alphabet; "
    "{letters!r} is from the other one"
)


def _texts(value: object) -> Iterator[str]:
    """Yield the texts in the value of a field, except those in parts, which check their own."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        yield from (text for text in value if isinstance(text, str))
    elif isinstance(value, LanguageMap | OptionalLanguageMap):
        yield from (text for _, text in value if isinstance(text, str))


class RecordPart(BaseModel):
    """A part of a record. It refuses unknown fields."""

    model_config = ConfigDict(extra="forbid", serialize_by_alias=True)

    @field_validator(*WORDS, check_fields=False)
    @classmethod
    def have_words_of_one_script(cls, value: Any) -> Any:
        """Refuse a word with Latin and Cyrillic letters: one of them only looks right."""
        for text in _texts(value):
            for word in mixed_words(text):
                raise ValueError(_MIXED.format(word=word, letters=strange_letters(word)))
        return value


class Record(RecordPart):
    """An entity as clients and files write it."""

    id: Slug

    def to_plain(self) -> Plain:
        """Return the record as JSON values, the form in which imports store and compare records.

        JSON values are stored and loaded about ten times faster than models.
        """
        return self.model_dump(mode="json")


def refuse_repeats(values: Iterable[str], noun: str) -> None:
    """Raise a ValueError that names each repeated value; `noun` names them in the message."""
    texts = [*map(str, values)]
    if len({*texts}) < len(texts):
        repeated = [value for value, times in Counter(texts).items() if times > 1]
        raise ValueError(f"{noun} {', '.join(map(repr, repeated))} appears more than once")
