"""Texts are cut into words and stems, and each part of a Hangul run is found in it."""

import re
import unicodedata

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from app.domain.names.folding import fold
from app.domain.search.tokens import MARK, MAX_WORD, Phrase, index_tokens, phrase_tokens, word_stems

DENSE = re.compile("[\u1100-\u11ff\u3400-\u4dbf\u4e00-\u9fff]")
TEXTS = st.text() | st.text("abé ёйŒ-'가나다 김정은漢字ЛаВ12", max_size=60)


class TestIndexTokens:
    @pytest.mark.parametrize(
        ("text", "words"),
        [
            pytest.param("Traité d'amitié", ["traite", "d", "amitie"], id="French"),
            pytest.param("Vœux, ŒUVRE", ["voeux", "oeuvre"], id="ligatures"),
            pytest.param("Шойгу и Хрущёв", ["шоигу", "и", "хрущев"], id="Russian"),
            pytest.param("Пу\u0301тин", ["путин"], id="a stress mark"),
            pytest.param(
                "김정은과 회담", ["김정", "정은", "은과", "과", "회담", "담"], id="Hangul"
            ),
            pytest.param(
                "KN-23미사일", ["kn", "23", "미사", "사일", "일"], id="Hangul after digits"
            ),
            pytest.param("金正恩 委", ["金正", "正恩", "恩", "委"], id="Han"),
            pytest.param("a_b…c", ["a", "b", "c"], id="punctuation"),
            pytest.param("!!! \x00 \ud800", [], id="nothing"),
        ],
    )
    def test_words(self, text: str, words: list[str]) -> None:
        assert list(index_tokens(text, None).words) == words

    @pytest.mark.parametrize(
        ("text", "language", "stems"),
        [
            pytest.param("visits", "en", ["visit·en"], id="English"),
            pytest.param("visites", "fr", ["visit·fr"], id="French"),
            pytest.param("visits", None, ["visit·en", "visit·fr"], id="a name in Latin script"),
            pytest.param("Лаврова Лавровым", "ru", ["лавр·ru"], id="each once"),
            pytest.param("Лавров", None, ["лавр·ru"], id="a name in Cyrillic script"),
            pytest.param("Лавров", "en", [], id="of another script"),
            pytest.param("visits 푸틴", "ko", ["푸틴·ko"], id="a language without a stemmer"),
            pytest.param("평양에서", None, ["평양에서·ko", "평양·ko"], id="Hangul with a particle"),
            pytest.param("김정은", None, ["김정은·ko"], id="Hangul that may be a name"),
            pytest.param("로동", None, ["노동·ko"], id="the South's spelling of Hangul"),
            pytest.param("co-operation", "en", ["co·en", "oper·en", "cooper·en"], id="a hyphen"),
            pytest.param(
                "Комсомольске-на-Амуре",
                "ru",
                ["комсомольск·ru", "на·ru", "амур·ru", "комсомольскнаамур·ru"],
                id="a Russian word with hyphens",
            ),
            pytest.param("U.N.", "ru", ["un·en", "un·fr"], id="an acronym of any language"),
            pytest.param(
                "Чхве Сон Хи", None, ["чхве·ru", "сон·ru", "хи·ru", "сонх·ru"], id="a given name"
            ),
            pytest.param("KN-23 2x", "en", ["kn·en"], id="digits have none"),
        ],
    )
    def test_stems(self, text: str, language: str | None, stems: list[str]) -> None:
        assert list(index_tokens(text, language).stems) == stems

    @pytest.mark.parametrize(
        "forms",
        [
            "Лавров Лаврова Лавровым Лаврове",
            "Путин Путина Путину Путиным",
            "Хрущёв Хрущева Хрущевым",
            "Ын Ына Ыном",
            "Корея Кореи Корею",
            "стратегическое стратегического стратегическом",
            "партнёрство партнерстве партнерства",
            "Ёниль Ёниля Ёнилем",
            "Чонам Чонама Чонаму",
        ],
    )
    def test_forms_of_a_russian_word_meet(self, forms: str) -> None:
        assert len({word_stems(form) for form in forms.split()}) == 1

    @pytest.mark.parametrize("name", ["Ён-ам", "Су-нам", "Чхон-иль", "Хён-ён", "Ён-ама"])
    def test_a_syllable_of_a_korean_name_is_no_ending(self, name: str) -> None:
        first, second = name.split("-")

        assert word_stems(first + second) != word_stems(first)

    def test_feminine_participles_meet_the_masculine(self) -> None:
        forms = ["signé", "signée", "signés", "signées"]

        assert {index_tokens(form, "fr").stems[0] for form in forms} == {"sign·fr"}

    @given(st.text(max_size=30) | st.text("abé ёйЙи\u0306-'ЛаВ12\u0301\u00ad", max_size=60))
    @example("Lav\u00adrov")
    @example("\ufada")
    def test_words_are_those_of_the_folded_text(self, text: str) -> None:
        assume(not DENSE.search(unicodedata.normalize("NFKD", text)))

        without_ligatures = text.casefold().replace("œ", "oe").replace("æ", "ae")

        assert " ".join(index_tokens(text, None).words) == fold(without_ligatures)

    @given(TEXTS)
    def test_tokens_are_letters_and_digits(self, text: str) -> None:
        words, stems = index_tokens(text, None)

        assert all(len(w) <= MAX_WORD and MARK not in w and w not in stems for w in words)
        assert all(w.isprintable() and not set(w) & set("\"'\\ ") for w in (*words, *stems))

    @given(TEXTS)
    def test_case_and_composition_do_not_count(self, text: str) -> None:
        text = unicodedata.normalize("NFC", text)

        assert index_tokens(unicodedata.normalize("NFD", text), None) == index_tokens(text, None)
        assert index_tokens(text.casefold(), None) == index_tokens(text, None)


class TestPhraseTokens:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            pytest.param("Liberation Day", Phrase(("liberation", "day"), False), id="words"),
            pytest.param("김정은", Phrase(("김정", "정은"), False), id="Hangul goes on"),
            pytest.param("김", Phrase(("김",), True), id="a syllable begins a word"),
            pytest.param(
                "김정은 위원장",
                Phrase(("김정", "정은", "은", "위원", "원장"), False),
                id="only the last goes on",
            ),
            pytest.param("방문 한", Phrase(("방문", "문", "한"), True), id="a last syllable"),
            pytest.param("푸틴 Putin", Phrase(("푸틴", "틴", "putin"), False), id="Latin last"),
            pytest.param("…", Phrase((), False), id="nothing"),
        ],
    )
    def test_words(self, text: str, expected: Phrase) -> None:
        assert phrase_tokens(text) == expected

    @given(st.text("가나다라마바", min_size=1, max_size=8), st.data())
    def test_any_part_of_a_hangul_run_is_found_in_it(self, run: str, data: st.DataObject) -> None:
        start = data.draw(st.integers(0, len(run) - 1))
        end = data.draw(st.integers(start + 1, len(run)))
        words = index_tokens(run, None).words

        phrase, is_open = phrase_tokens(run[start:end])

        found = words[start : start + len(phrase)]
        assert found[:-1] == phrase[:-1]
        assert found[-1].startswith(phrase[-1]) if is_open else found[-1] == phrase[-1]
