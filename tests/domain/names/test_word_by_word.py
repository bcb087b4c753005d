"""Names of Russians in any order and script, names of things in their order."""

import pytest

from app.domain.names.same_name import NameWords, name_words
from app.domain.names.word_by_word import Agreement, person_agreement, thing_agreement

LAVROV = ("Sergey Lavrov", "Сергей Лавров", "Сергей Викторович Лавров")
PUTIN = ("Vladimir Putin", "Владимир Путин", "블라디미르 푸틴")


def _best(asked: str, names: tuple[str, ...]) -> Agreement | None:
    words = [name_words(name) for name in names]
    found = (person_agreement(_words(asked).words, name, words) for name in words)
    return max(filter(None, found), default=None)


def _words(name: str) -> NameWords:
    return name_words(name)


class TestPersons:
    @pytest.mark.parametrize(
        ("asked", "names"),
        [
            ("Лавров Сергей", LAVROV),
            ("Сергеем Лавровым", LAVROV),
            ("Sergei V. Lavrov", LAVROV),
            ("Sergej Wiktorowitsch Lawrow", LAVROV),
            ("Сергеем Викторовичем Лавровым", LAVROV),
            ("Лаврова Сергея Викторовича", LAVROV),
            ("쎄르게이 라브로브", LAVROV),
            ("세르게이라브로프", LAVROV),
            ("블라디미르 뿌찐", PUTIN),
            ("Владимир Putin", PUTIN),
            ("울라지미르 푸틴", PUTIN),
            ("Morosow Anton", ("Anton Morozov", "Антон Морозов", "Morozov Anton Yurevich")),
        ],
    )
    def test_the_whole_name(self, asked: str, names: tuple[str, ...]) -> None:
        assert _best(asked, names) is Agreement.WHOLE

    @pytest.mark.parametrize(
        ("asked", "names"),
        [
            ("Lawrow", LAVROV),
            ("Лаврову", LAVROV),
            ("라브로브", LAVROV),
            ("S. Lawrow", LAVROV),
            ("С. В. Лавров", LAVROV),
            ("W. Putin", PUTIN),
            ("А. Морозов", ("Anton Morozov", "Антон Морозов", "Morozov Anton Yurevich")),
        ],
    )
    def test_a_part_of_it(self, asked: str, names: tuple[str, ...]) -> None:
        assert _best(asked, names) is Agreement.PART

    @pytest.mark.parametrize(
        ("asked", "names"),
        [
            pytest.param("Sergei A. Lavrov", LAVROV, id="another middle initial"),
            pytest.param("Sergey Petrovich Lavrov", LAVROV, id="another patronymic"),
            pytest.param("Сергея Петровича Лаврова", LAVROV, id="another patronymic in a case"),
            pytest.param("A. Lavrov", LAVROV, id="another initial"),
            pytest.param("S. V.", LAVROV, id="initials alone"),
            pytest.param("Андрея Лаврова", LAVROV, id="another given name"),
            pytest.param("Sergey V. V. Lavrov", LAVROV, id="two initials between"),
            pytest.param("푸틴 푸틴", PUTIN, id="one word twice"),
            pytest.param("뿌찐", ("В. В. Путин", "Путин В."), id="initials are no syllables"),
        ],
    )
    def test_another_person(self, asked: str, names: tuple[str, ...]) -> None:
        assert _best(asked, names) is not Agreement.WHOLE
        assert len(asked) < 3 or asked == "뿌찐" or _best(asked, names) is None


class TestThings:
    @pytest.mark.parametrize(
        ("asked", "name", "agreement"),
        [
            ("Посольства КНДР в России", "Посольство КНДР в России", Agreement.WHOLE),
            ("Embassy DPRK Russia", "Embassy of the DPRK in Russia", Agreement.WHOLE),
            ("Министерства финансов КНДР", "Министерство финансов КНДР", Agreement.WHOLE),
            ("노동신문", "로동신문", Agreement.WHOLE),
            ("울라지보스또크", "Владивосток", Agreement.WHOLE),
            ("Насон", "라선", Agreement.WHOLE),
            ("Foreign Ministry", "Russian Foreign Ministry", Agreement.PART),
            ("Посольство России в КНДР", "Посольство КНДР в России", None),
            ("북한 주재 러시아 대사관", "러시아 주재 북한 대사관", None),
            ("Ambassade de Russie en Corée", "Ambassade de Corée en Russie", None),
            ("of the", "Embassy of the DPRK", None),
        ],
    )
    def test_words_keep_their_order(
        self, asked: str, name: str, agreement: Agreement | None
    ) -> None:
        assert thing_agreement(_words(asked).words, _words(name).words) is agreement
