"""Korean names in Latin and Cyrillic letters: each system with examples from its documents."""

import pytest

from app.domain.names.hangul import VOWELS, join
from app.domain.names.korean import (
    family_names,
    spellings,
    spellings_of_name,
    spellings_of_romanised,
    without_breves,
)
from app.domain.names.scripts import Script

# 김 정 은 · 최 선 희 · 박 의 춘 · 리 병 철 · 조 용 원 in each system.
SYSTEMS = {
    "McCune-Reischauer": "kim chŏng ŭn choe sŏn hŭi pak ŭi chun ri pyŏng chŏl cho yong wŏn",
    "without breves": "kim chong un choe son hui pak ui chun ri pyong chol cho yong won",
    "revised": "gim jeong eun choe seon hui bak ui chun ri byeong cheol jo yong won",
    "DPRK": "kim jong un choe son hui pak ui chun ri pyong chol jo yong won",
    "press": "kim jung eun choi sun hee park eui choon lee byung chul cho yong won",
    "Kontsevich": "ким чон ын чхве сон хи пак ый чхун ли пён чхоль чо ён вон",
    "Soviet": "ким чен ын цой сен хи пак ы чун ли бен чер чо ен вон",
}
NAMES = "김정은최선희박의춘리병철조용원"


class TestSpellings:
    @pytest.mark.parametrize("system", SYSTEMS)
    def test_of_each_system(self, system: str) -> None:
        words = SYSTEMS[system].split()
        script = Script.CYRILLIC if system in ("Kontsevich", "Soviet") else Script.LATIN

        missing = [
            (syllable, word)
            for syllable, word in zip(NAMES, words, strict=True)
            if word not in {s for form in spellings_of_name(syllable, script) for s in form}
        ]

        assert missing == []

    @pytest.mark.parametrize(
        ("word", "others"),
        [
            pytest.param("un", "일 연", id="Un is not Il, nor Yon"),
            pytest.param("il", "은 을", id="Il is not Un"),
            pytest.param("jong", "영 청 종 전", id="Jong"),
            pytest.param("yo", "정 유", id="Yo is not Jong"),
            pytest.param("chol", "설 솔", id="Chol is not Sol"),
        ],
    )
    def test_another_syllable_is_another_name(self, word: str, others: str) -> None:
        spelled_so = {s for s in others.split() if word in spellings(s, Script.LATIN)}

        assert spelled_so <= {"종"}  # ㅓ and ㅗ are both `o` without breves.

    def test_a_breve_distinguishes_two_syllables(self) -> None:
        assert "chŏng" in spellings("정", Script.LATIN)
        assert "chŏng" not in spellings("종", Script.LATIN)
        assert "chong" in spellings("정", Script.LATIN) & spellings("종", Script.LATIN)

    @pytest.mark.parametrize("script", [Script.LATIN, Script.CYRILLIC])
    def test_every_syllable_has_some_and_they_are_words(self, script: Script) -> None:
        for initial in "ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎㄲㄸㅃㅆㅉ":
            for vowel in VOWELS:
                found = spellings(join(initial, vowel), script)
                assert found
                assert all(word.isalpha() and word.islower() for word in found)

    def test_of_another_script_is_the_syllable(self) -> None:
        assert spellings("김", Script.HAN) == {"김"}


class TestInitialSoundLaw:
    @pytest.mark.parametrize(
        ("name", "place", "word"),
        [
            pytest.param("리용호", 0, "lee", id="a northern name said in the South"),
            pytest.param("이용호", 0, "ri", id="a southern name said in the North"),
            pytest.param("노광철", 0, "ro", id="Ro"),
            pytest.param("최룡해", 1, "yong", id="within a northern name"),
        ],
    )
    def test_both_forms_are_one(self, name: str, place: int, word: str) -> None:
        assert word in spellings_of_name(name, Script.LATIN)[place]

    def test_within_a_name_it_is_not_undone(self) -> None:
        assert "ryong" not in spellings_of_name("김영남", Script.LATIN)[1]
        assert "ryong" not in spellings_of_name("김용남", Script.LATIN)[1]


class TestRomanised:
    def test_has_every_spelling_of_its_syllables(self) -> None:
        kim, kwang, uk = spellings_of_romanised(["kim", "kwang", "uk"], Script.LATIN)

        assert {"kim", "gim"} <= kim
        assert {"kwang", "gwang"} <= kwang
        assert {"uk", "wook"} <= uk
        assert {"un", "kang"}.isdisjoint(uk | kwang)

    def test_in_cyrillic(self) -> None:
        assert "гван" in spellings_of_romanised(["kwang"], Script.CYRILLIC)[0]

    def test_a_word_that_is_no_syllable_is_its_only_spelling(self) -> None:
        assert spellings_of_romanised(["smith"], Script.LATIN) == [{"smith"}]


class TestFamilyNames:
    @pytest.mark.parametrize(
        ("word", "script", "expected"),
        [
            pytest.param("lee", Script.LATIN, {"리", "이"}, id="Lee"),
            pytest.param("park", Script.LATIN, {"박"}, id="Park"),
            pytest.param("чхве", Script.CYRILLIC, {"최"}, id="Чхве"),
            pytest.param("putin", Script.LATIN, set(), id="none"),
            pytest.param("최", Script.HANGUL, set(), id="Hangul needs none"),
        ],
    )
    def test_of_a_word(self, word: str, script: Script, expected: set[str]) -> None:
        assert set(family_names(word, script)) == expected


def test_without_breves() -> None:
    assert without_breves("chŏng ŭn ё") == "chong un е"
