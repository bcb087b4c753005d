"""Countries in the names of offices: the holder, and the place of an ambassador."""

import pytest

from app.domain.names.around.countries import CountryPair, find_pair, with_countries
from app.domain.names.around.offices import held_office
from app.domain.names.word_by_word import Agreement, thing_agreement


class TestHeldOffice:
    @pytest.mark.parametrize(
        ("text", "country", "name"),
        [
            pytest.param("President of Russia", "RU", "President", id="of a country"),
            pytest.param("Russian President", "RU", "President", id="an adjective"),
            pytest.param("President of the USSR", "SU", "President", id="an article"),
            pytest.param("président de la Russie", "RU", "président", id="French"),
            pytest.param("président de l'URSS", "SU", "président", id="an elision"),
            pytest.param("министр обороны РФ", "RU", "министр обороны", id="Russian"),
            pytest.param("посол Северной Кореи", "KP", "посол", id="two words in a case"),
            pytest.param(
                "Ambassador of Russia to the DPRK", "RU", "Ambassador to the DPRK", id="to"
            ),
            pytest.param("посол КНДР в России", "KP", "посол в России", id="в"),
            pytest.param("조선 외무상", "KP", "외무상", id="Korean"),
            pytest.param("북한외무상", "KP", "외무상", id="joined to a title"),
            pytest.param("러시아 주재 북한 대사", "KP", "러시아 주재 대사", id="resident in"),
            pytest.param("주러 북한대사", "KP", "주러 대사", id="주 and a syllable"),
        ],
    )
    def test_names_its_holder(self, text: str, country: str, name: str) -> None:
        assert held_office(text) == (country, name)

    @pytest.mark.parametrize(
        "text",
        [
            pytest.param("President", id="no country"),
            pytest.param("Russia", id="nothing else"),
            pytest.param("Ambassador to Russia", id="to a country"),
            pytest.param("посол в России", id="в"),
            pytest.param("러시아 주재 대사", id="resident in a country"),
            pytest.param("주북한 대사", id="주"),
            pytest.param("Workers' Party of Korea", id="half of a name"),
            pytest.param("President of France", id="another country"),
            pytest.param("조선로동당 비서", id="a party's name"),
            pytest.param("Russian and Soviet ministers", id="two countries"),
        ],
    )
    def test_has_no_holder(self, text: str) -> None:
        assert held_office(text) is None


class TestCountriesInNames:
    @pytest.mark.parametrize(
        ("asked", "name"),
        [
            ("Ambassador to North Korea", "Ambassador to the DPRK"),
            ("посол в России", "посол в Российской Федерации"),
            ("주러 대사", "로씨야주재 대사"),
            ("북한 주재 대사", "주북한 대사"),
        ],
    )
    def test_one_country_has_several_names(self, asked: str, name: str) -> None:
        asked_words, words = asked.lower().split(), name.lower().split()

        assert thing_agreement(asked_words, words) is Agreement.WHOLE

    @pytest.mark.parametrize(
        ("asked", "name"),
        [
            ("Ambassador to Russia", "Ambassador to the USSR"),
            ("посол в КНДР", "посол в России"),
            ("주러 대사", "주북한 대사"),
            ("러시아 대사", "러시아주재 대사"),
        ],
    )
    def test_other_countries_differ(self, asked: str, name: str) -> None:
        assert thing_agreement(asked.lower().split(), name.lower().split()) is not Agreement.WHOLE

    def test_an_adjective_is_no_country(self) -> None:
        assert with_countries(["russian", "railways"]) == ["russian", "railways"]


class TestFindPair:
    @pytest.mark.parametrize(
        ("word", "pair"),
        [
            pytest.param("북러", CountryPair("북러", ("KP", "RU"), ""), id="alone"),
            pytest.param("조로친선", CountryPair("조로", ("KP", "RU"), "친선"), id="before a word"),
            pytest.param("조소", CountryPair("조소", ("KP", "SU"), ""), id="the USSR"),
            pytest.param("북한", None, id="one country"),
            pytest.param("조로인", None, id="a word of three syllables"),
        ],
    )
    def test_two_abbreviated_countries(self, word: str, pair: CountryPair | None) -> None:
        assert find_pair(word) == pair
