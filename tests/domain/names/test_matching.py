"""Matches of a requested name with stored names: the kinds of match, and similar names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.names import fuzzy
from app.domain.names.folding import fold
from app.domain.names.fuzzy import match_fuzzily, similar_names
from app.domain.names.matching import SCORES, MatchKind, StoredName, asked_name, match
from app.domain.names.phonetic_key import phonetic_key
from app.domain.names.same_name import Bearer, name_words


def _stored(*names: str, korean: bool = False) -> list[StoredName]:
    keys = (phonetic_key(name_words(name), korean=korean) for name in names)
    return [StoredName(n, None, fold(n), key) for n, key in zip(names, keys, strict=True)]


class TestMatch:
    @pytest.mark.parametrize(
        ("asked", "stored", "korean", "kind"),
        [
            pytest.param("kim jong-un", "Kim Jong Un", True, "exact", id="case and hyphens"),
            pytest.param("Gim Jeongeun", "김정은", True, "other_spelling", id="another system"),
            pytest.param("Jong Un", "Kim Jong Un", True, "part_of_name", id="a given name"),
            pytest.param("Park", "박의춘", True, "part_of_name", id="a family name"),
            pytest.param("의춘", "박의춘", True, "part_of_name", id="a given name in Hangul"),
            pytest.param("춘", "박의춘", True, None, id="one syllable of a given name"),
            pytest.param("Kim Un", "Kim Jong Un", True, None, id="syllables left out between"),
            pytest.param("Park", "박물관", False, None, id="no person, no family name"),
            pytest.param("Lavrov", "Sergey Lavrov", False, "part_of_name", id="a surname"),
            pytest.param("S. Lavrov", "Sergey Lavrov", False, "part_of_name", id="an initial"),
            pytest.param("Lavrov S. V.", "Sergey Lavrov", False, "part_of_name", id="two initials"),
            pytest.param("A. Lavrov", "Sergey Lavrov", False, None, id="another initial"),
            pytest.param("S. L.", "Sergey Lavrov", False, None, id="initials alone"),
            pytest.param("Lavrov Lavrov", "Sergey Lavrov", False, None, id="one word twice"),
            pytest.param("Lavro", "Sergey Lavrov", False, None, id="a part of a word"),
        ],
    )
    def test_kind(self, asked: str, stored: str, korean: bool, kind: str | None) -> None:
        bearer = Bearer.KOREAN if korean else Bearer.PERSON

        found = match(asked_name(asked), _stored(stored, korean=korean), bearer)

        assert (found and found.kind) == kind
        assert found is None or found.score == SCORES[found.kind]

    def test_returns_the_name_that_matches_best(self) -> None:
        names = _stored("Sergey Lavrov", "Лавров", "Сергей Лавров")

        found = match(asked_name("лавров"), names, Bearer.PERSON)

        assert found is not None
        assert (found.kind, found.name.text) == (MatchKind.EXACT, "Лавров")

    def test_scores_are_in_the_order_of_the_kinds(self) -> None:
        exact, spelling, part, more, fuzzy = (SCORES[kind] for kind in MatchKind)

        assert 1 == exact > spelling > 0.9 > fuzzy > more > part


class TestFuzzy:
    @pytest.mark.parametrize(
        ("asked", "stored"),
        [
            pytest.param("Matsegorra", "Alexander Matsegora", id="one letter more"),
            pytest.param("Сергей Лаврав", "Сергей Лавров", id="another letter"),
            pytest.param("Sergey Lavorv", "Sergey Lavrov", id="two letters changed places"),
            pytest.param("Putim Vladimir", "Vladimir Putin", id="one letter of five"),
            pytest.param("블라디미르 푸친", "블라디미르 푸틴", id="a letter of a syllable"),
            pytest.param("Lavrav Sergey Ivanovich", "Sergey Lavrov", id="with a patronymic"),
        ],
    )
    def test_is_similar(self, asked: str, stored: str) -> None:
        found = match_fuzzily(asked_name(asked), _stored("Somebody Else", stored))

        assert found is not None
        assert found.name.text == stored
        assert 0 < found.score < 0.9

    @pytest.mark.parametrize(
        ("asked", "stored"),
        [
            pytest.param("Sergey Ivanov", "Igor Ivanov", id="another given name"),
            pytest.param("Sergey Lavrav", "Сергей Лавров", id="another script"),
            pytest.param("Ivan Popo", "Ivan Popa", id="a short word"),
            pytest.param("Lvrv", "Lavrov", id="two letters of six"),
            pytest.param("Lavrav Lavrov", "Sergey Lavrov", id="one word for two"),
        ],
    )
    def test_is_not(self, asked: str, stored: str) -> None:
        assert match_fuzzily(asked_name(asked), _stored(stored)) is None

    def test_a_whole_name_is_better_than_a_part(self) -> None:
        names = _stored("Alexander Matsegora")
        whole, part = (
            match_fuzzily(asked_name(name), names)
            for name in ("Alexander Matsegorra", "Matsegorra")
        )

        assert whole is not None and part is not None
        assert whole.score > part.score

    def test_a_word_that_resembles_none_ends_the_comparison(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        compared = list[str]()

        def similarity(one: str, other: str) -> float:
            compared.append(one)
            return one == other

        monkeypatch.setattr(fuzzy, "_similarity", similarity)
        names = _stored(" ".join(f"word{n}" for n in range(30)), "word0 word1")

        assert match_fuzzily(asked_name("word0 wrong word1 word2 word3"), names) is None

        # The second name has too few words.
        assert compared == ["word0"] * 30 + ["wrong"] * 29

    @given(
        st.lists(st.text("abcdeАБВ김정 ", min_size=1, max_size=14), min_size=1),
        st.text("abcdeАБВ김정 ", min_size=1, max_size=14),
    )
    def test_the_quick_selection_misses_no_match(self, names: list[str], asked: str) -> None:
        if not fold(asked):
            return
        stored = _stored(*(name for name in names if fold(name)))
        chosen = similar_names(asked_name(asked), [name.folded for name in stored])

        for name in stored:
            if match_fuzzily(asked_name(asked), [name]):
                assert name.folded in chosen
