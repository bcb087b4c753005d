"""Every term of the public vocabularies has a label and a definition, in four languages."""

from enum import StrEnum

from app.domain import vocabulary as words
from app.domain.labels.vocabularies import VOCABULARIES, Label, read_labels
from app.domain.languages import Language
from app.domain.vocabulary import ChangeOp, EntityKind, RelationName, RelationType, Scope
from tests.support.rules import offenders
from tests.support.scripts import SCRIPTS, scripts_of

MAX_DEFINITION = 160

# No document of an entity holds these.
INTERNAL = {RelationType, EntityKind, ChangeOp, Scope}
EACH_LABEL = {
    f"{vocabulary.__name__}.{member.name}": label
    for vocabulary, labels in read_labels().items()
    for member, label in labels.items()
}


def test_every_vocabulary_of_documents_is_public() -> None:
    enums = {
        each
        for each in vars(words).values()
        if isinstance(each, type) and each.__module__ == words.__name__
    }

    assert enums - INTERNAL <= {*VOCABULARIES.values()}


def test_every_member_has_a_label_in_the_order_of_the_enum() -> None:
    def rule(vocabulary: type[StrEnum]) -> None:
        labels = read_labels()[vocabulary]
        assert list(labels) == list(vocabulary)
        # Members of different enums can be equal as strings, so the test compares their classes.
        assert {type(member) for member in labels} == {vocabulary}

    assert offenders({**VOCABULARIES}, rule) == []


def test_relation_types_are_labelled_as_relation_names() -> None:
    assert {str(member) for member in RelationType} <= set(read_labels()[RelationName])


def test_no_two_members_read_the_same() -> None:
    def rule(vocabulary: type[StrEnum]) -> None:
        labels = read_labels()[vocabulary].values()
        for language in Language:
            for texts in ([e.label for e in labels], [e.definition for e in labels]):
                distinct = {getattr(text, language).casefold() for text in texts}
                assert len(distinct) == len(labels), language

    assert offenders({**VOCABULARIES}, rule) == []


def test_labels_are_short_and_capitalised() -> None:
    def rule(label: Label) -> None:
        names = label.label.model_dump()
        assert names.keys() == {*Language}
        for language, name in names.items():
            assert name == name.strip()
            # Hangul has no capitals, and the label of a decade begins with a number.
            assert name[0].isupper() or language == Language.KO
            assert not name.endswith(".")
            assert len(name) <= 40
            assert scripts_of(name) <= {SCRIPTS[language]}

    assert offenders(EACH_LABEL, rule) == []


def test_definitions_are_one_short_sentence() -> None:
    def rule(label: Label) -> None:
        definitions = label.definition.model_dump()
        assert definitions.keys() == {*Language}
        for language, definition in definitions.items():
            assert definition == " ".join(definition.split())
            assert definition[0].isupper() or language == Language.KO
            assert definition.endswith(".")
            assert definition.count(".") == 1
            assert len(definition) <= MAX_DEFINITION
            assert scripts_of(definition) <= {SCRIPTS[language]}

    assert offenders(EACH_LABEL, rule) == []
