"""Words with letters of two scripts are found, and read in the script of the majority."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.names.look_alikes import in_one_script, mixed_words, strange_letters


@pytest.mark.parametrize(
    ("text", "words", "read"),
    [
        pytest.param("Лав\u0070ов", ["Лав\u0070ов"], "Лавров", id="a Latin p"),
        pytest.param("L\u0430vrov", ["L\u0430vrov"], "Lavrov", id="a Cyrillic а"),
        pytest.param("Ким Ч\u0065н Ын", ["Ч\u0065н"], "Ким Чен Ын", id="one word of three"),
        pytest.param("Горбач\u00ebв", ["Горбач\u00ebв"], "Горбачёв", id="a Latin ë"),
        pytest.param("К-129", [], "К-129", id="a hyphen and digits"),
        pytest.param("Ил-62M", [], "Ил-62M", id="a letter after a figure"),
        pytest.param("3G и PR-служба", [], "3G и PR-служба", id="words of two scripts in a text"),
        pytest.param("Kim Jong Un (김정은)", [], "Kim Jong Un (김정은)", id="another script"),
        pytest.param("KCNA는", [], "KCNA는", id="a Korean particle"),
    ],
)
def test_mixed_words(text: str, words: list[str], read: str) -> None:
    assert list(mixed_words(text)) == words
    assert in_one_script(text) == read


def test_the_letters_of_the_minority_are_strange() -> None:
    assert strange_letters("Лав\u0070ов") == "\u0070"
    assert strange_letters("L\u0430vrov") == "\u0430"


@given(st.text(st.sampled_from("abcопрс -김\u0301")))
def test_reading_twice_changes_nothing(text: str) -> None:
    once = in_one_script(text)

    assert in_one_script(once) == once or list(mixed_words(once))
