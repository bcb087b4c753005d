"""How a name that somebody asks for agrees with the names of a participant, and how well."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Final, NamedTuple

from app.domain.names.folding import fold
from app.domain.names.korean import family_names
from app.domain.names.phonetic_key import phonetic_keys
from app.domain.names.same_name import NameWords, find_same_name, name_words
from app.domain.names.scripts import Script, script_of


class MatchKind(StrEnum):
    """Why a candidate is one, the best reason first."""

    EXACT = "exact"
    OTHER_SPELLING = "other_spelling"
    PART_OF_NAME = "part_of_name"
    FUZZY = "fuzzy"


SCORES: Final = {
    MatchKind.EXACT: 1.0,
    MatchKind.OTHER_SPELLING: 0.95,
    MatchKind.PART_OF_NAME: 0.6,
    # Of a whole name; times the likeness of its words. Below 0.9 whatever they are.
    MatchKind.FUZZY: 0.85,
}
EXPLANATIONS: Final = {
    MatchKind.EXACT: "{name} is a name of the participant, but for case, accents and hyphens.",
    MatchKind.OTHER_SPELLING: "It is another spelling, or another order, of {name}.",
    MatchKind.PART_OF_NAME: "It is a part of the name {name}.",
    MatchKind.FUZZY: "Nobody is called so; {name} is similar.",
}


class StoredName(NamedTuple):
    """A name of a participant: as written, its language (none for an alias), folded, and its key."""

    text: str
    language: str | None
    folded: str
    sound: str


class AskedName(NamedTuple):
    """A name that is asked for, in the forms in which it is compared.

    `words` are those that a longer name has to hold: all but a second initial, which is that of a
    patronymic and stored with few. `sounds` are the keys that other spellings have; `families` the
    Korean family names, in Hangul, that it may be, if it is one word.
    """

    folded: str
    words: tuple[str, ...]
    name_words: NameWords
    sounds: frozenset[str]
    families: tuple[str, ...]


class Match(NamedTuple):
    """The name that agrees, in which way, and how well, from 0 to 1."""

    kind: MatchKind
    score: float
    name: StoredName


def asked_name(name: str) -> AskedName:
    """The name in the forms in which it is compared."""
    form = name_words(name)
    families = family_names(form.words[0], form.script) if len(form.words) == 1 else ()
    folded = fold(name)
    initials = [word for word in folded.split() if len(word) == 1]
    words = [word for word in folded.split() if len(word) > 1]
    return AskedName(
        folded=folded,
        words=(*words, *initials[:1]),
        name_words=form,
        sounds=frozenset(phonetic_keys(form)),
        families=tuple(families),
    )


def match(asked: AskedName, names: Sequence[StoredName], *, korean: bool) -> Match | None:
    """The best agreement that is no guess: the name itself, another spelling, or a part of it.

    `korean` says that the participant is a Korean person, whose names are syllables.
    """
    for name in names:
        if name.folded == asked.folded:
            return Match(MatchKind.EXACT, SCORES[MatchKind.EXACT], name)
    # Comparing spellings takes time, and only names that share a key can be the same.
    if any(name.sound in asked.sounds for name in names):
        place = find_same_name(
            asked.name_words, [name_words(name.text) for name in names], korean=korean
        )
        if place is not None:
            return Match(MatchKind.OTHER_SPELLING, SCORES[MatchKind.OTHER_SPELLING], names[place])
    for name in names:
        if _is_part_of_korean(asked, name) if korean else _is_part(asked.words, name.folded):
            return Match(MatchKind.PART_OF_NAME, SCORES[MatchKind.PART_OF_NAME], name)
    return None


def _is_part_of_korean(asked: AskedName, name: StoredName) -> bool:
    """Whether it is the family name, in any spelling, or syllables of the name in their order."""
    if script_of(name.folded) is Script.HANGUL:
        # Family name and given name are one word; a single syllable is no given name.
        given = len(asked.folded) > 1 and name.folded.endswith(asked.folded)
        return given or name.folded.startswith((asked.folded, *asked.families))
    return f" {asked.folded} " in f" {name.folded} "


def _is_part(words: Sequence[str], name: str) -> bool:
    """Whether the words are some of the name's, or an initial beside whole ones."""
    left, whole = name.split(), False
    for word in words:
        same = next((w for w in left if w == word), None)
        found = same or next((w for w in left if len(word) == 1 and w.startswith(word)), None)
        if found is None:
            return False
        left.remove(found)
        whole = whole or same is not None
    return whole
