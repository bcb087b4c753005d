"""English words in the search: in one spelling for Britain and America."""

import re
from typing import Final

# In words without case. A rule may also meet a word that has one spelling (`detour`): it is then the same
# on both sides of a search.
_AMERICAN: Final = (
    (re.compile(r"(?<=[a-z]{2})our(?=$|s$|ed$|ing$|er|ab|ite|hood)"), "or"),
    (re.compile(r"(?<=[a-z]{2})is(?=(?:e|es|ed|er|ers|ing|ation|ations|ational)$)"), "iz"),
    (re.compile(r"(?<=[a-z]{2}[bt])re(?=$|s$|d$)"), "er"),
    (re.compile(r"(?<=def|off|lic)ence|(?<=pret)ence"), "ense"),
    (re.compile(r"(?<=[a-z]{2})ogue(?=$|s$)"), "og"),
    (re.compile(r"(?<=gram)me(?=$|s$)"), ""),
)
_HAS_TWO: Final = re.compile(r"our|is[ei]|isa|[bt]re|ence|ogue|mme")


def one_spelling(word: str) -> str:
    """Return the word as America spells it: labour and labor, organisation and organization are the same."""
    if _HAS_TWO.search(word):
        for british, american in _AMERICAN:
            word = british.sub(american, word)
    return word
