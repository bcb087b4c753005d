"""Every term of the public vocabularies has a label and a definition, in both languages."""

from enum import StrEnum

import pytest

from app.domain.dates import Precision
from app.domain.labels.vocabularies import LABELS, Label
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
    RelationType,
    Role,
    TreatyKind,
)

PUBLIC: tuple[type[StrEnum], ...] = (
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
MAX_DEFINITION = 160

each_vocabulary = pytest.mark.parametrize(
    "vocabulary", [pytest.param(enum, id=enum.__name__) for enum in PUBLIC]
)
each_label = pytest.mark.parametrize(
    "label",
    [
        pytest.param(label, id=f"{vocabulary.__name__}.{member.name}")
        for vocabulary, labels in LABELS.items()
        for member, label in labels.items()
    ],
)


def test_the_vocabularies_are_the_public_ones() -> None:
    assert tuple(LABELS) == PUBLIC


@each_vocabulary
def test_every_member_has_a_label_in_the_order_of_the_enum(vocabulary: type[StrEnum]) -> None:
    labels = LABELS[vocabulary]
    assert list(labels) == list(vocabulary)
    # Members of different enums can be equal as strings, so the test compares their classes.
    assert {type(member) for member in labels} == {vocabulary}


def test_relation_types_are_labelled_as_relation_names() -> None:
    assert {str(member) for member in RelationType} <= set(LABELS[RelationName])


@each_vocabulary
@pytest.mark.parametrize("text", ["en", "fr", "definition_en", "definition_fr"])
def test_no_two_members_read_the_same(vocabulary: type[StrEnum], text: str) -> None:
    texts = [getattr(label, text).casefold() for label in LABELS[vocabulary].values()]
    assert len(set(texts)) == len(texts)


@each_label
def test_labels_are_short_and_capitalised(label: Label) -> None:
    for name in (label.en, label.fr):
        assert name == name.strip()
        assert name[0].isupper()
        assert not name.endswith(".")
        assert len(name) <= 40


@each_label
def test_definitions_are_one_short_sentence(label: Label) -> None:
    for definition in (label.definition_en, label.definition_fr):
        assert definition == " ".join(definition.split())
        assert definition[0].isupper()
        assert definition.endswith(".")
        assert definition.count(".") == 1
        assert len(definition) <= MAX_DEFINITION
