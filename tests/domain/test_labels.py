"""Every term of the public vocabularies has a label and a definition, in both languages."""

from enum import StrEnum

from app.domain.dates import Precision
from app.domain.labels.vocabularies import Label, read_labels
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
from tests.support.rules import offenders

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

VOCABULARIES = {enum.__name__: enum for enum in PUBLIC}
EACH_LABEL = {
    f"{vocabulary.__name__}.{member.name}": label
    for vocabulary, labels in read_labels().items()
    for member, label in labels.items()
}


def test_the_vocabularies_are_the_public_ones() -> None:
    assert tuple(read_labels()) == PUBLIC


def test_every_member_has_a_label_in_the_order_of_the_enum() -> None:
    def rule(vocabulary: type[StrEnum]) -> None:
        labels = read_labels()[vocabulary]
        assert list(labels) == list(vocabulary)
        # Members of different enums can be equal as strings, so the test compares their classes.
        assert {type(member) for member in labels} == {vocabulary}

    assert offenders(VOCABULARIES, rule) == []


def test_relation_types_are_labelled_as_relation_names() -> None:
    assert {str(member) for member in RelationType} <= set(read_labels()[RelationName])


def test_no_two_members_read_the_same() -> None:
    def rule(vocabulary: type[StrEnum]) -> None:
        for text in ("en", "fr", "definition_en", "definition_fr"):
            texts = [
                getattr(label, text).casefold() for label in read_labels()[vocabulary].values()
            ]
            assert len(set(texts)) == len(texts), text

    assert offenders(VOCABULARIES, rule) == []


def test_labels_are_short_and_capitalised() -> None:
    def rule(label: Label) -> None:
        for name in (label.en, label.fr):
            assert name == name.strip()
            assert name[0].isupper()
            assert not name.endswith(".")
            assert len(name) <= 40

    assert offenders(EACH_LABEL, rule) == []


def test_definitions_are_one_short_sentence() -> None:
    def rule(label: Label) -> None:
        for definition in (label.definition_en, label.definition_fr):
            assert definition == " ".join(definition.split())
            assert definition[0].isupper()
            assert definition.endswith(".")
            assert definition.count(".") == 1
            assert len(definition) <= MAX_DEFINITION

    assert offenders(EACH_LABEL, rule) == []
