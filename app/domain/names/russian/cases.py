"""The cases of Russian names: a query may have Лавровым, Мацегоры or Ким Чен Ына."""

import re
from functools import lru_cache
from typing import Final

# The end of a nominative, and the endings that replace it in the other cases. The first row that fits
# counts. A row holds the endings of nouns and of adjectives: Константином, Путиным. A short word in -ой,
# such as Цой, is no adjective.
_DECLENSIONS: Final = tuple(
    (re.compile(f"(?:{ending})$"), tuple(others.split()))
    for ending, others in (
        ("[иы]й|(?<=[жхнр])ой|(?<=[а-яё]{3})ой", "ого его ому ему ым им ом ем ия ию ием ии"),
        ("ое", "ого ому ым им ом"),
        ("ее", "его ему им ем"),
        ("(?<=ств)о", "а у ом е"),
        ("(?<=[нт]и)е", "я ю ем и"),
        ("ия", "ии ией ию"),
        ("ая", "ой ую"),
        ("яя", "ей юю"),
        ("а", "ы и е у ой ей"),
        ("я", "и е ю ей"),
        ("[йь]", "я ю ем е и"),
        ("ец", "ца цу цем цом це"),
        ("(?<=[бвгджзклмнпрстфхцчшщ])", "а у ом ем ым е"),
    )
)
# Without so many letters at its end, each form begins as its nominative does, except Льва.
LONGEST_ENDING: Final = 3
# The stem of these names differs from the nominative.
_STEMS: Final = {"павел": "павл", "лев": "льв", "пётр": "петр", "петр": "петр"}


@lru_cache(maxsize=8192)
def case_forms(word: str) -> frozenset[str]:
    """Return the forms of a lower-case word in Cyrillic in the other cases of the singular.

    A word in a vowel that does not decline, such as шойгу or матвиенко, has none. Some forms do not
    exist, because a row serves names of both declensions.
    """
    if word in _STEMS:
        return frozenset(_STEMS[word] + ending for ending in ("а", "у", "ом", "е"))
    for nominative, endings in _DECLENSIONS:
        if match := nominative.search(word):
            return frozenset(word[: match.start()] + ending for ending in endings)
    return frozenset()
