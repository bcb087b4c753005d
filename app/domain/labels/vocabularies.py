"""The labels of all public vocabularies, in four languages, read from `labels.toml`."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Final

from app.domain.dates import Precision
from app.domain.names.matching import MatchKind
from app.domain.names.scripts import Script
from app.domain.values import LanguageMap
from app.domain.vocabulary import (
    Confidence,
    EventStatus,
    EventSubtype,
    EventType,
    EvidenceBasis,
    EvidencedField,
    ParticipantKind,
    PlacePrecision,
    PublisherKind,
    Rank,
    RelationName,
    Role,
    TreatyKind,
)

# The vocabularies by their ids, in the order in which `/v1/vocabularies` lists them.
VOCABULARIES: Final[Mapping[str, type[StrEnum]]] = {
    "type": EventType,
    "subtype": EventSubtype,
    "status": EventStatus,
    "confidence": Confidence,
    "role": Role,
    "rank": Rank,
    "relation": RelationName,
    "participant-kind": ParticipantKind,
    "treaty-kind": TreatyKind,
    "publisher-kind": PublisherKind,
    "evidence-basis": EvidenceBasis,
    "evidenced-field": EvidencedField,
    "place-precision": PlacePrecision,
    "date-precision": Precision,
    "name-match": MatchKind,
    "script": Script,
}


@dataclass(frozen=True, slots=True)
class Label:
    """A term of a vocabulary for readers: a short name, and a sentence that defines it.

    `also` has further words for the term by language, which full text searches.
    """

    label: LanguageMap
    definition: LanguageMap
    also: Mapping[str, Sequence[str]]


@cache
def read_labels() -> Mapping[type[StrEnum], Mapping[StrEnum, Label]]:
    """Return the label of each term, by vocabulary."""
    tables = tomllib.loads(files(__package__).joinpath("labels.toml").read_text("utf-8"))
    return {
        vocabulary: {
            vocabulary(term): Label(
                LanguageMap(**texts["label"]),
                LanguageMap(**texts["definition"]),
                texts.get("also", {}),
            )
            for term, texts in tables[name].items()
        }
        for name, vocabulary in VOCABULARIES.items()
    }
