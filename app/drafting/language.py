"""Detect the language of a text among the four that can be drafted from."""

from collections import Counter
from typing import Final

from app.domain.languages import Language
from app.domain.names.scripts import Script, script_of

# Frequent small words; `à` is French and `a` both, and `Son` with a capital is a Korean name.
_WORDS: Final = {
    language: frozenset(words.split())
    for language, words in {
        Language.EN: "the of and to in on with by for was were is are be been that which who his her its their has have had "
        "from at as an a he she they it this said will would not after before between during met ago",
        Language.FR: "le la les de des du d l et à a au aux un une dans par sur est sont été avec pour que qu qui son sa ses "
        "leur ont il elle se s ce cette entre après avant lors en ne pas plus",
        # German, Dutch, Spanish, Italian and Portuguese, which share words with both.
        None: "der die das und mit den dem von zu im ein eine het een van de en op el los las la con y del que se una "
        "il lo gli di che della con ha un l o os da do em com uma e",
    }.items()
}
# Letters of other languages in Cyrillic.
_OTHER_CYRILLIC: Final = frozenset("іїєґўјљњћђџқғңөұүһә")
# A share of the words, or an advantage over the other language, below which a guess may be wrong.
_LEAST: Final = 0.08
_ADVANTAGE: Final = 1.5


class UnknownLanguageError(ValueError):
    """The language cannot be told; the message says which ones there are."""


def detect_language(text: str) -> Language:
    """Return the language of a text. Raises UnknownLanguageError if it is none of the four, or unclear."""
    letters = Counter(script_of(c) for c in text if c.isalpha())
    script = max(letters, key=lambda s: letters[s], default=None)
    if script is Script.HANGUL:
        return Language.KO
    if script is Script.CYRILLIC:
        if _OTHER_CYRILLIC & set(text.casefold()):
            raise _unknown("it has letters that Russian has not")
        return Language.RU
    if script is not Script.LATIN:
        raise _unknown("it is in another script")
    return _of_latin(text)


def _of_latin(text: str) -> Language:
    words = [
        word.strip(".,;:!?()«»\"'’") for word in text.replace("'", " ").replace("’", " ").split()
    ]
    # The first word of a text has a capital; other words with one are names.
    words = [word.casefold() for n, word in enumerate(words) if n == 0 or not word[:1].isupper()]
    shares = {
        language: sum(word in known for word in words) / max(len(words), 1)
        for language, known in _WORDS.items()
    }
    others = shares.pop(None)
    best, other = sorted(shares, key=lambda language: shares[language], reverse=True)
    clear = shares[best] >= max(_LEAST, _ADVANTAGE * shares[other]) and shares[best] > others
    if best is None or not clear:
        raise _unknown("it may be English, French or neither")
    return best


def _unknown(reason: str) -> UnknownLanguageError:
    languages = ", ".join(Language)
    return UnknownLanguageError(
        f"the language of the text cannot be told: {reason}; name it: one of {languages}"
    )
