"""Texts that look alike are stored alike."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.names.folding import INVISIBLE
from app.domain.texts import is_settled, settle, unfit_character
from app.domain.values import LanguageMap, check_characters

_DAMAGED = st.text(st.sampled_from("aé김e\u0301\u200b\u00ad \u00a0\u202f\n\ufeff\u1100\u1161"))


@pytest.mark.parametrize(
    ("text", "settled"),
    [
        pytest.param("Kim\u00a0Jong Un", "Kim Jong Un", id="a space that does not break"),
        pytest.param("Kim  Jong\u3000\u2009Un", "Kim Jong Un", id="doubled and wide spaces"),
        pytest.param("La\u00advrov\u200b", "Lavrov", id="a soft hyphen and a zero-width space"),
        pytest.param("Sergue\u0069\u0308", "Sergueï", id="a letter and its accent"),
        pytest.param("\u1100\u1175\u11b7", "김", id="conjoining letters"),
        pytest.param("Mos\u034fcow\ufe0f", "Moscow", id="a joiner and a selector of variants"),
        pytest.param("김\u3164정\uffa0은", "김정은", id="Hangul fillers"),
        pytest.param("Mos\U000e0063cow", "Moscow", id="an invisible tag"),
        pytest.param("one\n\n\ttwo", "one\n\n\ttwo", id="lines and tabs stay"),
    ],
)
def test_settled(text: str, settled: str) -> None:
    assert settle(text) == settled


@pytest.mark.parametrize("text", ["\u200e", "\ufb2c" * 4000, "\u0958"])
def test_a_text_that_was_accepted_before_still_is(text: str) -> None:
    assert LanguageMap(en=text).en == text


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        pytest.param("Mos\ue000cow", "private use", id="private use"),
        pytest.param("Mos\U0010fffdcow", "private use", id="private use in another plane"),
        pytest.param("Mos\ufdd0cow", "no character", id="a noncharacter"),
        pytest.param("Mos\U0002ffffcow", "no character", id="a noncharacter among Han"),
        pytest.param("Mos\u0378cow", "no character", id="unassigned"),
        pytest.param("Mos\x85cow", "control", id="a control character"),
        pytest.param("Mos\u2028cow", "line end", id="a line separator"),
        pytest.param("Mos\ufffdcow", "was lost", id="a replacement character"),
    ],
)
def test_a_character_without_a_meaning_is_found(text: str, reason: str) -> None:
    found = unfit_character(text)

    assert found is not None
    assert found[0] == text[3]
    assert reason in found[1]


@pytest.mark.parametrize(
    "text",
    [
        "Kim Jong Un (金正恩)",
        "tab\tand\nline",
        "№ 5 – “½” …",
        "☎",
        "\u0645\u0648\u0633\u0643\u0648",
        "\U0002ebf0",
    ],
)
def test_other_characters_are_fit(text: str) -> None:
    assert unfit_character(text) is None


@given(_DAMAGED)
def test_a_settled_text_stays(text: str) -> None:
    settled = settle(text)

    assert settle(settled) == settled
    assert unicodedata.is_normalized("NFC", settled)
    assert "  " not in settled


@given(
    _DAMAGED
    | st.text(st.characters(codec="utf-8") | st.sampled_from(" \u180e\u212b\x7f"), max_size=4)
)
def test_a_text_that_is_surely_settled_needs_no_other_check(text: str) -> None:
    if text and is_settled(text):
        assert settle(text) == text == text.strip()
        assert check_characters(text).strip(INVISIBLE)


@pytest.mark.parametrize("text", ["Kim Jong Un", "à l’aéroport", "Лавров", "김정은"])
def test_usual_texts_are_surely_settled(text: str) -> None:
    assert is_settled(text)
