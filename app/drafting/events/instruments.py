"""Which instrument is it? The treaty of the data that a sentence, or one just before it, names."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from app.domain.dates import parse_edtf
from app.domain.names.folding import fold
from app.drafting.events.candidate import EventCandidate, Support, Tokens
from app.drafting.events.scene import Scene, is_korean
from app.drafting.events.sides import both_sides
from app.drafting.events.when import BEFORE
from app.drafting.text import Sentence

_STEM: Final = 6
# Words such as `between` have no more letters than this, or are of the parties.
_SMALL: Final = 3


def with_treaty(
    scene: Scene, candidate: EventCandidate, sentence: Sentence
) -> EventCandidate | None:
    """Return the candidate with its instrument; None if the text names neither it nor both sides."""
    day = parse_edtf(candidate.date).start_earliest
    number = candidate.sentence
    before = scene.article.sentences[max(0, number - 2) : number]
    spans = [(sentence.first, sentence.last), *((s.first, s.last) for s in reversed(before))]
    for n, (first, last) in enumerate(spans):
        if found := scene.things.treaty_of(scene.keys[first:last], day):
            tokens = _tokens_of(scene, found[0].names, first, last)
            if _is_title(scene, tokens) or not _is_distinct(scene, found[0].names, first, last):
                continue
            return replace(
                candidate,
                treaty=found[0].id,
                treaty_support=Support(tokens, BEFORE if n else ""),
            )
    return candidate if both_sides([p.mention for p in candidate.parts]) else None


def _is_title(scene: Scene, tokens: Tokens) -> bool:
    """Whether the words are of the title of who signs, as the names of instruments have ministries too."""
    first, last = tokens
    return any(map(scene.is_post, range(first, min(last + 1, len(scene.keys)))))


def _is_distinct(scene: Scene, names: Sequence[str], first: int, last: int) -> bool:
    """Whether a word of the name is more than the kind of instrument and its parties."""
    stems = {word[:_STEM] for name in names for word in fold(name).split() if len(word) > 1}
    parties = {n for a, b, _ in scene.countries for n in range(a, b)}
    return any(
        (key[:_STEM] in stems or (is_korean(scene) and any(key.startswith(s) for s in stems)))
        and n not in parties
        and not scene.words.names_instrument(key)
        and key not in scene.words.sets["fillers"]
        and (len(key) > _SMALL or is_korean(scene))
        for n, key in enumerate(scene.keys[first:last], first)
    )


def _tokens_of(scene: Scene, names: Sequence[str], first: int, last: int) -> Tokens:
    """Return the longest run of tokens with the words of the instrument's name."""
    stems = {
        word[:_STEM]
        for name in names
        for word in fold(name).split()
        if len(word) > 3 or word.isdigit()
    }
    runs = list[list[int]]()
    for n in range(first, last):
        if scene.keys[n][:_STEM] not in stems or scene.is_post(n):
            continue
        if runs and n - runs[-1][-1] <= 3:
            runs[-1].append(n)
        else:
            runs.append([n])
    best = max(runs, key=len, default=[first])
    return best[0], best[-1] + 1
