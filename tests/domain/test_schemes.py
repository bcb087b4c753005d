from string import digits

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.labels.schemes import identifier_fault, iris_of, name_of, page_of

ISNI = "000000012281955X"


@pytest.mark.parametrize(
    ("scheme", "value"),
    [
        ("isni", ISNI),
        ("isni", "0000000121463539"),
        ("viaf", "7"),
        ("viaf", "1234567890123456789012"),
        ("wikidata", "Q1"),
        ("own", "anything"),
    ],
)
def test_a_sound_identifier_has_no_fault(scheme: str, value: str) -> None:
    assert identifier_fault(scheme, value) is None


@pytest.mark.parametrize(
    ("scheme", "value"),
    [
        ("isni", ISNI.lower()),
        ("isni", "0000 0001 2281 955X"),
        ("isni", ISNI[:-1]),
        ("viaf", "0"),
        ("viaf", "07"),
        ("viaf", "1" * 23),
        ("viaf", "\u0661"),
        ("wikidata", "q1"),
        ("wikidata", "Q0"),
        ("wikidata", "P31"),
        ("wikidata", "Q1\n"),
        ("wikidata", ""),
    ],
)
def test_an_unsound_one_is_told_what_is_right(scheme: str, value: str) -> None:
    fault = identifier_fault(scheme, value)

    assert fault is not None
    assert fault.startswith(f"not an identifier of {scheme}: expected ")
    assert page_of(scheme, value) is None
    assert iris_of({scheme: value}) == []


@given(st.integers(0, 15), st.sampled_from([*digits, "X"]))
def test_the_check_character_finds_each_wrong_character(place: int, character: str) -> None:
    changed = ISNI[:place] + character + ISNI[place + 1 :]

    assert (identifier_fault("isni", changed) is None) == (changed == ISNI)


@given(st.integers(0, 13))
def test_the_check_character_finds_swapped_digits(place: int) -> None:
    one, other = ISNI[place], ISNI[place + 1]
    swapped = ISNI[:place] + other + one + ISNI[place + 2 :]

    assert (identifier_fault("isni", swapped) is None) == (one == other)


def test_has_an_iri_and_a_page() -> None:
    assert iris_of({"wikidata": "Q1", "own": "1"}) == ["http://www.wikidata.org/entity/Q1"]
    assert page_of("viaf", "7") == "https://viaf.org/viaf/7"
    assert (name_of("isni"), name_of("own")) == ("ISNI", "own")
