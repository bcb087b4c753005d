"""Spellings of one name are recognised, and share a phonetic key."""

import re
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from app.domain.names.folding import fold
from app.domain.names.hangul import join
from app.domain.names.korean import spellings_of_name
from app.domain.names.matching import MatchKind, StoredName, asked_name, match
from app.domain.names.phonetic_key import phonetic_key, phonetic_keys, word_keys
from app.domain.names.russian.latin import letters_of, transliterated, without_patronymics
from app.domain.names.same_name import Bearer, name_words
from app.domain.names.scripts import Script, script_of
from app.domain.names.word_by_word import same_word

KOREAN = [
    ("김정은", "Kim Jong Un", "Gim Jeongeun", "KIM CHŎNG’ŬN", "Jong-un Kim", "Ким Чон Ын"),
    ("최선희", "Ch'oe Sŏn-hŭi", "Ch’oe Sŏnhŭi", "Choi Sun Hee", "Чхве Сонхи", "Цой Сен Хи"),
    ("리용호", "이용호", "Rhee Yong-ho", "Yi Yongho", "Ли Ён Хо", "Ли Ен Хо", "Yong Ho Lee"),
    ("노두철", "로두철", "Ro Tu Chol", "Noh Du-cheol", "No Tuch'ŏl", "Но Ду Чхоль"),
    ("남궁석", "Namgung Sok", "Nam Kung Sŏk"),
    ("김국길", "Kim Kuk Gil", "Kim Kukkil", "Ким Гук Киль"),
    ("한일", "Han Il", "Il Han", "Hanil"),
]
RUSSIAN = [
    ("Сергей Лавров", "Sergey Lavrov", "Sergueï Lavrov", "Sergej Lavrov", "LAVROV Sergei"),
    ("Сергей Викторович Лавров", "Sergey Lavrov", "Sergueï Viktorovitch Lavroff"),
    ("Владимир Путин", "Vladimir Poutine", "Wladimir Putin", "Putin Vladimir Vladimirovich"),
    ("Никита Хрущёв", "Nikita Khrouchtchev", "Nikita Hruščëv", "Nikita Chruschtschow"),
    ("Юрий Ушаков", "Yuri Ushakov", "Iouri Ouchakov", "Jurij Ušakov", "Youri Ouchakov"),
    ("Сергей Шойгу", "Sergei Shoigu", "Sergueï Choïgou", "Sergej Šojgu"),
    ("Борис Ельцин", "Boris Eltsine", "Boris El'cin", "Boris Yeltsin"),
    ("Александр Мацегора", "Aleksandr Macegora", "Alexandr Matsegora"),
    ("Виктор Ишаев", "Victor Ichaïev", "Viktor Išaev"),
    ("Дмитрий Язов", "Dmitri Iazov", "Dmitry Yazov", "Dmitrij Jazov"),
]
OTHERS = [
    pytest.param("Kim Yo Jong", "김정은", True, id="Kim Yo Jong is not Kim Jong Un"),
    pytest.param("Kim Jong Il", "김정은", True, id="Kim Jong Il is not Kim Jong Un"),
    pytest.param("Ким Чен Ир", "김정은", True, id="Ким Чен Ир is not 김정은"),
    pytest.param("Kim Jong Un", "김정일", True, id="Kim Jong Un is not Kim Jong Il"),
    pytest.param("Kim Un Jong", "김정은", True, id="Kim Un Jong is not Kim Jong Un"),
    pytest.param("Kim Un Jong", "Kim Jong Un", True, id="nor in Latin"),
    pytest.param("Kim Jong Gil", "김정일", True, id="Gil is not Il"),
    pytest.param("Kim Chŏn-gil", "김정일", True, id="Chŏn-gil is not Chŏngil"),
    pytest.param("Kim Jong", "김정은", True, id="a part"),
    pytest.param("Kim Ryong Nam", "김영남", True, id="Ryong is not Yong in the North"),
    pytest.param("Андрей Лавров", "Sergey Lavrov", False, id="another given name"),
    pytest.param("Ivanova", "Иванов", False, id="another ending"),
    pytest.param("Sergey", "Сергей Лавров", False, id="a part of a Russian name"),
    pytest.param("Kozlov Kozlov", "Александр Козлов", False, id="one word twice"),
]


