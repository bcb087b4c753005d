"""The other spellings of a participant's names that rules make, as words: keys for searching.

Comparing names allows any mixture of systems, too many to list. These are the spellings of each word
in each system, so that a half-typed name or a word of a query finds its participant.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from app.domain.names.folding import fold
from app.domain.names.hangul import is_hangul, southern
from app.domain.names.initials import initials
from app.domain.names.korean import joined_spellings, spellings_of_name, spellings_of_romanised
from app.domain.names.russian.cases import case_forms
from app.domain.names.russian.hangul_sound import hangul_sound
from app.domain.names.russian.in_hangul import northern_hangul, southern_hangul
from app.domain.names.russian.latin import latin_spellings
from app.domain.names.same_name import Bearer
from app.domain.names.scripts import Script, script_of

_SCRIPTS = (Script.LATIN, Script.CYRILLIC)


class _Made(NamedTuple):
    """The folded words that rules make from a name: spellings, and keys that no text has as words.

    Keys are the cases of Cyrillic words, which full text finds by their stems, the sound of Hangul, and
    the initials of syllables.
    """

    spelled: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()


def spellings(names: Sequence[str], bearer: Bearer) -> list[str]:
    """Return for each name the folded words of its other spellings, separated by spaces.

    `names` are all names of one participant. The Hangul of a Korean decides about the spellings; a
    Korean without Hangul is read from the first name.
    """
    return [_words([*made.spelled, *made.keys]) for made in _made(names, bearer)]


def other_spellings(names: Sequence[str], bearer: Bearer) -> list[str]:
    """Return the folded words that a full-text index needs beside the words of the names."""
    return _words(word for made in _made(names, bearer) for word in made.spelled).split()


def _made(names: Sequence[str], bearer: Bearer) -> list[_Made]:
    if bearer is Bearer.PERSON:
        return [_of_russian(name) for name in names]
    if bearer is Bearer.THING:
        return [_of_thing(name) for name in names]
    if any(script_of(name) is Script.HANGUL for name in names):
        return [_of_hangul("".join(fold(name).split())) for name in names]
    return [_of_romanised(names[0]), *(_Made() for _ in names[1:])]


def _words(words: Iterable[str]) -> str:
    return " ".join(dict.fromkeys(filter(None, words)))


@lru_cache(maxsize=4096)
def _of_hangul(name: str) -> _Made:
    """Return the spellings of a Korean's name in Hangul, without spaces."""
    if not is_hangul(name):
        return _Made()
    south = southern(name[0])
    hangul = {south + name[1:], south + "".join(map(southern, name[1:]))} - {name}
    units = {script: spellings_of_name(name, script) for script in _SCRIPTS}
    spelled = [form for script in _SCRIPTS for forms in units[script] for form in sorted(forms)]
    joined = [form for script in _SCRIPTS for form in joined_spellings(name[1:], script)]
    endings = [form for form in units[Script.CYRILLIC][-1] if form[-1] not in "аеёиоуыэюяй"]
    return _Made(
        (*sorted(hangul), *map(fold, spelled), *map(fold, joined)),
        (
            *map(initials, (name, *sorted(hangul))),
            *(fold(case) for form in sorted(endings) for case in sorted(case_forms(form))),
        ),
    )


def _of_romanised(name: str) -> _Made:
    words = fold(name).split()
    units = [spellings_of_romanised(words, script) for script in _SCRIPTS]
    return _Made(tuple(fold(form) for forms in units for each in forms for form in sorted(each)))


@lru_cache(maxsize=8192)
def _of_russian(name: str) -> _Made:
    lower = unicodedata.normalize("NFC", name.casefold()).replace("-", " ").split()
    words = [_of_russian_word(word.strip(".,")) for word in lower]
    return _Made(
        tuple(form for word in words for form in word.spelled),
        (initials("".join(lower)), *(key for word in words for key in word.keys)),
    )


@lru_cache(maxsize=8192)
def _of_russian_word(word: str) -> _Made:
    match script_of(word):
        case Script.HANGUL:
            return _Made((), (hangul_sound(word), initials(word)))
        case Script.CYRILLIC if len(word) > 1:
            hangul = southern_hangul(word), northern_hangul(word)
            keys = (*map(hangul_sound, hangul), *map(fold, sorted(case_forms(word))))
            return _Made((*hangul, *latin_spellings(word)), keys)
    return _Made()


def _of_thing(name: str) -> _Made:
    """Return the words in Hangul as the South spells them: 노동신문 for 로동신문."""
    words = fold(name).split()
    south = ("".join(southern(s) if is_hangul(s) else s for s in word) for word in words)
    return _Made(tuple(made for word, made in zip(words, south, strict=True) if made != word))
