"""The words that formats add to the texts of events."""

import pytest

from app.domain.languages import Language
from app.domain.vocabulary import EventStatus, EventType
from app.formats.phrases import WORDS, label


@pytest.mark.parametrize(
    ("language", "ceremony", "announced"),
    [
        ("en", "Ceremony", "Announced"),
        ("fr", "Cérémonie", "Annoncé"),
        ("ru", "Церемония", "Объявлено"),
        ("ko", "의식", "예고됨"),
    ],
)
def test_labels_are_in_the_language_of_the_reader(
    language: str, ceremony: str, announced: str
) -> None:
    assert label(Language(language), EventType.CEREMONY) == ceremony
    assert label(Language(language), EventStatus.ANNOUNCED) == announced


def test_each_language_has_words() -> None:
    assert WORDS.keys() == {*Language}
