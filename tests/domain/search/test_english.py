"""British and American spellings are one word in a search."""

import pytest

from app.domain.search.tokens import index_tokens

_PAIRS = """
labour labor, labours labors, labourers laborers, defence defense, offences offenses, licence license,
organisation organization, organised organized, organising organizing, centre center, centres centers,
theatre theater, honour honor, honoured honored, harbour harbor, programme program, programmes programs,
dialogue dialog, catalogue catalog, neighbour neighbor, neighbouring neighboring, favourable favorable,
kilometre kilometer, armoured armored, normalisation normalization, emphasises emphasizes
"""


@pytest.mark.parametrize("pair", [each.strip() for each in _PAIRS.split(",")])
def test_both_spellings_have_one_stem(pair: str) -> None:
    british, american = (index_tokens(each, "en").stems for each in pair.split())

    assert british == american


@pytest.mark.parametrize("word", ["four", "hour", "tour", "wise", "rise", "here", "entire"])
def test_short_words_that_end_alike_stay(word: str) -> None:
    assert index_tokens(word, "en").stems[0].startswith(word.rstrip("e"))