def _pairs(groups: list[tuple[str, ...]]) -> list[Any]:
    return [
        pytest.param(stored, asked, id=f"{asked} is {stored}")
        for stored, *spellings in groups
        for asked in spellings
    ]


class TestSameName:
    @pytest.mark.parametrize(("stored", "asked"), _pairs(KOREAN))
    def test_a_korean_name_has_many_spellings(self, stored: str, asked: str) -> None:
        assert _same(asked, stored, korean=True)

    @pytest.mark.parametrize(("stored", "asked"), _pairs(RUSSIAN))
    def test_so_has_a_russian_name(self, stored: str, asked: str) -> None:
        assert _same(asked, stored, korean=False)
        assert _same(stored, asked, korean=False)

    @pytest.mark.parametrize(("asked", "stored", "korean"), OTHERS)
    def test_another_name_is_none_of_them(self, asked: str, stored: str, korean: bool) -> None:
        assert not _same(asked, stored, korean=korean)

    @pytest.mark.parametrize("asked", ["김광욱", "Kim Gwang-uk", "Ким Гван Ук", "Gwanguk Kim"])
    def test_without_hangul_the_romanised_name_is_read(self, asked: str) -> None:
        assert _same(asked, "Kim Kwang Uk", korean=True)
        assert not _same("Kim Gwang Il", "Kim Kwang Uk", korean=True)

    def test_with_hangul_only_that_decides(self) -> None:
        assert not _same("김정수", "Kim Jong Su", "김종수", korean=True)
        assert _same("Kim Jongsu", "Kim Jong Su", "김종수", korean=True)

    def test_a_known_latin_name_spells_the_word_in_its_place(self) -> None:
        names = ("Alexander Matsegora", "Александр Мацегора")

        assert _same("Alexander Macegora", *names, korean=False)
        assert not _same("Matsegora Macegora", *names, korean=False)


def _same(asked: str, *names: str, korean: bool) -> bool:
    """Whether the asked name is the name of the person, in this or another spelling."""
    bearer = Bearer.KOREAN if korean else Bearer.PERSON
    stored = [
        StoredName(name, None, fold(name), phonetic_key(name_words(name), korean=korean))
        for name in names
    ]
    found = match(asked_name(asked), stored, bearer)
    return found is not None and found.kind in (MatchKind.EXACT, MatchKind.OTHER_SPELLING)


