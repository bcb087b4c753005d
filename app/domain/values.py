"""Named types that records, tables and documents share: ids, codes, texts and language maps."""

import re
from dataclasses import dataclass
from typing import Annotated

from pydantic import (
    MISSING,
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    ValidationInfo,
    field_validator,
)

from app.domain.dates import OPEN_END, OPEN_START, DateError, parse_edtf
from app.domain.names.folding import INVISIBLE
from app.domain.texts import is_settled, settle
from app.domain.vocabulary import COUNTRIES, EntityKind

MAX_SLUG_LENGTH = 120
SLUG_PATTERN = "[a-z0-9]+(?:-[a-z0-9]+)*"
# Longer than any article, and within the integers of both engines.
MAX_OFFSET = 100_000_000
# A note may contain tabs and newlines. No engine stores NUL or lone surrogates.
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
# Control characters and line separators.
_FORBIDDEN_IN_LINE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")

_COUNTRY_CODE = "a country code: ISO 3166-1 alpha-2 such as RU or KP, or SU"
# For each pattern below and in the record models, the end of the message "found …, expected …". The
# word `{example}` becomes the example of the parameter or field.
EXPECTED_BY_PATTERN: dict[str, str] = {}


def pattern(regex: str, *, expected: str) -> str:
    """Return the regex, and register the words with which an error message explains it."""
    EXPECTED_BY_PATTERN[regex] = expected
    return regex


def check_characters(text: str) -> str:
    """Return the text. Raises ValueError for a character that no text may have, such as NUL."""
    if match := _FORBIDDEN.search(text):
        raise ValueError(f"character U+{ord(match[0]):04X} is not allowed in a text")
    return text


def _check_text(text: str) -> str:
    if text and is_settled(text):
        return text
    check_characters(text)
    if text != text.strip():
        raise ValueError("a text must not begin or end with white space")
    if text and not text.strip(INVISIBLE):
        raise ValueError("a text must have a visible character")
    return settled_text(text)


def settled_text(text: str) -> str:
    """Return the text in the one form in which it is stored, or as it is if it would then be longer."""
    if is_settled(text):
        return text
    settled = settle(text).strip()
    # A few letters are longer in NFC, and the text has just met its limit. Documents of older
    # databases are settled too, so that nothing that was stored may be refused.
    return settled if settled and len(settled) <= len(text) else text


def check_one_line(text: str) -> str:
    """Return the text. Raises ValueError unless it is one line with a visible character."""
    if match := _FORBIDDEN_IN_LINE.search(text):
        raise ValueError(f"character U+{ord(match[0]):04X} is not allowed in a line")
    return _check_text(text)


def _check_country(code: str) -> str:
    if code not in COUNTRIES:
        raise ValueError(f"not {_COUNTRY_CODE}")
    return code


def _check_edtf(text: str) -> str:
    bounds = parse_edtf(text)
    start = () if text.startswith(("..", "/")) else (bounds.start_earliest, bounds.start_latest)
    end = () if text.endswith(("..", "/")) else (bounds.end_earliest, bounds.end_latest)
    if not {OPEN_START, OPEN_END}.isdisjoint((*start, *end)):
        raise DateError(
            "0001-01-01 and 9999-12-31 are reserved for open ends: write '..' for an open end"
        )
    return text


def _check_moment(text: str) -> str:
    if "/" in text or text.startswith("{"):
        raise DateError(
            f"{text!r} is {'an interval' if '/' in text else 'several dates'}: the beginning or the end of a "
            "period is one date, or a set [a,b] of which one is right"
        )
    return text


@dataclass(frozen=True)
class IdOf:
    """Marks a type of ids of one kind. A filter by an id of a merged entity finds the survivor."""

    kind: EntityKind


Text = Annotated[str, Field(min_length=1, max_length=4000), AfterValidator(_check_text)]
Line = Annotated[str, Field(min_length=1, max_length=300), AfterValidator(_check_text)]
Slug = Annotated[
    str,
    Field(
        pattern=pattern(
            f"^{SLUG_PATTERN}$",
            expected="an id: lower-case letters and digits joined by single hyphens, such as {example}",
        ),
        max_length=MAX_SLUG_LENGTH,
        examples=["sergey-lavrov"],
    ),
]


def is_slug(text: str) -> bool:
    """Return whether a text has the form of an id."""
    return len(text) <= MAX_SLUG_LENGTH and re.fullmatch(SLUG_PATTERN, text) is not None


