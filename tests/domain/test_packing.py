import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.packing import DOCUMENTS, TOKENS, Packing

KINDS = pytest.mark.parametrize("packing", [DOCUMENTS, TOKENS])


@KINDS
@given(text=st.text(max_size=300))
def test_unpacks_what_it_packed(packing: Packing, text: str) -> None:
    assert packing.unpack(packing.pack(text)) == text


def test_a_document_becomes_much_smaller() -> None:
    document = '{"id":"moscow","revision":1,"name":{"en":"Moscow","fr":"Moscou"},"country":"RU"}'

    assert len(DOCUMENTS.pack(document)) < len(document) / 2


@KINDS
@given(packed=st.binary(max_size=60))
def test_other_bytes_are_refused(packing: Packing, packed: bytes) -> None:
    with pytest.raises(ValueError, match="damaged|codec"):
        packing.unpack(packed)


def test_a_changed_byte_never_stops_the_program() -> None:
    packed = TOKENS.pack("the quick brown fox " * 9)
    for place in range(len(packed)):
        altered = bytes([*packed[:place], packed[place] ^ 0xFF, *packed[place + 1 :]])
        try:
            TOKENS.unpack(altered)
        except ValueError:
            continue


def test_each_dictionary_reads_its_own_texts_only() -> None:
    with pytest.raises(ValueError, match="damaged"):
        TOKENS.unpack(DOCUMENTS.pack("text"))
