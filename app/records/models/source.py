"""The record of a source: a publication that reports events."""

from typing import Annotated

from pydantic import Field, ValidationInfo, field_validator

from app.domain.values import EdtfText, LanguageCode, Line, Slug, Text, Url, pattern
from app.records.models.base import Record

ArticleName = Annotated[
    str,
    Field(
        pattern=pattern(
            r"^[A-Za-z0-9][A-Za-z0-9._-]*$",
            expected="the name of an article: letters, digits and . _ - such as "
            "000_32bf51e976ece39f",
        ),
        max_length=200,
        description="File name of the article's text, without `.txt`; null if the article is not on file.",
        examples=["000_32bf51e976ece39f"],
    ),
]


class SourceRecord(Record):
    """A publication. `publisher` is where it was seen, `agency` whose text it carries."""

    id: Slug
    publisher: Annotated[
        Line | None, Field(description="Where it was seen; null if not known.")
    ] = None
    agency: Annotated[
        Line | None, Field(description="The agency whose text it carries; null if it names none.")
    ] = None
    language: LanguageCode
    published: Annotated[EdtfText | None, Field(description="When; null if not known.")] = None
    url: Annotated[Url | None, Field(description="Where it can be read; null for none.")] = None
    article: Annotated[ArticleName | None, Field(validate_default=True)] = None
    note: Annotated[Text | None, Field(description="On the source; null for none.")] = None

    @field_validator("article")
    @classmethod
    def can_be_found(cls, article: str | None, info: ValidationInfo) -> str | None:
        """A source that nobody can look up proves nothing."""
        if article is None and info.data.get("url", "") is None:
            raise ValueError("a source needs a url, or the name of the article that is on file")
        return article
