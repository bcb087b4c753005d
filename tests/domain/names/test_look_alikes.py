"""Words with letters of two scripts are found, and read in the script of the majority."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.names.look_alikes import (
    explain_mixed,
    in_one_script,
    mixed_words,
    strange_letters,
)


@pytest.mark.parametrize(
    ("text", "words", "read"),
    [
        pytest.param("Лав\u0070ов", ["Лав\u0070ов"], "Лавров", id="a Latin p"),
        pytest.param("L\u0430vrov", ["L\u0430vrov"], "Lavrov", id="a Cyrillic а"),
        pytest.param("Ким Ч\u0065н Ын", ["Ч\u0065н"], "Ким Чен Ын", id="one word of three"),
        pytest.param("Горбач\u00ebв", ["Горбач\u00ebв"], "Горбачёв", id="a Latin ë"),
        pytest.param("Khrushch\u0451v", ["Khrushch\u0451v"], "Khrushch\u00ebv", id="a Cyrillic ё"),
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


@pytest.mark.parametrize(
    ("text", "word"),
    [
        pytest.param("in \u039coscow", "\u039coscow", id="Greek"),
        pytest.param("in \u13b7oscow", "\u13b7oscow", id="Cherokee"),
        pytest.param("in M\u0585scow", "M\u0585scow", id="Armenian"),
        pytest.param("in Mosc\u0640ow", "Mosc\u0640ow", id="an Arabic tatweel"),
        pytest.param("in \U0001d40coscow", "\U0001d40coscow", id="a letter of mathematics"),
        pytest.param("в М\u03bfскве", "М\u03bfскве", id="Greek in Cyrillic"),
        pytest.param("в М\u0302oскве", "М\u0302oскве", id="a mark between the letters"),
    ],
)
def test_a_letter_of_any_other_alphabet_is_found(text: str, word: str) -> None:
    assert list(mixed_words(text)) == [word]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("김정은이 Kim과 РИА통신은 3호", id="Hangul beside Latin, Cyrillic and digits"),
        pytest.param("TASS通信社とNHKテレビ", id="Han and kana beside Latin"),
        pytest.param("\u0645\u0648\u0640\u0633\u0643\u0648 (Moscow)", id="Arabic with its tatweel"),
        pytest.param("\u039c\u03cc\u03c3\u03c7\u03b1 – Moscow", id="Greek proper"),
        pytest.param(
            "Ch\u02bcoe, P\u02bbyongyang, Gor\u02b9kij, Ivánh\u030c", id="transliteration"
        ),
        pytest.param("№ 5, 1ª, 62º, µm, 𝄞, Ⅳ", id="signs"),
    ],
)
def test_words_of_one_alphabet_are_not_found(text: str) -> None:
    assert list(mixed_words(text)) == []


def test_the_alphabets_of_a_word_are_named() -> None:
    assert explain_mixed("\u039coscow") == (
        "the word '\u039coscow' mixes Latin and Greek letters: write all of it in one alphabet; "
        "'\u039c' is Greek"
    )


@given(st.text(st.sampled_from("abcопрс -김\u0301")))
def test_reading_twice_changes_nothing(text: str) -> None:
    once = in_one_script(text)

    assert in_one_script(once) == once or list(mixed_words(once))