EventId = Annotated[
    str,
    Field(
        pattern=pattern(
            r"^[0-9]{4}(?:-[a-z0-9]+)+$",
            expected="an event's id: the date as first known, then lower-case words and digits "
            "joined by single hyphens, such as 2024-11-01-lavrov-choe-strategic-consultations",
        ),
        max_length=MAX_SLUG_LENGTH,
        description="Id of an event. It begins with the date as first known.",
        examples=["2024-11-01-lavrov-choe-strategic-consultations"],
    ),
    IdOf(EntityKind.EVENT),
]
# Ids with their kind and an example, which error messages name.
ParticipantId = Annotated[Slug, IdOf(EntityKind.PARTICIPANT)]
OrganisationId = Annotated[ParticipantId, Field(examples=["russian-foreign-ministry"])]
PlaceId = Annotated[Slug, Field(examples=["moscow"]), IdOf(EntityKind.PLACE)]
SourceId = Annotated[Slug, Field(examples=["tass-1865655"]), IdOf(EntityKind.SOURCE)]
OfficeId = Annotated[Slug, Field(examples=["kp-foreign-minister"]), IdOf(EntityKind.OFFICE)]
PublisherId = Annotated[Slug, Field(examples=["tass"]), IdOf(EntityKind.PUBLISHER)]
TagId = Annotated[Slug, Field(examples=["strategic-dialogue"]), IdOf(EntityKind.TAG)]
TreatyId = Annotated[Slug, Field(examples=["friendship-treaty-1961"]), IdOf(EntityKind.TREATY)]
CountryCode = Annotated[
    str,
    Field(
        pattern=pattern(r"^[A-Z]{2}$", expected=_COUNTRY_CODE),
        description="Country code: ISO 3166-1 alpha-2, or `SU` for the USSR.",
        examples=["RU"],
    ),
    AfterValidator(_check_country),
]
LanguageCode = Annotated[
    str,
    Field(
        pattern=pattern(
            r"^[a-z]{2,3}$",
            expected="a language code: ISO 639, two or three lower-case letters such as fr",
        ),
        description="Language code: ISO 639, two or three letters.",
        examples=["fr"],
    ),
]
EdtfText = Annotated[
    str,
    Field(
        max_length=200,
        description=(
            "Date in EDTF (ISO 8601-2): level 0, level 1, or a set `[a,b]` (one of) or "
            "`{a,b}` (all of). Kept as its author wrote it."
        ),
        examples=["2024-11-01"],
    ),
    AfterValidator(_check_edtf),
]
# The beginning or the end of a period.
EdtfMoment = Annotated[EdtfText, AfterValidator(_check_moment)]
Url = Annotated[
    str,
    Field(
        pattern=pattern(
            r"""^https?://[^\s"<>\\^`{|}]+$""",
            expected="an address that begins with http:// or https://, with spaces and any of "
            '"<>\\^`{|} encoded',
        ),
        max_length=2000,
        examples=["https://tass.com/politics/1"],
    ),
]
Sha256 = Annotated[
    str,
    Field(
        pattern=pattern(
            r"^[0-9a-f]{64}$", expected="a SHA-256: 64 hexadecimal digits in lower case"
        ),
        description="SHA-256 in lower-case hexadecimal.",
    ),
]


class LanguageMap(BaseModel):
    """One text in several languages. English is always present; others may be absent."""

    model_config = ConfigDict(extra="forbid")

    en: Text
    fr: Text | MISSING = MISSING
    ru: Text | MISSING = MISSING
    ko: Text | MISSING = MISSING


class OptionalLanguageMap(BaseModel):
    """A text in any of the languages, or in none."""

    model_config = ConfigDict(extra="forbid")

    en: Text | MISSING = MISSING
    fr: Text | MISSING = MISSING
    ru: Text | MISSING = MISSING
    ko: Text | MISSING = MISSING


class TextSelector(BaseModel):
    """A span of an article's text, counted in Unicode code points; `end` is excluded."""

    model_config = ConfigDict(extra="forbid")

    start: Annotated[int, Field(strict=True, ge=0, le=MAX_OFFSET, examples=[431])]
    end: Annotated[int, Field(strict=True, ge=1, le=MAX_OFFSET, examples=[468])]

    @field_validator("end")
    @classmethod
    def comes_after_start(cls, end: int, info: ValidationInfo) -> int:
        """Refuse an empty span."""
        start = info.data.get("start", -1)
        if end <= start:
            raise ValueError(f"the end must be greater than the start, {start}")
        return end
