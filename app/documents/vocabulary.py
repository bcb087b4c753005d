"""The documents of the vocabularies: each term with its label and definition."""

from enum import StrEnum
from functools import cache

from pydantic import Field

from app.documents.entities.base import DocumentPart
from app.documents.pages import PageInfo
from app.domain import vocabulary as v
from app.domain.dates import Precision
from app.domain.labels.vocabularies import read_labels
from app.domain.names.matching import MatchKind
from app.domain.names.scripts import Script
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


_ENUMS: dict[str, type[StrEnum]] = {
    "type": v.EventType,
    "subtype": v.EventSubtype,
    "status": v.EventStatus,
    "confidence": v.Confidence,
    "role": v.Role,
    "relation": v.RelationName,
    "participant-kind": v.ParticipantKind,
    "treaty-kind": v.TreatyKind,
    "evidence-basis": v.EvidenceBasis,
    "evidenced-field": v.EvidencedField,
    "place-precision": v.PlacePrecision,
    "date-precision": Precision,
    "name-match": MatchKind,
    "script": Script,
}


@cache
def vocabularies() -> VocabularyPage:
    """Return every vocabulary, in a fixed order."""
    items = [
        Vocabulary(id=name, terms=[_term(member) for member in enum])
        for name, enum in _ENUMS.items()
    ]
    info = PageInfo(limit=len(items), returned=len(items), next=None, total=len(items), cursor=None)
    return VocabularyPage(items=items, page=info)


def _term(member: StrEnum) -> Term:
    label = read_labels()[type(member)][member]
    return Term(
        id=member,
        label=LanguageMap(en=label.en, fr=label.fr),
        definition=LanguageMap(en=label.definition_en, fr=label.definition_fr),
        narrower=list(v.SUBTYPES[member]) if isinstance(member, v.EventType) else [],
    )
