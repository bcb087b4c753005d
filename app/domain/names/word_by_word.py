"""Compare names of Russians and of things word by word: each word in any script, system or case."""

import re
from collections.abc import Callable, Sequence
from enum import IntEnum
from functools import lru_cache
from itertools import chain
from typing import Final

from app.domain.names.around.countries import with_countries
from app.domain.names.hangul import is_hangul, same_in_north_and_south
from app.domain.names.korean import spellings_of_name, without_breves
from app.domain.names.russian.cases import case_forms
from app.domain.names.russian.hangul_sound import hangul_sound
from app.domain.names.russian.in_hangul import northern_hangul, southern_hangul
from app.domain.names.russian.latin import is_patronymic, letters_of, without_patronymics
from app.domain.names.same_name import NameWords, spells
from app.domain.names.scripts import Script, script_of

# Words that do not tell two things apart. They may be missing, but the order of the others counts.
_ENGLISH_AND_FRENCH: Final = "of the in and for at to on la le les de du des d l a au aux et en"
_RUSSIAN: Final = "в во и на по при о об с к"
FUNCTION_WORDS: Final = frozenset(f"{_ENGLISH_AND_FRENCH} {_RUSSIAN}".split())
_TRANSCRIBED: Final = (Script.LATIN, Script.CYRILLIC)
# A longer name in Hangul is a description, which is translated and not spelled.
_MAX_SYLLABLES: Final = 4
# Names are compared without the dots of ё, which Hangul shows: Горбачев is 고르바초프.
_WITHOUT_YO: Final = re.compile("е(?=ва?$)")

# The words that names have in one place, in any script.
_Place = tuple[str, ...]


class Agreement(IntEnum):
    """How much of a stored name the asked words are."""

    PART = 1
    WHOLE = 2


def person_agreement(
    query: Sequence[str], name: NameWords, names: Sequence[NameWords]
) -> Agreement | None:
    """Compare a person's name in any order of words, with or without a patronymic.

    `names` are all names of the person. Names of as many words have the same word in the same place,
    so that Alexander is Александр and 블라디미르 뿌찐 is Владимир Путин.
    """
    if _same_without_spaces(query, name.words):
        return Agreement.WHOLE
    if contradicts_patronymic(query, names):
        return None
    left, whole, unplaced = _places(name, names), 0, list[str]()
    # Whole words choose their places before initials do.
    for word in sorted(query, key=len, reverse=True):
        same = _find_place(left, word, same_word)
        place = same or _find_place(left, word, _is_initial)
        if place is None:
            unplaced.append(word)
        else:
            left.remove(place)
            whole += same is not None
    if not whole or (unplaced and (left or not _is_patronymic_of(unplaced, names))):
        return None
    return Agreement.WHOLE if whole == len(_places(name, names)) else Agreement.PART


def _find_place(
    places: Sequence[_Place], word: str, fits: Callable[[str, str], bool]
) -> _Place | None:
    """Return the first place whose own word fits, or otherwise one with another word that does.

    One of the names may have another order of words, and then its words are in wrong places.
    """
    own = next((place for place in places if fits(word, place[0])), None)
    return own or next((p for p in places if any(fits(word, form) for form in p)), None)


def _places(name: NameWords, names: Sequence[NameWords]) -> list[_Place]:
    """Return for each word of the name, except the patronymic, the words in its place in all names.

    The first one is the word of the name itself.
    """
    words = without_patronymics(name.words)
    alike = (without_patronymics(other.words) for other in names)
    columns = zip(*(other for other in (words, *alike) if len(other) == len(words)), strict=True)
    return [tuple(dict.fromkeys(column)) for column in columns]


def _is_patronymic_of(words: Sequence[str], names: Sequence[NameWords]) -> bool:
    """Whether it is one word, a patronymic or an initial, and contradicts no known patronymic."""
    if len(words) > 1 or not (len(words[0]) == 1 or is_patronymic(words[0])):
        return False
    known = {w for name in names for w in name.words[1:-1] if is_patronymic(w)}
    same = (same_word(words[0], w) or _is_initial(words[0], w) for w in known)
    return not known or any(same)