class TestPhoneticKeys:
    """All spellings of a name share a key; without one the search would miss the name."""

    @pytest.mark.parametrize(("stored", "asked"), _pairs(KOREAN))
    def test_of_korean_names_meet(self, stored: str, asked: str) -> None:
        assert phonetic_key(name_words(stored), korean=True) in phonetic_keys(name_words(asked))

    @pytest.mark.parametrize(("stored", "asked"), _pairs(RUSSIAN))
    def test_of_russian_names_meet(self, stored: str, asked: str) -> None:
        assert phonetic_key(name_words(stored), korean=False) in phonetic_keys(name_words(asked))
        assert phonetic_key(name_words(asked), korean=False) in phonetic_keys(name_words(stored))

    @given(st.data())
    def test_of_any_spelling_of_any_korean_name_meet(self, data: st.DataObject) -> None:
        syllables = st.builds(
            join,
            st.sampled_from("ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎ"),
            st.sampled_from("ㅏㅐㅓㅔㅕㅖㅗㅘㅚㅛㅜㅝㅟㅠㅡㅢㅣ"),
            st.sampled_from(["", *"ㄱㄴㄹㅁㅂㅇ"]),
        )
        name = data.draw(st.text(syllables, min_size=2, max_size=3))
        script = data.draw(st.sampled_from([Script.LATIN, Script.CYRILLIC]))
        words = [data.draw(st.sampled_from(sorted(s))) for s in spellings_of_name(name, script)]
        separator = data.draw(st.sampled_from(["-", " "]))
        asked = name_words(f"{words[0]} {separator.join(words[1:])}")

        assert _same(" ".join(asked.words), name, korean=True)
        assert phonetic_key(name_words(name), korean=True) in phonetic_keys(asked)

    @given(st.data())
    def test_of_any_transliteration_meet(self, data: st.DataObject) -> None:
        alphabet = "абвгдежзийклмнопрстуфхцчшщъыьэюя"
        name = data.draw(st.text(st.sampled_from(alphabet), min_size=3, max_size=8))
        assume("кх" not in name)  # `kh` is also the spelling of х alone.
        spelling = "".join(data.draw(st.sampled_from(s)) for s in letters_of(name))
        # Nobody reads such a `c` as к.
        assume("к" not in name or not re.search("c[heiyz]", spelling))
        # Nor does one word have a `c` for к and another for ц, ч or щ.
        assume("к" not in name or not re.search("[цчщ]", name))
        asked = name_words(f"{spelling} ivan")

        if _same(f"{spelling} ivan", f"Иван {name}", korean=False):
            assert phonetic_key(name_words(f"Иван {name}"), korean=False) in phonetic_keys(asked)

    @given(st.data())
    def test_a_surname_alone_has_the_consonants_of_its_word(self, data: st.DataObject) -> None:
        alphabet = "абвгдежзийклмнопрстуфхцчшщъыьэюя"
        surname = data.draw(st.text(st.sampled_from(alphabet), min_size=3, max_size=8))
        assume("кх" not in surname)
        spelling = "".join(data.draw(st.sampled_from(s)) for s in letters_of(surname))
        assume("к" not in surname or not re.search("c[heiyz]", spelling))
        # Nor does one word have a `c` for к and another for ц, ч or щ.
        assume("к" not in surname or not re.search("[цчщ]", surname))
        key = phonetic_key(name_words(f"Иван {surname}"), korean=False)

        if same_word(spelling, surname):
            assert {f" {each} " in f"{key} " for each in word_keys(spelling)} & {True}

    def test_other_scripts_have_none(self) -> None:
        assert phonetic_key(name_words("金正恩"), korean=True) == ""

    @given(st.text())
    def test_any_name_with_words_has_keys(self, name: str) -> None:
        assert all(phonetic_keys(name_words(name))) or not name_words(name).words


class TestNameWords:
    @pytest.mark.parametrize(
        ("name", "words"),
        [
            pytest.param("  KIM  Jong-un ", ("kim", "jong", "un"), id="case, hyphens, spaces"),
            pytest.param("Ch’oe", ("choe",), id="an apostrophe is in the word"),
            pytest.param("Chŏng Ŭn", ("chŏng", "ŭn"), id="breves are kept"),
            pytest.param("Sergueï Šojgu", ("serguei", "sojgu"), id="other accents are not"),
            pytest.param("Горбачёв Сергей", ("горбачев", "сергей"), id="ё and й"),
            pytest.param("김정은", ("김정은",), id="Hangul in syllables"),
            pytest.param("!!!", (), id="nothing"),
        ],
    )
    def test_words(self, name: str, words: tuple[str, ...]) -> None:
        assert name_words(name).words == words


class TestPatronymics:
    @pytest.mark.parametrize(
        ("name", "expected"),
        [
            pytest.param("сергей викторович лавров", "сергей лавров", id="his"),
            pytest.param("валентина ивановна матвиенко", "валентина матвиенко", id="hers"),
            pytest.param("vladimir ilyich ulyanov", "vladimir ulyanov", id="in Latin"),
            pytest.param("dmitri anatolievitch medvedev", "dmitri medvedev", id="in French"),
            pytest.param("isaak rabinovich", "isaak rabinovich", id="a surname of two words"),
        ],
    )
    def test_are_left_out(self, name: str, expected: str) -> None:
        assert " ".join(without_patronymics(name.split())) == expected


def test_transliterated_as_the_english_press_does() -> None:
    assert transliterated("хрущев") == "khrushchev"


@pytest.mark.parametrize(
    ("name", "script"),
    [
        ("Sergueï", Script.LATIN),
        ("Лавров", Script.CYRILLIC),
        ("김정은", Script.HANGUL),
        ("金正恩", Script.HAN),
        ("きむ", Script.OTHER),
        ("«1» Лавров", Script.CYRILLIC),
        ("123", Script.OTHER),
    ],
)
def test_script(name: str, script: Script) -> None:
    assert script_of(name) is script
