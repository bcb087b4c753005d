"""The documents of the vocabularies: each term with its label and definition."""

from enum import StrEnum
from functools import cache

from pydantic import Field

from app.documents.entities.base import DocumentPart
from app.documents.pages import PageInfo
from app.domain import vocabulary as v
from app.domain.labels.vocabularies import VOCABULARIES, read_labels
from app.domain.values import LanguageMap


class Term(DocumentPart):
    """A term of a vocabulary."""

    id: str = Field(description="Value of the term in documents.", examples=["meeting"])
    label: LanguageMap
    definition: LanguageMap
    narrower: list[str] = Field(
        description="For an event type, the ids of its subtypes; otherwise empty."
    )


class Vocabulary(DocumentPart):
    """A closed list of terms. Terms may be added, and are never removed or renamed."""

    id: str = Field(examples=["type"])
    terms: list[Term]


class VocabularyPage(DocumentPart):
    """All the vocabularies."""

    items: list[Vocabulary]
    page: PageInfo


@cache
def vocabularies() -> VocabularyPage:
    """Return every vocabulary, in a fixed order."""
    items = [
        Vocabulary(id=name, terms=[_term(member) for member in enum])
        for name, enum in VOCABULARIES.items()
    ]
    return VocabularyPage(items=items, page=PageInfo.of_whole(len(items)))


def _term(member: StrEnum) -> Term:
    label = read_labels()[type(member)][member]
    return Term(
        id=member,
        label=label.label,
        definition=label.definition,
        narrower=list(v.SUBTYPES[member]) if isinstance(member, v.EventType) else [],
    )
