"""The words of other spellings that are stored for searching."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.names.folding import fold
from app.domain.names.hangul import join
from app.domain.names.same_name import Bearer
from app.domain.names.spellings import other_spellings, spellings

SYLLABLES = st.builds(
    join,
    st.sampled_from("ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅎ"),
    st.sampled_from("ㅏㅐㅓㅕㅗㅜㅡㅢㅣ"),
    st.sampled_from(["", *"ㄱㄴㄹㅁㅇ"]),
)


class TestSpellings:
    @pytest.mark.parametrize(
        ("names", "bearer", "words"),
        [
            (["김정은"], Bearer.KOREAN, "gim jeong eun jeongeun chong un чен ын чонын ына"),
            (["리용호"], Bearer.KOREAN, "이용호 lee yi yong ho ли ен"),
            (["Kim Kwang Uk"], Bearer.KOREAN, "gim gwang uk гван"),
            (["Сергей Лавров"], Bearer.PERSON, "라브로프 라브로브 쎄르게이 lawrow lavrov лавровым"),
            (["로동신문"], Bearer.THING, "노동신문"),
        ],
    )
    def test_have_these_words(self, names: list[str], bearer: Bearer, words: str) -> None:
        assert {*words.split()} <= {*spellings(names, bearer)[0].split()}

    def test_the_hangul_of_a_korean_decides(self) -> None:
        assert spellings(["Kim Jong Un", "김정은"], Bearer.KOREAN)[0] == ""

    def test_one_text_for_each_name(self) -> None:
        names = ["Sergey Lavrov", "Сергей Лавров", "세르게이 라브로프"]

        assert len(spellings(names, Bearer.PERSON)) == 3

    def test_full_text_needs_no_cases_and_keys(self) -> None:
        words = other_spellings(["Сергей Лавров"], Bearer.PERSON)

        assert "라브로브" in words
        assert "лавровым" not in words
        assert all(word == fold(word) for word in words)

    @given(st.text(SYLLABLES, min_size=2, max_size=4))
    def test_of_any_korean_name_are_folded_words_once_each(self, name: str) -> None:
        words = spellings([name], Bearer.KOREAN)[0].split()

        assert len(words) == len(set(words))
        assert all(fold(word) == word for word in words)

    @given(st.text(st.sampled_from("абвгдежзийклмнопрстуфхцчшщъыьэюяё "), min_size=1))
    def test_of_any_russian_name_are_words_once_each(self, name: str) -> None:
        words = spellings([name], Bearer.PERSON)[0].split()

        assert len(words) == len(set(words))
