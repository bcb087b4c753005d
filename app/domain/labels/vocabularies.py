"""The labels of all public vocabularies, in English and French, read from `labels.toml`."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Final

from app.domain.dates import Precision
from app.domain.names.matching import MatchKind
from app.domain.names.scripts import Script
from app.domain.vocabulary import (
    Confidence,
    EventStatus,
    EventSubtype,
    EventType,
    EvidenceBasis,
    EvidencedField,
    ParticipantKind,
    PlacePrecision,
    RelationName,
    Role,
    TreatyKind,
)

# In the order in which `/v1/vocabularies` lists them.
_VOCABULARIES: Final[tuple[type[StrEnum], ...]] = (
    EventType,
    EventSubtype,
    EventStatus,
    Confidence,
    Role,
    ParticipantKind,
    RelationName,
    TreatyKind,
    EvidenceBasis,
    EvidencedField,
    PlacePrecision,
    Precision,
    MatchKind,
    Script,
)


@dataclass(frozen=True, slots=True)
class Label:
    """A member of a vocabulary for readers: a short name, and a sentence that defines it."""

    en: str
    fr: str
    definition_en: str
    definition_fr: str


@cache
def read_labels() -> Mapping[type[StrEnum], Mapping[StrEnum, Label]]:
    """Return the label of each member, by vocabulary."""
    tables = tomllib.loads(files(__package__).joinpath("labels.toml").read_text("utf-8"))
    return {
        vocabulary: {
            vocabulary(member): Label(**texts)
            for member, texts in tables[vocabulary.__name__].items()
        }
        for vocabulary in _VOCABULARIES
    }
