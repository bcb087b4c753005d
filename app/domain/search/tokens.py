"""Cut a text into search tokens, the same way for stored texts and for queries.

The engines do none of this, so that both find the same events.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import chain
from operator import itemgetter
from threading import Lock
from typing import NamedTuple

from Stemmer import Stemmer

from app.domain.names.folding import INVISIBLE, LIGATURES, without_marks
from app.domain.names.hangul import is_hangul
from app.domain.search import english
from app.domain.search.korean import one_spelling, without_particles

# A middle dot occurs in no word. It marks stems (`visit·en`), and alone it ends phrases.
MARK = "·"
# No language has longer words. The rest of a word is cut off, in texts and in queries.
MAX_WORD = 100

# Hangul and Han are cut into pairs of characters: Han has no spaces between words, and Hangul joins
# particles to its words.
# Code points between these ranges are no characters, and separate words.
DENSE = (
    "\u1100-\u11ff\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97c\uac00-\ud7a3\ud7b0-\ud7c6\ud7cb-\ud7fb"
    "\uf900-\ufa6d\ufa70-\ufad9"
)
_RUN = re.compile(rf"[{DENSE}]+|[^\W_{DENSE}]+")
_DENSE_RUN = re.compile(rf"[{DENSE}]+")
_REWRITTEN = str.maketrans(LIGATURES | dict.fromkeys(INVISIBLE))
_CYRILLIC = re.compile("[а-я]+")
_SCRIPTS = {re.compile("[a-z]+"): ("en", "fr"), _CYRILLIC: ("ru",)}
_FRENCH_FEMININE = re.compile("ee(s?)$")
# `D.P.R.K.`, `С.С.С.Р`: single letters, each with a dot; the last dot may be missing.
ACRONYM = r"(?<![^\W_])[^\W\d_](?:\.[^\W\d_])+(?![^\W_])"
# French elisions and English genitives are not searched: `l'accord` is accord, `Putin's` is putin.
_ELISIONS = re.compile(r"^(?:[cdjlmnst]|qu)['’](?=\w)|(?<=\w)['’]s$", re.IGNORECASE)
_HYPHEN = "-\u2010\u2011"
_PART = rf"[^\W_{DENSE}]+"
_COMPOUND = re.compile(rf"{ACRONYM}|{_PART}(?:[{_HYPHEN}]{_PART})+")
# A given name of two syllables is also written as one word: Сон Хи and Сонхи, Jong Un and Jongun.
_SYLLABLE_LENGTH = 5
# Two syllables of a Korean name, of which the stemmer would take the second for an ending.
_KOREAN_NAME = re.compile(
    "((?:кх|тх|пх|чх|чж|дж|[кгхнтдрлмпбсч])?[аеиоуыэюя][кнмлпр]?(?:нам|ил|ен))(?:а|у|ом|е|ь|я|ю|ем)?"
)

# No cache in them, because `_stem` has one.
_STEMMERS = {
    code: Stemmer(name, 0)
    for code, name in (("en", "english"), ("fr", "french"), ("ru", "russian"))
}
_STEMMING = Lock()  # A stemmer keeps its current word as state, and requests run in threads.


class Tokens(NamedTuple):
    """The words of a text in order, and its stems, each once."""

    words: tuple[str, ...]
    stems: tuple[str, ...]


class Phrase(NamedTuple):
    """Consecutive words. If `open`, the last one also matches longer words that begin with it."""

    words: tuple[str, ...]
    open: bool = False


def index_tokens(text: str, language: str | None) -> Tokens:
    """Return the tokens of a text; `language` is None for a name or an unknown language.

    A text has the stems of its language; a name has the stems of every language of its script. A
    run of Hangul ABC has the words AB, BC and C, so that each part of the run begins with one.
    """
    # White space separates runs, so each chunk between spaces is cut once and kept for all texts.
    chunks = [*map(_CHUNKS[language].__getitem__, text.split())]
    words = tuple(chain.from_iterable(map(_WORDS, chunks)))
    stems = dict.fromkeys(chain.from_iterable(map(_STEMS, chunks)))
    if language is None:
        stems |= dict.fromkeys(_given_name_stems(text))
    return Tokens(words, tuple(stems))


class _Chunks(dict[str, Tokens]):
    """The tokens of the chunks of texts in a language; faster than a cached function with two arguments."""

    def __init__(self, language: str | None) -> None:
        super().__init__()
        self._language = language

    def __missing__(self, chunk: str) -> Tokens:
        tokens = _chunk_tokens(chunk, self._language)
        if len(chunk) <= MAX_WORD:
            if len(self) >= _MAX_CHUNKS:
                self.clear()
            self[chunk] = tokens
        return tokens


# In a language. A chunk and its tokens take some 400 bytes.
_MAX_CHUNKS = 1 << 14
_CHUNKS = {language: _Chunks(language) for language in (None, "en", "fr", "ru", "ko")}
_WORDS, _STEMS = itemgetter(0), itemgetter(1)


def without_elision(word: str) -> str:
    """Return the word without a French elision or an English genitive."""
    return _ELISIONS.sub("", word)


def words_of(text: str) -> list[str]:
    """Return the words of a text without its stems, which take most of the time."""
    return [word for run in runs_of(text) for word in _closed(run)]


def phrase_tokens(text: str) -> Phrase:
    """Return the words of a phrase in a query. In a text its last run of Hangul may be longer."""
    runs = runs_of(text)
    words = tuple(word for run in runs for word in _closed(run))
    if not runs or not _DENSE_RUN.fullmatch(runs[-1]):
        return Phrase(words, open=False)
    if len(runs[-1]) == 1:
        return Phrase(words, open=True)
    return Phrase(words[:-1], open=False)


def word_stems(text: str) -> tuple[str, ...]:
    """Return the stems of a single word, in every language of its script."""
    return index_tokens(text, None).stems


def compound_stems(text: str) -> list[str]:
    """Return the stems of a word with hyphens, or of an acronym with dots, as one word.

    So `co-operation` is `cooperation`, and `D.P.R.K` is `DPRK`. The list is empty for any other text.
    """
    bare = _bare(text)
    return _joined_stems(_RUN.findall(bare)) if _COMPOUND.fullmatch(bare) else []


def _joined_stems(runs: Iterable[str], language: str | None = None) -> list[str]:
    """Return the stems of runs that are written as one word, in each language of their script.

    Each part of a Russian word takes endings: `Комсомольске-на-Амуре`.
    """
    *first, last = runs
    russian = all(map(_CYRILLIC.fullmatch, first))
    parts = [_stem(run, "ru").partition(MARK)[0] for run in first] if russian else first
    return [*_stems("".join([*parts, last]), language)]


def _given_name_stems(name: str) -> list[str]:
    """Return the stems of the two syllables of a Korean given name as one word."""
    runs = runs_of(name)
    syllables = len(runs) == 3 and all(len(run) <= _SYLLABLE_LENGTH for run in runs)
    return _joined_stems(runs[1:]) if syllables else []


def whole_word(run: str) -> str:
    """Return the token of a run of Hangul that is a word from its beginning to its end."""
    return f"{one_spelling(run)[:MAX_WORD]}{MARK}ko"


def country_token(code: str) -> str:
    """Return the token of a country in the events in which it took part, or that happened in it."""
    return f"{code.lower()}{MARK}country"


def _chunk_tokens(text: str, language: str | None) -> Tokens:
    bare = _bare(text)
    runs = _RUN.findall(bare)
    words = tuple(word for run in runs for word in _closed(run))
    stems = [stem for run in runs for stem in _stems(run, language)]
    for compound in _COMPOUND.findall(bare):
        # An acronym belongs to no language: a Russian text may have `U.N.`.
        stems += _joined_stems(_RUN.findall(compound), None if "." in compound else language)
    return Tokens(words, tuple(stems))


def runs_of(text: str) -> list[str]:
    """Return the runs of letters and digits, without case and accents, except that й stays."""
    return _RUN.findall(_bare(text))


def _bare(text: str) -> str:
    """Return the text without case, accents and invisible characters, except that й stays."""
    if text.isascii():
        return text.lower()
    composed = unicodedata.normalize("NFC", text.casefold()).translate(_REWRITTEN)
    return "й".join(map(without_marks, composed.split("й")))


def _closed(run: str) -> list[str]:
    """Return the words of a complete run."""
    if _DENSE_RUN.fullmatch(run):
        run = one_spelling(run)
        return [run[i : i + 2] for i in range(len(run))]
    return [_word(run)]


def _word(run: str) -> str:
    """Return the run as a word: й becomes и, as in `names.folding.fold`."""
    return run.replace("й", "и")[:MAX_WORD]


def _stems(run: str, language: str | None) -> Iterator[str]:
    if is_hangul(run):
        yield from map(whole_word, (run, without_particles(run)))
    for script, languages in _SCRIPTS.items():
        if script.fullmatch(run):
            for each in languages:
                if language in (None, each):
                    yield _stem(run[:MAX_WORD], each)


@lru_cache(maxsize=1 << 15)
def _stem(word: str, language: str) -> str:
    if language == "ru" and (name := _KOREAN_NAME.fullmatch(word)):
        return f"{name[1]}{MARK}ru"
    stemmer = _STEMMERS[language]
    with _STEMMING:
        if language == "fr":
            # Without accents the stemmer does not recognise the ending of `signée`.
            stem = stemmer.stemWord(_FRENCH_FEMININE.sub(r"e\1", word))
        else:
            stem = stemmer.stemWord(english.one_spelling(word) if language == "en" else word)
        # Лаврова has the stem лавров, and Лавров has лавр: only the stem of the stem is common.
        while language == "ru" and (shorter := stemmer.stemWord(stem)) != stem:
            stem = shorter
    return f"{_word(stem)}{MARK}{language}"
