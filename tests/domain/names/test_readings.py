"""The names that a text may mean."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.names.folding import fold
from app.domain.names.half_typed import begins_in_order, begins_so, typed_names
from app.domain.names.matching import StoredName
from app.domain.names.readings import Omission, readings

CHARACTERS = "Kim Putin(김정은)[] 위원장president,.Ли Чен Ыном 은과"


def _names(text: str) -> list[str]:
    return [reading.name for reading in readings(text)]


class TestReadings:
    @pytest.mark.parametrize(
        ("text", "name"),
        [
            pytest.param("President Putin", "Putin", id="a title"),
            pytest.param(
                "Russian Foreign Minister Sergey Lavrov", "Sergey Lavrov", id="a long title"
            ),
            pytest.param("президент России В. В. Путин", "В. В. Путин", id="initials stay"),
            pytest.param("le président Poutine", "Poutine", id="an article before a title"),
            pytest.param("김정은 국무위원장", "김정은", id="a title after the name"),
            pytest.param("북한 김정은 위원장", "김정은", id="a country and a title"),
            pytest.param("경애하는 김정은동지", "김정은", id="a title joined to the name"),
            pytest.param("김정은위원장은", "김정은", id="a title and a particle"),
            pytest.param("리용호를", "리용호", id="a particle"),
            pytest.param(
                "Sergey Lavrov, Minister of Foreign Affairs", "Sergey Lavrov", id="a comma"
            ),
            pytest.param("Лав\u0070ов", "Лавров", id="a Latin letter"),
            pytest.param("Putin's", "Putin", id="a genitive"),
            pytest.param("PUTIN’S", "PUTIN", id="a genitive with a curly apostrophe"),
            pytest.param("President Putin's", "Putin", id="a genitive after a title"),
            pytest.param("North Korea's leader Kim Jong Un", "Kim Jong Un", id="a country's title"),
            pytest.param("d'Oustinov", "Oustinov", id="a French elision"),
            pytest.param("M. Poutine", "Poutine", id="a Frenchman"),
            pytest.param("Kim Jong Uns", "Kim Jong Un", id="a German genitive"),
            pytest.param("푸틴 러시아 대통령", "푸틴", id="a country after the name"),
            pytest.param("신홍철 주러 북한대사", "신홍철", id="an ambassador of the press"),
            pytest.param("Minister Lavrov of Russia", "Lavrov", id="a country at the end"),
            pytest.param("le dirigeant nord-coréen Kim", "Kim", id="a word with a hyphen"),
            pytest.param("l'ambassadeur Macegora", "Macegora", id="an elision before a title"),
        ],
    )
    def test_a_name_without_the_words_around_it(self, text: str, name: str) -> None:
        assert name in _names(text)

    @pytest.mark.parametrize(
        ("text", "outer", "inner"),
        [
            ("Kim Jong-un (김정은)", "Kim Jong-un", "김정은"),
            ("김정은(金正恩)", "김정은", "金正恩"),
            ("Choe Son Hui [최선희]", "Choe Son Hui", "최선희"),
            ("Chairman Kim（김정은）", "Kim", "김정은"),
            ("Kim Jong Un 김정은", "Kim Jong Un", "김정은"),
            ("김정은 Ким Чен Ын", "김정은", "Ким Чен Ын"),
        ],
    )
    def test_a_bracket_is_another_name_of_the_same(self, text: str, outer: str, inner: str) -> None:
        found = [(reading.name, reading.also) for reading in readings(text)]

        assert (outer, inner) in found
        assert (outer, "") not in found[: found.index((outer, inner))]

    @pytest.mark.parametrize(
        ("text", "titled"),
        [
            ("President Russia", True),
            ("러시아대통령", True),
            ("Russia's", False),
            ("러시아의", False),
        ],
    )
    def test_only_a_text_with_a_title_gives_a_titled_name(self, text: str, titled: bool) -> None:
        *_, last = readings(text)

        assert last.titled is titled
        assert last.name in ("Russia", "러시아")

    @pytest.mark.parametrize(
        ("text", "left_out"),
        [
            ("Kim Jong Un", Omission.NOTHING),
            ("Kim Jong-un (김정은)", Omission.NOTHING),
            ("Kim Jong Un's", Omission.LETTERS),
            ("김정은과", Omission.LETTERS),
            ("Лав\u0070ов", Omission.LETTERS),
            ("d'Oustinov", Omission.LETTERS),
            ("President Putin", Omission.WORDS),
            ("Putin (actor)", Omission.WORDS),
            ("Putin's (actor)", Omission.WORDS),
            ("M. Poutine", Omission.WORDS),
            ("김정은위원장", Omission.WORDS),
            ("Sergey Lavrov, Minister", Omission.WORDS),
        ],
    )
    def test_each_says_how_much_it_leaves_out(self, text: str, left_out: Omission) -> None:
        alone = [reading for reading in readings(text) if not reading.also]
        both = [reading for reading in readings(text) if reading.also]

        assert (both if text.endswith("(김정은)") else alone)[-1].left_out is left_out

    @pytest.mark.parametrize(
        ("text", "kept"),
        [
            pytest.param("spokesman for Putin", False, id="English"),
            pytest.param("envoy of the President of Russia Putin", False, id="a title between"),
            pytest.param("porte-parole du président Poutine", False, id="French"),
            pytest.param("полпред при Путине", False, id="Russian"),
            pytest.param("푸틴의 대변인", False, id="Korean"),
            pytest.param("President of Russia Putin", True, id="of a country"),
            pytest.param("General Secretary of the Party Brezhnev", True, id="of a body"),
            pytest.param(
                "Chairman of the State Council Marshal Kim", True, id="a title after a body"
            ),
            pytest.param("le président de la Russie Poutine", True, id="of a country in French"),
            pytest.param("러시아의 대통령 푸틴", False, id="a genitive before a title"),
            pytest.param("푸틴 대변인", True, id="no genitive"),
        ],
    )
    def test_a_title_of_another_person_is_not_left_out(self, text: str, kept: bool) -> None:
        names = {"Putin", "Poutine", "Путине", "푸틴", "Brezhnev", "Kim"}

        assert (not names.isdisjoint(_names(text))) is kept

    @pytest.mark.parametrize(
        ("text", "excluded"),
        [
            ("пресс-секретарь Путина", True),
            ("советник президента Путина", True),
            ("представителю Путину", False),
            ("президента Путина", False),
            ("президент Путин", False),
            ("Путина", False),
        ],
    )
    def test_a_title_in_another_case_than_the_name_is_of_another(
        self, text: str, excluded: bool
    ) -> None:
        names = [StoredName("Владимир Путин", "ru", "владимир путин", "")]

        assert readings(text)[-1].excludes(names) is excluded

    @pytest.mark.parametrize(
        "text",
        [
            "North Korea",
            "State Duma",
            "Nam Il",
            "Lavrov of Russia",
            "Pak In Chol",
            "Lavrov, Sergey",
            "Marshal",
            "Minister",
        ],
    )
    def test_nothing_is_left_out_of_a_name(self, text: str) -> None:
        assert _names(text) == [text]

    @given(st.text(st.sampled_from(CHARACTERS)))
    def test_the_text_comes_first_and_each_reading_once(self, text: str) -> None:
        found = readings(text)

        if fold(text):
            assert fold(found[0].name) == fold(text)
        keys = [(fold(reading.name), fold(reading.also)) for reading in found]
        assert len(keys) == len(set(keys))
        assert all(name for name, _ in keys)


class TestTypedNames:
    @pytest.mark.parametrize(
        ("typed", "name"),
        [
            ("Kim Jo", "Kim Jong Un"),
            ("김 정", "김정은"),
            ("President Kim Jong", "Kim Jong Un"),
            ("김정은 위원장", "김정은"),
            ("김ㅈ", "김정은"),
            ("푸티", "블라디미르 푸틴"),
            ("푸ㅌ 블라", "블라디미르 푸틴"),
            ("세르게이 랍", "세르게이 라브로프"),
        ],
    )
    def test_begin_a_name(self, typed: str, name: str) -> None:
        assert begins_so(typed, fold(name))

    def test_a_whole_name_is_no_shorter_one_with_a_particle(self) -> None:
        assert not begins_so("김정은", "김정일")

    def test_words_of_other_spellings_count(self) -> None:
        assert not begins_so("Gim Jeong", "김정은")
        assert begins_so("Gim Jeong", "김정은", "gim kim jeong jong")

    def test_a_title_is_left_out_of_the_names_of_persons_only(self) -> None:
        assert begins_so("President Rus", "russia")
        assert not begins_in_order("President Rus", "russia")

    @given(st.text(st.sampled_from(CHARACTERS)))
    def test_every_text_begins_itself(self, text: str) -> None:
        if fold(text) and typed_names(text):
            assert begins_so(text, fold(text))
            assert begins_in_order(text, fold(text))

    @pytest.mark.parametrize(
        ("typed", "name", "begins"),
        [
            pytest.param("Embassy DPRK", "Embassy of the DPRK in Russia", True, id="words between"),
            pytest.param(
                "DPRK Embassy", "Embassy of the DPRK in Russia", False, id="another order"
            ),
            pytest.param("조선노동당 중", "조선로동당 중앙위원회", True, id="the South's spelling"),
            pytest.param("조선로", "조선로동당", True, id="a whole syllable"),
            pytest.param("조서", "조선로동당", True, id="half of a syllable"),
            pytest.param(
                "조선로동당 주", "조선로동당 중앙위원회", True, id="half of a word within"
            ),
            pytest.param("중아", "조선로동당 중앙위원회", True, id="half of a later word"),
            pytest.param(
                "주 조선", "조선로동당 중앙위원회", False, id="half of a word, another order"
            ),
            pytest.param("중앙 조선", "조선로동당 중앙위원회", False, id="another order in Hangul"),
            pytest.param("Ri Ri", "Ri", False, id="one word for two"),
        ],
    )
    def test_only_a_person_has_words_in_any_order(
        self, typed: str, name: str, begins: bool
    ) -> None:
        assert begins_in_order(typed, fold(name)) is begins
