"""Small values that records, tables and documents share: ids, codes, texts and language maps."""

import re
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
from app.domain.names.folding import UNSEEN
from app.domain.vocabulary import COUNTRIES

MAX_SLUG_LENGTH = 120
SLUG_PATTERN = "[a-z0-9]+(?:-[a-z0-9]+)*"
# Far above any article, and an integer to every engine.
MAX_OFFSET = 100_000_000
# Tab and newline may stand in a note; NUL and lone surrogates can be stored by no engine.
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")

# What ends a line, or shows nothing at all.
_NO_LINE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


def _clean(text: str) -> str:
    found = _FORBIDDEN.search(text)
    if found:
        raise ValueError(f"character U+{ord(found[0]):04X} is not allowed in a text")
    if text != text.strip():
        raise ValueError("a text does not begin or end with white space")
    if text and not text.strip(UNSEEN):
        raise ValueError("nothing of this text can be seen")
    return text


def one_line(text: str) -> str:
    """The text; raises ValueError where it is not one line of visible characters."""
    if found := _NO_LINE.search(text):
        raise ValueError(f"character U+{ord(found[0]):04X} is not allowed in a line")
    return _clean(text)


def _known_country(code: str) -> str:
    if code not in COUNTRIES:
        raise ValueError("not a country code: ISO 3166-1 alpha-2 such as RU or KP, or SU")
    return code


def _edtf(text: str) -> str:
    bounds = parse_edtf(text)
    start = () if text.startswith(("..", "/")) else (bounds.start_earliest, bounds.start_latest)
    end = () if text.endswith(("..", "/")) else (bounds.end_earliest, bounds.end_latest)
    if not {OPEN_START, OPEN_END}.isdisjoint((*start, *end)):
        raise DateError("0001-01-01 and 9999-12-31 stand for open ends, and can be no date")
    return text


Text = Annotated[str, Field(min_length=1, max_length=4000), AfterValidator(_clean)]
Line = Annotated[str, Field(min_length=1, max_length=300), AfterValidator(_clean)]
Slug = Annotated[
    str,
    Field(
        pattern=f"^{SLUG_PATTERN}$",
        max_length=MAX_SLUG_LENGTH,
        examples=["sergey-lavrov"],
    ),
]
EventId = Annotated[
    str,
    Field(
        pattern=r"^[0-9]{4}(?:-[a-z0-9]+)+$",
        max_length=MAX_SLUG_LENGTH,
        description="Begins with the date as first known.",
        examples=["2024-11-01-lavrov-choe-strategic-consultations"],
    ),
]
CountryCode = Annotated[
    str,
    Field(
        pattern=r"^[A-Z]{2}$",
        description="ISO 3166-1 alpha-2, or `SU` for the USSR.",
        examples=["RU"],
    ),
    AfterValidator(_known_country),
]
LanguageCode = Annotated[
    str, Field(pattern=r"^[a-z]{2,3}$", description="ISO 639 code.", examples=["fr"])
]
EdtfText = Annotated[
    str,
    Field(
        max_length=200,
        description=(
            "A date in EDTF (ISO 8601-2): level 0, level 1, or a set `[a,b]` (one of) or "
            "`{a,b}` (all of). Kept as its author wrote it."
        ),
        examples=["2024-11-01"],
    ),
    AfterValidator(_edtf),
]
Url = Annotated[
    str,
    Field(
        pattern=r"""^https?://[^\s"<>\\^`{|}]+$""",
        max_length=2000,
        examples=["https://tass.com/politics/1"],
    ),
]
Sha256 = Annotated[
    str, Field(pattern=r"^[0-9a-f]{64}$", description="SHA-256 in lower-case hexadecimal.")
]


class LanguageMap(BaseModel):
    """One text in several languages. English is always there; a language that is not known is absent."""

    model_config = ConfigDict(extra="forbid")

    en: Text
    fr: Text | MISSING = MISSING
    ru: Text | MISSING = MISSING
    ko: Text | MISSING = MISSING


class TextSelector(BaseModel):
    """A span of an article's text, in Unicode code points; `end` is the first one after the span."""

    model_config = ConfigDict(extra="forbid")

    start: Annotated[int, Field(strict=True, ge=0, le=MAX_OFFSET, examples=[431])]
    end: Annotated[int, Field(strict=True, ge=1, le=MAX_OFFSET, examples=[468])]

    @field_validator("end")
    @classmethod
    def comes_after_start(cls, end: int, info: ValidationInfo) -> int:
        """A span has a length."""
        if end <= info.data.get("start", -1):
            raise ValueError("a span ends after it starts")
        return end