def contradicts_patronymic(words: Sequence[str], names: Sequence[NameWords]) -> bool:
    """Whether a name of three words or more has another patronymic than the person's names."""
    middle = [word for word in words if is_patronymic(word)] if len(words) > 2 else []
    return bool(middle) and not _is_patronymic_of(middle, names)


def _same_without_spaces(query: Sequence[str], words: Sequence[str]) -> bool:
    """Whether a run of Hangul is the whole name: 세르게이라브로프."""
    if not (is_hangul(asked := "".join(query)) and len(words) > 1 and all(map(_is_long, words))):
        return False
    sound = hangul_sound(asked)
    forms = (words, map(southern_hangul, words), map(northern_hangul, words))
    return any(sound == hangul_sound("".join(form)) for form in forms)


def thing_agreement(query: Sequence[str], words: Sequence[str]) -> Agreement | None:
    """Compare a name that no person has: the words in their order, each in any script or case.

    Посольство КНДР в России has the words of Посольство России в КНДР, and is another embassy.
    """
    if _same_hangul("".join(query), "".join(words)) or _spells_hangul(query, "".join(words)):
        return Agreement.WHOLE
    asked, stored = _telling(tuple(query)), _telling(tuple(words))
    starts = range(len(stored) - len(asked) + 1) if asked else ()
    for start in starts:
        if all(map(same_word, asked, stored[start:])):
            return Agreement.WHOLE if len(asked) == len(stored) else Agreement.PART
    return None


def _same_hangul(asked: str, name: str) -> bool:
    return len(asked) == len(name) and same_in_north_and_south(asked, name)


def _spells_hangul(query: Sequence[str], name: str) -> bool:
    """Whether Latin or Cyrillic words spell a short name in Hangul, such as a town's: Насон, 라선."""
    if not is_hangul(name) or len(name) > _MAX_SYLLABLES:
        return False
    script = script_of(query[0]) if query else Script.OTHER
    return script in _TRANSCRIBED and spells(query, spellings_of_name(name, script))


@lru_cache(maxsize=1 << 14)
def _telling(words: tuple[str, ...]) -> Sequence[str]:
    return with_countries([word for word in words if word not in FUNCTION_WORDS])


@lru_cache(maxsize=1 << 14)
def same_word(asked: str, word: str) -> bool:
    """Whether one word spells the other, in another script or system, or is a case of it."""
    if asked == word or without_breves(asked) == without_breves(word):
        return True
    match script_of(asked), script_of(word):
        case Script.CYRILLIC, Script.CYRILLIC:
            return asked in case_forms(word)
        case Script.LATIN, Script.CYRILLIC:
            return spells([without_breves(asked)], letters_of(word))
        case Script.CYRILLIC, Script.LATIN:
            return spells([without_breves(word)], letters_of(asked))
        case (Script.HANGUL, _) | (_, Script.HANGUL):
            return not _sounds(asked).isdisjoint(_sounds(word))
    return False


@lru_cache(maxsize=4096)
def _sounds(word: str) -> frozenset[str]:
    """Return the sounds of a word in Hangul, or of a word in Cyrillic as it is written in Hangul."""
    if is_hangul(word):
        return frozenset([hangul_sound(word)])
    spelled = {word, _WITHOUT_YO.sub("ё", word)}
    forms = chain(map(southern_hangul, spelled), map(northern_hangul, spelled))
    return frozenset(filter(None, map(hangul_sound, forms)))


def _is_initial(asked: str, word: str) -> bool:
    """Whether the letter begins the word, also in the other script: V and W for В."""
    return len(asked) == 1 and asked in _first_letters(word)


def _first_letters(word: str) -> set[str]:
    latin = letters_of(word)[0] if script_of(word) is Script.CYRILLIC else ()
    return {word[:1], *(spelling[:1] for spelling in latin)}


def _is_long(word: str) -> bool:
    # An initial has no sound: В. В. Путин is no 브브푸틴.
    return len(word) > 1
