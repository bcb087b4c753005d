"""The cases of Russian names."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from app.domain.names.russian.cases import LONGEST_ENDING, case_forms


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
        ("российский", "российского российскому российским российском"),
        ("российская", "российской российскую"),
        ("толстой", "толстого толстому толстым толстом"),
        ("цой", "цоя цою цоем"),
        ("верховное", "верховного верховному верховным верховном"),
        ("советское", "советского советскому советским советском"),
        ("высшее", "высшего высшему высшим высшем"),
    ],
)
def test_the_forms_of_a_word(word: str, forms: str) -> None:
    assert {*forms.split()} <= case_forms(word)


@pytest.mark.parametrize("word", ["шойгу", "матвиенко", ""])
def test_a_word_that_does_not_decline_has_no_forms(word: str) -> None:
    assert case_forms(word) == frozenset()


WORDS = st.text(st.sampled_from("абвгдежзийклмнопрстуфхцчшщъыьэюя"), max_size=12)


@given(WORDS)
def test_no_form_is_the_word_itself(word: str) -> None:
    assert word not in case_forms(word)


@given(WORDS | st.sampled_from(["павел", "петр", "немец"]))
def test_without_its_ending_a_form_is_the_beginning_of_the_word(word: str) -> None:
    assume(len(word) > 2 and word != "лев")
    beginnings = {form[: max(len(form) - LONGEST_ENDING, 1)] for form in case_forms(word)}
    assert all(map(word.startswith, beginnings))
