"""The base of every record: it refuses unknown fields."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Annotated, Any

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    ValidationInfo,
    field_validator,
)
from pydantic_core import InitErrorDetails

from app.domain.labels.schemes import identifier_fault
from app.domain.languages import Language
from app.domain.names.look_alikes import explain_mixed, mixed_words
from app.domain.texts import settle, unfit_character
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
        description="Identifiers in other databases, by scheme; each belongs to one entity of its kind. That of "
        "`wikidata` is Q and a number, of `viaf` a number, and of `isni` 16 characters with their check "
        "character (ISO 7064, MOD 11-2), without spaces.",
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
# The context of the validation of a record that is stored.
STORED = {"stored": True}
# These may have several lines. The languages are fields of a patch: the patched record is checked again.
_SEVERAL_LINES = ("summary", "note", "definition", *Language)


def text_faults(text: str, *, one_line: bool) -> Iterator[str]:
    """Yield a sentence for each fault of a text that the types of documents allow.

    Documents of older databases may have such texts, so only records are checked.
    """
    if unfit := unfit_character(text):
        yield f"character U+{ord(unfit[0]):04X} is not allowed in a text: {unfit[1]}"
    elif one_line and (end := next((c for c in text if c in "\t\n"), "")):
        yield f"character U+{ord(end):04X} is not allowed in a line: write a space"
    elif text and not settle(text).strip():
        yield "a text must have a visible character"
    yield from map(explain_mixed, mixed_words(text))


def _texts(value: object) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Yield the texts in the value of a field with their places, except in parts, which check theirs."""
    if isinstance(value, str):
        yield (), value
    elif isinstance(value, list):
        yield from (((n,), text) for n, text in enumerate(value) if isinstance(text, str))
    elif isinstance(value, LanguageMap | OptionalLanguageMap):
        yield from (((language,), text) for language, text in value if isinstance(text, str))


class RecordPart(BaseModel):
    """A part of a record. It refuses unknown fields."""

    model_config = ConfigDict(extra="forbid", serialize_by_alias=True, defer_build=True)

    @field_validator(*WORDS, check_fields=False)
    @classmethod
    def have_sound_texts(cls, value: Any, info: ValidationInfo) -> Any:
        """Refuse a word in two alphabets, of which one only looks right, and unfit characters.

        Raises a ValidationError, because only that says which text of the value is wrong.
        Texts that are stored (STORED) were checked when they were written.
        """
        if info.context is STORED:
            return value
        one_line = info.field_name not in _SEVERAL_LINES
        errors = [
            InitErrorDetails(
                type="value_error", loc=place, input=text, ctx={"error": ValueError(fault)}
            )
            for place, text in _texts(value)
            for fault in text_faults(text, one_line=one_line)
        ]
        if errors:
            raise ValidationError.from_exception_data(cls.__name__, errors)
        return value


class Record(RecordPart):
    """An entity as clients and files write it."""

    id: Slug

    @field_validator("identifiers", check_fields=False)
    @classmethod
    def have_sound_identifiers(cls, identifiers: dict[str, str]) -> dict[str, str]:
        """Refuse an identifier that its database cannot have issued."""
        faults = ((scheme, identifier_fault(scheme, id_)) for scheme, id_ in identifiers.items())
        errors = [
            InitErrorDetails(
                type="value_error",
                loc=(scheme,),
                input=identifiers[scheme],
                ctx={"error": ValueError(fault)},
            )
            for scheme, fault in faults
            if fault is not None
        ]
        if errors:
            raise ValidationError.from_exception_data(cls.__name__, errors)
        return identifiers

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
