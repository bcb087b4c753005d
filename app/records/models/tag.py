"""The record of a tag: a subject of events."""

from typing import Annotated

from pydantic import Field

from app.domain.values import LanguageMap, TagId
from app.records.models.base import Record


class TagRecord(Record):
    """A subject of events. Events name it in their `tags`."""

    id: TagId
    names: LanguageMap
    definition: Annotated[
        LanguageMap | None,
        Field(
            description="A sentence that says which events have the tag; null if none is written."
        ),
    ] = None
    broader: Annotated[
        TagId | None,
        Field(
            description="Id of the tag whose subject includes this one; null for none.",
            examples=["military"],
        ),
    ] = None
