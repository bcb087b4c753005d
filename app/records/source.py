"""The record of a source: a publication that reports events."""

from typing import Annotated, Self

from pydantic import Field, model_validator

from app.domain.values import EdtfText, LanguageCode, Line, Slug, Text, Url
from app.records.base import Record

ArticleName = Annotated[
    str,
    Field(
        pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$",
        max_length=200,
        description="The name under which the article's text is filed, without `.txt`.",
        examples=["000_32bf51e976ece39f"],
    ),
]


class SourceRecord(Record):
    """A publication. `publisher` is where it was seen, `agency` whose text it carries."""

    id: Slug
    publisher: Line | None = None
    agency: Line | None = None
    language: LanguageCode
    published: EdtfText | None = None
    url: Url | None = None
    article: ArticleName | None = None
    note: Text | None = None

    @model_validator(mode="after")
    def can_be_found(self) -> Self:
        """A source that nobody can look up proves nothing."""
        if self.url is None and self.article is None:
            raise ValueError("a source needs a url, or the name of the article that is on file")
        return self
