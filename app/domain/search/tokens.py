"""Search words: a text cut into tokens, the same way for what is stored and for what is asked.

Nothing of this is left to the engines, so that both find the same.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain
from threading import Lock
from typing import NamedTuple

from snowballstemmer.english_stemmer import EnglishStemmer
from snowballstemmer.french_stemmer import FrenchStemmer
from snowballstemmer.russian_stemmer import RussianStemmer

from app.domain.names.folding import INVISIBLE

# A middle dot is in no word: it marks stems (`visit·en`), and alone it is where phrases end.
MARK = "·"
# No language has longer ones; what comes after is cut off, in texts and in queries.
MAX_WORD = 100

# Hangul and Han stand without spaces between words.
_DENSE = "\u1100-\u11ff\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97c\uac00-\ud7fb\uf900-\ufaff"
_RUN = re.compile(rf"[{_DENSE}]+|[^\W_{_DENSE}]+")
_DENSE_RUN = re.compile(rf"[{_DENSE}]+")
_REWRITTEN = str.maketrans({"œ": "oe", "æ": "ae"} | dict.fromkeys(INVISIBLE))
_SCRIPTS = {re.compile("[a-z]+"): ("en", "fr"), re.compile("[а-я]+"): ("ru",)}
_FRENCH_FEMININE = re.compile("ee(s?)$")

_STEMMERS = {"en": EnglishStemmer(), "fr": FrenchStemmer(), "ru": RussianStemmer()}
_STEMMING = Lock()  # A stemmer holds the word that it works on; requests come in threads.


class Tokens(NamedTuple):
    """The words of a text in their order, and its stems, each once."""

    words: tuple[str, ...]
    stems: tuple[str, ...]


class Phrase(NamedTuple):
    """Words that follow one another; if `open`, the last of them may be but the beginning of one."""

    words: tuple[str, ...]
    open: bool


def index_tokens(text: str, language: str | None) -> Tokens:
    """The tokens of a text in a language; of a name, or where it is not known, in None.

    A text has the stems of its language, a name those of every language of its script. A run of
    Hangul ABC has the words AB, BC and C: whatever part of it is asked for begins with one of them.
    """
    # White space is in no run and joins no letters, so each chunk is worked on once for all texts.
    chunks = [_chunk_tokens(chunk, language) for chunk in text.split()]
    words = tuple(chain.from_iterable(words for words, _ in chunks))
    stems = dict.fromkeys(chain.from_iterable(stems for _, stems in chunks))
    return Tokens(words, tuple(stems))


def phrase_tokens(text: str) -> Phrase:
    """The words of a phrase that is asked for: its last run of Hangul may go on in the text."""
    runs = _runs(text)
    words = tuple(word for run in runs for word in _closed(run))
    if not runs or not _DENSE_RUN.fullmatch(runs[-1]):
        return Phrase(words, open=False)
    if len(runs[-1]) == 1:
        return Phrase(words, open=True)
    return Phrase(words[:-1], open=False)


def word_stems(text: str) -> tuple[str, ...]:
    """The stems of a single word, in every language of its script."""
    return index_tokens(text, None).stems


@lru_cache(maxsize=1 << 15)
def _chunk_tokens(text: str, language: str | None) -> Tokens:
    runs = _runs(text)
    words = tuple(word for run in runs for word in _closed(run))
    return Tokens(words, tuple(stem for run in runs for stem in _stems(run, language)))


def _runs(text: str) -> list[str]:
    """The runs of letters and digits, without case and accents, but with й."""
    if text.isascii():
        return _RUN.findall(text.lower())
    composed = unicodedata.normalize("NFC", text.casefold()).translate(_REWRITTEN)
    return _RUN.findall("й".join(map(_bare, composed.split("й"))))


def _bare(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text)
    bare = "".join(c for c in decomposed if not unicodedata.combining(c))
    return unicodedata.normalize("NFC", bare)


def _closed(run: str) -> list[str]:
    """The words of a run that ends where it ends."""
    if _DENSE_RUN.fullmatch(run):
        return [run[i : i + 2] for i in range(len(run))]
    return [_shown(run)]


def _shown(run: str) -> str:
    """The word for which a run stands: й is и in it, as in `names.fold`."""
    return run.replace("й", "и")[:MAX_WORD]


def _stems(run: str, language: str | None) -> Iterator[str]:
    for script, languages in _SCRIPTS.items():
        if script.fullmatch(run):
            for each in languages:
                if language in (None, each):
                    yield _stem(run[:MAX_WORD], each)


@lru_cache(maxsize=1 << 15)
def _stem(word: str, language: str) -> str:
    stemmer = _STEMMERS[language]
    with _STEMMING:
        if language == "fr":
            # Without its accent the é of `signée` is an e like any other.
            stem = stemmer.stemWord(_FRENCH_FEMININE.sub(r"e\1", word))
        else:
            stem = stemmer.stemWord(word)
        # Лаврова is лавров, Лавров is лавр: the stem of the stem is what they share.
        while language == "ru" and (shorter := stemmer.stemWord(stem)) != stem:
            stem = shorter
    return f"{_shown(stem)}{MARK}{language}"
