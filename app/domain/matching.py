"""How a name that somebody asks for agrees with the names of a participant, and how well."""

import unicodedata
from collections.abc import Sequence
from enum import StrEnum
from typing import Final, NamedTuple

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from app.domain.korean import family_names
from app.domain.names import fold
from app.domain.russian import without_patronymics
from app.domain.scripts import Script, script_of
from app.domain.spelling import Spelled, find_same_name, spelled


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
_FUZZY_PART: Final = 0.5
# Of the letters of the longer word: one slip in five letters, two in ten.
_LEAST_LIKENESS: Final = 0.79
_LEAST_LETTERS: Final = 5


class StoredName(NamedTuple):
    """A name of a participant: as written, its language (none for an alias), and folded."""

    text: str
    language: str | None
    folded: str


class AskedName(NamedTuple):
    """A name that is asked for, in the forms in which it is compared.

    `families` are the Korean family names, in Hangul, that it may be, if it is one word.
    """

    folded: str
    spelled: Spelled
    families: tuple[str, ...]


class Match(NamedTuple):
    """The name that agrees, in which way, and how well, from 0 to 1."""

    kind: MatchKind
    score: float
    name: StoredName


def asked_name(name: str) -> AskedName:
    """The name in the forms in which it is compared."""
    form = spelled(name)
    families = family_names(form.words[0], form.script) if len(form.words) == 1 else ()
    return AskedName(fold(name), form, tuple(families))


def match(asked: AskedName, names: Sequence[StoredName], *, korean: bool) -> Match | None:
    """The best agreement that is no guess: the name itself, another spelling, or a part of it.

    `korean` says that the participant is a Korean person, whose names are syllables.
    """
    for name in names:
        if name.folded == asked.folded:
            return Match(MatchKind.EXACT, SCORES[MatchKind.EXACT], name)
    place = find_same_name(asked.spelled, [spelled(name.text) for name in names], korean=korean)
    if place is not None:
        return Match(MatchKind.OTHER_SPELLING, SCORES[MatchKind.OTHER_SPELLING], names[place])
    for name in names:
        if _is_part_of_korean(asked, name) if korean else _is_part(asked.folded, name.folded):
            return Match(MatchKind.PART_OF_NAME, SCORES[MatchKind.PART_OF_NAME], name)
    return None


def _is_part_of_korean(asked: AskedName, name: StoredName) -> bool:
    """Whether it is the family name, in any spelling, or syllables of the name in their order."""
    if script_of(name.folded) is Script.HANGUL:
        # Family name and given name are one word; a single syllable is no given name.
        given = len(asked.folded) > 1 and name.folded.endswith(asked.folded)
        return given or name.folded.startswith((asked.folded, *asked.families))
    return f" {asked.folded} " in f" {name.folded} "


def _is_part(asked: str, name: str) -> bool:
    """Whether the words are some of the name's, or initials of them beside a whole one."""
    left, whole = name.split(), False
    for word in sorted(asked.split(), key=len, reverse=True):
        same = next((w for w in left if w == word), None)
        found = same or next((w for w in left if len(word) == 1 and w.startswith(word)), None)
        if found is None:
            return False
        left.remove(found)
        whole = whole or same is not None
    return whole


def names_like(asked: AskedName, names: Sequence[str]) -> list[str]:
    """Those of the folded names that `match_fuzzily` may accept: a quick choice among very many."""
    every_word = {word for name in names for word in name.split()}
    choices = {word: _letters(word) for word in every_word}
    for asked_word in _words(asked.folded):
        like = extract(
            asked_word,
            choices,
            scorer=OSA.normalized_similarity,
            score_cutoff=_LEAST_LIKENESS,
            limit=None,
        )
        alike = {word for *_, word in like}
        names = [name for name in names if not alike.isdisjoint(name.split())]
    return list(names)


def match_fuzzily(asked: AskedName, names: Sequence[StoredName]) -> Match | None:
    """The best agreement word by word, where words that are long enough may hold a slip.

    Within one script only, and not for Korean persons: another letter is another person there.
    """
    script = asked.spelled.script
    matches = (
        Match(MatchKind.FUZZY, score, name)
        for name in names
        if script_of(name.folded) is script and (score := _likeness(asked.folded, name.folded))
    )
    return max(matches, key=lambda match: match.score, default=None)


def _likeness(asked: str, name: str) -> float:
    """The mean likeness of the words as a score; 0 if one of them is like none."""
    words, left = _words(asked), _words(name)
    weight = SCORES[MatchKind.FUZZY] if len(words) == len(left) else _FUZZY_PART
    total = 0.0
    for word in words:
        best = max(left, key=lambda other: _alike(word, other), default="")
        if not (likeness := _alike(word, best)):
            return 0
        left.remove(best)
        total += likeness
    return round(weight * total / len(words), 3)


def _words(folded: str) -> list[str]:
    """The words without patronymic."""
    return list(without_patronymics(_letters(folded).split()))


def _letters(folded: str) -> str:
    """Hangul in single letters, which is what slips are made in."""
    return unicodedata.normalize("NFD", folded)


def _alike(one: str, other: str) -> float:
    """1 for the same word, 0 for words that are too short or too different."""
    if one == other:
        return 1
    if max(len(one), len(other)) < _LEAST_LETTERS:
        return 0
    return OSA.normalized_similarity(one, other, score_cutoff=_LEAST_LIKENESS)
