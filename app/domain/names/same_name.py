"""Whether two spellings are one name, across scripts, systems, word order and patronymics."""

import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from typing import Final, NamedTuple

from app.domain.names.hangul import is_hangul, same_in_north_and_south
from app.domain.names.korean import spellings_of_name, spellings_of_romanised, without_breves
from app.domain.names.russian import letters_of, without_patronymics
from app.domain.names.scripts import Script, script_of
from app.domain.vocabulary import ParticipantKind

# Straight, typographic and modifier apostrophes and primes. They belong to a word.
_APOSTROPHES: Final = re.compile("['`´‘’ʹʺʻʼ′″]")
_BREVE: Final = "\u0306"
_BETWEEN_WORDS: Final = re.compile(r"[\W_]+")
# Accents that do not make another letter. The breve of `ŏ`, `ŭ` and `й` does.
_ACCENT: Final = re.compile(rf"(?<=[ouи])(?!{_BREVE})[\u0300-\u036f]+|(?<![ouи])[\u0300-\u036f]+")
_TRANSCRIBED: Final = (Script.LATIN, Script.CYRILLIC)


# ISO 3166-1: the DPRK and the Republic of Korea.
KOREAN_COUNTRIES: Final = ("KP", "KR")


def is_korean_person(kind: ParticipantKind, country: str) -> bool:
    """Whether the participant's names are Korean: family name first, and one word per syllable."""
    return kind is ParticipantKind.PERSON and country in KOREAN_COUNTRIES


class NameWords(NamedTuple):
    """The words of a name, in lower case and without accents, and their script."""

    words: tuple[str, ...]
    script: Script


def name_words(name: str) -> NameWords:
    """Split a name into the words in which spellings are compared.

    Unlike `fold`, it keeps the breve of `ŏ`, `ŭ` and `й`, which makes another letter, and it keeps
    a word with an apostrophe whole: Ch'oe is one word.
    """
    decomposed = unicodedata.normalize("NFKD", _APOSTROPHES.sub("", name.casefold()))
    text = unicodedata.normalize("NFC", _ACCENT.sub("", decomposed))
    return NameWords(tuple(_BETWEEN_WORDS.sub(" ", text).split()), script_of(text))


def find_same_name(query: NameWords, names: Sequence[NameWords], *, korean: bool) -> int | None:
    """Return the index of the first name that the query spells, or None.

    `names` are all names of one participant. `korean` says that the participant is a Korean
    person: the words of the names are syllables.
    """
    return next(
        (
            i
            for i, name in enumerate(names)
            if (_same_korean(query, name, names) if korean else _same_russian(query, name, names))
            or (query.script is name.script is Script.HANGUL and _same_hangul(query, name))
        ),
        None,
    )


def _same_hangul(query: NameWords, name: NameWords) -> bool:
    return same_in_north_and_south("".join(query.words), "".join(name.words))


def _same_korean(query: NameWords, name: NameWords, names: Sequence[NameWords]) -> bool:
    """Compare Korean names syllable by syllable. The family name may come first or last."""
    if query.script is name.script and _in_either_order(query.words, [[w] for w in name.words]):
        return True
    hangul = "".join(name.words)
    if is_hangul(hangul):
        return query.script in _TRANSCRIBED and _in_either_order(
            query.words, spellings_of_name(hangul, query.script)
        )
    if any(each.script is Script.HANGUL for each in names):
        return False  # The Hangul name decides which syllables they are.
    if query.script is Script.HANGUL:
        syllables = "".join(query.words)
        return is_hangul(syllables) and _in_either_order(
            name.words, spellings_of_name(syllables, name.script)
        )
    return name.script is Script.LATIN and _in_either_order(
        query.words, spellings_of_romanised(name.words, query.script)
    )


def _same_russian(query: NameWords, name: NameWords, names: Sequence[NameWords]) -> bool:
    """Compare names in Latin or Cyrillic, in any word order, with or without a patronymic."""
    if _sorted(query.words) == _sorted(name.words):
        return True
    match query.script, name.script:
        case Script.LATIN, Script.CYRILLIC:
            cyrillic, latin = name, query
            known = [n.words for n in names if n.script is Script.LATIN]
        case Script.CYRILLIC, Script.LATIN:
            cyrillic, latin, known = query, name, []
        case _:
            return False
    return _transliterates(latin.words, cyrillic.words, known)


def _transliterates(
    latin: Sequence[str], cyrillic: Sequence[str], known: Sequence[Sequence[str]]
) -> bool:
    """Whether the Latin words spell all the Cyrillic words, one each, in any order.

    `known` are Latin names of the same person. If one has as many words as the Cyrillic name, its
    words also spell the Cyrillic words in the same places, although no system produces them
    (Александр is Alexander).
    """
    latin, cyrillic = without_patronymics(latin), without_patronymics(cyrillic)
    left = list(enumerate(cyrillic))
    for word in map(without_breves, latin):
        for place, candidate in left:
            aligned = (words[place] for words in known if len(words) == len(cyrillic))
            if word in aligned or _spells([word], letters_of(candidate)):
                left.remove((place, candidate))
                break
        else:
            return False
    return not left


def _sorted(words: Sequence[str]) -> list[str]:
    return sorted(map(without_breves, without_patronymics(words)))


def _in_either_order(words: Sequence[str], units: Sequence[Collection[str]]) -> bool:
    """Whether the words spell the syllables, with the family name first or last."""
    return any(_spells(words, order) for order in _orders(units))


def _orders(units: Sequence[Collection[str]]) -> Iterator[Sequence[Collection[str]]]:
    yield units
    if 2 <= len(units) <= 4:
        yield [*units[1:], *units[:1]]
    if len(units) == 4:
        yield [*units[2:], *units[:2]]  # A family name of two syllables, such as 남궁.


def _spells(words: Sequence[str], units: Sequence[Collection[str]]) -> bool:
    """Whether the words spell the units in order; each word consists of one or more whole units."""
    text = " ".join(words)
    ends = {0}
    for unit in units:
        ends = {end + len(s) for end in ends for s in unit if text.startswith(s, end)}
        ends = {end + 1 if text[end : end + 1] == " " else end for end in ends}
    return len(text) in ends
