"""The record of a source: a publication that reports events."""

from typing import Annotated

from pydantic import Field, ValidationInfo, field_validator

from app.domain.values import (
    EdtfText,
    LanguageCode,
    Line,
    PublisherId,
    SourceId,
    Text,
    Url,
    pattern,
)
from app.records.models.base import Record

ARTICLE_NAME = r"^[A-Za-z0-9][A-Za-z0-9._-]*$"
ArticleName = Annotated[
    str,
    Field(
        pattern=pattern(
            ARTICLE_NAME,
            expected="the name of an article: letters, digits and . _ - such as "
            "000_32bf51e976ece39f",
        ),
        max_length=200,
        description="File name of the article's text, without `.txt`; null if it is not on file.",
        examples=["000_32bf51e976ece39f"],
    ),
]


class SourceRecord(Record):
    """A publication that reports events. It needs a `url` or an `article`."""

    id: SourceId
    publisher: Annotated[
        PublisherId | None,
        Field(
            description="Id of the publisher in which the text appeared; null if unknown.",
            examples=["tass"],
        ),
    ] = None
    agency: Annotated[
        PublisherId | None,
        Field(
            description="Id of the publisher that wrote the text, such as a news agency; null if the "
            "text names none.",
            examples=["kcna"],
        ),
    ] = None
    title: Annotated[
        Line | None,
        Field(description="Title of the work, if it is a name, or in our words; null for none."),
    ] = None
    language: LanguageCode
    published: Annotated[
        EdtfText | None, Field(description="Date of publication, in EDTF; null if unknown.")
    ] = None
    url: Annotated[
        Url | None, Field(description="Address of the text; null if it is not online.")
    ] = None
    archived_url: Annotated[
        Url | None, Field(description="Address of an archived copy of the text; null for none.")
    ] = None
    article: Annotated[ArticleName | None, Field(validate_default=True)] = None
    note: Annotated[
        Text | None, Field(description="The editors' remark on the source; null for none.")
    ] = None

    @field_validator("article")
    @classmethod
    def can_be_found(cls, article: str | None, info: ValidationInfo) -> str | None:
        """Require a url or an article: a source that nobody can look up proves nothing."""
        if article is None and info.data.get("url", "") is None:
            raise ValueError("a source needs a url, or the name of an article that is on file")
        return article
