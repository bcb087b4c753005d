"""Whether two spellings are one Korean name, across scripts, systems, cases and word order."""

import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from enum import StrEnum
from functools import lru_cache
from typing import Final, NamedTuple

from app.domain.names.folding import without_ligatures
from app.domain.names.hangul import is_hangul, same_in_north_and_south
from app.domain.names.korean import spellings_of_name, spellings_of_romanised
from app.domain.names.russian.cases import case_forms
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


class Bearer(StrEnum):
    """Whose name it is: of a Korean person, of another person, or of anything else."""

    KOREAN = "korean"
    PERSON = "person"
    THING = "thing"


def bearer_of(kind: ParticipantKind, country: str) -> Bearer:
    """Return the kind of bearer that a participant is."""
    if kind is not ParticipantKind.PERSON:
        return Bearer.THING
    return Bearer.KOREAN if country in KOREAN_COUNTRIES else Bearer.PERSON


class NameWords(NamedTuple):
    """The words of a name, in lower case and without accents, and their script."""

    words: tuple[str, ...]
    script: Script


@lru_cache(maxsize=1 << 14)
def name_words(name: str) -> NameWords:
    """Split a name into the words in which spellings are compared.

    Unlike `fold`, it keeps the breve of `ŏ`, `ŭ` and `й`, which makes another letter, and it keeps
    a word with an apostrophe whole: Ch'oe is one word.
    """
    decomposed = unicodedata.normalize(
        "NFKD", _APOSTROPHES.sub("", without_ligatures(name.casefold()))
    )
    text = unicodedata.normalize("NFC", _ACCENT.sub("", decomposed))
    return NameWords(tuple(_BETWEEN_WORDS.sub(" ", text).split()), script_of(text))


def same_korean(query: NameWords, name: NameWords, names: Sequence[NameWords]) -> bool:
    """Compare Korean names syllable by syllable. The family name may come first or last.

    `names` are all names of the person. The last syllable in Cyrillic may be in any case.
    """
    if query.script is name.script is Script.HANGUL:
        return same_in_north_and_south("".join(query.words), "".join(name.words))
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


def _in_either_order(words: Sequence[str], units: Sequence[Collection[str]]) -> bool:
    """Whether the words spell the syllables, with the family name first or last."""
    return any(spells(words, order) for order in _orders(units))


def _orders(units: Sequence[Collection[str]]) -> Iterator[Sequence[Collection[str]]]:
    yield [*units[:-1], {*units[-1]}.union(*map(case_forms, units[-1]))] if units else units
    if 2 <= len(units) <= 4:
        yield [*units[1:], *units[:1]]
    if len(units) == 4:
        yield [*units[2:], *units[:2]]  # A family name of two syllables, such as 남궁.


def spells(words: Sequence[str], units: Sequence[Collection[str]]) -> bool:
    """Whether the words spell the units in order; each word consists of one or more whole units."""
    text = " ".join(words)
    ends = {0}
    for unit in units:
        ends = {end + len(s) for end in ends for s in unit if text.startswith(s, end)}
        ends = {end + 1 if text[end : end + 1] == " " else end for end in ends}
    return len(text) in ends
