"""The names that a text may mean: with brackets, titles, particles and letters of a wrong script."""

import re
from collections.abc import Iterator, Sequence
from enum import IntEnum
from itertools import groupby
from typing import Final, NamedTuple

from app.domain.names.around.titles import (
    count_titles,
    is_beside_title,
    is_nominative_title,
    is_of_another,
    is_title,
    without_joined_title,
)
from app.domain.names.folding import fold
from app.domain.names.look_alikes import in_one_script
from app.domain.names.matching import SCORES, WHOLE, Match, MatchKind, StoredName
from app.domain.names.russian.cases import case_forms
from app.domain.names.same_name import name_words
from app.domain.names.scripts import Script, script_of
from app.domain.search.korean import bases

_BRACKETS: Final = re.compile(r"[(\[{（［〔【]([^)\]}）］〕】]*)[)\]}）］〕】]?")
# An English genitive and a French elision: `Putin's`, `d'Oustinov`.
_AROUND: Final = re.compile(r"^(?:[dl]|qu)['’ʼ](?=\w)|(?<=\w)['’ʼ]s$", re.IGNORECASE)
# A Frenchman's `M. Poutine`. An initial is tried first, because the text is.
_MONSIEUR: Final = re.compile(r"^MM?\.? +(?=\w)")
# A genitive without an apostrophe, as in German: `Kim Jong Uns`, `Putins`.
_GENITIVE_S: Final = re.compile(r"(?<=[a-z]{4})s$|(?<= [A-Z][a-z])s$")
_COMMA: Final = re.compile("[,，、;]")
# 김정은의 특사 is an envoy of Kim Jong Un.
_GENITIVE_PARTICLE: Final = "의"
_PART_WITH_OTHER_WORDS: Final = 0.5


class Omission(IntEnum):
    """How much of a text a reading leaves out: `LETTERS` are an ending, or were read in another script."""

    NOTHING = 0
    LETTERS = 1
    WORDS = 2


class NameReading(NamedTuple):
    """A name that a text may mean. `also` is another name of the same participant, or empty.

    If it is `titled`, a title was left out, so it is a person's: the President of Russia is not Russia.
    With a Russian title in the `nominative`, a name in another case is another person's:
    пресс-секретарь Путина.
    """

    name: str
    also: str = ""
    titled: bool = False
    left_out: Omission = Omission.NOTHING
    nominative: bool = False

    def excludes(self, names: Sequence[StoredName]) -> bool:
        """Return whether the text means somebody different from the person with these names."""
        if not self.nominative:
            return False
        own = {word for name in names for word in name_words(name.text).words}
        cases = {
            form for word in own if script_of(word) is Script.CYRILLIC for form in case_forms(word)
        }
        return not cases.isdisjoint({*name_words(self.name).words} - own)

    def judge(self, found: Match, also: Match | None) -> Match:
        """Return the match of the whole text, if `found` is that of the name and `also` of the other name."""
        left_out = self.left_out
        if self.also and (also is None or also.kind not in WHOLE):
            left_out = Omission.WORDS
        if left_out is Omission.WORDS:
            kind = MatchKind.WITH_OTHER_WORDS
            score = SCORES[kind] if found.kind in WHOLE else _PART_WITH_OTHER_WORDS
            return Match(kind, score, found.name)
        if left_out is Omission.LETTERS and found.kind is MatchKind.EXACT:
            kind = MatchKind.OTHER_SPELLING
            found = Match(kind, SCORES[kind], found.name)
        return found._replace(also=self.also)


def readings(text: str) -> list[NameReading]:
    """Return the names that the text may mean, the likeliest first: the text itself, then less of it.

    `Kim Jong-un (김정은)` is both names, then the first alone. Titles (`President Putin`), a Korean
    particle (`김정은과`) and a genitive (`Putin's`) are left out only after the name with them. A reading may be no name.
    The person of whom somebody different is a spokesman or an envoy is none: `spokesman for Putin`.
    """
    found = dict[tuple[str, str], NameReading]()
    for reading in _readings(text):
        # A later reading of the same words finds nothing new.
        found.setdefault((fold(reading.name), fold(reading.also)), reading)
    return [reading for (name, _), reading in found.items() if name]


