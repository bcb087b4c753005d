"""Match a name from a query with the names of a participant, and score the match."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Final, NamedTuple

from app.domain.names.folding import fold
from app.domain.names.korean import family_names
from app.domain.names.phonetic_key import phonetic_keys
from app.domain.names.same_name import NameWords, find_same_name, name_words
from app.domain.names.scripts import Script, script_of


class MatchKind(StrEnum):
    """The reason why a participant is a candidate, the best reason first."""

    EXACT = "exact"
    OTHER_SPELLING = "other_spelling"
    PART_OF_NAME = "part_of_name"
    FUZZY = "fuzzy"


SCORES: Final = {
    MatchKind.EXACT: 1.0,
    MatchKind.OTHER_SPELLING: 0.95,
    MatchKind.PART_OF_NAME: 0.6,
    # For a whole name, times the mean similarity of its words: always below 0.9.
    MatchKind.FUZZY: 0.85,
}
EXPLANATIONS: Final = {
    MatchKind.EXACT: "{name} is a name of the participant, except for case, accents and hyphens.",
    MatchKind.OTHER_SPELLING: "It is another spelling, or another order, of {name}.",
    MatchKind.PART_OF_NAME: "It is a part of the name {name}.",
    MatchKind.FUZZY: "Nobody is called so; {name} is similar.",
}


class StoredName(NamedTuple):
    """A name of a participant; `language` is None for an alias, and `sound` is the phonetic key."""

    text: str
    language: str | None
    folded: str
    sound: str


class AskedName(NamedTuple):
    """A name from a query, in the forms in which it is compared.

    A longer name matches only if it has all of `words`: the asked words without a second initial,
    which abbreviates a patronymic, and few stored names have one. `sounds` are the phonetic keys
    that other spellings may have. If the name is one word, `families` are the Korean family names,
    in Hangul, that it may spell.
    """

    folded: str
    words: tuple[str, ...]
    name_words: NameWords
    sounds: frozenset[str]
    families: tuple[str, ...]


class Match(NamedTuple):
    """A matching name, the kind of match, and its score from 0 to 1."""

    kind: MatchKind
    score: float
    name: StoredName


def asked_name(name: str) -> AskedName:
    """Return the name of a query in the forms in which it is compared."""
    parts = name_words(name)
    families = family_names(parts.words[0], parts.script) if len(parts.words) == 1 else ()
    folded = fold(name)
    initials = [word for word in folded.split() if len(word) == 1]
    words = [word for word in folded.split() if len(word) > 1]
    return AskedName(
        folded=folded,
        words=(*words, *initials[:1]),
        name_words=parts,
        sounds=frozenset(phonetic_keys(parts)),
        families=tuple(families),
    )


def match(asked: AskedName, names: Sequence[StoredName], *, korean: bool) -> Match | None:
    """Return the best certain match: the name itself, another spelling, or a part of it.

    `korean` says that the participant is a Korean person: the words of the names are syllables.
    """
    for name in names:
        if name.folded == asked.folded:
            return Match(MatchKind.EXACT, SCORES[MatchKind.EXACT], name)
    # Comparing spellings is slow, and only names that share a phonetic key can be equal.
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
    """Whether it is the family name, in any spelling, or consecutive syllables of the name."""
    if script_of(name.folded) is Script.HANGUL:
        # Family name and given name are one word. A single syllable is too short for a given name.
        is_given_name = len(asked.folded) > 1 and name.folded.endswith(asked.folded)
        return is_given_name or name.folded.startswith((asked.folded, *asked.families))
    return f" {asked.folded} " in f" {name.folded} "


def _is_part(words: Sequence[str], name: str) -> bool:
    """Whether each word is a word of the name or the initial of one, and at least one is whole."""
    left, any_whole = name.split(), False
    for word in words:
        same = next((w for w in left if w == word), None)
        matched = same or next((w for w in left if len(word) == 1 and w.startswith(word)), None)
        if matched is None:
            return False
        left.remove(matched)
        any_whole = any_whole or same is not None
    return any_whole
