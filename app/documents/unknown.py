"""Values of filters that are the id of no entity."""

from pydantic import Field

from app.documents.entities.base import DocumentPart


class UnknownValue(DocumentPart):
    """A value of a filter that is the id of no entity."""

    parameter: str = Field(examples=["place"])
    value: str = Field(examples=["moscov"])
    nearest: list[str] = Field(
        description="Ids of at most three entities with a similar id or name, the most similar first.",
        examples=[["moscow"]],
    )