def _readings(text: str) -> Iterator[NameReading]:
    yield NameReading(text)
    given, text = text, in_one_script(text)
    yield _respelled(text)
    text = _AROUND.sub("", text.strip())
    yield _respelled(text)
    outer, inner = _BRACKETS.sub(" ", text).strip(), " ".join(_BRACKETS.findall(text))
    bracketed = bool(fold(inner))
    whole = NameReading(outer) if fold(text) == fold(given) else _respelled(outer)
    alone = [whole, *_shorter(outer), *_twice(outer)]
    alone = [each._replace(left_out=max(each.left_out, whole.left_out)) for each in alone]
    if bracketed:
        yield from (
            each._replace(also=inner) for each in alone if fold(each.name) and not each.also
        )
    alone += [NameReading(_MONSIEUR.sub("", outer), left_out=Omission.WORDS)]
    alone += [_respelled(_GENITIVE_S.sub("", outer))]
    yield from (each._replace(left_out=Omission.WORDS) if bracketed else each for each in alone)
    if not fold(outer):
        yield from (_respelled(inner), *_shorter(inner))


def _respelled(name: str) -> NameReading:
    """Return a name of which letters were left out or changed."""
    return NameReading(name, left_out=Omission.LETTERS)


def _twice(name: str) -> Iterator[NameReading]:
    """Yield a name in two scripts as two names of one participant: `Kim Jong Un 김정은`."""
    runs = [(script, " ".join(run)) for script, run in groupby(name.split(), key=script_of)]
    if len(runs) == 2 and Script.HANGUL in dict(runs) and all(len(run) > 1 for _, run in runs):
        yield NameReading(runs[0][1], runs[1][1])


def _shorter(name: str) -> Iterator[NameReading]:
    """Yield the name without the titles and particles around it, the longest remainder first."""
    words = name.split()
    start, end = _bounds(words)
    if is_of_another(words[:start], words[end:]):
        return
    nominative = any(map(is_nominative_title, words[:start]))
    for reading in _untitled(
        name, " ".join(words[start:end]).strip(",;"), followed=end < len(words)
    ):
        yield reading._replace(
            left_out=Omission.WORDS if reading.titled else Omission.LETTERS, nominative=nominative
        )


def _untitled(name: str, bare: str, *, followed: bool) -> Iterator[NameReading]:
    titled = fold(bare) != fold(name)
    yield NameReading(bare, titled=titled)
    before_comma, _, after = _COMMA.sub(",", name).partition(",")
    if any(map(is_title, after.split())):
        yield NameReading(_bare(before_comma), titled=True)
    yield from _without_ending(bare, titled=titled, followed=followed)
    if titled:
        yield NameReading(_without_trailing(bare), titled=True)


def _bare(name: str, *, titled: bool = False) -> str:
    """Remove titles from both ends; one word stays, and so do initials: `президент В. Путин`.

    `titled` says that a title has been removed already.
    """
    words = name.split()
    start, end = _bounds(words, titled=titled)
    return " ".join(words[start:end]).strip(",;")


def _bounds(words: Sequence[str], *, titled: bool = False) -> tuple[int, int]:
    """Return where the name between titles starts and ends."""
    start = count_titles(words)
    end = len(words) - count_titles(words[start:][::-1])
    if start or end < len(words) or titled:
        # A single letter is an initial.
        while end - start > 1 and len(fold(words[start])) > 1 and is_beside_title(words[start]):
            start += 1
    return start, end


def _without_trailing(name: str) -> str:
    """Remove the country after a name: `푸틴 러시아 대통령`, `Foreign Minister Lavrov of Russia`."""
    words = name.split()
    while len(words) > 1 and len(fold(words[-1])) > 1 and is_beside_title(words[-1]):
        words = words[:-1]
    return " ".join(words).strip(",;")


def _without_ending(name: str, *, titled: bool, followed: bool) -> Iterator[NameReading]:
    """Yield the name without a particle, a title, or both, that end its last word in Hangul.

    A genitive before a title stays, because the title is somebody different's: 김정은의 특사.
    """
    last = name.split(" ")[-1]
    found = [base for base in bases(last) if not (followed and last == base + _GENITIVE_PARTICLE)]
    for shorter in [*(name.removesuffix(last) + base for base in found), name]:
        bare = _bare(shorter)
        yield NameReading(bare, titled=titled or bare != shorter)
        for untitled in _without_joined_title(shorter):
            yield NameReading(_bare(untitled, titled=True), titled=True)


def _without_joined_title(name: str) -> Iterator[str]:
    last = name.split(" ")[-1]
    yield from (name.removesuffix(last) + bare for bare in without_joined_title(last))
