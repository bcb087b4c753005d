"""Full-text queries are parsed into words, phrases and exclusions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.search.query import MAX_TERMS, QueryError, SearchTerm, TermPhrase, parse_query
from app.domain.search.tokens import phrase_tokens


def _words(terms: tuple[SearchTerm, ...]) -> list[str]:
    """Return each term as it is written: the first phrase of its alternatives."""
    return [" ".join(term.phrases[0].words) for term in terms]


class TestParseQuery:
    @pytest.mark.parametrize(
        ("text", "required", "excluded"),
        [
            pytest.param("Kim Путин", ["kim", "путин"], [], id="words"),
            pytest.param('"Liberation Day" -Putin', ["liberation day"], ["putin"], id="phrase"),
            pytest.param('-"Liberation Day"', [], ["liberation day"], id="a phrase excluded"),
            pytest.param("Choe Son-hui", ["choe", "son hui"], [], id="a chunk of two words"),
            pytest.param("l'URSS d’État qu'il", ["urss", "etat", "il"], [], id="French elisions"),
            pytest.param("Putin's Kim’s -Kremlin's", ["putin", "kim"], ["kremlin"], id="genitives"),
            pytest.param("Ch'oe \"l'URSS\"", ["ch oe", "l urss"], [], id="other apostrophes"),
            pytest.param("Put\u00adin 김\u200b정은", ["putin", "김정 정은"], [], id="unseen marks"),
            pytest.param('talks "in Moscow', ["talks", "in moscow"], [], id="a quote not closed"),
            pytest.param("“Liberation Day”", ["liberation day"], [], id="curly quotes"),
            pytest.param("« amitié »", ["amitie"], [], id="French quotes"),
            pytest.param('x"b c"y', ["x", "b c", "y"], [], id="quotes within"),
            pytest.param("Kim - & Putin -…", ["kim", "putin"], [], id="chunks without words"),
            pytest.param("--Putin", [], ["putin"], id="two signs"),
            pytest.param('"" Kim', ["kim"], [], id="an empty phrase"),
            pytest.param("김정은 푸틴", ["김정 정은", "푸틴"], [], id="Hangul"),
            pytest.param("푸틴·김정은", ["푸틴", "김정 정은"], [], id="a middle dot"),
            pytest.param("Moscow–Rason/Khasan", ["moscow", "rason", "khasan"], [], id="a dash"),
            pytest.param("김정은-푸틴", ["김정 정은", "푸틴"], [], id="a hyphen beside Hangul"),
            pytest.param("А.Мацегора", ["а", "мацегора"], [], id="an initial without a space"),
            pytest.param("19.06.2024 2,5", ["19 06 2024", "2 5"], [], id="between digits"),
            pytest.param("-푸틴·김정은", [], ["푸틴 틴 김정 정은"], id="excluded as a whole"),
            pytest.param("Putin AND Kim", ["putin", "kim"], [], id="AND"),
            pytest.param("Kim NOT Putin", ["kim"], ["putin"], id="NOT"),
            pytest.param("Putin OR Lavrov Kim", ["putin", "kim"], [], id="OR joins two terms"),
            pytest.param("OR Putin OR", ["putin"], [], id="OR beside nothing"),
            pytest.param(" OR  NOT", ["or", "not"], [], id="operators alone"),
            pytest.param("title:Putin", ["putin"], [], id="a field"),
            pytest.param("title: Putin Kim", ["putin", "kim"], [], id="a space after a field"),
            pytest.param("Putin title:", ["putin"], [], id="a field beside nothing"),
            pytest.param("title: -Putin", [], ["putin"], id="a sign after a field"),
            pytest.param("title: NOT Putin", [], ["putin"], id="NOT after a field"),
            pytest.param("foo:Putin", ["foo", "putin"], [], id="no field"),
            pytest.param("Лавpов Lаvrov", ["лавров", "lavrov"], [], id="letters of another script"),
            pytest.param('"Сергей Лавpов"', ["сергеи лавров"], [], id="such letters in quotes"),
            pytest.param("в Москве", ["москве"], [], id="a function word"),
            pytest.param("И. Иванов", ["и", "иванов"], [], id="an initial"),
            pytest.param('the "of the"', ["of the"], [], id="function words in quotes"),
            pytest.param("of the", ["of", "the"], [], id="function words alone"),
            pytest.param("title:of Kim", ["of", "kim"], [], id="a function word in a field"),
            pytest.param("-the", [], ["the"], id="a function word excluded"),
            pytest.param("letter -U.S.S.R.", ["letter"], ["u s s r"], id="a dot after it"),
            pytest.param("-co-operation,", [], ["co operation"], id="a comma after it"),
            pytest.param("When did Putin", ["putin"], [], id="question words"),
            pytest.param("how often did Putin", ["putin"], [], id="how often"),
            pytest.param("combien de fois Poutine", ["poutine"], [], id="how often in French"),
            pytest.param("Poutine a-t-il", ["poutine"], [], id="an inversion"),
            pytest.param("Russia-DPRK", ["russia", "dprk"], [], id="two countries"),
            pytest.param("North Korea-Russia", ["north korea", "russia"], [], id="of two words"),
            pytest.param("Soviet Union-DPRK", ["soviet union", "dprk"], [], id="a longer name"),
            pytest.param("Soviet-era", ["soviet era"], [], id="one country"),
            pytest.param("북·러의 조약", ["북너", "북너", "조약"], [], id="a pair with a dot"),
            pytest.param('"북·러 조약"', ["북 너 조약"], [], id="such a pair in quotes"),
            pytest.param("title:북·러", ["북", "너"], [], id="such a pair in a field"),
            pytest.param("-북·러", [], ["북 너"], id="such a pair excluded"),
            pytest.param("-북러", [], ["북너"], id="a pair excluded"),
            pytest.param("북러 OR Putin", ["북너"], [], id="a pair beside OR"),
            pytest.param(
                "1 May 2000 Kim 5", ["1 may 2000", "kim", "5"], [], id="a date among words"
            ),
        ],
    )
    def test_terms(self, text: str, required: list[str], excluded: list[str]) -> None:
        query = parse_query(text)

        assert (_words(query.required), _words(query.excluded)) == (required, excluded)

    @pytest.mark.parametrize(
        ("text", "alternatives"),
        [
            pytest.param("visits", ["visits", "visit·en", "visit·fr"], id="a word has stems"),
            pytest.param('"visits"', ["visits"], id="a phrase has none"),
            pytest.param("Son-huis", ["son huis", "sonhui·en", "sonhuis·fr"], id="a hyphen"),
            pytest.param("Ким-Ына", ["ким ына", "кимын·ru"], id="a Russian word with a hyphen"),
            pytest.param(
                "U.S.S.R.", ["u s s r", "ussr", "ussr·en", "ussr·fr", "su·country"], id="an acronym"
            ),
            pytest.param("9 September 2023", ["9 september 2023", "2023 09 09"], id="a day"),
            pytest.param("2018-2019", ["2018 2019", "2018", "2019"], id="years"),
            pytest.param("Vladivos*", ["vladivos*"], id="a beginning"),
            pytest.param("title:Kim", ["title:kim", "title:kim·en", "title:kim·fr"], id="a field"),
            pytest.param("TITLE: Ким", ["title:ким", "title:ким·ru"], id="a space after a field"),
            pytest.param("Ри OR Пак", ["ри", "ри·ru", "пак", "пак·ru"], id="OR"),
            pytest.param("노동신문", ["노동 동신 신문"], id="the South's spelling"),
            pytest.param("로동신문", ["노동 동신 신문"], id="the North's spelling"),
            pytest.param("평양에서", ["평양"], id="a particle"),
            pytest.param("수뇌회담을", ["수뇌 뇌회 회담", "정상 상회 회담"], id="the North's word"),
            pytest.param("김정은", ["김정 정은", "김정·ko"], id="a name that may have a particle"),
            pytest.param('"김일"', ["김일·ko"], id="a whole word of Hangul"),
        ],
    )
    def test_alternatives(self, text: str, alternatives: list[str]) -> None:
        (term,) = parse_query(text).required
        phrases = term.phrases

        assert [
            f"{f'{p.field}:' if p.field else ''}{' '.join(p.words)}{'*' if p.open else ''}"
            for p in phrases
        ] == alternatives

    @pytest.mark.parametrize(
        "text", ["!!!", " ", '"', '"-"', "-", "\x00", "\u0301", "title:", "-name: *"]
    )
    def test_nothing_to_search_for(self, text: str) -> None:
        with pytest.raises(QueryError, match="no letter or digit"):
            parse_query(text)

    def test_function_words_do_not_count_as_terms(self) -> None:
        parse_query("Kim " * MAX_TERMS + "and the " * 10)

    @pytest.mark.parametrize(
        "text", ["Russia", "북한", "2018", "June", "19 June", "2024년", "1950s"]
    )
    def test_dates_and_countries_are_beside_the_subject(self, text: str) -> None:
        (term, subject) = parse_query(f"{text} summit").required

        assert term.beside
        assert not subject.beside

    def test_too_many_terms(self) -> None:
        parse_query("a " * MAX_TERMS)

        with pytest.raises(QueryError, match="at most 20 words"):
            parse_query("a " * (MAX_TERMS + 1))


# Names and nouns of all four languages, with names that hold a syllable that is a function word.
CONTENT = [
    "Putin Moscow visit Pyongyang",
    "Kim Jong Un",
    "Ri In Gyu",
    "An Tong Chun",
    "visite Poutine traité",
    "Путин визит Пхеньяне",
    "Ким Чен Ын",
    "김정은 푸틴 조약",
    '"strategic partnership" -Lavrov',
    "title:Kim Vladivos*",
]
FUNCTION_WORDS = "and the of to at by for from with between или и в на о с из при à et la le dans avec sur entre 및 과"


class TestFunctionWords:
    @given(st.lists(st.sampled_from(CONTENT), min_size=1, max_size=2), st.data())
    def test_adding_one_changes_nothing(self, content: list[str], data: st.DataObject) -> None:
        word = data.draw(st.sampled_from(FUNCTION_WORDS.split()))
        place = data.draw(st.integers(0, len(content)))
        form = data.draw(st.sampled_from([word, word.title(), f"{word},"]))

        with_word = " ".join([*content[:place], form, *content[place:]])

        assert parse_query(with_word) == parse_query(" ".join(content))

    @pytest.mark.parametrize("word", ["in", "un", "du", "an"])
    def test_a_syllable_of_a_name_is_kept(self, word: str) -> None:
        for name in (f"Kim Jong {word}", f"Kim {word} Jong"):
            assert len(parse_query(name).required) == 2
            assert len(parse_query(f"{name} {word} Moscow").required) == 3
        assert len(parse_query(f"Kim {word} Moscow").required) == 2


class TestKoreanNames:
    @pytest.mark.parametrize("name", ["Kim Jong Un", "Kim Jong Il", "Ri Yong Ho"])
    def test_the_given_name_is_one_term(self, name: str) -> None:
        family, first, second = name.split()

        assert parse_query(f"Putin {name}") == parse_query(f"Putin {family} {first}-{second}")

    def test_a_family_name_that_is_an_article_is_kept(self) -> None:
        family, given = parse_query("An Tong Chun").required

        assert [each.phrases[0].words for each in (family, given)] == [("an",), ("tong", "chun")]

    @pytest.mark.parametrize("text", ["Kim met Putin", "Choe met in Moscow", "Kim -Jong Un"])
    def test_other_words_are_terms(self, text: str) -> None:
        texts = [term.phrases[0].words for term in parse_query(text).required]

        assert all(len(words) == 1 for words in texts)


class TestParticles:
    @given(
        st.sampled_from(
            ["김정은", "최선희", "푸틴", "라브로프", "평양", "모스크바", "로동당", "정부", "회담"]
        ),
        st.sampled_from(["에서", "에게", "까지", "부터", "의", "에"]),
    )
    def test_adding_one_changes_nothing(self, word: str, particle: str) -> None:
        assert parse_query(word + particle) == parse_query(word)

    @pytest.mark.parametrize(
        ("plain", "forms"),
        [
            ("김정은", "김정은은 김정은이 김정은을 김정은과 김정은으로 김정은에게서"),
            ("최선희", "최선희는 최선희가 최선희를 최선희와 최선희와의 최선희로"),
            ("푸틴", "푸틴은 푸틴이 푸틴을 푸틴과 푸틴과의"),
            ("평양", "평양을 평양과 평양으로 평양에서의"),
        ],
    )
    def test_each_form_is_the_plain_word(self, plain: str, forms: str) -> None:
        assert {parse_query(form) for form in forms.split()} == {parse_query(plain)}

    @pytest.mark.parametrize(
        ("noun", "forms"),
        [
            ("방문", "방문했나 방문하였다 방문한 방문하는"),
            ("발효", "발효되었나 발효됐다 발효된"),
            ("회담", "만났나 만난 만남 만나다"),
        ],
    )
    def test_a_verb_finds_its_noun(self, noun: str, forms: str) -> None:
        phrase = TermPhrase(*phrase_tokens(noun))

        for form in forms.split():
            (term,) = parse_query(form).required
            assert phrase in term.phrases, form

    @pytest.mark.parametrize(
        "word", ["회의", "국가", "참가", "철도", "마을", "니콜라이", "세르게이"]
    )
    def test_a_word_that_ends_so_is_whole(self, word: str) -> None:
        (term,) = parse_query(word).required

        assert term.phrases == (TermPhrase(*phrase_tokens(word)),)
