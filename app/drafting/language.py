"""Detect the language of a text among the four that can be drafted from."""

from collections import Counter
from typing import Final

from app.domain.languages import Language
from app.domain.names.scripts import Script, script_of
from app.drafting.languages import fold_word

_WORDS: Final = {
    Language.EN: frozenset(
        [
            "the",
            "of",
            "and",
            "to",
            "in",
            "on",
            "with",
            "by",
            "for",
            "was",
            "is",
            "that",
            "his",
            "has",
            "from",
            "at",
            "said",
            "will",
        ]
    ),
    Language.FR: frozenset(
        [
            "le",
            "la",
            "les",
            "de",
            "des",
            "du",
            "et",
            "a",
            "au",
            "aux",
            "un",
            "une",
            "dans",
            "par",
            "sur",
            "est",
            "avec",
            "pour",
            "que",
            "qui",
            "son",
        ]
    ),
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
        fold_word(word.strip(".,;:!?()«»\"'’"))
        for word in text.replace("'", " ").replace("’", " ").split()
    ]
    shares = {
        language: sum(word in known for word in words) / max(len(words), 1)
        for language, known in _WORDS.items()
    }
    best, other = sorted(shares, key=lambda language: shares[language], reverse=True)
    if shares[best] < _LEAST or shares[best] < _ADVANTAGE * shares[other]:
        raise _unknown("it may be English, French or neither")
    return best


def _unknown(reason: str) -> UnknownLanguageError:
    languages = ", ".join(Language)
    return UnknownLanguageError(
        f"the language of the text cannot be told: {reason}; name it: one of {languages}"
    )
