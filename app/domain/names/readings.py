"""The names that a text may mean: with brackets, titles, particles and letters of a wrong script."""

import re
from collections.abc import Iterator
from itertools import groupby
from typing import Final, NamedTuple

from app.domain.names.around.titles import (
    count_titles,
    is_beside_title,
    is_title,
    without_joined_title,
)
from app.domain.names.folding import fold
from app.domain.names.look_alikes import in_one_script
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


class NameReading(NamedTuple):
    """A name that a text may mean. `also` is another name of the same participant, or empty.

    If it is `titled`, a title was left out, so it is a person's: the President of Russia is not Russia.
    """

    name: str
    also: str = ""
    titled: bool = False


def readings(text: str) -> list[NameReading]:
    """Return the names that the text may mean, the likeliest first: the text itself, then less of it.

    `Kim Jong-un (김정은)` is both names, then the first alone. Titles (`President Putin`), a Korean
    particle (`김정은과`) and a genitive (`Putin's`) are left out only after the name with them. A reading may be no name.
    """
    found = dict.fromkeys(reading for reading in _readings(text) if fold(reading.name))
    # A later reading of the same words finds nothing new.
    return list({(fold(r.name), fold(r.also)): r for r in reversed(found)}.values())[::-1]


def _readings(text: str) -> Iterator[NameReading]:
    yield NameReading(text)
    text = in_one_script(text)
    yield NameReading(text)
    text = _AROUND.sub("", text.strip())
    yield NameReading(text)
    outer, inner = _BRACKETS.sub(" ", text).strip(), " ".join(_BRACKETS.findall(text))
    shorter = [reading for reading in _shorter(outer) if fold(reading.name)]
    if fold(inner):
        yield from (each._replace(also=inner) for each in (NameReading(outer), *shorter))
    yield from (NameReading(outer), *shorter)
    yield from _twice(outer)
    yield from (NameReading(regex.sub("", outer)) for regex in (_MONSIEUR, _GENITIVE_S))
    if not fold(outer):
        yield from (NameReading(inner), *_shorter(inner))


def _twice(name: str) -> Iterator[NameReading]:
    """Yield a name in two scripts as two names of one participant: `Kim Jong Un 김정은`."""
    runs = [(script, " ".join(run)) for script, run in groupby(name.split(), key=script_of)]
    if len(runs) == 2 and Script.HANGUL in dict(runs) and all(len(run) > 1 for _, run in runs):
        yield NameReading(runs[0][1], runs[1][1])


def _shorter(name: str) -> Iterator[NameReading]:
    """Yield the name without the titles and particles around it, the longest remainder first."""
    bare = _bare(name)
    titled = fold(bare) != fold(name)
    yield NameReading(bare, titled=titled)
    before_comma, _, after = _COMMA.sub(",", name).partition(",")
    if any(map(is_title, after.split())):
        yield NameReading(_bare(before_comma), titled=True)
    yield from _without_ending(bare, titled=titled)
    if titled:
        yield NameReading(_without_trailing(bare), titled=True)


def _bare(name: str, *, titled: bool = False) -> str:
    """Remove titles from both ends; one word stays, and so do initials: `президент В. Путин`.

    `titled` says that a title has been removed already.
    """
    words = name.split()
    first = count_titles(words)
    last = count_titles(words[first:][::-1])
    words = words[first : len(words) - last]
    if first or last or titled:
        # A single letter is an initial.
        while len(words) > 1 and len(fold(words[0])) > 1 and is_beside_title(words[0]):
            words = words[1:]
    return " ".join(words).strip(",;")


def _without_trailing(name: str) -> str:
    """Remove the country after a name: `푸틴 러시아 대통령`, `Foreign Minister Lavrov of Russia`."""
    words = name.split()
    while len(words) > 1 and len(fold(words[-1])) > 1 and is_beside_title(words[-1]):
        words = words[:-1]
    return " ".join(words).strip(",;")


def _without_ending(name: str, *, titled: bool) -> Iterator[NameReading]:
    """Yield the name without a particle, a title, or both, that end its last word in Hangul."""
    last = name.split(" ")[-1]
    for shorter in [*(name.removesuffix(last) + base for base in bases(last)), name]:
        bare = _bare(shorter)
        yield NameReading(bare, titled=titled or bare != shorter)
        for untitled in _without_joined_title(shorter):
            yield NameReading(_bare(untitled, titled=True), titled=True)


def _without_joined_title(name: str) -> Iterator[str]:
    last = name.split(" ")[-1]
    yield from (name.removesuffix(last) + bare for bare in without_joined_title(last))
