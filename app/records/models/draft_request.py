"""The request for a draft: the text of an article, and its source."""

import re
import unicodedata
from datetime import date
from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict, Field, field_validator

from app.domain.dates import DateError, parse_edtf
from app.domain.languages import Language
from app.domain.values import SourceId, Url

MAX_TEXT: Final = 50_000
_DAY: Final = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
# Relative dates need a year before and one after the day.
_FIRST, _LAST = date(1900, 1, 1), date(2199, 12, 31)


class DraftRequest(BaseModel):
    """An article of which events are drafted. The server keeps neither the text nor the draft."""

    model_config = ConfigDict(extra="forbid")

    text: Annotated[
        str,
        Field(
            max_length=MAX_TEXT,
            description="The article's text, without headers; offsets count its code points.",
            examples=["Kim Jong Un received Sergei Shoigu in Pyongyang on Friday."],
        ),
    ]
    published: Annotated[
        str,
        Field(
            description="Day of publication, YYYY-MM-DD, to which `on Friday` and `yesterday` refer.",
            # Declared only: the validator has better messages.
            json_schema_extra={"pattern": f"^{_DAY.pattern}$"},
            examples=["2025-03-24"],
        ),
    ]
    language: Annotated[
        Language | None,
        Field(description="Language of the text; null to detect it."),
    ] = None
    source: Annotated[
        SourceId | None,
        Field(description="Id of the source that the article is, known or new; null for none."),
    ] = None
    url: Annotated[
        Url | None, Field(description="Address of the article; null if it is not online.")
    ] = None

    @field_validator("text")
    @classmethod
    def has_words(cls, text: str) -> str:
        """Refuse a text without a letter: nothing can be drafted from it."""
        if not any(unicodedata.category(c).startswith("L") for c in text):
            raise ValueError("the text has no words: send the text of an article")
        return text

    @field_validator("published")
    @classmethod
    def is_a_day(cls, published: str) -> str:
        """Refuse anything but one day, and say how it is written."""
        published_day(published)
        return published


def published_day(text: str) -> date:
    """Return the day of publication. Raises a ValueError that names the right form."""
    if not _DAY.fullmatch(text):
        try:
            parse_edtf(text)
        except DateError as error:
            raise ValueError(f"{error}; the day of publication is one day: YYYY-MM-DD") from None
        raise ValueError(
            f"{text[:60]!r} is not one day: relative dates such as 'on Friday' need the day of "
            "publication, YYYY-MM-DD"
        )
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise ValueError(
            f"{text!r} is not a day of the calendar: write YYYY-MM-DD, such as 2025-03-24"
        ) from None
    if not _FIRST <= day <= _LAST:
        raise ValueError(f"{text!r} is not in the years {_FIRST.year} to {_LAST.year}")
    return day
