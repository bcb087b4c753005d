"""The cases of Russian names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.names.russian.cases import case_forms


@pytest.mark.parametrize(
    ("word", "forms"),
    [
        ("лавров", "лаврова лаврову лавровым лаврове"),
        ("путин", "путина путину путиным путине"),
        ("захарова", "захаровой захарову"),
        ("мацегора", "мацегоры мацегоре мацегору мацегорой"),
        ("жириновский", "жириновского жириновскому жириновским жириновском"),
        ("сергей", "сергея сергею сергеем сергее"),
        ("игорь", "игоря игорю игорем игоре"),
        ("мария", "марии марию марией"),
        ("валерий", "валерия валерию валерием валерии"),
        ("павел", "павла павлу павлом павле"),
        ("ельцин", "ельцина ельцину ельциным ельцине"),
        ("сен", "сена сену сеном сене"),
        ("ын", "ына ыну ыном ыне"),
        ("посольство", "посольства посольству посольством посольстве"),
    ],
)
def test_the_forms_of_a_word(word: str, forms: str) -> None:
    assert {*forms.split()} <= case_forms(word)


@pytest.mark.parametrize("word", ["шойгу", "матвиенко", ""])
def test_a_word_that_does_not_decline_has_no_forms(word: str) -> None:
    assert case_forms(word) == frozenset()


@given(st.text(st.sampled_from("абвгдежзийклмнопрстуфхцчшщъыьэюя"), max_size=12))
def test_no_form_is_the_word_itself(word: str) -> None:
    assert word not in case_forms(word)
