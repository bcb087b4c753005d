"""Values of filters that nothing has: ids of no entity, and words of a search."""

from pydantic import Field

from app.documents.entities.base import DocumentPart


class UnknownValue(DocumentPart):
    """A value of a filter that is the id of no entity, or a word of `q` that no event has."""

    parameter: str = Field(examples=["place"])
    value: str = Field(examples=["moscov"])
    nearest: list[str] = Field(
        description="Ids of at most three entities with a similar id or name, the most similar first.",
        examples=[["moscow"]],
    )

    @property
    def is_word(self) -> bool:
        """Whether it is a word of `q`, and no id."""
        return self.parameter == "q"
