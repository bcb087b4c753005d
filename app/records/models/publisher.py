"""The record of a publisher: a house that publishes texts."""

from typing import Annotated

from pydantic import Field, StrictBool

from app.domain.values import CountryCode, LanguageMap, PublisherId
from app.domain.vocabulary import PublisherKind
from app.records.models.base import Aliases, Record


class PublisherRecord(Record):
    """A house that publishes texts: an agency, a newspaper, an archive, a ministry."""

    id: PublisherId
    names: LanguageMap
    aliases: Aliases = []
    kind: PublisherKind
    country: Annotated[
        CountryCode | None, Field(description="Country of its seat; null if unknown or none.")
    ] = None
    state: Annotated[
        StrictBool | None,
        Field(description="Whether a state owns or directs it; null if unknown."),
    ] = None
    house: Annotated[
        PublisherId | None,
        Field(
            description="Id of the publisher whose texts it copies, if it only copies; otherwise "
            "null. Both then count as one independent source.",
            examples=["kcna"],
        ),
    ] = None
