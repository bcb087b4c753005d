"""Match a name from a query with the names of a participant, and score the match."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Final, NamedTuple

from app.domain.names.folding import fold
from app.domain.names.hangul import is_hangul
from app.domain.names.initials import asked_initials, initials
from app.domain.names.korean import family_names
from app.domain.names.phonetic_key import phonetic_keys
from app.domain.names.same_name import Bearer, NameWords, name_words, same_korean
from app.domain.names.scripts import Script, script_of
from app.domain.names.word_by_word import Agreement, person_agreement, thing_agreement


class MatchKind(StrEnum):
    """The reason why a participant is a candidate, the best reason first."""

    EXACT = "exact"
    OTHER_SPELLING = "other_spelling"
    PART_OF_NAME = "part_of_name"
    WITH_OTHER_WORDS = "with_other_words"
    FUZZY = "fuzzy"


SCORES: Final = {
    MatchKind.EXACT: 1.0,
    MatchKind.OTHER_SPELLING: 0.95,
    MatchKind.PART_OF_NAME: 0.6,
    # For a whole name beside other words. A part of a name beside them has less (`readings.py`).
    MatchKind.WITH_OTHER_WORDS: 0.7,
    # For a whole name, times the mean similarity of its words: always below 0.9.
    MatchKind.FUZZY: 0.85,
}
EXPLANATIONS: Final = {
    MatchKind.EXACT: "It is the name {name}, except for case, accents and hyphens.",
    MatchKind.OTHER_SPELLING: "It is another spelling, case or order of {name}.",
    MatchKind.PART_OF_NAME: "It is a part of the name {name}.",
    MatchKind.WITH_OTHER_WORDS: (
        "It has the name {name}, or a part of it, and other words, which were ignored."
    ),
    MatchKind.FUZZY: "Nobody is called so; {name} is similar.",
}
BESIDE: Final = " Beside it is {also}, another name of the same."
# The kinds of a text that is a whole name.
WHOLE: Final = (MatchKind.EXACT, MatchKind.OTHER_SPELLING)


class StoredName(NamedTuple):
    """A name of a participant; `language` is None for an alias, and `sound` is the phonetic key."""

    text: str
    language: str | None
    folded: str
    sound: str


class AskedName(NamedTuple):
    """A name from a query, in the forms in which it is compared.

    `sounds` are the phonetic keys that other spellings may have. `hangul` is the name without spaces
    if it is in Hangul, and `initials` are its letters if it is nothing else than initials of syllables.
    If the name is one word, `families` are the Korean family names, in Hangul, that it may spell.
    """

    folded: str
    name_words: NameWords
    sounds: frozenset[str]
    families: tuple[str, ...]
    hangul: str
    initials: str


class Match(NamedTuple):
    """A matching name, the kind of match, and its score from 0 to 1.

    `also` is another name of the same entity that the text has beside it, or empty.
    """

    kind: MatchKind
    score: float
    name: StoredName
    also: str = ""


def asked_name(name: str) -> AskedName:
    """Return the name of a query in the forms in which it is compared."""
    parts = name_words(name)
    families = family_names(parts.words[0], parts.script) if len(parts.words) == 1 else ()
    folded = fold(name)
    joined = "".join(folded.split())
    return AskedName(
        folded=folded,
        name_words=parts,
        sounds=frozenset(phonetic_keys(parts)),
        families=tuple(families),
        hangul=joined if is_hangul(joined) else "",
        initials=asked_initials(folded),
    )


def match(asked: AskedName, names: Sequence[StoredName], bearer: Bearer) -> Match | None:
    """Return the best certain match: the name itself, another spelling, or a part of it."""
    for name in names:
        if name.folded == asked.folded:
            return _match(MatchKind.EXACT, name)
    compared = [_agreement(asked, name, names, bearer) for name in names]
    best = max(filter(None, compared), default=None)
    if best is None:
        return None
    kind = MatchKind.OTHER_SPELLING if best is Agreement.WHOLE else MatchKind.PART_OF_NAME
    return _match(kind, names[compared.index(best)])


def _match(kind: MatchKind, name: StoredName) -> Match:
    return Match(kind, SCORES[kind], name)


def _agreement(
    asked: AskedName, name: StoredName, names: Sequence[StoredName], bearer: Bearer
) -> Agreement | None:
    if asked.initials:
        return Agreement.PART if asked.initials in _initials(name, bearer) else None
    this = name_words(name.text)
    if bearer is Bearer.THING:
        return thing_agreement(asked.name_words.words, this.words)
    words = [name_words(each.text) for each in names]
    if bearer is Bearer.PERSON:
        return person_agreement(asked.name_words.words, this, words)
    # Comparing syllables is slow, and only names that share a phonetic key can be equal.
    if name.sound in asked.sounds and same_korean(asked.name_words, this, words):
        return Agreement.WHOLE
    return Agreement.PART if _is_part_of_korean(asked, name) else None


def _initials(name: StoredName, bearer: Bearer) -> set[str]:
    """Return the initials of the name, and of each word of a name that is several words in Hangul."""
    words = name.folded.split()
    return {initials("".join(words)), *(map(initials, words) if bearer is Bearer.PERSON else ())}


def _is_part_of_korean(asked: AskedName, name: StoredName) -> bool:
    """Whether it is the family name, in any spelling, or consecutive syllables of the name."""
    if script_of(name.folded) is Script.HANGUL:
        # Family name and given name are one word. A single syllable is too short for a given name.
        whole = "".join(name.folded.split())
        is_given_name = len(asked.hangul) > 1 and whole.endswith(asked.hangul)
        return is_given_name or whole.startswith((asked.hangul or asked.folded, *asked.families))
    return f" {asked.folded} " in f" {name.folded} "
