"""Hangul: letters of syllables, North and South, and half-typed names."""

import unicodedata
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.names.folding import fold
from app.domain.names.hangul import (
    FINALS,
    INITIALS,
    VOWELS,
    completion_ranges,
    is_hangul,
    join,
    same_in_north_and_south,
    split,
)

SYLLABLES = st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3)
TYPED_AS_TWO = {
    "ㅘ": "ㅗㅏ", "ㅙ": "ㅗㅐ", "ㅚ": "ㅗㅣ", "ㅝ": "ㅜㅓ", "ㅞ": "ㅜㅔ", "ㅟ": "ㅜㅣ", "ㅢ": "ㅡㅣ",
}  # fmt: skip


@given(SYLLABLES)
def test_letters_are_those_of_unicode(syllable: str) -> None:
    letters = split(syllable)

    assert join(*letters) == syllable
    jamo = unicodedata.normalize("NFD", syllable)
    assert [unicodedata.name(c).split()[-1] for c in jamo] == [
        _unicode_name(letter) for letter in letters if letter
    ]


def _unicode_name(letter: str) -> str:
    return unicodedata.name(letter).split()[-1]


@pytest.mark.parametrize(
    ("text", "expected"), [("김정은", True), ("김 정은", False), ("", False), ("김ㅈ", False)]
)
def test_is_hangul(text: str, expected: bool) -> None:
    assert is_hangul(text) is expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        pytest.param("리용호", "이용호", True, id="ri"),
        pytest.param("로두철", "노두철", True, id="ro"),
        pytest.param("류명선", "유명선", True, id="ryu"),
        pytest.param("량형섭", "양형섭", True, id="ryang"),
        pytest.param("리룡남", "이용남", True, id="ri and ryong"),
        pytest.param("한성렬", "한성열", True, id="within the given name"),
        pytest.param("김정은", "김정일", False, id="another person"),
        pytest.param("김정은", "김은정", False, id="another order"),
        pytest.param("김정은", "김정", False, id="a part"),
        pytest.param("김 A", "김 A", True, id="other scripts are compared unchanged"),
    ],
)
def test_the_initial_sound_law(one: str, other: str, expected: bool) -> None:
    assert same_in_north_and_south(one, other) is expected
    assert same_in_north_and_south(other, one) is expected


def _typed(name: str) -> Iterator[str]:
    """Yield the text after each key, as a Korean keyboard (two-set) shows it."""
    done = ""
    for syllable in name:
        initial, vowel, final = split(syllable)
        yield _with_next_initial(done, initial)
        first_vowel = TYPED_AS_TWO.get(vowel, vowel)[0]
        yield done + join(initial, first_vowel)
        yield done + join(initial, vowel)
        if final:
            yield done + syllable
        done += syllable


def _with_next_initial(done: str, initial: str) -> str:
    """Put the consonant into the last syllable as its final, until a vowel is typed."""
    if done:
        first, vowel, final = split(done[-1])
        for both in FINALS:
            pair = unicodedata.normalize("NFKC", both)
            if both and (final + initial == TWO.get(pair, pair)):
                return done[:-1] + join(first, vowel, both)
    return done + initial


TWO = dict(
    zip(
        "ㄳㄵㄶㄺㄻㄼㄽㄾㄿㅀㅄ",
        ["ㄱㅅ", "ㄴㅈ", "ㄴㅎ", "ㄹㄱ", "ㄹㅁ", "ㄹㅂ", "ㄹㅅ", "ㄹㅌ", "ㄹㅍ", "ㄹㅎ", "ㅂㅅ"],
        strict=True,
    )
)


class TestCompletions:
    @pytest.mark.parametrize(
        ("typed", "name", "expected"),
        [
            pytest.param("김ㅈ", "김정은", True, id="an initial"),
            pytest.param("ㅊ", "최선희", True, id="an initial alone"),
            pytest.param("기", "김정은", True, id="no final yet"),
            pytest.param("초", "최선희", True, id="half of a vowel"),
            pytest.param("링", "리용호", True, id="the next initial as a final"),
            pytest.param("김잀", "김일성", True, id="the next initial in a double final"),
            pytest.param("김ㅈ", "김일성", False, id="another initial"),
            pytest.param("기", "강석주", False, id="another vowel"),
            pytest.param("링", "리선권", False, id="another next initial"),
            pytest.param("김", "강석주", False, id="another final"),
            pytest.param("김ㅈ", "김", False, id="too short"),
        ],
    )
    def test_of_a_name(self, typed: str, name: str, expected: bool) -> None:
        assert _becomes(typed, name) is expected

    @pytest.mark.parametrize("name", ["김정은", "최선희", "박의춘", "김일성", "박성철", "곽관희"])
    def test_each_typed_text_leads_to_the_name(self, name: str) -> None:
        assert [typed for typed in _typed(name) if not _becomes(typed, name)] == []

    @given(st.text(SYLLABLES, min_size=1, max_size=4))
    def test_each_typed_text_leads_to_any_name(self, name: str) -> None:
        assert [typed for typed in _typed(name) if not _becomes(typed, name)] == []

    @pytest.mark.parametrize("typed", ["", "kim", "김a", "ㅏ"])
    def test_other_texts_have_none(self, typed: str) -> None:
        assert completion_ranges(fold(typed)) == []


def _becomes(typed: str, name: str) -> bool:
    folded = fold(typed)
    return name.startswith(folded) or any(each.begins(name) for each in completion_ranges(folded))


def test_no_letter_is_missing() -> None:
    assert (len(INITIALS), len(VOWELS), len(FINALS)) == (19, 21, 28)
